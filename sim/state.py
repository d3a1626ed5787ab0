"""The board: every number that describes the world; the last axis is the world.

The axes before it: A actors, P polities, S sides, K pillars of a regime, R regions, N nodes,
F features, C acts (each actor's own copy), D deniable acts among them, L lessons (one per act
and feature it hopes to move), B blocs, Z thresholds, X red lines, V events of the scenario,
O outcomes, T slots, J kinds of delivery (`DELIVERIES`), Q weeks to come, H weeks gone by,
E kinds of event (`EVENTS`). Polities 0 and 1 are the two belligerents, so they are also sides
0 and 1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]  # last axis: world
Mask: TypeAlias = NDArray[np.bool_]  # (worlds,)
Whole: TypeAlias = NDArray[np.int64]  # (worlds,)

DELIVERIES = ("shells", "craft", "range", "umbrella")  # J: ammo, quality, reach, air defence
WEEKS_AHEAD = 7  # Q
WEEKS_BACK = 8  # H
EVENTS = (  # E: what a campaign is counted by; each is a number of times since the opening
    "waves", "strikes", "offensives", "raids", "retreats", "threats", "alerts", "covert", "exposed",
    "ally_struck", "patrons_strike", "detonations", "accidents", "offers", "talks",
    "truces", "protests", "mutinies", "removals", "refusals", "packages", "mobilisations",
    "salvos", "large_raids",  # days: of 25 missiles or more, of 50 missiles and drones or more
    "missiles_fired", "missiles_stopped", "drones_fired", "drones_stopped",  # arms, not times
)  # fmt: skip
INFINITE = float("inf")


def on(axes: str, low: float, high: float, unit: str, opening: float = 0.0) -> Any:
    """One array of the board: its axes (letters above), closed range, unit, and opening value."""
    meta = {"axes": axes, "low": low, "high": high, "unit": unit, "opening": opening}
    return field(metadata=meta)


@dataclass(frozen=True, kw_only=True, eq=False)
class State:
    """A position. Rules never change one; they return the next (`but`)."""

    # ground
    control: Numbers = on("R", 0, 1, "share held by side 0")
    held_at_claim: Numbers = on("R", 0, 1, "share held by side 0 at its high-water mark")
    annexed: Numbers = on("R", 0, 1, "0/1: declared its own by side 0")
    force: Numbers = on("SR", 0, INFINITE, "thousand men in line")
    supply: Numbers = on("SR", 0, 1, "share of need that arrives", 1.0)
    works: Numbers = on("R", 0, 1.5, "defence added by digging in")
    damage: Numbers = on("R", 0, 1, "share of a link or base out of use")
    movement: Numbers = on("-", 0, INFINITE, "sum of |control moved|, recent four weeks")
    # armies
    quality: Numbers = on("S", 0, 1.5, "combat quality of a soldier", 1.0)
    morale: Numbers = on("S", 0, 1, "share of full spirit", 0.5)
    drill: Numbers = on("S", 0, 1, "share of full training among the called-up", 0.5)
    tired: Numbers = on("S", 0, 60, "weeks of offensive running")
    corruption: Numbers = on("P", 0, 1, "share of upkeep lost", 0.15)
    called: Numbers = on("S", 0, INFINITE, "thousand called up since the war began")
    summons: Numbers = on("S", 0, INFINITE, "thousand the call-up orders add up to")
    training: Numbers = on("S", 0, INFINITE, "thousand in training camps")
    ready: Numbers = on("S", 0, INFINITE, "thousand waiting to go to the line")
    drafted: Numbers = on("S", 0, INFINITE, "thousand a week from a recent draft")
    casualties: Numbers = on("S", 0, INFINITE, "thousand killed and wounded, cumulative")
    ammo: Numbers = on("S", 0, 100, "shell stock, 100 = full")
    missiles: Numbers = on("S", 0, INFINITE, "long-range missiles")
    drones: Numbers = on("S", 0, INFINITE, "one-way drones")
    fleet: Numbers = on("S", 0, 1, "share of the fleet in service", 1.0)
    air_defence: Numbers = on("S", 0, 1, "share of incoming missiles shot down", 0.5)
    reach: Numbers = on("S", 0, 3, "longest range at hand, 3 = strategic")
    power_start: Numbers = on("S", 0, INFINITE, "field power at the opening")
    # outside help
    arriving: Numbers = on("SJQ", 0, INFINITE, "units on their way, by week to come")
    aid_rate: Numbers = on("P", 0, 5, "flow of arms, 1 = all donors at the opening")
    train_rate: Numbers = on("P", 0, 20, "thousand men trained abroad a week")
    train_weeks: Numbers = on("P", 0, 30, "weeks of extra training left")
    tier_given: Numbers = on("P", 0, 3, "gravest tier of arms given so far")
    # civilians and home
    grid: Numbers = on("P", 0, 1, "share of the power grid that works", 1.0)
    safety: Numbers = on("P", 0, 1, "physical safety of civilians", 1.0)
    killed: Numbers = on("P", 0, INFINITE, "civilians killed since the opening")
    displaced: Numbers = on("P", 0, INFINITE, "civilians displaced since the opening")
    will: Numbers = on("P", 0, 1, "share for fighting on, or for aid", 0.5)
    will_slow: Numbers = on("P", 0, 1, "slow mean of will", 0.5)
    approval: Numbers = on("P", 0, 100, "per cent, as polled", 50.0)
    true_approval: Numbers = on("P", 0, 100, "per cent, as meant", 50.0)
    touched: Numbers = on("P", 0, 1, "share of families exposed to the war")
    shock: Numbers = on("P", 0, 100, "points of recent shock")
    rally: Numbers = on("P", 0, 1, "rally round the flag")
    weary: Numbers = on("P", 0, 1, "share of the opposition that says too much is given")
    economy: Numbers = on("P", 0, 100, "index", 55.0)
    store: Numbers = on("P", 0, 1, "share of winter energy stored", 1.0)
    flow: Numbers = on("P", 0, 1, "share of energy that still flows from a belligerent")
    replaced: Numbers = on("P", 0, 1, "share of energy found elsewhere for what was cut")
    sanctions: Numbers = on("P", 0, 1, "weight of sanctions")
    corridor: Numbers = on("-", 0, 1, "share of the food corridor open", 1.0)
    corridor_wait: Numbers = on("-", 0, 60, "weeks until the corridor may open again")
    food_price: Numbers = on("-", 0, 5, "world price index", 1.0)
    standing: Numbers = on("P", 0, 100, "standing in third countries, points", 50.0)
    cohesion: Numbers = on("B", 0, 1, "cohesion of the bloc", 1.0)
    hostile_house: Numbers = on("P", 0, 1, "0/1: the house is hostile to aid")
    meddling: Numbers = on("P", -1, 1, "net effect of meddling on the election")
    # power at home
    loyalty: Numbers = on("K", 0, 1, "loyalty of a pillar to the leader", 0.7)
    contempt: Numbers = on("K", 0, 1, "share of its officers in contempt of the leader")
    pressure: Numbers = on("A", 0, 1, "pressure a faction puts on its leader")
    beholden: Numbers = on("A", 0, 1, "how far the leader leans on a faction")
    blame: Numbers = on("P", 0, 1, "share of defeats laid on the leader", 0.5)
    repression: Numbers = on("P", 0, 1, "share of protest held down")
    exit: Numbers = on("P", 0, 1, "share of the call-up pool that has left")
    hold_loss: Numbers = on("P", 0, 40, "points off the leader's hold that fade")
    leader: Numbers = on("P", 0, 3, "0 first, 1 hardliner, 2 technocrat, 3 chaos")
    removal_boost: Numbers = on("P", 0, 10, "factor on the hazard of removal", 1.0)
    turmoil: Numbers = on("P", 0, 60, "weeks of turmoil left")
    # minds
    anger: Numbers = on("A", 0, 1, "anger")
    stress: Numbers = on("A", 0, 1, "stress")
    desperation: Numbers = on("A", 0, 1, "desperation")
    nerve: Numbers = on("A", -1, 1, "temperament, added to the desperation index")
    win_mode: Numbers = on("A", 0, 1, "1 = plays to win, 0 = plays not to lose", 1.0)
    flexibility: Numbers = on("A", 0, 1, "elasticity of the aim", 0.5)
    pride: Numbers = on("A", 0, 1, "discount on outside help")
    reference: Numbers = on("AF", -20, 120, "points: what the actor thinks is its due")
    drift: Numbers = on("F", -30, 30, "points: where a feature is heading, four weeks ahead")
    features_past: Numbers = on("F", -20, 120, "points: the features a week ago")
    seen: Numbers = on("AF", -60, 160, "points: the actor's own picture of a feature")
    deceit: Numbers = on("A", 0, 30, "points by which a leader over-reads own power")
    age: Numbers = on("AF", 0, 200, "weeks since it was seen")
    learned: Numbers = on("L", 0.2, 1.5, "factor on a believed good effect", 1.0)
    wait: Numbers = on("C", 0, 60, "weeks until the act is ready again")
    used: Numbers = on("C", 0, 500, "times the act was carried out")
    last_act: Numbers = on("AT", -1, 1000, "act number chosen last week, -1 none", -1.0)
    resolved: Numbers = on("A", 0, 1, "0/1, hidden: would really do it")
    # beliefs about others
    belief_resolved: Numbers = on("AA", 0, 1, "chance (observer, about)")
    belief_covert: Numbers = on("AA", 0, 1, "chance (observer, about)")
    credibility: Numbers = on("A", 0, 1, "of the actor's threats or commitments", 0.5)
    called_bluffs: Numbers = on("A", 0, 6, "count, fading")
    recent_threats: Numbers = on("A", 0, 60, "count, fading over eight weeks")
    warned: Numbers = on("A", 0, 30, "weeks a warning still lends credibility")
    promised: Numbers = on("A", -1, 1000, "act number of the promise that stands, -1 none", -1.0)
    promised_at: Numbers = on("A", -1, 1000, "row of the target it names, -1 none", -1.0)
    promised_by: Numbers = on("A", 0, 1000, "week by which it is due, 0 none")
    promised_to: Numbers = on("A", -1, 1000, "actor who alone heard it, -1 everybody", -1.0)
    line_state: Numbers = on("X", 0, 2, "0 unset, 1 declared, 2 tested")
    line_wait: Numbers = on("X", 0, 60, "weeks until a line can be tested again")
    # covert
    hardness: Numbers = on("N", 0, 1, "protection of a node", 0.3)
    node_damage: Numbers = on("N", 0, 1, "share of a node out of use")
    outages: Numbers = on("N", 0, 60, "recent acts against a node, fading over four weeks")
    open_cases: Numbers = on("D", 0, 100, "covert acts not yet attributed")
    incident: Numbers = on("A", 0, 30, "weeks in which an attributed act by others still counts")
    # the crisis
    alert: Numbers = on("P", 0, 1, "nuclear alert")
    hotline: Numbers = on("-", 0, 1, "quality of the crisis line", 0.5)
    level: Numbers = on("-", 0, 15, "rung in force")
    level_trail: Numbers = on("H", 0, 15, "rung in force, the last weeks, newest first")
    danger: Numbers = on("-", 0, 100, "felt danger of wider war, points")
    peak: Numbers = on("-", 0, 15, "gravest rung so far")
    crossed: Numbers = on("Z", 0, 1, "0/1: threshold crossed")
    crossed_week: Numbers = on("Z", 0, 1000, "week of the latest crossing, 0 never")
    crossed_by: Numbers = on("Z", -1, 1000, "actor who crossed it last, -1 none", -1.0)
    offer: Numbers = on("A", 0, 30, "weeks an offer stays on the table")
    terms: Numbers = on("A", -20, 120, "points of ground the offer would leave to side 0")
    guarantee: Numbers = on("S", 0, 1, "0/1: a patron has guaranteed the side")
    talks: Numbers = on("-", 0, 1, "0/1: talks are held")
    truce: Numbers = on("-", 0, 1000, "weeks a ceasefire has held")
    settled: Numbers = on("-", 0, 1, "0/1: a settlement was signed")
    streak: Numbers = on("O", 0, 1000, "weeks in a row an outcome's test has held")
    reached: Numbers = on("O", 0, 1, "0/1: the outcome's test was met")
    ended: Numbers = on("-", 0, 100, "outcome number + 1, 0 = open")
    ended_week: Numbers = on("-", 0, 1000, "week the campaign ended, 0 = open")
    fired: Numbers = on("V", 0, 1, "0/1: the scenario's event has happened")
    author: Numbers = on("V", 0, 2, "0 none, 1 the suspect, 2 another hand: no seat ever knows")
    counts: Numbers = on("E", 0, INFINITE, "events since the opening")
    # the week's tally: cleared when a week begins, so that a rule needs nothing but the board
    attacking: Numbers = on("SR", 0, 1, "0/1: an offensive is under way")
    casualties_week: Numbers = on("S", 0, INFINITE, "thousand")
    gained: Numbers = on("S", 0, INFINITE, "sum of control won in combat, regions")
    lost: Numbers = on("S", 0, INFINITE, "points of claimed land lost in combat")
    fell: Numbers = on("S", 0, INFINITE, "regions the side lost whole")
    done: Numbers = on("C", 0, 1, "0/1: the act was carried out")
    kept: Numbers = on("A", 0, 1, "0/1: what the actor had promised was carried out")
    withdrew: Numbers = on("S", 0, INFINITE, "points of claimed land given up")
    leaked_city: Numbers = on("P", 0, INFINITE, "missiles through to cities")
    leaked_grid: Numbers = on("P", 0, INFINITE, "missiles and drones through to the grid")
    raided: Numbers = on("P", 0, 5, "raids that hit what the polity holds sacred")
    rungs: Numbers = on("A", 0, 15, "gravest rung the actor's executed acts reached")
    arms_rung: Numbers = on("A", 0, 15, "the same, acts of war and violence only")
    rung: Numbers = on("-", 0, 15, "gravest rung of the week, accidents included")
    severity: Numbers = on("A", -10, 500, "Rivera points of the week's acts")
    insult: Numbers = on("A", 0, 5, "anger the week gave cause for")
    danger_jump: Numbers = on("-", -100, 100, "points the week's acts add to danger")

    def but(self, **changes: Numbers) -> Self:
        """The same position with these arrays instead (a quick `dataclasses.replace`)."""
        after = object.__new__(type(self))
        after.__dict__.update(self.__dict__)
        after.__dict__.update(changes)
        return after

    def worlds(self) -> int:
        """How many worlds this board holds side by side."""
        return int(self.level.shape[-1])

    def only(self, rows: slice | Whole) -> Self:
        """These worlds alone."""
        return type(self)(**{k: v[..., rows].copy() for k, v in self.__dict__.items()})


FIELDS: Mapping[str, Field[Any]] = {f.name: f for f in fields(State)}
TALLY = (
    "attacking", "fell", "done", "kept", "casualties_week", "gained", "lost", "withdrew",
    "leaked_city", "leaked_grid", "raided", "rungs", "arms_rung", "rung", "severity", "insult",
    "danger_jump",
)  # fmt: skip


def blocks(worlds: int, size: int = 256) -> Iterator[slice]:
    """The worlds in blocks small enough for the processor's cache; the numbers are the same."""
    for start in range(0, worlds, size):
        yield slice(start, min(start + size, worlds))


def clipped(name: str, value: Numbers) -> Numbers:
    """A value brought back into the closed range its field declares."""
    meta = FIELDS[name].metadata
    return value.clip(meta["low"], meta["high"])


def added(state: State, name: str, index: int | None, change: Numbers) -> Numbers:
    """The whole array `name` with `change` added to row `index` (None: no axis), clipped."""
    old: Numbers = getattr(state, name)
    if index is None:
        return clipped(name, old + change)
    fresh = old.copy()
    fresh[index] = clipped(name, old[index] + change)
    return fresh


def at(array: Numbers, target: Whole) -> Numbers:
    """array (n, worlds) read at a row that differs by world; -1 reads row 0 (mask it yourself)."""
    rows: Numbers = np.take_along_axis(array, np.maximum(target, 0)[None, :], axis=0)[0]
    return rows


def total(array: Numbers) -> Numbers:
    """Sum over the first axis, row by row: `sum(axis=0)` has other bits for one world than many."""
    if array.shape[-1] < 64:  # the same bits, and quicker when there are few worlds
        summed: Numbers = array.cumsum(axis=0)[-1]
        return summed
    summed = np.array(array[0])
    for row in array[1:]:
        summed += row
    return summed


def one_hot(count: int, target: Whole, value: Numbers) -> Numbers:
    """(count, worlds): `value` in the row each world targets, 0 elsewhere (-1: nowhere)."""
    return np.where(np.arange(count)[:, None] == target, value, 0.0)


def counted(state: State, event: str, times: Numbers | Mask) -> Numbers:
    """`counts` with `times` more of the event."""
    return added(state, "counts", EVENTS.index(event), np.asarray(times, np.float64))
