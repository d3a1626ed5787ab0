"""Minds: what each actor expects, thinks its due, plays for, and how angry or desperate it is.

Everything here reads the true board; what an actor sees wrongly enters its choices only (E10).
"""

from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np

from sim.bargaining import annexed_any, elasticity, offered, way_out
from sim.conditions import term_value
from sim.curves import above, below, sigmoid, unit
from sim.dice import Dice
from sim.measures import MEASURES, features
from sim.order import Told
from sim.rungs import SHADOW
from sim.schema import Desperation
from sim.state import Numbers, State, blocks, clipped, total
from sim.table import Table


def take_stock(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Carry the week's change of each feature into its drift: the sure loss if I sit still.

    drift <- .7 drift + .3 H dx, H = 4 weeks ahead, points, within +-30 (5.2, E9: true changes).
    `survival` off: no drift in a leader's hold (E40). Fixed point: 0 while nothing changes.
    """
    now = features(state, table)
    memory = table["drift.memory"]
    ahead = table["drift.weeks"] * (now - state.features_past)
    drift = clipped("drift", memory * state.drift + (1.0 - memory) * ahead)
    if not table.on("survival"):
        held = np.array([[f.measure == "hold"] for f in table.scenario.features])
        drift = np.where(held, 0.0, drift)
    return state.but(drift=drift, features_past=now), {}


Cares: TypeAlias = tuple[list[int], list[int], Numbers]
_CARES: WeakKeyDictionary[Table, Cares] = WeakKeyDictionary()


def cared_for(table: Table) -> Cares:
    """Every (actor, feature) some goal names, and +1 or -1: whether more or less is wanted."""
    if table not in _CARES:
        _CARES[table] = _cares(table)
    return _CARES[table]


def _cares(table: Table) -> Cares:
    actors, rows, wants = [], [], [np.zeros(1)]
    for actor, sheet in enumerate(table.scenario.actors):
        for row, name in enumerate(table.features):
            weight = np.array([sheet.goals_keep.get(name, 0.0)])
            if name in sheet.goals:
                weight = table[f"goal.{sheet.id}.{name}"]
            if weight.any():
                actors.append(actor)
                rows.append(row)
                wants.append(np.sign(weight))
    return actors, rows, np.stack(np.broadcast_arrays(*wants))[1:]


def by_actor(name: str, table: Table) -> Numbers:
    """(A, 1 or worlds): a number that may differ by actor."""
    return np.stack(np.broadcast_arrays(*(table.of(name, actor) for actor in table.actors)))


def renormalising(state: State, table: Table, actors: list[int], rows: list[int]) -> Numbers:
    """(pairs, worlds) a week: how fast actors get used to less; 0 for ground their side annexed."""
    flex = np.stack([elasticity(state, table, actor) for actor in range(len(table.actors))])
    eased = 1.0 + table["reference.elastic"] * flex
    rate = (by_actor("reference.worse", table) * eased)[actors]
    if table.on("annex_stakes"):
        kept = 1.0 - annexed_any(state)
        for n, (actor, row) in enumerate(zip(actors, rows, strict=True)):
            ground = table.scenario.features[row].measure == "ground"
            if ground and table.camp[actor] == 0:
                rate[n] *= kept
    return rate


def shift_references(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Gains are taken for granted fast, losses accepted slowly, if at all.

    ref <- ref + eta+ [better] - eta- (1 + 4 flex) [worse], points, in the good direction of the
    actor's own weight (5.3, E8; Kahneman & Tversky 1979; Levy 1997). Annexed ground: eta- = 0 for
    the side that annexed it. `aspiration` off: the reference is the state. Fixed point: the state
    where nothing is annexed.
    """
    now = state.features_past  # as the week began: `take_stock` has just read them
    if not table.on("aspiration"):
        return state.but(reference=np.broadcast_to(now, state.reference.shape).copy()), {}
    actors, rows, want = cared_for(table)
    quick, slow = by_actor("reference.better", table), renormalising(state, table, actors, rows)
    reference = state.reference.copy()
    quick = np.broadcast_to(quick[actors], slow.shape)
    want = np.broadcast_to(want, slow.shape)
    for cut in blocks(state.worlds()):
        mine = state.reference[actors, rows, cut]
        gap = want[:, cut] * (now[rows, cut] - mine)
        step = quick[:, cut] * above(gap, 0.0) - slow[:, cut] * below(gap, 0.0)
        reference[actors, rows, cut] = clipped("reference", mine + want[:, cut] * step)
    return state.but(reference=reference), {}


def ease(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Elasticity of the aim and pride come back to rest, a twentieth of the way each week.

    Default rule (decisions 3). Land declared its own stiffens the rest of the leader who did
    so (x .4, 5.3; E40: not with `annex_stakes` off). Fixed point: the rests.
    """
    flexibility, pride = state.flexibility.copy(), state.pride.copy()
    stiff = annexed_any(state) if table.on("annex_stakes") else np.zeros(state.worlds())
    for actor, name in enumerate(table.actors):
        rest = table.of("flexibility.rest", name)
        if actor == table.leader_of[0]:
            rest = rest * (1.0 - (1.0 - table["flexibility.annexed"]) * stiff)
        flexibility[actor] += table["flexibility.revert"] * (rest - flexibility[actor])
        pride[actor] += table["pride.revert"] * (table.of("pride.rest", name) - pride[actor])
    return state.but(
        flexibility=clipped("flexibility", flexibility), pride=clipped("pride", pride)
    ), {}


def backing(state: State, table: Table, side: int) -> Numbers | None:
    """Points of support among a side's patrons, None when no feature measures it."""
    backers = {table.polities[p] for p in table.patrons[side]}
    for row, feature in enumerate(table.scenario.features):
        if feature.measure == "support" and (backers & {*feature.weights, feature.of}):
            return MEASURES["feature"][1](state, table, row)
    return None


def hope(state: State, table: Table, actor: int) -> Numbers:
    """(worlds,) index of how far winning looks possible to an actor that stands on a side.

    .08(T - ref_T) + .05(own - foe's power) - .05(foe's resolve - 60) - .05(its backing - 50)
    (5.3), with an intercept. `two_paths` off: resolve and backing read as at the opening.
    """
    side, name = table.camp[actor], table.actors[actor]
    index: Numbers = table["asp.intercept"] + np.zeros(state.worlds())
    index = index + table["asp.ground"] * MEASURES["past_aim"][1](state, table, actor)
    strength = MEASURES["power"][1]
    edge = strength(state, table, side) - strength(state, table, 1 - side)
    index = index + table["asp.power"] * edge
    resolve, support = 100.0 * state.will[1 - side], backing(state, table, 1 - side)
    if not table.on("two_paths"):
        resolve = table.of("asp.resolve_held", name)
        support = None if support is None else table.of("asp.support_held", name)
    index = index - table["asp.resolve"] * (resolve - table["asp.resolve_norm"])
    if support is None:
        return index
    return index - table["asp.support"] * (support - table["asp.support_norm"])


def aspire(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """An actor that sees no way to win begins to play not to lose.

    mu <- mu + .15 (s(10 (s(hope) - pivot)) - mu) for actors with a second set of goals (5.3). The
    pivot is .15, not .35: with .35 the mode fell to .03 and stayed (errata 10.2); with .15 an
    opening hope of .04 holds mu near its opening .25. `asp.mu_fix` >= 0 fixes it, `aspiration`
    off reads .5. Fixed point: s(10 (s(hope) - pivot)).
    """
    mode = state.win_mode.copy()
    for actor, sheet in enumerate(table.scenario.actors):
        if not sheet.goals_keep or table.camp[actor] < 0:
            continue
        chance = sigmoid(hope(state, table, actor))
        goal = sigmoid(table["asp.slope"] * (chance - table["asp.pivot"]))
        free = mode[actor] + table["asp.rate"] * (goal - mode[actor])
        if not table.on("aspiration"):
            free = np.full(state.worlds(), 0.5)
        fixed = table["asp.mu_fix"]
        mode[actor] = np.where(fixed < 0.0, free, fixed)
    return state.but(win_mode=clipped("win_mode", mode)), {}


def aim_of_despair(state: State, table: Table, actor: int, sheet: Desperation) -> Numbers:
    """(worlds,) 0..1: where an actor's desperation is heading (E13, E14).

    s(base + nerve + terms - exit), or the clipped straight line base + terms. The exit counts as
    far as an offer by others is on the table and acceptable.
    """
    index: Numbers = sheet.base + np.zeros(state.worlds())
    for term in sheet.terms:
        index = index + term_value(term, state, table, actor)
    if sheet.exit:
        door = offered(state, table, table.camp[actor]) * way_out(state, table)
        index = index - sheet.exit * door
    return unit(index) if sheet.straight else sigmoid(index + state.nerve[actor])


def despair(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Desperation moves part of the way to what the board gives cause for.

    desp += .4 (d* - desp), share 0..1, in worlds and actors with such a sheet (5.3, E13, E14).
    Fixed point: d*. Cornered leaders gamble (Downs & Rocke 1994; Goemans 2000).
    """
    desperation = state.desperation.copy()
    for actor, sheet in enumerate(table.scenario.actors):
        if sheet.desperation is not None:
            goal = aim_of_despair(state, table, actor, sheet.desperation)
            step = sheet.desperation.speed * (goal - desperation[actor])
            desperation[actor] = desperation[actor] + step
    return state.but(desperation=clipped("desperation", desperation)), {}


def feel(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Anger takes in the week's insults and fades; stress follows danger and grave weeks.

    anger <- .80 anger + insult; stress <- .85 stress + .15 danger/100 + .1 [rung >= 10] (5.3,
    E15; half-life of anger about three weeks: Lerner & Keltner 2001; Halperin 2011). Runs when
    the week's tally is full, after the ladder has closed. Fixed points: 0; danger/100.
    """
    grave = (np.maximum(state.rung, state.rungs.max(axis=0)) >= SHADOW) * 1.0
    keep = table["stress.memory"]
    fear = (1.0 - keep) * (state.danger / 100.0) + table["stress.grave_week"] * grave
    anger = clipped("anger", table["anger.memory"] * state.anger + state.insult)
    stress = clipped("stress", keep * state.stress + fear)
    return state.but(anger=anger, stress=stress), {"insulted": total(state.insult)}
