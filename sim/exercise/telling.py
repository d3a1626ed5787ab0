"""The telling: a week that was played, in ten steps, as far as one seat may know it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.exercise.chances import Factor, luck_of
from sim.exercise.ended import Ended, ending, forecasts
from sim.exercise.fog import Value, picture, point
from sim.exercise.hand import wants
from sim.exercise.news import (
    ALL,
    Record,
    announced,
    follows,
    knows_author,
    records,
    signals,
    told_to,
)  # fmt: skip
from sim.exercise.played import Game, dawn_of, harm_of
from sim.measures import features
from sim.model import CrisisModel
from sim.narrate.aftermath import Happening, happenings
from sim.narrate.deeds import LET_DOWN, REFUSED
from sim.narrate.harm import Harm
from sim.narrate.story import first_day
from sim.rules import PHASES
from sim.rules.covert import HIDDEN

__all__ = ["Change", "DeedTold", "Ended", "Factor", "Step", "WeekTold", "ending", "told"]

KINDS = ("orders", "factions", "covert", "politics", "strikes", "ground", "news", "home", "chance",
         "ladder")  # fmt: skip
STEP_OF_PHASE = {"political": "politics", "signals": "politics", "nuclear": "ground"}
STEP_OF_NEWS = {  # the kind of what followed -> the step that tells it
    "land": "ground", "losses": "ground", "broken": "ground", "truce": "ground",
    "red_line": "news", "exposed": "news", "removals": "home", "turmoil": "home", "vote": "home",
    "accidents": "chance", "event": "orders", "signal": "politics",
}  # all else: the ladder, and talks  # fmt: skip
STILL = 0.5  # points below which nothing is said to have changed
SURPRISE = 3.0  # points beyond what was to be expected that a reader should notice [judgement]
CAUSES = {  # kind of what followed -> the rules of the deeds that bring it about
    "land": ("attack", "withdraw"), "losses": ("attack",), "exposed": HIDDEN,
    "talks": ("offer_terms", "accept_terms", "back_channel"),
    "settled": ("accept_terms", "offer_terms"), "truces": ("accept_terms", "offer_terms"),
    "removals": ("mutiny", "plot", "protest"), "turmoil": ("mutiny", "plot"), "vote": ("meddle",),
    "broken": ("attack",), "red_line": ("attack", "raid", "strike_deep", "intervene", "aid"),
}  # fmt: skip


@dataclass(frozen=True)
class DeedTold:
    """A deed as a seat is told of it; chance, draw and reasons of its own that are no holds."""

    actor: str  # "" when nobody knows whose it was
    action: str
    name: str
    slot: str
    rung: int
    target: str | None
    text: str
    fate: str
    chance: float | None
    draw: float | None
    worked: bool | None
    factors: tuple[Factor, ...]
    known: bool  # whether the seat knows the author


@dataclass(frozen=True)
class Step:
    """One of the ten steps of a week."""

    kind: str
    deeds: tuple[DeedTold, ...]
    happenings: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What a week did to a feature, as the seat sees it."""

    feature: str
    name: str
    before: Value
    after: Value
    good: bool | None  # for this seat; None when it did not move or nobody cares
    surprise: bool


@dataclass(frozen=True)
class WeekTold:
    """A played week. `links` count deeds and happenings step by step, a step's deeds first."""

    week: int
    date: dt.date
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    moves: dict[str, tuple[int, int]]  # leader -> gravest rung the week before, and now
    level: tuple[float, float]
    rung: int  # the gravest of the week
    harm: Harm
    forecasts: dict[str, tuple[float, bool, float]]  # seat -> said, came true, Brier score
    links: tuple[tuple[int, int], ...]  # cause, effect


@dataclass(frozen=True)
class _Part:
    """A deed or a happening in its place."""

    step: str
    record: Record | None = None
    deed: DeedTold | None = None
    news: Happening | None = None


def told(exercise: Game, week: int, seat: str | None = None) -> WeekTold:
    """A week in steps, for a seat; for the facilitator (None) all of it."""
    step = exercise.step_of(week)
    model = step.model
    parts = sorted([*_deeds(model, seat), *_happened(exercise, week, seat)],
                   key=lambda part: (KINDS.index(part.step), part.deed is None))  # fmt: skip
    said = forecasts(exercise, week).items()
    return WeekTold(
        week, first_day(exercise.scenario, week), tuple(_step(kind, parts) for kind in KINDS),
        _changes(exercise, week, seat), _moves(exercise, week, seat),
        (float(step.before.level[0]), float(step.after.level[0])), int(step.after.rung[0]),
        harm_of(exercise, week), {name: one for name, one in said if seat in (None, name)},
        tuple(_links(parts, model)),
    )  # fmt: skip


def _step(kind: str, parts: Sequence[_Part]) -> Step:
    mine = [part for part in parts if part.step == kind]
    return Step(kind, tuple(part.deed for part in mine if part.deed is not None),
                tuple(part.news.text for part in mine if part.news is not None))  # fmt: skip


# --- deeds --------------------------------------------------------------------------------------
def _deeds(model: CrisisModel, seat: str | None) -> Iterator[_Part]:
    """Deeds the seat knows, and those it sees without knowing whose they are."""
    for record in records(model):
        known = knows_author(record, seat, model.table)
        if known or record.shows:
            where = _step_of(record) if known else "strikes"
            yield _Part(where, record, _told(model, record, seat, known))


def _step_of(record: Record) -> str:
    """Holds, and orders that were never carried out, are told as the orders are revealed."""
    if record.deed.hold or record.deed.fate in (REFUSED, LET_DOWN):
        return "orders"
    phase = next(name for name, rules in PHASES.items() if record.act.action.rule in rules)
    return STEP_OF_PHASE.get(phase, phase)


def _told(model: CrisisModel, record: Record, seat: str | None, known: bool) -> DeedTold:
    deed, text = record.deed, told_to(model, record, seat)
    if not known:
        return DeedTold("", "", "", "", 0, record.target, text, deed.fate, None, None, None, (),
                        False)  # fmt: skip
    if seat not in (None, deed.actor) or deed.worked is None or deed.hold:
        return DeedTold(deed.actor, deed.act, deed.name, deed.slot, deed.rung, record.target, text,
                        deed.fate, None, None, None, (), True)  # fmt: skip
    luck = luck_of(model, record.act)
    return DeedTold(
        deed.actor, deed.act, deed.name, deed.slot, deed.rung, record.target, text, deed.fate,
        luck.chance, luck.draw, luck.draw < luck.chance, luck.factors, True,
    )  # fmt: skip


def _happened(game: Game, week: int, seat: str | None) -> Iterator[_Part]:
    """The scenario's events, what was said in public, and what followed."""
    step = game.step_of(week)
    found = [Happening("event", one.text) for one in happenings(step.model)]
    found += [Happening("signal", announced(game, *one)) for one in signals(game, seat, week)]
    found += follows(step.model, step.before, seat)
    for one in found:
        yield _Part(STEP_OF_NEWS.get(one.kind, "ladder"), news=one)


# --- what changed -------------------------------------------------------------------------------
def _changes(game: Game, week: int, seat: str | None) -> tuple[Change, ...]:
    """Every feature before and after: the truth for the facilitator, its picture for a seat."""
    model, step = game.model, game.step_of(week)
    actor = -1 if seat is None else model.table.row("A", seat)
    goals = {} if seat is None else wants(model.table, actor)
    truth = [features(board, model.table)[:, 0] for board in (step.before, step.after)]
    found = []
    for row, feature in enumerate(model.table.scenario.features):
        before, after = (point(values[row]) for values in truth)
        if seat is not None:
            boards = [dawn_of(game, number).state for number in (week - 1, week)]
            before, after = (picture(model, board, actor, row) for board in boards)
        moved = after.middle - before.middle
        wanted = goals.get(feature.id, 0.0) * moved
        good = wanted > 0.0 if wanted and abs(moved) >= STILL else None
        found.append(Change(feature.id, feature.name, before, after, good, _odd(before, after)))
    return tuple(found)


def _odd(before: Value, after: Value) -> bool:
    """Whether a track lies clear of where it was thought to be."""
    return after.low > before.high + SURPRISE or after.high < before.low - SURPRISE


def _moves(game: Game, week: int, seat: str | None) -> dict[str, tuple[int, int]]:
    """Leader -> gravest rung of what the seat knows it did, the week before and now."""
    earlier = _gravest(game.step_of(week - 1).model, seat) if week > 1 else {}
    now, table = _gravest(game.step_of(week).model, seat), game.model.table
    names = [table.actors[leader] for leader in table.leaders]
    return {name: (earlier.get(name, 0), now.get(name, 0)) for name in names}


def _gravest(model: CrisisModel, seat: str | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for record in records(model):
        deed = record.deed
        if deed.worked is not None and knows_author(record, seat, model.table):
            found[deed.actor] = max(found.get(deed.actor, 0), deed.rung)
    return found


# --- cause and effect ---------------------------------------------------------------------------
def _links(parts: Sequence[_Part], model: CrisisModel) -> Iterator[tuple[int, int]]:
    """Which deed brought about which happening, where the rules leave no doubt about it."""
    for effect, part in enumerate(parts):
        if part.news is None:
            continue
        for cause, other in enumerate(parts):
            record = other.record
            if record is not None and other.deed is not None and other.deed.known:
                if record.deed.worked is not None and _caused(record, part.news, model):
                    yield cause, effect
            elif other.news is not None and _slipped(other.news, part.news):
                yield cause, effect


def _slipped(cause: Happening, effect: Happening) -> bool:
    """An accident crossed a line."""
    kinds = (cause.kind, effect.kind) == ("accidents", "threshold")
    return kinds and ", by an accident: " in effect.text


def _caused(record: Record, news: Happening, model: CrisisModel) -> bool:
    if news.kind == "threshold":
        rung = model.table.scenario.ladder.rungs[record.deed.rung]
        named = f", by {record.deed.office}: " in news.text and record.known_to == ALL
        return named and f"({rung.test})" in news.text
    if news.kind == "land":
        where = record.deed.target or ""
        return record.act.action.rule in CAUSES["land"] and news.text.startswith(f"{where}:")
    return record.act.action.rule in CAUSES.get(news.kind, ())
