"""The page: a week of the story as lines of text that wrap to the reader's terminal."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import fill

from sim.narrate.deeds import DONE, SCRIPTED, Deed, office
from sim.narrate.ending import Ending
from sim.narrate.explain import Decision, Due, Mind, Option
from sim.narrate.figures import about
from sim.narrate.harm import Harm
from sim.narrate.story import Week
from sim.schema import Scenario

WIDEST = 100
NARROW = 70  # below this, labels stand in the line
TOLD = 1.0  # points a feature moves before it is told
PARTS = 4  # features named per option and per mind


@dataclass(frozen=True)
class Line:
    """A paragraph, wrapped already, and how it is set: '', 'bold' or 'dim'."""

    text: str
    style: str = ""


class Page:
    """Sets a story for one scenario and one width."""

    def __init__(self, scenario: Scenario, width: int) -> None:
        self.scenario, self.width = scenario, max(20, min(width, WIDEST))
        self.short = {f.id: f.short or f.name for f in scenario.features}
        labels = ["Civilians", *(_capital(office(a)) for a in scenario.actors if _leads(a.role))]
        self.column = max(map(len, labels)) + 1

    # --- a week ---------------------------------------------------------------------------------
    def week(self, week: Week) -> Iterator[Line]:
        """The week: what each seat did, what followed, what moved, and its civilian harm."""
        title = f"Week {week.week}, {days(week.date)}: rung {week.rung}, {week.rung_name}"
        yield self._line(f"{title}; level in force {round(week.level, 1):g}", "bold")
        yield from self._seats(week)
        for label, told in (("Events", week.events), ("Followed", week.followed)):
            if told:
                yield self._row(label, " ".join(one.text for one in told))
        if moved := self._moved(week):
            yield self._row("Moved", moved)
        yield self._row("Civilians", harm_in_words(week.harm))
        for mind in week.minds:
            yield from self._mind(mind)
        yield Line("")

    def _seats(self, week: Week) -> Iterator[Line]:
        """One row for each leader, one for what everybody else did."""
        for actor in self.scenario.actors:
            if _leads(actor.role):
                deeds = [deed for deed in week.orders if deed.actor == actor.id]
                yield self._row(_capital(office(actor)), _acts(deeds))
        others = [deed for deed in week.orders if not deed.leads]
        if others:
            told = " ".join(deed.text for deed in others if _news(deed))
            yield self._row("At home", told or "Nothing new.")

    def _moved(self, week: Week) -> str:
        """Features that moved by about a point or more, the largest move first."""
        moves = [(abs(now - week.before[f]), f, week.before[f], now)
                 for f, now in week.features.items()]  # fmt: skip
        moves.sort(key=lambda move: -move[0])
        return ", ".join(
            f"{self.short[f]} {was:.0f} to {now:.0f}" for by, f, was, now in moves if by >= TOLD
        )

    # --- why -------------------------------------------------------------------------------------
    def _mind(self, mind: Mind) -> Iterator[Line]:
        yield self._line("")
        yield self._line(f"{_capital(mind.office)}: {_mood(mind)}", "bold", 2)
        minds = "; ".join(map(self._due, mind.dues[:PARTS]))
        yield self._line(f"Weighs most: {minds}.", "", 4)
        for decision in mind.decisions:
            yield from self._decision(decision)

    def _due(self, due: Due) -> str:
        wants = "wants more" if due.weight > 0 else "wants less"
        return f"{self.short[due.feature]} {due.sees:.0f}, due {due.due:.0f} ({wants})"

    def _decision(self, decision: Decision) -> Iterator[Line]:
        yield self._line(f"{decision.slot}: {decision.chosen}. {decision.decided}", "", 4)
        for option in decision.options:
            yield self._line(self._option(option), "" if option.chosen else "dim", 6)
        for name, why in decision.closed.items():
            yield self._line(f"closed: {name}: {why}", "dim", 6)

    def _option(self, option: Option) -> str:
        odds = f"works {100 * option.works:.0f}%"
        if option.answered > 0.0:
            odds += f", answered {100 * option.answered:.0f}%"
        taken = "only as a reply" if option.score is None else (
            f"taken {100 * option.taken:.0f}%, score {option.score:z.1f} "
            f"and luck {option.luck:z.1f}"
        )  # fmt: skip
        mark = ">" if option.chosen else "-"
        return f"{mark} {option.name}: {option.value:+.2f} ({self._worth(option)}); {odds}; {taken}"

    def _worth(self, option: Option) -> str:
        """The features that make up most of a value, the others together, and the rest."""
        parts = sorted(option.by_feature.items(), key=lambda part: -abs(part[1]))
        named = [(self.short[f], x) for f, x in parts[:PARTS]]
        named.append(("other features", sum(x for _, x in parts[PARTS:])))
        named.append(("mood and cost", option.other))
        return ", ".join(f"{name} {x:+.2f}" for name, x in named if abs(x) >= 0.005) or "nothing"

    # --- opening and end ------------------------------------------------------------------------
    def opening(self, seed: int, campaign: int, notes: str) -> Iterator[Line]:
        """What is being told: always with its seed, and never as a forecast."""
        yield self._line(f"{self.scenario.name}: seed {seed}, campaign {campaign}{notes}", "bold")
        yield self._line(" ".join(self.scenario.not_a_forecast.split()), "dim")
        yield Line("")

    def ending(self, ending: Ending) -> Iterator[Line]:
        """The outcome in a sentence, and what decided it."""
        yield self._line(f"Outcome: {ending.name}. {ending.sentence}", "bold")
        yield self._line(f"Why: {ending.why}")

    # --- setting --------------------------------------------------------------------------------
    def _line(self, text: str, style: str = "", indent: int = 0) -> Line:
        start, more = " " * indent, " " * (indent + 2)
        return Line(fill(text, self.width, initial_indent=start, subsequent_indent=more), style)

    def _row(self, label: str, text: str) -> Line:
        if self.width < NARROW:
            return self._line(f"{label}: {text}", "", 2)
        start = f"  {label:<{self.column}} "
        more = " " * len(start)
        return Line(fill(text, self.width, initial_indent=start, subsequent_indent=more))


def _leads(role: str) -> bool:
    return role == "leader"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _news(deed: Deed) -> bool:
    return not deed.hold or deed.fate not in (DONE, SCRIPTED)


def _acts(deeds: list[Deed]) -> str:
    """What a leader did, and the slots in which it did nothing new."""
    told = [deed.text for deed in deeds if _news(deed)]
    held = [deed.slot for deed in deeds if not _news(deed)]
    if not told:
        return "No new move."
    return " ".join(told) + (f" Nothing new: {', '.join(held)}." if held else "")


def _mood(mind: Mind) -> str:
    return (
        f"plays {100 * mind.wins:.0f}% to win, {100 - 100 * mind.wins:.0f}% not to lose; anger "
        f"{mind.anger:.2f}, stress {mind.stress:.2f}, desperation {mind.desperation:.2f}; "
        f"temper {mind.temper:.1f}"
    )


def harm_in_words(harm: Harm) -> str:
    """Civilian harm, as ranges; told every week, even when there is none."""
    return (
        f"killed this week {about(harm.killed)}, in all {about(harm.killed_since)}; displaced this "
        f"week {about(harm.displaced)}, in all {about(harm.displaced_since)}; without power "
        f"{about(harm.without_power)}."
    )


def days(first: dt.date) -> str:
    """'10 to 16 October 2022': the seven days from a date."""
    last = first + dt.timedelta(days=6)
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    if first.month != last.month:
        return f"{first.day} {first:%B} to {last.day} {last:%B %Y}"
    return f"{first.day} to {last.day} {last:%B %Y}"
