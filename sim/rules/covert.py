"""Covert acts: sabotage, meddling, what they break, who is blamed, and how nodes are guarded."""

import numpy as np

from sim.acts import Act
from sim.dice import Dice
from sim.order import Order, Told
from sim.schema import Node
from sim.state import Mask, Numbers, State, added, clipped, counted
from sim.table import Table

HIDDEN = ("sabotage", "meddle")  # the rules whose author may stay unknown


def _struck(table: Table, act: Act) -> tuple[int, ...]:
    """The polities a covert act hurts: the foe's patrons, or the foe when it stands alone."""
    if act.foe < 0:
        return ()
    return table.patrons[act.foe] or (act.foe,)


def _victims(table: Table, act: Act) -> list[int]:
    """The leaders of the polities struck."""
    return [table.leader_of[p] for p in _struck(table, act) if table.leader_of[p] >= 0]


def _suspected(state: State, table: Table, act: Act, rise: Numbers) -> Numbers:
    """belief_covert, the foe's and its patrons' leaders surer that this actor does such things."""
    if act.foe < 0 or not table.on("warning_signal") or not rise.any():
        return state.belief_covert
    belief = state.belief_covert.copy()
    for watcher in table.watchers[act.actor]:
        risen = belief[watcher, act.actor] + rise
        belief[watcher, act.actor] = clipped("belief_covert", risen)
    return belief


def _chance(table: Table, act: Act, hardness: Numbers) -> Numbers:
    """Chance that a covert act succeeds: p (1 - .7 hardness)(1 - .3 intel of the best informed)."""
    known = max((table.scenario.actors[a].intel for a in _victims(table, act)), default=0.0)
    guarded = 1.0 - table["covert.guard"] * hardness
    return table[f"act.{act.action.id}.chance"] * guarded * (1.0 - table["covert.intel"] * known)


def _insulted(state: State, table: Table, act: Act, known: Mask) -> Numbers:
    """insult + .10 for the leaders struck, where the author was named (5.3)."""
    insult, hurt = state.insult.copy(), np.where(known, table["covert.insult"], 0.0)
    for victim in _victims(table, act):
        insult[victim] = clipped("insult", insult[victim] + hurt)
    return insult


def _expose(state: State, table: Table, act: Act, known: Mask) -> State:
    """The author is named: an incident of four weeks and an insult to the victims; counted."""
    incident = state.incident.copy()
    for victim in _victims(table, act):
        incident[victim] = np.where(known, table["covert.incident_weeks"], incident[victim])
    after = state.but(incident=incident, insult=_insulted(state, table, act, known))
    if act.action.rule == "meddle":
        after = _swayed(after, table, act, np.where(known, -table["covert.backlash"], 0.0))
    return after.but(counts=counted(after, "exposed", known))


def _open_chance(table: Table, act: Act) -> Numbers:
    """Chance that an act is laid at its author's door at once; 1 without `covert_subst`."""
    return table[f"act.{act.action.id}.attribution"] if table.on("covert_subst") else np.ones(1)


def _attribute(
    state: State, order: Order, table: Table, dice: Dice, seen: Mask
) -> tuple[State, Mask]:
    """The week of the act: named at once, or one more open case; suspected if there was damage.

    Chance `attribution` of the action (1 without `covert_subst`); an act that did damage and was
    not named is still laid at the actor's door with chance .6 (5.15). Belief rises .15 a time.
    """
    act = order.act
    named, doubted = dice.rolls([f"attribution/{act.label}", f"suspicion/{act.label}"])
    chance = _open_chance(table, act)
    known = order.where & (named < chance)
    blamed = known | (order.where & seen & (doubted < table["covert.suspicion"]))
    opened = np.asarray(order.where & ~known, np.float64)
    rise = np.where(blamed, table["covert.belief_step"], 0.0)
    after = _expose(state, table, act, known)
    belief = _suspected(after, table, act, rise)
    after = after.but(belief_covert=belief)
    if act.label in table.axis("D"):  # a deniable act: its case stays open
        cases = added(after, "open_cases", table.row("D", act.label), opened)
        after = after.but(open_cases=cases)
    return after, known


def attribute_late(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Old cases are solved: each open case has its action's late chance a week, one solved a week.

    A case opened this week (the act's cool-down has only begun) waits until the next (5.15).
    Fixed point: no open cases.
    """
    after, solved = state, np.zeros(state.worlds())
    for act in table.acts:
        if act.action.rule not in HIDDEN or act.label not in table.axis("D"):
            continue
        row = table.row("D", act.label)
        if not after.open_cases[row].any():
            continue
        cool = act.action.cooldown
        fresh = (after.wait[act.number] >= cool) & (cool > 0)
        old = np.maximum(after.open_cases[row] - fresh, 0.0)
        known, some = np.zeros(state.worlds(), np.bool_), np.flatnonzero(old >= 1.0)
        luck, missed = dice.of(some).roll(f"late/{act.label}"), 1.0 - act.action.attribution_late
        known[some] = luck < 1.0 - np.power(missed, old[some])
        after = _expose(after, table, act, known)
        # the share of cases nobody suspected before: the others were believed already
        news = table["covert.belief_step"] * (1.0 - table["covert.suspicion"])
        belief = _suspected(after, table, act, np.where(known, news, 0.0))
        cases = added(after, "open_cases", row, -known.astype(np.float64))
        after, solved = after.but(open_cases=cases, belief_covert=belief), solved + known
    return after, {"solved": solved}


def _told(through: Mask, known: Mask) -> Told:
    return {"through": through.astype(np.float64), "attributed": known.astype(np.float64)}


def _live(table: Table, kind: str) -> bool:
    """Whether the switches let damage to a kind of node count."""
    narrow = {"bank": "cyber", "cables": "seabed"}.get(kind, "hybrid")
    return table.on("hybrid") and table.on(narrow)


def _severity(dice: Dice, label: str) -> Numbers:
    """Beta(2, 5): the second smallest of six uniforms; (worlds,), 0..1 (5.15)."""
    draws = dice.rolls([f"severity/{label}/{n}" for n in range(6)])
    least, second = np.minimum(draws[0], draws[1]), np.maximum(draws[0], draws[1])
    for draw in draws[2:]:
        second = np.minimum(second, np.maximum(least, draw))
        least = np.minimum(least, draw)
    return second


def _harm(
    state: State, order: Order, table: Table, row: int, severity: Numbers
) -> tuple[Numbers, Numbers]:
    """(comfort lost, share of the node put out of use) if the act succeeds against node `row`.

    Bank: s = severity * (1 - hardness), comfort * s, half as much again in a panic (s > .6).
    Cables: one cut costs `comfort`, the third within four weeks `many` (5.15).
    """
    act, kind = order.act, table.scenario.nodes[row].kind
    comfort = np.full(state.worlds(), act.number_of("comfort"))
    damage = np.full(state.worlds(), act.number_of("damage"))
    if kind == "bank":
        damage = severity * (1.0 - state.hardness[row])
        panic = np.where(damage > 0.6, table["covert.contagion"], 1.0)
        return comfort * damage * panic, damage
    if kind == "cables":
        third = state.outages[row] + 1.0 >= table["covert.many"]
        return np.where(third, act.number_of("many", act.number_of("comfort")), comfort), damage
    return comfort, damage


def _hit(state: State, order: Order, table: Table, row: int, through: Mask, severity: Numbers,
         ) -> tuple[State, Numbers]:  # fmt: skip
    """What a successful act does to node `row`, and to the economies of the polities struck."""
    node = table.scenario.nodes[row]
    comfort, damage = _harm(state, order, table, row, severity)
    lost = np.where(through, comfort, 0.0)
    economy = state.economy.copy()
    for polity in _struck(table, order.act):
        economy[polity] = clipped("economy", economy[polity] - lost)
    after = state.but(
        economy=economy,
        node_damage=added(state, "node_damage", row, np.where(through, damage, 0.0)),
        outages=added(state, "outages", row, through.astype(np.float64)),
    )
    return _burn(after, order, node, through, severity), lost


def _burn(state: State, order: Order, node: Node, through: Mask, severity: Numbers) -> State:
    """A depot burns: the side it feeds loses `cut` of what would arrive in the next two weeks.

    The share is `cut` * (.7 + severity), at most 1.4 * `cut`: .05 to .10 for a cut of .075 (5.15).
    """
    side = order.act.foe
    if node.kind != "depot" or side < 0:
        return state
    cut = order.act.number_of("cut") * np.minimum(0.7 + severity, 1.4)
    arriving = state.arriving.copy()
    arriving[side, :, :2] = arriving[side, :, :2] * (1.0 - np.where(through, cut, 0.0))
    return state.but(arriving=arriving)


def sabotage(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A hidden act of harm against the node it targets; its author may stay unknown.

    Success, damage, attribution and suspicion by 5.15; the order's own luck is not read, for the
    chance depends on the node. Switches: `hybrid`, `cyber`, `seabed`, `covert_subst`.
    """
    act, luck = order.act, dice.roll(f"sabotage/{order.act.label}")
    severity, lost = np.zeros(state.worlds()), np.zeros(state.worlds())
    tried = np.flatnonzero(order.where)
    severity[tried] = _severity(dice.of(tried), act.label)
    after, through = state, np.zeros(state.worlds(), np.bool_)
    for row, node in enumerate(table.scenario.nodes):
        done = luck < _chance(table, act, state.hardness[row])
        hit = np.asarray(order.where & (order.target == row) & done)
        through = through | hit
        if hit.any() and _live(table, node.kind):
            after, cost = _hit(after, order, table, row, hit, severity)
            lost = lost + cost
    after, known = _attribute(after, order, table, dice, through)
    after = after.but(counts=counted(after, "covert", order.where))
    return after, {**_told(through, known), "lost": lost}


def _swayed(state: State, table: Table, act: Act, change: Numbers) -> State:
    """meddling + change in every struck polity that has an election; nothing without `elect`."""
    meddling = state.meddling.copy()
    for polity in _struck(table, act):
        if table.on("elect") and table.scenario.polities[polity].election_week is not None:
            meddling[polity] = clipped("meddling", meddling[polity] + change)
    return state.but(meddling=meddling)


def meddle(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Meddle in an election: +.5 on the net effect where it takes, -.6 when it is exposed.

    The net effect moves the odds of a hostile house by about two points at most (5.9), for the
    evidence of large effects is weak. Success and attribution as for sabotage (5.15), against the
    hardness of the vote.
    """
    act = order.act
    luck, hardness = dice.roll(f"meddle/{act.label}"), np.zeros(state.worlds())
    for row, node in enumerate(table.scenario.nodes):
        if node.kind == "vote":
            hardness = np.maximum(hardness, state.hardness[row])
    through = np.asarray(order.where & (luck < _chance(table, act, hardness)))
    after = _swayed(state, table, act, np.where(through, table["covert.sway"], 0.0))
    after, known = _attribute(after, order, table, dice, through)
    return after, _told(through, known)


def cyber_reply(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Reply in kind by cyber means: the cost to the foe's economy is the catalogue's own.

    The foe's side learns who it was, and is insulted. Default rule (decisions 3).
    """
    act = order.act
    chance = _open_chance(table, act)
    known = order.where & (dice.roll(f"attribution/{act.label}") < chance)
    rise = np.where(known, table["covert.belief_step"], 0.0)
    belief, insult = _suspected(state, table, act, rise), _insulted(state, table, act, known)
    return state.but(insult=insult, belief_covert=belief), {"attributed": known.astype(np.float64)}


def settle_suspicion(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Belief in an actor's covert hand returns to .5, 2% a week, unless `warning_signal` is off.

    About actors who own such acts, held by the leaders they could strike. Fixed point: the rest.
    """
    belief = state.belief_covert.copy()
    for actor in sorted({act.actor for act in table.acts if act.action.rule in HIDDEN}):
        rest = table.of("covert.belief_rest", table.actors[actor])
        for watcher in table.watchers[actor] if table.on("warning_signal") else ():
            gap = rest - belief[watcher, actor]
            belief[watcher, actor] = belief[watcher, actor] + table["covert.belief_pull"] * gap
    return state.but(belief_covert=clipped("belief_covert", belief)), {}
