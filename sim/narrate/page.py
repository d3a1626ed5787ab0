"""The page: a week of the story as lines of text that wrap to the reader's terminal."""

import datetime as dt
from collections.abc import Iterator

from sim.narrate.deeds import DONE, SCRIPTED, Deed, office
from sim.narrate.ending import Ending
from sim.narrate.figures import Span, about
from sim.narrate.harm import Harm
from sim.narrate.lines import Line, Running, Setting, again, capital
from sim.narrate.story import Week
from sim.narrate.why import Why
from sim.schema import Scenario

TOLD = 2.0  # points a track moves before it is told
TOTAL = 2  # digits of a running total
NAMED = 3  # acts named of those that carried a week to its rung


class Page:
    """Sets a story for one scenario and one width, and remembers the week before."""

    def __init__(self, scenario: Scenario, width: int) -> None:
        self.scenario, self.rungs = scenario, scenario.ladder.rungs
        leaders = [capital(office(a)) for a in scenario.actors if _leads(a.role)]
        self.setting = Setting(
            width, ["Tracks down", *leaders], scenario.turn.name if scenario.turn else ""
        )
        self.why = Why(scenario, self.setting)
        self.running = Running()
        self.explained: set[int] = set()  # rungs whose meaning was told
        self.last: Week | None = None
        self.gravest: Week | None = None

    # --- a week ---------------------------------------------------------------------------------
    def week(self, week: Week) -> Iterator[Line]:
        """The week: what each seat did, what followed, what moved, and its civilian harm."""
        self.running.turn(map(_key, filter(_news, week.orders)))
        for label, text in self._rows(week):
            if label:
                yield self.setting.row(label, text)
            else:
                yield self.setting.line(text, "bold")
        self.last = week
        if self.gravest is None or week.rung > self.gravest.rung:
            self.gravest = week
        yield from self.why.minds(week.minds)
        yield Line("")

    def _rows(self, week: Week) -> Iterator[tuple[str, str]]:
        """Labels and their texts; the title has none."""
        yield "", f"Week {week.week}, {when(self.scenario, week)}: {self._rung(week.rung)}"
        if week.events:
            yield "Events", " ".join(one.text for one in week.events)
        yield from self._seats(week)
        if week.followed:
            yield "Followed", " ".join(one.text for one in week.followed)
        yield "Ladder", " ".join(self._ladder(week))
        yield from self._tracks(week)
        yield "Civilians", harm_in_words(week.harm)

    def _seats(self, week: Week) -> Iterator[tuple[str, str]]:
        """One row for each leader, one for what everybody else did, if they did anything new."""
        for actor in self.scenario.actors:
            if _leads(actor.role):
                deeds = [deed for deed in week.orders if deed.actor == actor.id]
                yield capital(office(actor)), self._acts(deeds) or _held(deeds)
        others = self._acts([deed for deed in week.orders if not deed.leads])
        if others:
            yield "Factions", others

    def _acts(self, deeds: list[Deed]) -> str:
        """What was new; what is done week after week says so."""
        return " ".join(self._told(deed) for deed in deeds if _news(deed))

    def _told(self, deed: Deed) -> str:
        return f"{again(deed.said, self.running.weeks[_key(deed)])} {deed.came}".strip()

    # --- the ladder and the tracks ----------------------------------------------------------------
    def _rung(self, rung: int) -> str:
        return f"rung {rung} of {len(self.rungs) - 1}, {self.rungs[rung].name}"

    def _ladder(self, week: Week) -> Iterator[str]:
        """Where the week stands against the last one, who carried it there, what it means."""
        if self.last and self.last.rung != week.rung:
            way = "Up" if week.rung > self.last.rung else "Down"
            yield f"{way} from rung {self.last.rung}, {self.last.rung_name}."
        yield f"Gravest this week: {carried(week)}."
        if week.rung not in self.explained:
            self.explained.add(week.rung)
            yield f"Rung {week.rung} means: {self.rungs[week.rung].test}."
        yield f"Level in force {round(week.level, 1):g}."

    def _tracks(self, week: Week) -> Iterator[tuple[str, str]]:
        """The tracks that rose and those that fell by two points or more, largest move first."""
        moved = [(week.features[f.id] - week.before[f.id], f) for f in self.scenario.features]
        moved.sort(key=lambda move: -abs(move[0]))
        for label, way in (("Tracks up", 1.0), ("Tracks down", -1.0)):
            told = "; ".join(
                f"{f.name} {week.before[f.id]:.0f} to {week.features[f.id]:.0f}"
                for by, f in moved if way * by >= TOLD
            )  # fmt: skip
            if told:
                yield label, f"{told}."

    # --- opening and end ------------------------------------------------------------------------
    def opening(self, seed: int, campaign: int, notes: str, explain: bool) -> Iterator[Line]:
        """What is being told: always with its seed, and never as a forecast; how to read it."""
        put = self.setting.line
        yield put(f"{self.scenario.name}: seed {seed}, campaign {campaign}{notes}", "bold")
        yield put(" ".join(self.scenario.not_a_forecast.split()), "dim")
        yield put(f"How to read it: {self._legend()}", "dim")
        yield Line("")
        if explain:
            yield from self.why.legend()
            yield Line("")

    def _legend(self) -> str:
        """What a rung, a level, a track and a range are; once, at the top."""
        last = len(self.rungs) - 1
        dreaded = ", ".join(f'"{name}"' for name in _dreaded(self.scenario))
        but = f", except for {dreaded}, where it is bad for all" if dreaded else ""
        return (
            "A week stands on the rung of its gravest act; rungs run from 0, "
            f"{self.rungs[0].name}, to {last}, {self.rungs[last].name}. The level in force rises "
            "with them at once and sinks slowly; the higher it is, the likelier an accident. "
            f"Tracks run from 0 to 100 points; those that moved by {TOLD:.0f} or more are told. "
            f"More is good for whoever the track names{but}. Figures in brackets are ranges."
        )

    def ending(self, ending: Ending) -> Iterator[Line]:
        """The outcome in a sentence, what decided it, how grave it became and what it cost."""
        yield self.setting.line(f"Outcome: {ending.name}. {ending.sentence}", "bold")
        yield self.setting.line(f"Why: {ending.why}")
        if self.gravest and self.last:
            when = f"in week {self.gravest.week}"
            yield self.setting.line(f"Gravest: {self._rung(self.gravest.rung)}, first {when}.")
            harm = self.last.harm
            killed, displaced = (about(n, TOTAL) for n in (harm.killed_since, harm.displaced_since))
            yield self.setting.line(f"Civilians in all: killed {killed}; displaced {displaced}.")


def _leads(role: str) -> bool:
    return role == "leader"


def _news(deed: Deed) -> bool:
    return not deed.hold or deed.fate not in (DONE, SCRIPTED)


def _key(deed: Deed) -> str:
    """What makes a deed the same as last week's: who, and the words of it."""
    return f"{deed.actor}: {deed.said}"


def _held(deeds: list[Deed]) -> str:
    """What a leader without a new move went on with: its first slot's hold stands for all."""
    return f"No new move. {deeds[0].text}" if deeds else "No new move."


def carried(week: Week) -> str:
    """The acts that carried a week to its rung, and whose they were; else it was an accident."""
    found: dict[str, list[str]] = {}
    for deed in week.orders:
        if deed.worked is not None and deed.rung == week.rung:
            found.setdefault(deed.name, []).append(deed.office)
    said = [f'"{name}" by {" and ".join(offices)}' for name, offices in found.items()]
    more = ["and more"] if len(said) > NAMED else []
    return "; ".join(said[:NAMED] + more) or "an accident"


def _dreaded(scenario: Scenario) -> list[str]:
    """The tracks that some leaders want less of, and none wants more of, whoever they name."""
    goals = [actor.goals for actor in scenario.actors if _leads(actor.role)]
    nobodys = [f for f in scenario.features if not f.of and not f.weights]
    wants = [(f.name, [one[f.id] for one in goals if one.get(f.id)]) for f in nobodys]
    return [name for name, signs in wants if signs and max(signs) < 0]


def harm_in_words(harm: Harm) -> str:
    """Civilian harm, as ranges; told every week, even when there is none."""
    killed = _so_far("Killed", harm.killed, harm.killed_since)
    displaced = _so_far("Displaced", harm.displaced, harm.displaced_since)
    return f"{killed} {displaced} Without power now: {about(harm.without_power)}."


def _so_far(what: str, now: Span, since: Span) -> str:
    if about(since) == "none":
        return f"{what}: none so far."
    return f"{what}: {about(now)} this week, {about(since, TOTAL)} since week 1."


def when(scenario: Scenario, week: Week) -> str:
    """The days of a week; of a turn of minutes, the day and the hour."""
    if scenario.turn is None:
        return days(week.date)
    now = scenario.turn.begins(scenario.start, week.week)
    return f"{now.day} {now:%B %Y}, {now:%H:%M}"


def days(first: dt.date) -> str:
    """'10 to 16 October 2022': the seven days from a date."""
    last = first + dt.timedelta(days=6)
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    if first.month != last.month:
        return f"{first.day} {first:%B} to {last.day} {last:%B %Y}"
    return f"{first.day} to {last.day} {last:%B %Y}"
