"""Measures: the ways a number on the board becomes something an actor, a need or an ending reads.

`MEASURES[name]` is (kind of `of`, function). The kind says which axis `of` names: A actor,
P polity, S side, R region, N node, B bloc, F feature, T rung threshold, "-" nothing.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from sim.curves import above, saturation, unit
from sim.power import fronts, power, remembered
from sim.schema import Feature
from sim.state import EVENTS, Numbers, State, total
from sim.table import Table

Measure: TypeAlias = Callable[[State, Table, int], Numbers]


# --- ground and hold ----------------------------------------------------------------------------
def ground_weights(state: State, table: Table) -> Numbers:
    """(claimed regions, worlds): symbolic weight for side 0, dearer once annexed (5.3)."""
    rows = list(table.claimed)
    weight = table.prized[0, rows]
    dearer = table["annex.k"] - 1.0 if table.on("annex_stakes") else 0.0
    return weight * (1.0 + dearer * state.annexed[rows])


def ground(state: State, table: Table) -> Numbers:
    """(worlds,): side 0's share of the claimed land, symbolic weights, points."""
    if not table.claimed:
        return np.zeros(state.worlds())
    weight = ground_weights(state, table)
    return 100.0 * total(weight * state.control[list(table.claimed)]) / total(weight)


def lost_land(state: State, table: Table, sacred: bool) -> Numbers:
    """(worlds,): share of the claimed, annexed land lost since its high-water mark (E36).

    `.05 + sum annexed s [held - control]+ / sum annexed s`; the sacred part is read alone.
    """
    regions = table.scenario.regions
    rows = [
        r for r in table.claimed
        if (regions[r].sacred if sacred else regions[r].claim == "annexed")
    ]  # fmt: skip
    if not rows:
        return np.zeros(state.worlds())
    weight = table.symbolic[0, rows]
    fallen = total(weight * above(state.held_at_claim[rows] - state.control[rows], 0.0))
    share = fallen / total(weight)
    return share if sacred else share + table["home.lost_at_start"]


def all_lost(state: State, table: Table) -> Numbers:
    """(worlds,): `lostland`: the share of annexed land lost, plus sacred land's own loss (E36).

    `sacred_ground` off: sacred land is land like any other, and was not annexed (E40).
    """
    sacred = lost_land(state, table, True) if table.on("sacred_ground") else 0.0
    return lost_land(state, table, False) + sacred


def hold(state: State, table: Table, polity: int) -> Numbers:
    """A leader's hold on power: loyal pillars, approval, less land lost and fresh blows (E11)."""
    worth, rest = np.zeros(state.worlds()), 1.0
    for row, pillar in enumerate(table.scenario.pillars):
        if pillar.polity == table.polities[polity]:
            worth = worth + pillar.weight * state.loyalty[row]
            rest -= pillar.weight
    worth = worth + rest * state.approval[polity] / 100.0
    if polity != 0:
        return 100.0 * worth - state.hold_loss[polity]
    shame = table["hold.lost_land"] * all_lost(state, table)
    return 100.0 * worth - shame - state.hold_loss[polity]


def grip(state: State, table: Table, polity: int) -> Numbers:
    """An elected leader's hold: 50 + half of will, less spent offensives and fresh blows."""
    spent = np.zeros(1)
    if polity < 2:
        spent = table["grip.offensives"] * unit(table["grip.tired"] * state.tired[polity])
    return 50.0 + 50.0 * state.will[polity] - spent - state.hold_loss[polity]


def lives(state: State, side: int) -> Numbers:
    """Own soldiers' lives: 100 e^(-casualties/6) in rational form; thousand a week.

    6 says what a point of this index is, and is no tuning: campaigns are compared by it (2.1).
    """
    return 100.0 * (1.0 - saturation(state.casualties_week[side] / 6.0))


def civilians(state: State, polity: int) -> Numbers:
    """Civilian life: .6 the grid, .4 physical safety (2.1): an index's own shares, no tuning."""
    return 100.0 * (0.6 * state.grid[polity] + 0.4 * state.safety[polity])


# --- features ---------------------------------------------------------------------------------
def weighted(feature: Feature, state: State, table: Table) -> Numbers:
    """Sum of weight * value over the polities, actors or blocs a feature names."""
    value = np.zeros(state.worlds())
    for name, weight in feature.weights.items():
        if name in table.blocs:
            value = value + weight * 100.0 * state.cohesion[table.row("B", name)]
        elif name in table.actors:
            value = value + weight * 100.0 * state.credibility[table.row("A", name)]
        else:
            row = table.row("P", name)
            source = {"support": 100.0 * state.will[row], "economy": state.economy[row],
                      "incumbents": state.approval[row]}[feature.measure]  # fmt: skip
            value = value + weight * source
    return value


def feature_value(feature: Feature, state: State, table: Table) -> Numbers:
    """One outcome feature in points, 0..100 by meaning."""
    if feature.weights:
        return weighted(feature, state, table)
    kind, measure = MEASURES[feature.measure]
    return measure(state, table, table.row(kind, feature.of) if feature.of else -1)


@remembered
def features(state: State, table: Table) -> Numbers:
    """(F, worlds): every outcome feature, clipped to 0..100."""
    worlds = state.worlds()
    rows = [feature_value(f, state, table) for f in table.scenario.features]
    return np.clip(np.stack([np.broadcast_to(row, (worlds,)) for row in rows]), 0.0, 100.0)


def _power_share(state: State, table: Table, side: int) -> Numbers:
    now = total(power(state, table)[side])
    return 100.0 * now / np.maximum(now + state.power_start[side], 1e-9)


def _one_feature(state: State, table: Table, row: int) -> Numbers:
    return feature_value(table.scenario.features[row], state, table).clip(0.0, 100.0)


def _offer_by_others(state: State, table: Table, actor: int) -> Numbers:
    others = [a for a in table.leaders if table.camp[a] != table.camp[actor]]
    return state.offer[others].max(axis=0) if others else np.zeros(state.worlds())


def _weakest_pillar(state: State, table: Table, actor: int) -> Numbers:
    rows = [table.row("K", k) for k in table.scenario.actors[actor].pillars]
    return state.loyalty[rows].min(axis=0) if rows else np.ones(state.worlds())


def _officers_loyalty(state: State, table: Table, polity: int) -> Numbers:
    row = table.pillar(polity, "military")
    return state.loyalty[row] if row >= 0 else np.ones(state.worlds())


def _officers_contempt(state: State, table: Table, polity: int) -> Numbers:
    row = table.pillar(polity, "military")
    low = np.zeros(state.worlds())
    return state.contempt[row] if row >= 0 and table.on("contempt") else low


def _cornered(state: State, table: Table, actor: int) -> Numbers:
    """Called bluffs over 4, felt the more the stiffer the aim (5.3); a drive's weight sizes it."""
    bluffs = state.called_bluffs[actor] * float(table.on("bluff_deplete"))
    flex = state.flexibility[actor] if table.on("flex_aims") else np.array([0.3])
    return bluffs / 4.0 * (1.0 - flex)


def _past_aim(state: State, table: Table, actor: int) -> Numbers:
    """Points of ground beyond what the actor thinks its due, in its own side's good direction."""
    for row, feature in enumerate(table.scenario.features):
        if feature.measure == "ground":
            gap = ground(state, table) - state.reference[actor, row]
            return -gap if table.camp[actor] == 1 else gap
    return np.zeros(state.worlds())


def _settled_ground(state: State, table: Table) -> Numbers:
    """Points of ground a signed settlement leaves to side 0; 100 while none is signed."""
    leader = table.leader_of[0]
    return np.where((state.settled > 0.5) & (leader >= 0), state.terms[leader], 100.0)


def event_measure(event: str) -> Measure:
    """How often an event of `EVENTS` has happened."""
    row = EVENTS.index(event)
    return lambda state, table, _: state.counts[row]


MEASURES: dict[str, tuple[str, Measure]] = {
    "ground": ("-", lambda s, t, _: ground(s, t)),
    "power": ("S", _power_share),
    "resolve": ("P", lambda s, t, p: 100.0 * s.will[p]),
    "hold": ("P", hold),
    "grip": ("P", grip),
    "approval": ("P", lambda s, t, p: s.approval[p]),
    "content": ("A", lambda s, t, a: 100.0 * (1.0 - s.pressure[a])),
    "economy": ("P", lambda s, t, p: s.economy[p]),
    "danger": ("-", lambda s, t, _: s.danger),
    "credibility": ("A", lambda s, t, a: 100.0 * s.credibility[a]),
    "standing": ("P", lambda s, t, p: s.standing[p]),
    "lives": ("S", lambda s, t, side: lives(s, side)),
    "civilians": ("P", lambda s, t, p: civilians(s, p)),
    "support": ("P", lambda s, t, p: 100.0 * s.will[p]),
    "incumbents": ("P", lambda s, t, p: s.approval[p]),
    "feature": ("F", _one_feature),
    "drift": ("F", lambda s, t, f: s.drift[f]),
    "ammo": ("S", lambda s, t, side: s.ammo[side]),
    "missiles": ("S", lambda s, t, side: s.missiles[side]),
    "drones": ("S", lambda s, t, side: s.drones[side]),
    "training": ("S", lambda s, t, side: s.training[side]),
    "reach": ("S", lambda s, t, side: s.reach[side]),
    "casualties_week": ("S", lambda s, t, side: s.casualties_week[side]),
    "control": ("R", lambda s, t, r: s.control[r]),
    "front": ("-", lambda s, t, _: np.asarray(fronts(s).any(axis=0), np.float64)),
    "lost_land": ("-", lambda s, t, _: lost_land(s, t, False)),
    "lost_sacred": ("-", lambda s, t, _: lost_land(s, t, True)),
    "flexibility": ("A", lambda s, t, a: np.where(t.on("flex_aims"), s.flexibility[a], 0.3)),
    "desperation": ("A", lambda s, t, a: s.desperation[a]),
    "anger": ("A", lambda s, t, a: s.anger[a] * float(t.on("anger"))),
    "pressure": ("A", lambda s, t, a: s.pressure[a]),
    "cornered": ("A", _cornered),
    "called_bluffs": ("A", lambda s, t, a: s.called_bluffs[a] * float(t.on("bluff_deplete"))),
    "incident": ("A", lambda s, t, a: s.incident[a]),
    "offer": ("A", lambda s, t, a: s.offer[a]),
    "offer_by_others": ("A", _offer_by_others),
    "offer_by_anyone": ("-", lambda s, t, _: s.offer.max(axis=0)),
    "weakest_pillar": ("A", _weakest_pillar),
    "officers_loyalty": ("P", _officers_loyalty),
    "officers_contempt": ("P", _officers_contempt),
    "true_approval": ("P", lambda s, t, p: s.true_approval[p]),
    "touched": ("P", lambda s, t, p: s.touched[p]),
    "shock": ("P", lambda s, t, p: s.shock[p]),
    "repression": ("P", lambda s, t, p: s.repression[p]),
    "hostile_house": ("P", lambda s, t, p: s.hostile_house[p]),
    "tier_given": ("P", lambda s, t, p: s.tier_given[p]),
    "successor": ("P", lambda s, t, p: s.leader[p]),
    "turmoil": ("P", lambda s, t, p: s.turmoil[p]),
    "cohesion": ("B", lambda s, t, b: 100.0 * s.cohesion[b]),
    "level": ("-", lambda s, t, _: s.level),
    "recent_level": ("-", lambda s, t, _: total(s.level_trail) / s.level_trail.shape[0]),
    "rung": ("-", lambda s, t, _: s.rung),
    "peak": ("-", lambda s, t, _: s.peak),
    "talks": ("-", lambda s, t, _: s.talks),
    "truce": ("-", lambda s, t, _: s.truce),
    "settled": ("-", lambda s, t, _: s.settled),
    "settled_ground": ("-", lambda s, t, _: _settled_ground(s, t)),
    "past_aim": ("A", _past_aim),
    **{f"count_{event}": ("-", event_measure(event)) for event in EVENTS},
}
# `weeks_to_election` (P) and `week` read the calendar, not the board: `conditions` adds them.
