"""Why: the reasons behind a week's choices, as lines of text."""

from collections.abc import Iterator

from sim.narrate.explain import Decision, Due, Mind, Option
from sim.narrate.lines import NARROW, Line, Running, Setting, capital
from sim.schema import Scenario

PARTS = 4  # tracks named per option and per mind
SHARE = 0.005  # what is smaller is not told
CELLS = (6, 6, 7, 6, 6, 6)  # widths of the columns of numbers
HEAD = ("value", "works", "feared", "taken", "score", "luck")
LEGEND = (
    "Mood: a seat plays to win, by one set of goals, unless its mood says how far it plays not to "
    "lose, by another. Anger, stress and desperation run from 0 to 1; one that is not named is 0. "
    "Anger makes harsh acts more welcome, anger and stress make choice less steady, and "
    "desperation opens acts that are locked until it reaches their bound.",
    "Sees, wants: each seat knows the tracks from its own reports. What it wants is its reference "
    "point, what it thinks its due: to fall short of it is felt more than to pass it.",
    "value: the felt gains less losses a seat expects of an act; 0.10 is about one point on every "
    "track it minds. Below stand its parts: not points, but how the track would be felt. A part "
    "that all options share is what it expects anyway. In mood and cost are anger, the habit of "
    "last week, steps up the ladder, stocks and effort.",
    "works: the chance it gives the act of working. feared: the chance it gives the answer it "
    "fears most. score: value times steadiness, plus how usual the act is. luck: drawn by the "
    "dice. The highest sum of score and luck is taken, and marked >. taken: the chance of that, "
    "before luck; reply: programs take the act only in answer.",
)


class Why:
    """Sets reasons, and remembers which acts were closed the week before."""

    def __init__(self, scenario: Scenario, setting: Setting) -> None:
        self.setting = setting
        self.short = {f.id: f.short or f.name for f in scenario.features}
        self.closed = Running()

    def legend(self) -> Iterator[Line]:
        """What the words and numbers of the reasons mean; once, at the top."""
        yield self.setting.line("How to read the reasons", "dim")
        for text in LEGEND:
            yield self.setting.line(text, "dim", 2)

    def minds(self, minds: list[Mind]) -> Iterator[Line]:
        """Every seat's reasons of the week."""
        self.closed.turn([
            _shut(mind, name, why)
            for mind in minds for one in mind.decisions for name, why in one.closed.items()
        ])  # fmt: skip
        for mind in minds:
            yield Line("")
            yield from self._mind(mind)

    def _mind(self, mind: Mind) -> Iterator[Line]:
        put = self.setting.line
        yield put(f"Why {mind.office} chose so", "bold", 2)
        yield put(f"Mood: {mood(mind)}.", "", 4)
        yield put(f"Sees, wants: {'; '.join(map(self._due, mind.dues[:PARTS]))}.", "", 4)
        for decision in mind.decisions:
            yield from self._decision(mind, decision)

    def _due(self, due: Due) -> str:
        way = "more" if due.weight > 0 else "less"
        return f"{self.short[due.feature]} {due.sees:.0f}, wants {due.due:.0f} or {way}"

    # --- a decision -----------------------------------------------------------------------------
    def _decision(self, mind: Mind, decision: Decision) -> Iterator[Line]:
        put, slot = self.setting.line, capital(decision.slot.replace("_", " "))
        yield put(f"{slot}: {decision.chosen}. {decision.decided}", "", 4)
        inner = 6 if self.setting.width >= NARROW else 2  # the numbers fit into one line
        yield put(_row(" ", HEAD, ""), "dim", inner)
        for option in decision.options:
            style = "" if option.chosen else "dim"
            numbers = _numbers(option)
            yield put(f"{numbers}{option.name}", style, inner, len(numbers))
            yield put(self._worth(option), style, 10)
        yield from self._closed(mind, decision)

    def _worth(self, option: Option) -> str:
        """The tracks that make up most of a value, the others together, and the rest."""
        parts = sorted(option.by_feature.items(), key=lambda part: -abs(part[1]))
        named = [(self.short[f], x) for f, x in parts[:PARTS]]
        named.append(("other tracks", sum(x for _, x in parts[PARTS:])))
        named.append(("mood and cost", option.other))
        told = [f"{name} {x:+.2f}" for name, x in named if abs(x) >= SHARE]
        return ", ".join(told) or "nothing to gain or lose"

    def _closed(self, mind: Mind, decision: Decision) -> Iterator[Line]:
        """What could not be chosen: why, when that is new, and its name when it is not."""
        old = [name for name, why in decision.closed.items()
               if self.closed.weeks[_shut(mind, name, why)] > 1]  # fmt: skip
        new = [f"{name} ({why})" for name, why in decision.closed.items() if name not in old]
        if new:
            yield self.setting.line(f"Closed: {'. '.join(new)}.", "dim", 6)
        if old:
            yield self.setting.line(f"Closed, as last week: {'. '.join(old)}.", "dim", 6)


def _shut(mind: Mind, name: str, why: str) -> str:
    return f"{mind.actor}: {name}: {why}"


def mood(mind: Mind) -> str:
    """Mode and emotions as far as there are any, and how steady they leave the seat's choice."""
    mode = f"plays {100 * mind.wins:.0f}% to win, {100 - 100 * mind.wins:.0f}% not to lose"
    named = (("anger", mind.anger), ("stress", mind.stress), ("desperation", mind.desperation))
    parts = [f"{name} {x:.2f}" for name, x in named if x >= SHARE]
    felt = ", ".join([*parts, f"steadiness {mind.temper:.1f}"])
    return f"{mode}; {felt}" if mind.wins < 1.0 - SHARE else felt


def _numbers(option: Option) -> str:
    """The columns of an option: an act that is only a reply has no score."""
    reply = option.score is None
    cells = (
        f"{option.value:+z.2f}", f"{100 * option.works:.0f}%",
        f"{100 * option.answered:.0f}%" if option.answered > 0.0 else "-",
        "reply" if reply else f"{100 * option.taken:.0f}%",
        "-" if option.score is None else f"{option.score:z.1f}", f"{option.luck:z.1f}",
    )  # fmt: skip
    return _row(">" if option.chosen else " ", cells, "  ")


def _row(mark: str, cells: tuple[str, ...], end: str) -> str:
    return mark + "".join(f"{cell:>{w}}" for cell, w in zip(cells, CELLS, strict=True)) + end
