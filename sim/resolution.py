"""Resolution: from choices to orders, and from orders to the next board."""

from types import EllipsisType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.dice import Dice
from sim.order import Order, Told
from sim.rules import DEEDS, OWNS, PHASES
from sim.schema import Feature
from sim.state import Numbers, State, added, clipped, counted
from sim.table import Table

SEVERITY = {"DE": -2.0, "SQ": 0.0, "PO": 4.0, "NV": 12.0, "VI": 28.0, "NU": 60.0}  # Rivera 2024
Done = NDArray[np.bool_]  # (C, worlds)


def record(state: State, table: Table, done: Done) -> State:
    """Pay for what is carried out and note it: stocks, cool-downs, rungs, Rivera points."""
    rows = [table.acts[number] for number in np.flatnonzero(done.any(axis=1))]
    wait, used = state.wait.copy(), state.used + done
    rungs, arms = state.rungs.copy(), state.arms_rung.copy()
    severity = state.severity.copy()
    for act in rows:
        where, action, actor = done[act.number], act.action, act.actor
        wait[act.number] = np.where(where, float(action.cooldown), wait[act.number])
        rung = np.where(where, float(action.rung), 0.0)
        rungs[actor] = np.maximum(rungs[actor], rung)
        if action.war or action.severity == "VI":
            arms[actor] = np.maximum(arms[actor], rung)
        severity[actor] += np.where(where, SEVERITY[action.severity], 0.0)
        state = _pay(state, act, where)
    state = state.but(done=done.astype(np.float64))
    return state.but(wait=wait, used=np.minimum(used, 500.0), rungs=rungs, arms_rung=arms,
                     severity=severity)  # fmt: skip


def _pay(state: State, act: Act, where: NDArray[np.bool_]) -> State:
    """Costs leave the stock they come from; a cost in `economy` is points of the polity's own."""
    for stock, amount in act.action.cost.items():
        owner = act.polity if stock == "economy" else act.side
        state = state.but(**{stock: added(state, stock, owner, np.where(where, -amount, 0.0))})
    return state


def carry_out(
    state: State, table: Table, done: Done, target: NDArray[np.int64], worked: Done, dice: Dice,
    phase: str,
) -> tuple[State, list[tuple[Order, Told]]]:  # fmt: skip
    """Every act of a phase, in the order of the rulebook: where seats sit decides nothing."""
    told, rules = [], list(PHASES[phase])
    acts = [table.acts[number] for number in np.flatnonzero(done.any(axis=1))]
    acts = [act for act in acts if act.action.rule in PHASES[phase]]
    for act in sorted(acts, key=lambda act: rules.index(act.action.rule)):
        aim = target[act.actor, act.slot]
        order = Order(act, done[act.number], aim, worked[act.number])
        state, words = DEEDS[act.action.rule](state, order, table, dice)
        told.append((order, words))
    return state, told


def general(state: State, table: Table, done: Done, worked: Done) -> State:
    """General effects of all acts at once (E12): of the vector luck drew, what no rule writes.

    economy, standing 1; credibility 1/100; incumbents .3; content .3 (off pressure); approval 1
    (off shock); danger .5 (a jump); hold .5 (a blow that fades, E11); each times the actor's
    share of its bloc.
    """
    change: dict[str, Numbers] = {}
    for number in np.flatnonzero(done.any(axis=1)):
        act, where = table.acts[number], done[number]
        lucky = where & worked[act.number]
        unlucky = where & ~worked[act.number]
        for field, row, good, bad in general_effects(act, table):
            if field not in change:
                change[field] = np.zeros_like(getattr(state, field))
            change[field][row] += good * lucky + bad * unlucky
    if "standing" in change:
        change["standing"] = _worn(change["standing"], state, table)
    return state.but(**{f: clipped(f, getattr(state, f) + c) for f, c in change.items()})


def _worn(change: Numbers, state: State, table: Table) -> Numbers:
    """The less standing is left, the less a deed takes from it: losses times standing/rest, <= 1.

    Judgement: points taken off whole would hold a belligerent's standing at 0 (errata 3).
    """
    for row, name in enumerate(table.polities):
        rest = np.maximum(table.of("standing.rest", name), 1.0)
        left = np.minimum(state.standing[row] / rest, 1.0)
        change[row] = np.where(change[row] < 0.0, change[row] * left, change[row])
    return change


WRITES = {  # measure -> (field, axis, units of the field in a point, how much of it: "" all)
    "economy": ("economy", "P", 1.0, ""), "standing": ("standing", "P", 1.0, ""),
    "approval": ("shock", "P", -1.0, ""), "credibility": ("credibility", "A", 0.01, ""),
    "incumbents": ("approval", "P", 1.0, "effects.incumbents"),
    "content": ("pressure", "A", -0.01, "effects.content"),
    "danger": ("danger_jump", "-", 1.0, "effects.danger"),
    "hold": ("hold_loss", "P", -1.0, "effects.hold"),
}  # fmt: skip
MUTED = {  # (rule, measure of others) -> the switch without which the act does not move it
    ("cut_energy", "economy"): "energy_food", ("close_corridor", "economy"): "energy_food",
    ("meddle", "incumbents"): "elect",
}  # fmt: skip
Size: TypeAlias = float | Numbers
Effect: TypeAlias = tuple[str, EllipsisType | int, Size, Size]  # field, row, if good, if bad


def general_effects(act: Act, table: Table) -> list[Effect]:
    """What an act writes on the board besides its rule."""
    effects: list[Effect] = []
    for name in {**act.action.good, **act.action.bad}:
        feature = table.scenario.features[table.row("F", name)]
        if feature.measure in OWNS.get(act.action.rule, ()) or feature.measure not in WRITES:
            continue
        switch = MUTED.get((act.action.rule, feature.measure))
        if switch and not table.on(switch) and feature.of != table.polities[act.polity]:
            continue
        field, axis, unit, part = WRITES[feature.measure]
        factor = table[part] * unit if part else unit
        factor = factor * (act.energy if feature.measure == "economy" else act.arms)
        good, bad = (side.get(name, 0.0) * factor for side in (act.action.good, act.action.bad))
        effects += [(field, row, good, bad) for row in _owners(feature, table, axis)]
    return effects


def _owners(feature: Feature, table: Table, axis: str) -> list[EllipsisType | int]:
    """The rows of the board a feature is read from; `...` where the board has one number."""
    if axis == "-":
        return [...]
    names = [feature.of] if feature.of else list(feature.weights)
    return [table.row(axis, name) for name in names if name in table.axis(axis)]


def refused(state: State, table: Table, act: Act, where: NDArray[np.bool_]) -> State:
    """An order is not obeyed, and it is noted; a nuclear one costs the leader (5.18, E11)."""
    nuclear = where & (act.action.severity == "NU")
    cost = np.where(nuclear, table["nuclear.refusal_cost"], 0.0)
    loss = added(state, "hold_loss", act.polity, cost)
    boost, shaken = state.removal_boost.copy(), table["nuclear.refusal_boost"]
    boost[act.polity] = np.where(nuclear, np.maximum(boost[act.polity], shaken), boost[act.polity])
    used = state.used.copy()
    for answer in table.acts:
        if answer.action.answer and answer.polity == act.polity:
            used[answer.number] = np.minimum(used[answer.number] + where, 500.0)
    return state.but(hold_loss=loss, removal_boost=boost, used=used,
                     counts=counted(state, "refusals", where))  # fmt: skip
