"""The head of every screen in play: where and when it is, and what it has cost civilians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from sim.exercise.view import SeatView
from sim.schema import Scenario
from ui.kit.words import Words
from ui.present.dates import dates, dawn

STAGES = ("brief", "decide", "resolve", "review")
MILLION = 1_000_000


@dataclass(frozen=True)
class Head:
    """Title, week and dates, the stage of the week, and the seat that looks on."""

    title: str
    week: str
    dates: str
    stage: str
    stages: tuple[tuple[str, str], ...]
    seat: str  # "" for the room
    name: str


@dataclass(frozen=True)
class Cost:
    """One figure of the harm strip: what, how many, and the range it may lie in."""

    label: str
    figure: str
    range: str


@dataclass(frozen=True)
class HarmLine:
    """The strip of civilian harm, which stands on every screen in play."""

    costs: tuple[Cost, ...]
    note: str
    weeks: tuple[float, ...] = ()  # killed, week by week, for the little bars


def head(scenario: Scenario, week: int, weeks: int, words: Words, *, stage: str = "decide",
         seat: str = "") -> Head:  # fmt: skip
    """The head in a week of a scenario, `week` counting from 1."""
    names = {actor.id: actor.name for actor in scenario.actors}
    return Head(
        scenario.name, words.t("board.head.week", n=week, of=weeks),
        dates(scenario, week, words), stage,
        tuple((name, words.t(f"board.head.{name}")) for name in STAGES), seat, names.get(seat, ""),
    )  # fmt: skip


def harm_line(view: SeatView, scenario: Scenario, words: Words, *,
              weeks: Sequence[float] = ()) -> HarmLine:  # fmt: skip
    """What has been suffered, in figures as rough as they are known."""
    harm, since = view.harm, dawn(scenario, 1, words)
    spans = [("since", harm.killed_since), ("power", harm.without_power),
             ("displaced", harm.displaced_since)]  # fmt: skip
    if view.week:
        spans = [("week", harm.killed), *spans]
    costs = tuple(
        Cost(words.t(f"board.harm.{key}", since=since),
             toll(span.value, words) if key in ("week", "since") else figure(span.value, words),
             "" if span.high < 0.5 else f"({figures(span.low, span.high, words)})")
        for key, span in spans
    )  # fmt: skip
    return HarmLine(costs, words.t("board.harm.note"), tuple(weeks))


def toll(number: float, words: Words) -> str:
    """'none killed', '18 killed'."""
    if rough(number) == 0.0:
        return words.t("board.harm.nobody")
    return words.t("board.harm.killed", figure=figure(number, words))


def rough(number: float, digits: int = 2) -> float:
    """A number cut to the digits one can believe in."""
    if abs(number) < 0.5:
        return 0.0
    return round(number, digits - 1 - floor(log10(abs(number))))


def figure(number: float, words: Words) -> str:
    """'none', '18', '46,000', '1.9 M'."""
    cut = rough(number)
    if cut >= MILLION:
        return words.t("board.million", n=words.number(cut / MILLION, 1))
    return words.number(cut) if cut else words.t("board.none")


def figures(low: float, high: float, words: Words) -> str:
    """'80-170' with a dash, '0.7-1.3 M'."""
    if rough(high) >= MILLION:
        return words.t("board.million", n=words.span(low / MILLION, high / MILLION, 1))
    return words.span(rough(low), rough(high))
