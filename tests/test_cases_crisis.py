"""Threats, red lines, covert and nuclear acts worked by hand, the numbers in the docstrings."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from sim.dice import Dice, keys
from sim.order import Deed, Order, Tide, Told
from sim.rules import covert, nuclear, signals
from sim.schema import (
    Action,
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
from sim.state import EVENTS, FIELDS, Numbers, State
from sim.table import Act, Table, shape_of

ROOT = Path(__file__).parents[1]
WORLDS = 64
NORTH, SOUTH, EAST, WEST = range(4)  # polities; their leaders are actors 0..3, the officers 4
HILL, PLAIN = range(2)
BANK, CABLES, DEPOT, VOTE, PIPE = range(5)
EVEN = {"bank": 0.3, "cables": 0.2, "depot": 0.35, "vote": 0.6, "energy": 0.4}
DEEDS: dict[str, Deed] = {
    "threaten": signals.threaten, "alert_forces": signals.alert_forces, "warn": signals.warn,
    "reinforce": signals.reinforce, "guarantee": signals.guarantee, "sabotage": covert.sabotage,
    "meddle": covert.meddle, "harden": covert.harden, "expose": covert.expose,
    "cyber_reply": covert.cyber_reply, "demonstrate": nuclear.demonstrate,
    "detonate": nuclear.detonate, "nuclear_reply": nuclear.nuclear_reply,
}  # fmt: skip
TIDES = (signals.test_red_lines, signals.settle_beliefs, signals.fade_signals, nuclear.keep_word,
         covert.attribute_late, covert.repair_nodes, covert.settle_suspicion)  # fmt: skip


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
    found: dict[str, Numbers] = {}
    for name in ("signals", "covert", "nuclear"):
        text = (ROOT / "scenarios" / "rulebook" / f"{name}.yaml").read_text("utf-8")
        for key, entry in YAML(typ="safe").load(text)["tunings"].items():
            low, high = entry.get("low", entry["value"]), entry.get("high", entry["value"])
            assert low <= entry["value"] <= high, key
            found[key] = np.array([float(entry["value"])])
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


# --- laws ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "held", [a for a in TABLE.acts if a.action.rule in DEEDS], ids=lambda a: a.label
)
def test_no_order_no_change_and_a_world_in_a_crowd_is_that_world_alone(held: Act) -> None:
    """The two laws of every deed, on a busy board, each target tried."""
    state, rule = busy(), DEEDS[held.action.rule]
    target = np.arange(WORLDS) % 6 - 1
    where, worked = np.arange(WORLDS) % 3 > 0, np.arange(WORLDS) % 2 > 0
    crowd, told = rule(state, Order(held, where, target, worked), TABLE, dice())
    idle = ~where
    for name in FIELDS:
        after, before = getattr(crowd, name), getattr(state, name)
        assert np.array_equal(after[..., idle], before[..., idle]), name
        low, high = FIELDS[name].metadata["low"], FIELDS[name].metadata["high"]
        assert ((after >= low) & (after <= high)).all(), name
    assert all(value.shape == (WORLDS,) for value in told.values())
    for world in (0, 1, 5, 40):
        one = slice(world, world + 1)
        alone, _ = rule(state.only(one), Order(held, where[one], target[one], worked[one]), TABLE,
                        Dice(keys(7, world, 1), 3))  # fmt: skip
        assert same(crowd.only(one), alone)


@pytest.mark.parametrize("tide", TIDES, ids=lambda t: t.__name__)
def test_a_tide_keeps_ranges_and_worlds_apart(tide: Tide) -> None:
    """Every tide on a busy board: ranges hold, and each world is as it would be alone."""
    state = busy().but(open_cases=busy().open_cases + 2.0, rungs=busy().rungs + 13.0)
    crowd, _ = tide(state, TABLE, dice())
    for name in FIELDS:
        low, high = FIELDS[name].metadata["low"], FIELDS[name].metadata["high"]
        assert ((getattr(crowd, name) >= low) & (getattr(crowd, name) <= high)).all(), name
    alone, _ = tide(state.only(slice(9, 10)), TABLE, Dice(keys(7, 9, 1), 3))
    assert same(crowd.only(slice(9, 10)), alone)


def test_an_empty_table_is_no_trouble() -> None:
    """No nodes, regions, patrons, pillars or red lines: rules run and do what still makes sense."""
    bare = scenario().model_copy(update={
        "polities": scenario().polities[:2], "actors": scenario().actors[:2], "pillars": (),
        "regions": (), "nodes": (), "red_lines": (),
    })  # fmt: skip
    laid = Table(bare, numbers())
    state = State(**{
        n: np.full((*shape_of(laid, n), 3), f.metadata["opening"]) for n, f in FIELDS.items()
    })  # fmt: skip
    for name in ("words", "alarm", "bank_act", "vote_act", "show", "use_it"):
        state, _ = do(state, name, laid=laid)
    for tide in TIDES:
        state, _ = tide(state, laid, Dice(keys(7, 0, 3), 3))
    assert (state.counts[EVENTS.index("detonations")] == 2).all()
    assert (nuclear.obeyed_chance(state, laid, NORTH) == 0.8).all()


# --- signals ------------------------------------------------------------------------------------
def test_words_weigh_less_after_called_bluffs() -> None:
    """Force = (1.35*.15/.5) / (1+.35*2+.06*4) = .405/1.94 = .20876.

    Danger jumps .5*4*2.5*.20876 = 1.0438. The patrons' wills move, credibility .5:
    worked (-4*2.5*.20876)/100 + .002*.5 = -.019876; not worked +.01 + .001 = +.011.
    """
    state = board(belief_resolved=beliefs(NORTH, 0.15), called_bluffs=[2, 0, 0, 0, 0])
    after, told = do(state, "words")
    assert np.allclose(after.danger_jump, 1.0438, atol=1e-4)
    assert np.allclose(told["danger"], after.danger_jump)
    assert np.allclose(after.will[EAST] - 0.5, -0.019876, atol=1e-6)
    assert np.allclose(after.will[SOUTH], 0.5)
    flat, _ = do(state, "words", worked=False)
    assert np.allclose(flat.will[WEST] - 0.5, 0.011)
    assert (after.counts[EVENTS.index("threats")] == 1).all()


def test_bluff_deplete_off_reads_no_called_bluffs() -> None:
    """K read as 0: force .405, danger .5*4*2.5*.405 = 2.025."""
    state = board(belief_resolved=beliefs(NORTH, 0.15), called_bluffs=2)
    after, _ = do(state, "words", laid=table("bluff_deplete"))
    assert np.allclose(after.danger_jump, 2.025)


def test_words_inflate_and_alerts_convince() -> None:
    """Two recent threats: ratio 1/1.3, pi .15 -> .15/1.3/(.85+.15/1.3) = .11952.

    An alert: ratio 1.3, pi -> .195/1.045 = .18660; alert 0 -> .5. The actor's own patrons: none.
    """
    state = board(belief_resolved=beliefs(NORTH, 0.15), recent_threats=[2, 0, 0, 0, 0])
    after, _ = do(state, "words")
    for watcher in (SOUTH, EAST, WEST):
        assert np.allclose(after.belief_resolved[watcher, NORTH], 0.119522, atol=1e-6)
    assert np.allclose(after.belief_resolved[NORTH, NORTH], 0.15)
    assert np.allclose(after.recent_threats[NORTH], 3.0)
    after, _ = do(state, "alarm")
    assert np.allclose(after.belief_resolved[EAST, NORTH], 0.186603, atol=1e-6)
    assert np.allclose(after.alert[NORTH], 0.5)
    assert (after.counts[EVENTS.index("alerts")] == 1).all()


def test_a_warning_lends_credibility_for_four_weeks() -> None:
    """At rest .5: .53 after the warning and while it counts, .50 after four weeks; flat: .49.

    A second warning meanwhile restarts the clock and adds nothing.
    """
    state, _ = do(board(), "caution", by=EAST)
    assert np.allclose(state.credibility[EAST], 0.53)
    again, _ = do(state, "caution", by=EAST)
    assert np.allclose(again.credibility[EAST], 0.53)
    for _week in range(3):
        state, _ = signals.fade_signals(state, TABLE, dice())
        assert np.allclose(state.credibility[EAST], 0.53)
    state, _ = signals.fade_signals(state, TABLE, dice())
    assert np.allclose(state.credibility[EAST], 0.50)
    flat, _ = do(board(), "caution", by=EAST, worked=False)
    assert np.allclose(flat.credibility[EAST], 0.49)


def test_a_patrol_guards_the_seabed() -> None:
    """West bears .75 of energy: cables .2 + .08*.75*.8 = .248; the bank stays at .3."""
    after, _ = do(board(hardness=list(EVEN.values())), "patrol", by=WEST)
    assert np.allclose(after.hardness[CABLES], 0.248)
    assert np.allclose(after.hardness[BANK], 0.3)


def test_a_guarantee_covers_the_side_backed() -> None:
    """East backs South: side 1 is guaranteed where the pledge worked, else nothing changes."""
    after, _ = do(board(), "pledge", by=EAST)
    assert np.array_equal(after.guarantee[:, 0], [0.0, 1.0])
    after, _ = do(board(), "pledge", by=EAST, worked=False)
    assert (after.guarantee == 0).all()


def test_signals_fade() -> None:
    """8 threats -> 7; 2 bluffs -> 1.96; alert .5 -> .4; credibility .7 -> .7+.03*(.5-.7) = .694."""
    state = board(recent_threats=8, called_bluffs=2, alert=0.5, credibility=0.7)
    after, _ = signals.fade_signals(state, TABLE, dice())
    assert np.allclose(after.recent_threats, 7.0)
    assert np.allclose(after.called_bluffs, 1.96)
    assert np.allclose(after.alert, 0.4)
    assert np.allclose(after.credibility[:4], 0.694)
    assert np.allclose(after.credibility[4], 0.7)  # not a leader


def test_beliefs_settle_and_a_demonstration_convinces() -> None:
    """pi .35 -> .35 - .02*.2 = .346. Rung 13: .15*8/(.85+1.2) = .58537, pulled to .57666."""
    held = board(belief_resolved=beliefs(NORTH, 0.35))
    quiet, _ = signals.settle_beliefs(held, TABLE, dice())
    assert np.allclose(quiet.belief_resolved[EAST, NORTH], 0.346)
    state = board(belief_resolved=beliefs(NORTH, 0.15), rungs=[13, 0, 0, 0, 0])
    after, _ = signals.settle_beliefs(state, TABLE, dice())
    assert np.allclose(after.belief_resolved[EAST, NORTH], 0.57666, atol=1e-5)


# --- red lines ----------------------------------------------------------------------------------
def test_a_line_crossed_without_an_answer_is_a_called_bluff() -> None:
    """Advance, weight .3: K 2 -> 2.3; credibility .5 - .015 = .485; odds * .925.

    So pi .15*.925/(.85+.13875) = .14033. Six weeks later it counts again, not before.
    """
    state = board(belief_resolved=beliefs(NORTH, 0.15), called_bluffs=[2, 0, 0, 0, 0], lost=[1, 0])
    after, told = signals.test_red_lines(state, TABLE, dice())
    assert (told["tested"] == 1).all()
    assert np.allclose(after.called_bluffs[NORTH], 2.3)
    assert np.allclose(after.credibility[NORTH], 0.485)
    assert np.allclose(after.belief_resolved[EAST, NORTH], 0.140329, atol=1e-6)
    assert (after.line_state[0] == 2).all()
    for _week in range(5):
        after, told = signals.test_red_lines(after, TABLE, dice())
        assert (told["tested"] == 0).all()
    after, told = signals.test_red_lines(after, TABLE, dice())
    assert (told["tested"] == 1).all()
    assert np.allclose(after.called_bluffs[NORTH], 2.6)


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"raided": [1, 0, 0, 0]}, [1]),
        ({"attacking": [[0, 0], [1, 0]]}, [2]),
        ({"attacking": [[0, 0], [0, 1]]}, []),
        ({"rungs": [0, 0, 9, 0, 0], "tier_given": [0, 0, 3, 0]}, [3]),
        ({"rungs": [0, 0, 9, 0, 0], "tier_given": [0, 0, 2, 0]}, []),
        ({"rungs": [0, 0, 0, 12, 0]}, [4]),
        ({"arms_rung": [0, 9, 0, 0, 0]}, [5]),
        ({"arms_rung": [0, 9, 0, 0, 0], "attacking": [[0, 0], [1, 0]]}, [2]),
        ({"arms_rung": [0, 9, 0, 0, 0], "raided": [1, 0, 0, 0]}, [1]),
        ({"lost": [1, 0], "rungs": [10, 0, 0, 0, 0]}, []),  # answered
        ({"lost": [1, 0], "arms_rung": [8, 0, 0, 0, 0]}, [0]),  # a strike does not answer this one
        ({"raided": [1, 0, 0, 0], "arms_rung": [8, 0, 0, 0, 0]}, []),  # but it answers this one
    ],
)
def test_what_crosses_which_line(given: dict[str, Any], lines: list[int]) -> None:
    """Each trigger, read off the week's tally; and the two kinds of answer."""
    after, _ = signals.test_red_lines(board(**given), TABLE, dice())
    assert list(np.flatnonzero(after.line_state[:, 0] == 2)) == lines


def test_a_raid_that_failed_is_no_strike_on_home() -> None:
    """Rung 9 by a raid that hit nothing sacred crosses no line."""
    act = next(a for a in TABLE.acts if a.action.rule == "raid")
    last = np.full((5, 1), -1.0)
    last[SOUTH] = act.number
    after, _ = signals.test_red_lines(
        board(arms_rung=[0, 9, 0, 0, 0], last_act=last), TABLE, dice()
    )
    assert (after.line_state == 0).all()


def test_bluff_credit_off_tests_leave_everything_alone() -> None:
    """The line is marked and waits, but K, credibility and belief stay."""
    state = board(belief_resolved=beliefs(NORTH, 0.15), lost=[1, 0])
    after, _ = signals.test_red_lines(state, table("bluff_credit"), dice())
    assert (after.line_state[0] == 2).all()
    assert same(after.but(line_state=state.line_state, line_wait=state.line_wait), state)


# --- covert -------------------------------------------------------------------------------------
def test_a_bank_attack_by_unknown_hands() -> None:
    """Hardness 0, intel .7: chance 1*(1-.21) = .79, so about 51 of 64 worlds.

    There economies of both patrons fall by 4s (6s past s = .6), the node by s; a case is opened
    everywhere; about .6 of the harmed suspect the actor: piH .5 -> .65.
    """
    state = board(belief_covert=beliefs(NORTH, 0.5), hardness=0, economy=55)
    after, told = do(state, "bank_act", target=BANK)
    hit = told["through"] > 0
    assert 42 <= hit.sum() <= 60
    damage = after.node_damage[BANK]
    cost = np.where(damage > 0.6, 6.0, 4.0) * damage
    assert np.allclose(55.0 - after.economy[EAST], cost)
    assert np.array_equal(after.economy[EAST], after.economy[WEST])
    assert (after.economy[NORTH] == 55).all()
    assert (damage[~hit] == 0).all()
    assert 0.18 < damage[hit].mean() < 0.40  # Beta(2,5) has mean 2/7
    number = next(a.number for a in TABLE.acts if a.action.id == "bank_act")
    assert (after.open_cases[TABLE.row("D", TABLE.acts[number].label)] == 1).all()
    risen = after.belief_covert[EAST, NORTH] > 0.6
    assert np.allclose(after.belief_covert[EAST, NORTH][risen], 0.65)
    assert not (risen & ~hit).any()
    assert 20 <= risen.sum() <= 42
    assert (after.counts[EVENTS.index("covert")] == 1).all()
    assert (after.counts[EVENTS.index("exposed")] == 0).all()


def test_a_full_guard_leaves_three_tenths() -> None:
    """Hardness 1, intel .7: chance (1-.7)(1-.21) = .237, about 15 of 64."""
    _, told = do(board(hardness=1), "wire_act", target=CABLES)
    assert 7 <= told["through"].sum() <= 24


def test_cables_are_redundant_until_the_third() -> None:
    """One cut costs 1.5, the third within four weeks (1 + outages 1 >= 1.9) costs 8.

    Attribution 1: an incident of four weeks, an insult of .1, one exposure, piH +.15.
    """
    after, told = do(board(hardness=0, economy=55), "wire_act", target=CABLES)
    hit = told["through"] > 0
    assert np.allclose(after.economy[EAST][hit], 53.5)
    assert np.allclose(after.node_damage[CABLES][hit], 0.25)
    assert np.allclose(after.outages[CABLES][hit], 1.0)
    for leader in (EAST, WEST):
        assert (after.incident[leader] == 4).all()
        assert np.allclose(after.insult[leader], 0.1)
        assert np.allclose(after.belief_covert[leader, NORTH], 0.15)
    assert (after.incident[SOUTH] == 0).all()
    assert (after.counts[EVENTS.index("exposed")] == 1).all()
    third, told = do(board(hardness=0, economy=55, outages=1.0), "wire_act", target=CABLES)
    assert np.allclose(third.economy[WEST][told["through"] > 0], 47.0)


def test_a_depot_fire_cuts_two_weeks_of_arms() -> None:
    """A cut of .075*(.7+severity): 10 arriving in each of two weeks becomes 8.95 to 9.475."""
    after, told = do(board(hardness=0, arriving=10), "fire_act", target=DEPOT)
    hit = told["through"] > 0
    soon = after.arriving[SOUTH][:, :2][..., hit]
    assert ((soon >= 8.95) & (soon <= 9.475)).all()
    assert (after.arriving[SOUTH][:, 2:] == 10).all()
    assert (after.arriving[NORTH] == 10).all()


@pytest.mark.parametrize(
    ("switch", "name", "node"),
    [("hybrid", "wire_act", PIPE), ("cyber", "bank_act", BANK), ("seabed", "wire_act", CABLES)],
)
def test_covert_switches_stop_the_damage(switch: str, name: str, node: int) -> None:
    """Off: no damage to node or economy; the act is counted and may be traced all the same."""
    after, _ = do(board(hardness=0, economy=55), name, target=node, laid=table(switch))
    assert (after.node_damage == 0).all()
    assert (after.economy == 55).all()
    assert (after.counts[EVENTS.index("covert")] == 1).all()


def test_covert_subst_off_everybody_knows() -> None:
    """Attribution reads 1 though the action's is 0: no open case, an incident at once."""
    after, told = do(board(), "bank_act", target=BANK, laid=table("covert_subst"))
    assert (told["attributed"] == 1).all()
    assert (after.open_cases == 0).all()
    assert (after.incident[EAST] == 4).all()


def test_warning_signal_off_holds_the_suspicion() -> None:
    """piH stays .7 through an attributed act and through its tide."""
    laid = table("warning_signal")
    after, _ = do(board(belief_covert=0.7), "wire_act", target=CABLES, laid=laid)
    after, _ = covert.settle_suspicion(after, laid, dice())
    assert (after.belief_covert == 0.7).all()


def test_an_old_case_is_solved_and_a_fresh_one_waits() -> None:
    """Late chance 1, two open cases, one of them of this week (cool-down 3 of 3): one is solved.

    piH rises .15*(1-.6) = .06. With a single fresh case nothing happens.
    """
    number = next(a.number for a in TABLE.acts if a.action.id == "bank_act")
    case = TABLE.row("D", TABLE.acts[number].label)
    two, fresh = np.zeros(len(TABLE.axis("D"))), np.zeros(len(TABLE.acts))
    two[case], fresh[number] = 2, 3
    after, told = covert.attribute_late(board(open_cases=two, wait=fresh), TABLE, dice())
    assert (told["solved"] == 1).all()
    assert (after.open_cases[case] == 1).all()
    assert (after.incident[EAST] == 4).all()
    assert np.allclose(after.belief_covert[EAST, NORTH], 0.06)
    still, told = covert.attribute_late(after, TABLE, dice())
    assert (told["solved"] == 0).all()
    assert same(still, after)


def test_meddling_exposed_does_more_harm_than_good() -> None:
    """Where it takes +.5, exposed -.6: net -.1 there and -.6 elsewhere; only East votes.

    The vote's hardness .6: chance (1-.42)*.79 = .458, about 29 of 64.
    """
    after, told = do(board(hardness=list(EVEN.values())), "vote_act")
    took = told["through"] > 0
    assert 18 <= took.sum() <= 41
    assert np.allclose(after.meddling[EAST], np.where(took, -0.1, -0.6))
    assert (after.meddling[WEST] == 0).all()
    off, _ = do(board(), "vote_act", laid=table("elect"))
    assert (off.meddling == 0).all()


def test_guarding_and_expelling() -> None:
    """East bears .6 of money, .25 of energy: bank .3 + .15*.6*.7 = .363; cables .2 + .03 = .23.

    Expelling agents: bank .3 + .05*.6*.7 = .321.
    """
    state = board(hardness=list(EVEN.values()))
    after, _ = do(state, "guard", by=EAST)
    assert np.allclose(after.hardness[BANK], 0.363)
    assert np.allclose(after.hardness[CABLES], 0.23)
    after, _ = do(state, "naming", by=EAST)
    assert np.allclose(after.hardness[BANK], 0.321)
    after, _ = do(state, "guard", by=EAST, worked=False)
    assert same(after, state)


def test_a_cyber_reply_is_felt_by_the_foe() -> None:
    """Attributed: North's leader is insulted by .1 and believes .15 more."""
    after, _ = do(board(), "answer", by=EAST)
    assert np.allclose(after.insult[NORTH], 0.1)
    assert np.allclose(after.belief_covert[NORTH, EAST], 0.15)
    assert np.allclose(after.insult[[SOUTH, EAST, WEST]], 0.0)


def test_nodes_heal_and_guards_slacken() -> None:
    """Heals .5: damage .4 -> .2; outages 2 -> 1.5; incident 4 -> 3; hardness .6 -> .597."""
    state = board(node_damage=0.4, outages=2, incident=4, hardness=0.6)
    after, told = covert.repair_nodes(state, TABLE, dice())
    assert np.allclose(after.node_damage, 0.2)
    assert np.allclose(told["healed"], 1.0)
    assert np.allclose(after.outages, 1.5)
    assert np.allclose(after.incident, 3.0)
    assert np.allclose(after.hardness, 0.597)


def test_suspicion_fades_towards_even() -> None:
    """piH .7 -> .7 - .02*.2 = .696, of North alone, and not held by North itself."""
    after, _ = covert.settle_suspicion(board(belief_covert=0.7), TABLE, dice())
    assert np.allclose(after.belief_covert[EAST, NORTH], 0.696)
    assert np.allclose(after.belief_covert[NORTH, NORTH], 0.7)
    assert np.allclose(after.belief_covert[NORTH, EAST], 0.7)


# --- nuclear ------------------------------------------------------------------------------------
def test_officers_obey_about_two_times_in_three() -> None:
    """(1-.6*.15)*sqrt(.62)*(1-.2*.5) = .91*.78740*.9 = .64488; contempt off: .70866."""
    state = board(contempt=0.15, loyalty=0.62, desperation=0.5)
    assert np.allclose(nuclear.obeyed_chance(state, TABLE, NORTH), 0.64488, atol=1e-5)
    assert np.allclose(nuclear.obeyed_chance(state, table("contempt"), NORTH), 0.70866, atol=1e-5)


def test_a_demonstration_frightens_and_angers() -> None:
    """Danger 35 jumps 40; standing 30 -> 5; foe's will .5 +-.04; patrons' +.05 or -.06."""
    state = board(danger=35, standing=30, economy=55, force=10)
    after, _ = do(state, "show")
    assert np.allclose(after.danger_jump, 40.0)
    assert np.allclose(after.standing[NORTH], 5.0)
    assert set(np.round(np.unique(after.will[SOUTH]), 6)) == {0.46, 0.54}
    assert set(np.round(np.unique(after.will[EAST]), 6)) == {0.44, 0.55}
    assert not np.array_equal(after.will[EAST] > 0.5, after.will[WEST] > 0.5)
    assert np.allclose(after.insult[[SOUTH, EAST, WEST]], 0.2)
    assert (after.insult[NORTH] == 0).all()
    assert (after.alert[NORTH] == 1).all()
    assert np.array_equal(after.force, state.force)
    assert (after.counts[EVENTS.index("detonations")] == 1).all()


def test_use_costs_the_foe_men_on_its_strongest_front() -> None:
    """South has 30 + 10 = 40 thousand, a front on each region: .08 to .24 of 40 = 3.2 to 9.6.

    All from the hill, half of which (15) is the cap. Safety .5 -> .25, standing 50 -> 10,
    economy 55 -> 45, danger 35 -> a jump of 55. No man is lost sight of.
    """
    state = board(danger=35, economy=55, safety=0.5, force=[[5, 5], [30, 10]])
    after, told = do(state, "use_it")
    men = told["men"]
    assert (men >= 3.2).all()
    assert (men <= 9.6).all()
    assert np.allclose(after.force[SOUTH, HILL], 30.0 - men)
    assert np.allclose(after.force[SOUTH, PLAIN], 10.0)
    assert np.allclose(after.casualties[SOUTH], men)
    assert np.allclose(after.casualties_week[SOUTH], men)
    assert np.allclose(after.safety[SOUTH], 0.25)
    assert np.allclose(after.standing[NORTH], 10.0)
    assert np.allclose(after.economy[NORTH], 45.0)
    assert np.allclose(after.danger_jump, 55.0)
    rose = after.will[EAST] > 0.5
    assert np.allclose(after.will[EAST][rose], 0.6)
    assert np.allclose(after.will[EAST][~rose], 0.35)
    assert 32 <= rose.sum() <= 51  # .65 of 64


def test_a_small_front_loses_half_at_most() -> None:
    """The hill is no front (North absent), so the plain's 4 thousand lose 2 at most."""
    _, told = do(board(force=[[0, 5], [60, 4]]), "use_it")
    assert np.allclose(told["men"], 2.0)


def test_a_reply_in_kind_is_shared_by_the_patrons() -> None:
    """East stands for .6: .6 * (.08 to .24) of North's 20 = .96 to 2.88; safety 1 - .15 = .85."""
    state = board(danger=35, force=[[10, 10], [10, 10]])
    after, told = do(state, "reply", by=EAST)
    assert (told["men"] >= 0.96).all()
    assert (told["men"] <= 2.88).all()
    assert np.allclose(after.safety[NORTH], 0.85)
    assert np.allclose(after.danger_jump, 60.0)
    assert np.allclose(after.insult[NORTH], 0.4)


def test_a_promise_kept_and_a_promise_broken() -> None:
    """East fights (rung 12): .5 + .05 = .55. A tripwire of week 3 without an answer: -.15.

    In week 7, and only then; an accident (crossed_by -1) binds nobody.
    """
    after, _ = nuclear.keep_word(board(rungs=[0, 0, 12, 0, 0]), TABLE, dice())
    assert np.allclose(after.credibility[[EAST, WEST], 0], [0.55, 0.5])
    state = board(crossed_week=[3, 0], crossed_by=[NORTH, -1])
    for week, left in ((6, 0.5), (7, 0.35), (8, 0.5)):
        after, _ = nuclear.keep_word(state, TABLE, dice(week))
        assert np.allclose(after.credibility[[EAST, WEST]], left)
        assert np.allclose(after.credibility[SOUTH], 0.5)
    chance, _ = nuclear.keep_word(state.but(crossed_by=state.crossed_by * 0 - 1), TABLE, dice(7))
    assert (chance.credibility == 0.5).all()
