"""Toyland: a board of two sides and one patron, on which minds and talks are worked by hand."""

import numpy as np

from sim.dice import Dice, keys
from sim.loading import rulebook
from sim.measures import features
from sim.order import Deed, Order, Tide
from sim.schema import Scenario
from sim.state import FIELDS, Numbers, State
from sim.table import Table, shape_of

GOALS = {"land": 0.3, "grip": 0.2, "fear": -0.1, "wills": -0.1}
RUNGS = [("commit", 5), ("homeland", 9), ("nuclear", 10), ("ally_hit", 11), ("patron_war", 12),
         ("taboo", 13), ("broken", 14)]  # fmt: skip


def act(name: str, by: str, rule: str, **more: object) -> dict[str, object]:
    base = {"id": name, "name": name, "by": [by], "slot": "political", "rung": 1, "cameo": "036",
            "goldstein": 4, "severity": "DE", "chance": 0.5, "rule": rule,
            "tells": "."}  # fmt: skip
    return {**base, **more}


def actor(name: str, polity: str, **more: object) -> dict[str, object]:
    base = {"id": name, "name": name, "polity": polity, "role": "leader", "slots": ["political"],
            "intel": 0.5, "goals": {}, "brief": {"public": "x", "private": "y"}}  # fmt: skip
    return {**base, **more}


def outcome(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "name": name, "sentence": name, **more}


SHEET = {
    "id": "toyland", "name": "Toy", "summary": "x", "not_a_forecast": "y", "start": "2030-01-07",
    "polities": [
        {"id": "rovia", "name": "Rovia"},
        {"id": "ustan", "name": "Ustan"},
        {"id": "afar", "name": "Afar", "backs": "ustan", "election_week": 5},
    ],
    "pillars": [{"id": "army", "name": "Army", "polity": "rovia", "role": "military", "weight": 1}],
    "actors": [
        actor("boss", "rovia", goals=GOALS, goals_keep={"land": 0.1, "grip": 0.4},
              desperation={"base": -1.1, "exit": 1.5, "terms": [
                  {"measure": "hold", "start": 60, "per": -1, "weight": 0.05, "positive": True},
                  {"measure": "feature", "of": "land", "start": "reference", "per": -1,
                   "weight": 0.06, "positive": True},
                  {"measure": "cornered", "weight": 0.8},
                  {"measure": "drift", "of": "grip", "per": -1, "weight": 0.06,
                   "positive": True, "switch": "survival"},
              ]}),
        actor("chief", "ustan", goals={"land": -0.3}),
        actor("friend", "afar", goals={"fear": -0.3},
              desperation={"base": 0.05, "straight": True, "terms": [
                  {"measure": "danger", "start": 40, "weight": 0.01, "positive": True}]}),
    ],
    "features": [
        {"id": "land", "name": "Ground", "measure": "ground"},
        {"id": "grip", "name": "Hold", "measure": "hold", "of": "rovia"},
        {"id": "fear", "name": "Danger", "measure": "danger"},
        {"id": "wills", "name": "Resolve", "measure": "resolve", "of": "ustan"},
        {"id": "arms", "name": "Power", "measure": "power", "of": "rovia"},
        {"id": "help", "name": "Support", "measure": "support", "weights": {"afar": 1}},
    ],
    "regions": [
        {"id": "east", "name": "East", "owner": "ustan", "claim": "annexed"},
        {"id": "west", "name": "West", "owner": "ustan", "claim": "claimed"},
    ],
    "ladder": {"rungs": [
        {"id": f"step{n:02}", "name": "x", "test": "x",
         **next(({"threshold": t} for t, at in RUNGS if at == n), {})} for n in range(16)
    ]},
    "actions": [
        act("propose", "boss", "offer_terms"),
        act("demand", "chief", "offer_terms", numbers={"present_lines": 0, "weeks": 2}),
        act("agree", "boss", "accept_terms"),
        act("whisper", "friend", "back_channel"),
        act("relief", "friend", "offer_relief"),
    ],
    "outcomes": [
        outcome("exchange", ends=True, needs=[{"measure": "peak", "at_least": 15}]),
        outcome("shown", needs=[{"measure": "peak", "at_least": 13}]),
        outcome("regained", ends=True, weeks=2,
                needs=[{"measure": "feature", "of": "land", "at_most": 40}]),
        outcome("widening", at_horizon=True, needs=[{"measure": "recent_level", "at_least": 9}]),
        outcome("bounded", at_horizon=True),
    ],
}  # fmt: skip
SCENARIO = Scenario.model_validate(SHEET)
BOSS, CHIEF, FRIEND = 0, 1, 2
LAND, GRIP, FEAR = 0, 1, 2


def numbers() -> dict[str, Numbers]:
    found = {name: entry.value for name, entry in rulebook().items()} | {"annex.k": 1.0}
    for one in SCENARIO.actors:
        found |= {f"goal.{one.id}.{f}": w for f, w in one.goals.items()}
    return {name: np.array([float(value)]) for name, value in found.items()}


def laid(*off: str, **changed: float) -> Table:
    more = {name.replace("__", "."): np.array([value]) for name, value in changed.items()}
    return Table(SCENARIO, numbers() | more, off)


def board(table: Table, worlds: int = 1, **given: object) -> State:
    """The opening values of the fields, changed by `given` (broadcast), features taken stock of."""
    arrays = {}
    for name, meta in ((n, f.metadata) for n, f in FIELDS.items()):
        shape = (*shape_of(table, name), worlds)
        value = np.asarray(given.get(name, meta["opening"]), np.float64)
        if value.ndim and value.ndim < len(shape):
            value = value[..., None]
        arrays[name] = np.broadcast_to(value, shape).copy()
    state = State(**arrays)
    return state if "features_past" in given else state.but(features_past=features(state, table))


def at_war(table: Table, worlds: int = 1, **given: object) -> State:
    """Half the land held, 20 thousand men on each side of one front, hold 70, danger 40."""
    base: dict[str, object] = {
        "control": [1.0, 0.0], "force": np.array([[20.0, 0], [20.0, 0]]), "power_start": 10.0,
        "loyalty": 0.7, "danger": 40.0, "level": 8.0, "will": 0.8, "morale": 0.8,
    }  # fmt: skip
    return board(table, worlds, **(base | given))


def order(table: Table, label: str, where: bool = True, worked: bool = True) -> Order:
    found = next(a for a in table.acts if a.label == label)
    return Order(found, np.array([where]), np.array([-1]), np.array([worked]))


def dice(week: int = 1, worlds: int = 1) -> Dice:
    return Dice(keys(7, 0, worlds), week)


def lucky(rule: Tide | Deed, state: State, table: Table, want: str, *first: Order) -> State:
    """The board after the first week in which the draw of a rule was kind."""
    for week in range(1, 4000):
        after, told = rule(state, *first, table, dice(week))  # type: ignore[call-arg, arg-type]
        if told[want][0] > 0.0:
            return after
    raise AssertionError(f"never {want}")
