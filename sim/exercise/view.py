"""The view: everything a seat may know at the start of a week, and nothing else.

Fog is applied here, in the engine: whoever draws a screen holds no number its seat may not know.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sim.acts import Act
from sim.conditions import holds
from sim.exercise.dawn import Dawn
from sim.exercise.fog import FOG, Value, owners, point, strength
from sim.exercise.hand import Card, Effect, Reaction, effects, hand, wants
from sim.exercise.news import News, Record, Sender, knows_author, ledger, news, records
from sim.exercise.played import Game, dawn_of, harm_of
from sim.exercise.tracks import Track, tracks
from sim.exercise.whynot import OPEN
from sim.model import CrisisModel
from sim.narrate.harm import Harm
from sim.narrate.story import first_day
from sim.rungs import OPEN_FORCE, PATRON_WAR, WIDENED
from sim.schema import Scenario
from sim.state import Numbers, State
from sim.table import Table

__all__ = ["FOG", "Card", "Effect", "News", "Reaction", "SeatView", "Sender", "Track", "Value",
           "view"]  # fmt: skip

REACH = 2  # rungs above the level in force to which a faction may pull
LINES = {  # what tests a red line -> the rung such an act stands on
    "advance": OPEN_FORCE, "raid": WIDENED, "ground_attack": WIDENED, "range": WIDENED,
    "home": WIDENED, "patron_troops": PATRON_WAR,
}  # fmt: skip
STOCKS = ("ammo", "missiles", "drones", "training", "ready", "reach", "air_defence", "fleet")
MINDS = ("anger", "stress", "desperation")


@dataclass(frozen=True)
class LineSeen:
    """A red line that was declared."""

    id: str
    name: str
    drawn_by: str
    rung: int
    tested: bool


@dataclass(frozen=True)
class Hit:
    """An act of last week that struck a place; `actor` is "" when nobody knows whose it was."""

    actor: str
    action: str
    name: str
    rung: int


@dataclass(frozen=True)
class Question:
    """The forecast asked of every seat: will the gravest act of the week reach this rung?"""

    text_key: str
    rung: int
    rung_name: str


@dataclass(frozen=True)
class Brief:
    """What a seat reads before the first week."""

    public: str
    private: str


@dataclass(frozen=True)
class SeatView:
    """A seat's whole picture after `week` weeks, as it is about to decide on the next."""

    seat: str
    week: int  # weeks played
    date: dt.date  # the first day of the coming week
    level: float
    rung: int  # the rung in force: the level, to the nearest step
    rungs: dict[str, Value]  # leader -> gravest rung of its acts last week
    pulls: dict[str, int]  # home faction -> the rung it pulls its leader to
    red_lines: tuple[LineSeen, ...]
    tracks: tuple[Track, ...]
    control: dict[str, float]  # region -> share held by side 0
    forces: dict[str, tuple[Value, Value]]  # region -> thousand men of side 0 and side 1
    works: dict[str, float]  # region -> defence added by digging in
    damage: dict[str, float]  # region or node -> share out of use
    struck: dict[str, tuple[Hit, ...]]  # region or node -> what hit it last week
    stocks: dict[str, Value]
    events: tuple[News, ...]
    ledger: tuple[Sender, ...]
    harm: Harm
    nuclear: Value | None  # chance of nuclear use ahead: the staff's to say, None here
    hand: dict[str, tuple[Card, ...]]
    question: Question
    mood: dict[str, float]  # own anger, stress, ... 0 to 1; `loyalty.<pillar>` of one's own pillars
    brief: Brief


def view(exercise: Game, seat: str, week: int | None = None) -> SeatView:
    """What a seat may know after `week` weeks (None: now)."""
    week = exercise.week if week is None else week
    model, dawn = exercise.model, dawn_of(exercise, week)
    table, board = model.table, dawn.state
    actor, scenario = table.row("A", seat), model.table.scenario
    last = exercise.step_of(week).model if week > 0 else None
    sheet, rung = scenario.actors[actor], in_force(board)
    return SeatView(
        seat, week, first_day(scenario, week + 1), float(board.level[0]), rung,
        _rungs(board, table, seat, last), _pulls(dawn, table, actor, rung),
        _lines(board, table, seat), tracks(exercise, actor, dawn), _by_region(board.control, table),
        _forces(board, table, actor), _by_region(board.works, table), _damage(board, table),
        _struck(last, seat), _stocks(board, table, actor), news(exercise, seat, week),
        ledger(exercise, seat, week), harm_of(exercise, week), None, hand(model, dawn, actor),
        question(scenario, rung), _mood(board, table, actor),
        Brief(sheet.brief.public, sheet.brief.private),
    )  # fmt: skip


# --- the ladder -----------------------------------------------------------------------------
def in_force(board: State) -> int:
    """The rung in force: a level is a running figure, a rung a whole step."""
    return int(board.level[0] + 0.5)


def question(scenario: Scenario, rung: int) -> Question:
    """Will the gravest act of the week stand above the rung in force?"""
    rungs = scenario.ladder.rungs
    higher = min(rung + 1, len(rungs) - 1)
    return Question("forecast.rung", higher, rungs[higher].name)


def _rungs(board: State, table: Table, seat: str, last: CrisisModel | None) -> dict[str, Value]:
    """Leader -> its gravest rung: one's own is known, others' is what deniable acts may hide."""
    done = [] if last is None else [r for r in records(last) if r.deed.worked is not None]
    found: dict[str, Value] = {}
    for leader in table.leaders:
        name = table.actors[leader]
        seen = [r.deed.rung for r in done if r.deed.actor == name and knows_author(r, seat, table)]
        low = max(seen, default=0)
        hidden = [a.action.rung for a in table.acts
                  if a.actor == leader and a.action.attribution < 1.0]  # fmt: skip
        high = max([low, *hidden]) if done else low
        found[name] = Value(float(low), float(high))
        if name == seat:
            found[name] = point(float(board.rungs[leader, 0]))
    return found


def _pulls(dawn: Dawn, table: Table, actor: int, level: int) -> dict[str, int]:
    """Home faction -> the rung of what it would like its leader to do, within reach of the level.

    Of the leader's acts at most two rungs above the level in force, as far as everybody can see
    that they are open, the one whose expected effects the faction's goals value most. Every number
    is printed in the catalogue. Judgement.
    """
    home, found = table.polity_of[actor], {}
    name, leader = table.polities[home], table.leader_of[home]
    choices = [act for act in table.acts if act.actor == leader and not act.action.answer
               and act.action.rung <= level + REACH and _open(act, dawn, table)]  # fmt: skip
    for row, sheet in enumerate(table.scenario.actors):
        if sheet.role != "leader" and name in (sheet.polity, *sheet.voices) and choices:
            goals = wants(table, row)
            best = max(choices, key=lambda act: (_liked(act, goals, table), -act.action.rung))
            found[sheet.id] = best.action.rung
    return found


def _open(act: Act, dawn: Dawn, table: Table) -> bool:
    """Whether what everybody can see leaves an act open: an offer to accept is on the table."""
    seen = [need for need in act.action.needs if need.measure in OPEN and not need.any]
    return all(holds(need, dawn.state, table, act.actor, dawn.week)[0] for need in seen)


def _liked(act: Act, goals: dict[str, float], table: Table) -> float:
    return sum(one.points * goals.get(one.feature, 0.0) for one in effects(act, table))


def _lines(board: State, table: Table, seat: str) -> tuple[LineSeen, ...]:
    """Lines that were declared, and those the seat itself drew."""
    return tuple(
        LineSeen(line.id, line.name, line.drawn_by, LINES[line.trigger],
                 bool(board.line_state[row, 0] > 1.5))
        for row, line in enumerate(table.scenario.red_lines)
        if line.declared or line.drawn_by == seat or board.line_state[row, 0] > 0.5
    )  # fmt: skip


# --- the map and the stores -----------------------------------------------------------------
def _by_region(shares: Numbers, table: Table) -> dict[str, float]:
    return {name: float(shares[row, 0]) for row, name in enumerate(table.regions)}


def _forces(board: State, table: Table, actor: int) -> dict[str, tuple[Value, Value]]:
    return {
        name: (strength(board, table, actor, 0, row), strength(board, table, actor, 1, row))
        for row, name in enumerate(table.regions)
    }


def _damage(board: State, table: Table) -> dict[str, float]:
    """What is out of use, where anything is."""
    rows = [*zip(table.regions, board.damage[:, 0], strict=True),
            *zip(table.nodes, board.node_damage[:, 0], strict=True)]  # fmt: skip
    return {name: float(share) for name, share in rows if share > 0.0}


def _struck(last: CrisisModel | None, seat: str) -> dict[str, tuple[Hit, ...]]:
    """Where something was struck last week, by whom as far as the seat knows."""
    found: dict[str, tuple[Hit, ...]] = {}
    for record in records(last) if last is not None else ():
        hit = _hit(last, record, seat) if last is not None else None
        if record.target is not None and hit is not None:
            found[record.target] = (*found.get(record.target, ()), hit)
    return found


def _hit(model: CrisisModel, record: Record, seat: str) -> Hit | None:
    deed = record.deed
    if not record.shows:
        return None
    if knows_author(record, seat, model.table):
        return Hit(deed.actor, deed.act, deed.name, deed.rung)
    return Hit("", "", "", 0)


def _stocks(board: State, table: Table, actor: int) -> dict[str, Value]:
    """What a leader has in store; nobody else counts it."""
    polity = table.polity_of[actor]
    if table.roles[actor] != "leader":
        return {}
    found = {name: point(getattr(board, name)[polity, 0]) for name in STOCKS if polity < 2}
    return {**found, "economy": point(board.economy[polity, 0])}


# --- the seat itself ----------------------------------------------------------------------------
def _mood(board: State, table: Table, actor: int) -> dict[str, float]:
    return dict(_moods(board, table, actor))


def _moods(board: State, table: Table, actor: int) -> Iterator[tuple[str, float]]:
    for name in MINDS if table.roles[actor] == "leader" else ("pressure", *MINDS):
        yield name, float(getattr(board, name)[actor, 0])
    for row, mine in enumerate(owners(table, actor, "K")):
        if mine:
            yield f"loyalty.{table.pillars[row]}", float(board.loyalty[row, 0])
