"""A small crisis: the board of the cases of signals, covert and nuclear acts."""

import datetime as dt

import numpy as np

from sim.catalogue import Action
from sim.dice import Dice, keys
from sim.loading import rulebook
from sim.order import Deed, Order, Told
from sim.rules import covert, guards, nuclear, signals
from sim.schema import (
    Actor,
    Brief,
    Feature,
    Ladder,
    Node,
    Outcome,
    Pillar,
    Polity,
    RedLine,
    Region,
    Rung,
    Scenario,
)  # fmt: skip
from sim.state import FIELDS, Numbers, State
from sim.table import Table, shape_of

WORLDS = 64
NORTH, SOUTH, EAST, WEST = range(4)  # polities; their leaders are actors 0..3, the officers 4
HILL, PLAIN = range(2)
BANK, CABLES, DEPOT, VOTE, PIPE = range(5)
EVEN = {"bank": 0.3, "cables": 0.2, "depot": 0.35, "vote": 0.6, "energy": 0.4}
DEEDS: dict[str, Deed] = {
    "threaten": signals.threaten, "alert_forces": signals.alert_forces, "warn": signals.warn,
    "reinforce": signals.reinforce, "guarantee": signals.guarantee, "sabotage": covert.sabotage,
    "meddle": covert.meddle, "harden": guards.harden, "expose": guards.expose,
    "cyber_reply": covert.cyber_reply, "demonstrate": nuclear.demonstrate,
    "detonate": nuclear.detonate, "nuclear_reply": nuclear.nuclear_reply,
}  # fmt: skip
TIDES = (signals.test_red_lines, signals.settle_beliefs, signals.fade_signals, nuclear.keep_word,
         covert.attribute_late, guards.repair_nodes, covert.settle_suspicion)  # fmt: skip


def action(name: str, rule: str, by: str, **more: object) -> Action:
    sheet = {
        "id": name, "name": name, "by": (by,) if by != "both" else ("eastern", "western"),
        "slot": "main", "rung": 10, "cameo": "010", "goldstein": 0, "severity": "PO",
        "chance": 0.5, "rule": rule, "tells": "It is done.",
    }  # fmt: skip
    return Action.model_validate(sheet | more)


ACTIONS = (
    action("words", "threaten", "norther", good={"help": -4, "fear": 4}, bad={"help": 1}),
    action("alarm", "alert_forces", "norther", good={"help": -6, "fear": 9}, bad={"help": 2}),
    action("caution", "warn", "both"),
    action("patrol", "reinforce", "both"),
    action("pledge", "guarantee", "both"),
    action("bank_act", "sabotage", "norther", chance=1, attribution=0, attribution_late=1,
           cooldown=3, numbers={"comfort": 4}),
    action("wire_act", "sabotage", "norther", chance=1, attribution=1, cooldown=6,
           numbers={"comfort": 1.5, "many": 8, "damage": 0.25}),
    action("fire_act", "sabotage", "norther", chance=1, attribution=0, numbers={"cut": 0.075}),
    action("vote_act", "meddle", "norther", chance=1, attribution=1),
    action("guard", "harden", "both"),
    action("naming", "expose", "both"),
    action("answer", "cyber_reply", "both", attribution=1),
    action("show", "demonstrate", "norther", rung=13, severity="NU"),
    action("use_it", "detonate", "norther", rung=14, severity="NU"),
    action("reply", "nuclear_reply", "both", rung=15, severity="NU"),
    action("incursion", "raid", "souther", rung=9, severity="VI"),
)  # fmt: skip


def scenario() -> Scenario:
    """Two sides; the second has two patrons. North and East are nuclear."""
    brief = Brief(public="You lead.", private="Lead well.")
    people = [("norther", "north", "leader", 0.3), ("souther", "south", "leader", 0.6),
              ("eastern", "east", "leader", 0.7), ("western", "west", "leader", 0.5),
              ("colonels", "north", "officer", 0.2)]  # fmt: skip
    rungs = tuple(
        Rung(id=f"rung_{n}", name=str(n), test="t", threshold={11: "ally", 13: "shown"}.get(n))
        for n in range(16)
    )
    return Scenario(
        id="crisis_cases", name="Cases", summary="s", not_a_forecast="n", start=dt.date(2000, 1, 3),
        polities=(
            Polity(id="north", name="North", nuclear=True), Polity(id="south", name="South"),
            Polity(id="east", name="East", backs="south", share={"arms": 0.6, "energy": 0.25},
                   election_week=5, nuclear=True),
            Polity(id="west", name="West", backs="south", share={"arms": 0.4, "energy": 0.75}),
        ),
        pillars=(Pillar(id="army", name="Army", polity="north", role="military", weight=0.5),),
        actors=tuple(
            Actor.model_validate({"id": i, "name": i, "polity": p, "role": r, "slots": ("main",),
                                  "intel": intel, "goals": {}, "brief": brief})
            for i, p, r, intel in people
        ),
        features=(Feature(id="help", name="Help", measure="support",
                          weights={"east": 0.5, "west": 0.5}),
                  Feature(id="fear", name="Danger", measure="danger")),
        regions=(Region(id="hill", name="Hill", owner="south", claim="annexed", sacred=True),
                 Region(id="plain", name="Plain", owner="south", claim="claimed")),
        nodes=tuple(Node.model_validate({"id": f"{k}_node", "name": k, "kind": k, "heals": 0.5})
                    for k in EVEN),
        ladder=Ladder(rungs=rungs),
        actions=ACTIONS,
        red_lines=(
            RedLine(id="advance", name="a", drawn_by="norther", trigger="advance", weight=0.3),
            RedLine(id="raiding", name="r", drawn_by="norther", trigger="raid", weight=0.4,
                    answered_by="society"),
            RedLine(id="sacred", name="g", drawn_by="norther", trigger="ground_attack", weight=0.9),
            RedLine(id="ranges", name="l", drawn_by="norther", trigger="range", weight=0.4),
            RedLine(id="troops", name="p", drawn_by="norther", trigger="patron_troops", weight=1),
            RedLine(id="homes", name="h", drawn_by="norther", trigger="home", weight=0.6,
                    answered_by="society"),
        ),
        outcomes=(Outcome(id="open_end", name="Open", sentence="It goes on.", at_horizon=True),),
    )  # fmt: skip


def numbers() -> dict[str, Numbers]:
    found = {name: np.array([entry.value]) for name, entry in rulebook().items()}
    for action in ACTIONS:
        found[f"act.{action.id}.chance"] = np.array([action.chance])
        found[f"act.{action.id}.attribution"] = np.array([action.attribution])
    return found


def table(*off: str) -> Table:
    return Table(scenario(), numbers(), off)


TABLE = table()


def board(worlds: int = WORLDS, **given: object) -> State:
    """The opening of every field, with some arrays given (broadcast over their axes)."""
    made: dict[str, Numbers] = {}
    for name, field in FIELDS.items():
        full = np.full((*shape_of(TABLE, name), worlds), field.metadata["opening"], np.float64)
        if name in given:
            rows = np.asarray(given[name], np.float64)
            full[...] = rows[..., None] if rows.ndim < full.ndim else rows
        made[name] = full
    return State(**made)


def dice(week: int = 3, worlds: int = WORLDS) -> Dice:
    return Dice(keys(7, 0, worlds), week)


def do(state: State, name: str, *, by: int = NORTH, target: int = -1, worked: bool = True,
       where: bool = True, laid: Table = TABLE) -> tuple[State, Told]:  # fmt: skip
    """Carry out an action in every world."""
    act = next(a for a in laid.acts if a.action.id == name and a.actor == by)
    worlds = state.worlds()
    order = Order(act, np.full(worlds, where), np.full(worlds, target), np.full(worlds, worked))
    return DEEDS[act.action.rule](state, order, laid, dice(worlds=worlds))


def same(a: State, b: State) -> bool:
    return all(np.array_equal(getattr(a, n), getattr(b, n)) for n in FIELDS)


def beliefs(about: int, value: float) -> Numbers:
    held = np.zeros((5, 5))
    held[:, about] = value
    return held


def busy() -> State:
    """A board with something in every array the rules read."""
    rng = np.linspace(0.05, 0.95, WORLDS)
    return board(
        belief_resolved=beliefs(NORTH, 0.15), belief_covert=beliefs(NORTH, 0.5), safety=0.5,
        hardness=list(EVEN.values()), force=[[20, 10], [30, 5]], arriving=10, economy=55,
        danger=35, standing=30, desperation=0.5, contempt=0.15, loyalty=0.62, outages=1.0,
    ).but(credibility=np.broadcast_to(rng, (5, WORLDS)).copy())  # fmt: skip
