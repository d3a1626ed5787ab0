"""Warland: two armies, one patron, seven regions; every soldier is worth one unit of power."""

import numpy as np

from sim.dice import Dice, keys
from sim.loading import rulebook
from sim.order import Order
from sim.schema import Scenario
from sim.state import EVENTS, FIELDS, Numbers, State, total
from sim.table import Table, shape_of

ROVIA, USTAN, AFAR = 0, 1, 2
BOSS, CHIEF = 0, 1
PLAIN, POCKET, HOLY, BRIDGE, GULF, BACK, REAR = range(7)
NEUTRAL = {"annex.k": 1.0, "ground.luck": 0.0, "ground.burst_chance": 0.0,
           "ground.rear_losses": 0.0, "forces.quality_wear": 0.0}  # fmt: skip
WORKED = {  # the errata's numbers, with which the cases were worked
    "ground.attrition": 0.022, "ground.floor": 0.03, "forces.pocket_relief": 1.0,
    "aid.cover": 0.085, "aid.cover_cap": 0.85, "strikes.drone_caught": 0.15,
}  # fmt: skip


def act(rule: str, by: str, **numbers: float) -> dict[str, object]:
    return {"id": f"{rule}_now", "name": rule, "by": [by], "slot": "arms", "rung": 7,
            "cameo": "190", "goldstein": -10, "severity": "VI", "chance": 0.5, "rule": rule,
            "numbers": numbers, "tells": "."}  # fmt: skip


def actor(name: str, polity: str) -> dict[str, object]:
    return {"id": name, "name": name, "polity": polity, "role": "leader", "slots": ["arms"],
            "intel": 0.5, "goals": {}, "brief": {"public": "x", "private": "y"}}  # fmt: skip


def region(name: str, owner: str = "ustan", **more: object) -> dict[str, object]:
    return {"id": name, "name": name, "owner": owner, **more}


SCENARIO = Scenario.model_validate({
    "id": "warland", "name": "War", "summary": "x", "not_a_forecast": "y", "start": "2030-01-07",
    "weather": {"mud": [4]},
    "polities": [
        {"id": "rovia", "name": "Rovia"}, {"id": "ustan", "name": "Ustan"},
        {"id": "afar", "name": "Afar", "backs": "ustan", "share": {"arms": 0.5}},
    ],
    "actors": [actor("boss", "rovia"), actor("chief", "ustan"), actor("friend", "afar")],
    "features": [{"id": "land", "name": "Ground", "measure": "ground"}],
    "regions": [
        region("plain", claim="annexed", symbolic=[6, 4], defence=1.5, retreat=["back", "rear"]),
        region("bank", claim="annexed", symbolic=[4, 4], pocket=True, retreat=["back", None]),
        region("holy", claim="claimed", symbolic=[12, 8], sacred=True, links=["bridge", "gulf"]),
        region("bridge", kind="link", repair=0.04),
        region("gulf", kind="sea"),
        region("back", "rovia", garrison=[15, 0]),
        region("rear"),
    ],
    "ladder": {"rungs": [{"id": "peace", "name": "x", "test": "x"}]},
    "actions": [
        act("dig_in", "boss"), act("attack", "chief"), act("withdraw", "boss"),
        act("feint", "boss"), act("call_up", "boss", men=150), act("rush", "boss"),
        act("drill", "boss"), act("strike_society", "boss", salvo=75, grid_share=0.75),
        act("strike_grid", "boss", swarm=60), act("strike_forces", "boss", salvo=40),
        act("strike_roads", "boss", salvo=35), act("strike_ally", "boss", salvo=20),
        act("strike_deep", "chief"), act("raid", "chief"), act("intervene", "friend"),
        act("aid", "friend", tier=2), act("cut_aid", "friend"),
        act("send_air_defence", "friend"), act("train_abroad", "friend"),
    ],
    "outcomes": [{"id": "open_end", "name": "Open", "sentence": "x"}],
})  # fmt: skip


def laid(*off: str, **changed: float) -> Table:
    """The table with the rulebook's own numbers, the neutral ones above, and `changed`."""
    found = {name: entry.value for name, entry in rulebook().items()} | NEUTRAL | WORKED
    found |= {name.replace("__", "."): value for name, value in changed.items()}
    return Table(SCENARIO, {name: np.array([value]) for name, value in found.items()}, off)


def board(worlds: int = 1, **given: object) -> State:
    """Fronts in plain (60 v 20) and bank (20 v 30), Rovian and Ustanian rears of 25 and 20."""
    base: dict[str, object] = {
        "control": [0.5, 0.8, 1, 1, 1, 1, 0], "held_at_claim": [0.5, 0.8, 1, 1, 1, 1, 0],
        "annexed": [1, 1, 0, 0, 0, 0, 0], "morale": 1.0, "corruption": 0.0, "ammo": 50.0,
        "force": [[60, 20, 0, 0, 0, 25, 0], [20, 30, 0, 0, 0, 0, 20]],
        "air_defence": 0.52, "will": 0.65, "reach": [3, 1],
    }  # fmt: skip
    arrays, table = {}, laid()
    for name, meta in ((n, f.metadata) for n, f in FIELDS.items()):
        shape = shape_of(table, name)
        value = np.asarray((base | given).get(name, meta["opening"]), np.float64)
        arrays[name] = np.repeat(np.broadcast_to(value, shape)[..., None], worlds, axis=-1)
    return State(**arrays)


def order(table: Table, rule: str, target: int = -1, worked: bool = True) -> Order:
    found = next(a for a in table.acts if a.action.rule == rule)
    return Order(found, np.array([True]), np.array([target]), np.array([worked]))


def dice(week: int = 1, worlds: int = 1) -> Dice:
    return Dice(keys(7, 0, worlds), week)


def men(state: State) -> Numbers:
    return total(total(state.force)) + total(state.casualties + state.training + state.ready)


def happened(state: State, event: str) -> float:
    return float(state.counts[EVENTS.index(event), 0])


def attacked(by: int, where: int, **given: object) -> State:
    marks = np.zeros((2, 7))
    marks[by, where] = 1.0
    return board(1, attacking=marks, **given)


def near(value: object, expected: object) -> None:
    np.testing.assert_allclose(np.asarray(value), np.asarray(expected), rtol=0, atol=1e-9)
