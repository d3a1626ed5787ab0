"""Homeland: a regime at war, its foe, and two patrons in a bloc, for cases of home politics."""

import numpy as np

from sim.dice import Dice, keys
from sim.loading import rulebook
from sim.measures import features
from sim.order import Deed, Order, Tide, Told
from sim.schema import Scenario
from sim.state import FIELDS, Numbers, State
from sim.table import Table, shape_of

BOSS, HAWK, ARMY, GUARD, CROWD, CHIEF, FOLK, FRIEND, OTHER, WEST = range(10)
ROVIA, USTAN, AFAR, BEFAR = range(4)
ELITE, OFFICERS, SECRET = range(3)
NEAR, FAR, HOLY, MINE = range(4)


def act(name: str, by: str, rule: str, **more: object) -> dict[str, object]:
    base = {"id": name, "name": name, "by": by.split(), "slot": "move", "rung": 2,
            "cameo": "010", "goldstein": 0, "severity": "SQ", "chance": 0.5, "rule": rule,
            "tells": "."}  # fmt: skip
    return {**base, **more}


def actor(name: str, polity: str, role: str, **more: object) -> dict[str, object]:
    base = {"id": name, "name": name, "polity": polity, "role": role, "slots": ["move"],
            "intel": 0.5, "goals": {}, "brief": {"public": "x", "private": "y"}}  # fmt: skip
    return {**base, **more}


def region(name: str, owner: str, claim: str, weight: float, **more: object) -> dict[str, object]:
    base = {"id": name, "name": name, "owner": owner, "claim": claim, "symbolic": [weight, weight]}
    return {**base, **more}


def pillar(name: str, role: str, weight: float) -> dict[str, object]:
    return {"id": name, "name": name, "polity": "rovia", "role": role, "weight": weight}


SHEET = {
    "id": "homeland", "name": "Home", "summary": "x", "not_a_forecast": "y",
    "start": "2030-10-07", "weather": {"frost": [12]},
    "polities": [
        {"id": "rovia", "name": "Rovia"},
        {"id": "ustan", "name": "Ustan"},
        {"id": "afar", "name": "Afar", "backs": "ustan", "bloc": "pact", "election_week": 5,
         "share": {"arms": 0.65}},
        {"id": "befar", "name": "Befar", "backs": "ustan", "bloc": "pact", "energy_exposure": 1,
         "energy_source": "rovia", "share": {"arms": 0.35}},
    ],
    "blocs": [{"id": "pact", "name": "Pact"}],
    "pillars": [pillar("circle", "elites", 0.35), pillar("staff", "military", 0.2),
                pillar("organs", "services", 0.2)],
    "actors": [
        actor("boss", "rovia", "leader"), actor("hawk", "rovia", "hardliner"),
        actor("army", "rovia", "officer"), actor("secret", "rovia", "guard"),
        actor("crowd", "rovia", "citizen"), actor("chief", "ustan", "leader"),
        actor("folk", "ustan", "citizen"), actor("friend", "afar", "leader"),
        actor("other", "befar", "leader"), actor("west", "afar", "citizen", voices=["befar"]),
    ],
    "features": [{"id": "land", "name": "Ground", "measure": "ground"},
                 {"id": "grip", "name": "Hold", "measure": "hold", "of": "rovia"}],
    "regions": [region("near", "ustan", "annexed", 2), region("faraway", "ustan", "annexed", 2),
                region("holy", "ustan", "claimed", 4, sacred=True),
                region("mine", "rovia", "home", 1)],
    "nodes": [{"id": "bankhouse", "name": "Bank", "kind": "bank", "heals": 0.5},
              {"id": "seabed_wire", "name": "Wire", "kind": "cables", "heals": 0.15}],
    "ladder": {"rungs": [{"id": f"step{n:02}", "name": "x", "test": "x"} for n in range(16)]},
    "actions": [
        act("jail", "boss", "repress"), act("sack", "boss", "purge"), act("seize", "boss", "annex"),
        act("recast", "boss", "redefine"), act("valve", "boss", "cut_energy"),
        act("grain", "boss", "close_corridor"), act("summon", "boss", "call_up"),
        act("hurl", "boss", "rush"), act("menace", "boss", "threaten"),
        act("urge", "hawk", "press_hawk", numbers={"pressure": 0.03}),
        act("march", "hawk", "mutiny"), act("moan", "army", "grumble"),
        act("scheme", "secret", "plot"), act("leave", "crowd", "flee"),
        act("shout", "crowd", "protest"), act("plead", "chief", "appeal"),
        act("bear", "folk", "sway", numbers={"will": 0.002}),
        act("tire", "west", "sway", numbers={"will": -0.004}),
        act("pledge", "friend", "guarantee"), act("penal", "friend other", "sanction"),
    ],
    "outcomes": [{"id": "open_end", "name": "x", "sentence": "x", "at_horizon": True}],
}  # fmt: skip
SCENARIO = Scenario.model_validate(SHEET)


def numbers() -> dict[str, Numbers]:
    """The rulebook's values."""
    return {name: np.array([entry.value]) for name, entry in rulebook().items()}


def laid(*off: str, **changed: float) -> Table:
    """The table with switches off and numbers changed (`__` for the dot)."""
    more = {name.replace("__", "."): np.array([value]) for name, value in changed.items()}
    return Table(SCENARIO, numbers() | more, off)


def board(table: Table, worlds: int = 1, **given: object) -> State:
    """The opening values of the fields, changed by `given` (broadcast over what it leaves out)."""
    arrays = {}
    for name, meta in ((n, f.metadata) for n, f in FIELDS.items()):
        shape = (*shape_of(table, name), worlds)
        value = np.asarray(given.get(name, meta["opening"]), np.float64)
        if value.ndim and value.ndim < len(shape):
            value = value[..., None]
        arrays[name] = np.broadcast_to(value, shape).copy()
    state = State(**arrays)
    return state.but(features_past=features(state, table))


def order(table: Table, label: str, *, worked: bool = True, target: int = -1) -> Order:
    found = next(a for a in table.acts if a.label == label)
    return Order(found, np.array([True]), np.array([target]), np.array([worked]))


def did(table: Table, state: State, *labels: str) -> State:
    """The board that remembers these acts as this week's."""
    done = state.done.copy()
    for found in table.acts:
        if found.label in labels:
            done[found.number] = 1.0
    return state.but(done=done)


def dice(week: int = 1, worlds: int = 1) -> Dice:
    return Dice(keys(7, 0, worlds), week)


def play(deed: Deed, state: State, table: Table, one: Order, week: int = 1) -> State:
    return deed(state, one, table, dice(week))[0]


def pass_week(tide: Tide, state: State, table: Table, week: int = 1) -> State:
    return tide(state, table, dice(week))[0]


def lucky(deed: Deed, state: State, table: Table, one: Order, want: str) -> tuple[State, Told]:
    """What came of the deed in the first week its draw was kind."""
    for week in range(1, 400):
        after, told = deed(state, one, table, dice(week))
        if told[want][0] > 0.0:
            return after, told
    raise AssertionError(f"never {want}")
