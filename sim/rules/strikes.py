"""Strikes: missiles, drones and raids, what gets through, and what it does to those below."""

import numpy as np

from sim.curves import below
from sim.dice import Dice
from sim.order import Order, Told
from sim.power import fronts
from sim.state import Mask, Numbers, State, added, clipped, counted, one_hot, total
from sim.table import Table
from sim.tally import flown


# --- deeds: war on society --------------------------------------------------------------------
def strike_society(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Fire one or two waves of `salvo` missiles at cities, `grid_share` of them at the grid (5.8).

    Missiles; the grid loses `strikes.grid_loss` of its work for each of its share that gets
    through (E27). All that get through count as leakers on cities: of 40 on 10 October about 20
    civilians died, whatever they were aimed at (decisions 3). A second wave is paid for here.
    """
    salvo, at_grid = order.act.number_of("salvo", 75.0), order.act.number_of("grid_share", 0.75)
    foe, waves = order.act.foe, _waves(state, order, salvo, table, dice)
    fired, through = waves * salvo, waves * _through(state, foe, salvo, table)
    more = salvo * (waves - order.where)
    after = state.but(missiles=added(state, "missiles", order.act.side, -more))
    after = flown(after, "missiles", fired, fired - through, waves)
    after = _terrorise(after, order, through, 0.0 * through, through * at_grid, waves, table)
    return after, {"fired": fired, "through": through,
                   "dark": state.grid[foe] - after.grid[foe]}  # fmt: skip


def _waves(state: State, order: Order, salvo: float, table: Table, dice: Dice) -> Numbers:
    """(worlds,) 0, 1 or 2: the fuller the stock, the likelier a second wave in the same week.

    Chance `strikes.second` x min(1, salvos left / `strikes.second_stock`); errata 10 (1).
    """
    left = state.missiles[order.act.side]
    plenty = left / np.maximum(salvo * table["strikes.second_stock"], 1e-9)
    chance = table["strikes.second"] * np.minimum(1.0, plenty)
    again = (dice.roll(f"waves/{order.act.label}") < chance) & (left >= salvo)
    return np.where(order.where, 1.0 + again, 0.0)


def strike_grid(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Send a week's drones at the foe's power grid: a `swarm`, or a share of a rich stock (5.8).

    In missiles: a drone counts for `strikes.drone_weight` of one and is easier to shoot down
    (E27). What goes beyond the swarm that the act costs is paid for here.
    """
    side, foe, swarm = order.act.side, order.act.foe, order.act.number_of("swarm", 60.0)
    sent = np.maximum(swarm, table["strikes.swarm_share"] * (state.drones[side] + swarm))
    more = np.where(order.where, np.minimum(sent - swarm, state.drones[side]), 0.0)
    fired = np.where(order.where, swarm + more, 0.0)
    caught = state.air_defence[foe] + table["strikes.drone_caught"]
    caught = np.minimum(table["strikes.drone_most"], caught)
    through = table["strikes.drone_weight"] * fired * (1.0 - caught)
    after = state.but(drones=added(state, "drones", side, -more))
    after = flown(after, "drones", fired, fired * caught, table["strikes.nights"] * order.where)
    after = _terrorise(after, order, 0.0 * through, through, through, order.where, table)
    return after, {"fired": fired, "through": through,
                   "dark": state.grid[foe] - after.grid[foe]}  # fmt: skip


def _terrorise(
    state: State, order: Order, city: Numbers, grid: Numbers, dark: Numbers,
    waves: Numbers | Mask, table: Table,
) -> State:  # fmt: skip
    """What leakers do: the grid and the safety of civilians fall, and their leader is angered.

    `city` and `grid` are leakers as harm counts them, `dark` those that strike the grid.
    """
    foe = order.act.foe
    after = state.but(
        grid=added(state, "grid", foe, -table["strikes.grid_loss"] * dark),
        safety=added(state, "safety", foe, -table["strikes.fear"] * (city + grid)),
        leaked_city=added(state, "leaked_city", foe, city),
        leaked_grid=added(state, "leaked_grid", foe, grid),
        counts=counted(state, "waves", waves),
    )
    anger = np.where(order.where, table["strikes.outrage"], 0.0)
    return _angered(after, foe, anger, table)


# --- deeds: war on armies ---------------------------------------------------------------------
def strike_forces(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Fire a `salvo` at depots, rail and airfields: the foe's shells burn (5.8).

    Default rule (decisions 3): -2 power points x the share that leaks, written back through
    power to the shell stock; a salvo that finds little has a fraction of the effect.
    """
    foe, salvo = order.act.foe, order.act.number_of("salvo", 40.0)
    through = np.where(order.where, _through(state, foe, salvo, table), 0.0)
    leak = _found(order, through, salvo, table)
    burnt = np.minimum(state.ammo[foe], table["strikes.depot_loss"] * leak)
    after = _launched(state, order, salvo, through).but(ammo=added(state, "ammo", foe, -burnt))
    after = after.but(counts=counted(after, "strikes", order.where))
    return after, {"fired": salvo * order.where, "through": through, "burnt": burnt}


def strike_roads(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Fire a `salvo` at the roads by which the foe's aid comes: a little is lost, -5% (5.8)."""
    foe, salvo = order.act.foe, order.act.number_of("salvo", 35.0)
    through = np.where(order.where, _through(state, foe, salvo, table), 0.0)
    share = table["strikes.road_loss"] * _found(order, through, salvo, table)
    after = _launched(state, order, salvo, through).but(
        arriving=_fewer(state, foe, share), ammo=added(state, "ammo", foe, -share * state.ammo[foe])
    )
    after = after.but(counts=counted(after, "strikes", order.where))
    return after, {"fired": salvo * order.where, "through": through, "lost": share}


def strike_ally(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Openly strike a supply hub on the soil of the foe's allies.

    Default rule (decisions 3): part of what was on its way is lost, and civilians there die.
    """
    foe, salvo = order.act.foe, order.act.number_of("salvo", 20.0)
    through = np.where(order.where, salvo * (1.0 - table["strikes.ally_defence"]), 0.0)
    share = table["strikes.hub_loss"] * np.where(order.worked, 1.0, table["strikes.wasted"])
    share = np.where(order.where, share, 0.0)
    dead = table["strikes.killed_grid"] * table["strikes.killed"] * through  # as with the grid
    killed = state.killed.copy()
    for row, owner in enumerate(table.owners):
        killed[owner] = killed[owner] + np.where(order.target == row, dead, 0.0)
    after = _launched(state, order, salvo, through).but(
        arriving=_fewer(state, foe, share), killed=killed
    )
    after = after.but(counts=counted(after, "ally_struck", order.where))
    return after, {"fired": salvo * order.where, "through": through, "lost": share}


def strike_deep(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Strike bases far behind the foe's lines: shells and missiles are lost if it works.

    Default rule (decisions 3): -2 power points x U(.5, 1.5), written back to the shell stock.
    """
    foe, luck = order.act.foe, 0.5 + dice.roll(f"strike_deep/{order.act.label}")
    force = np.where(order.where & order.worked, luck, 0.0)
    burnt = np.minimum(state.ammo[foe], table["strikes.deep_loss"] * force)
    gone = table["strikes.deep_missiles"] * force * state.missiles[foe]
    after = state.but(
        ammo=added(state, "ammo", foe, -burnt),
        missiles=added(state, "missiles", foe, -gone),
        counts=counted(state, "strikes", order.where),
    )
    return after, {"burnt": burnt}


def raid(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Raid the target: bases, the bridges and the fleet beside it, if it works (5.3, E15).

    Default rule (decisions 3): a force of U(.5, 1.5) on what the region holds. A hit angers the
    foe's leader by the weight of the region the raid names, and costs the leader of side 0
    `strikes.sacred_raid` points of hold when that is sacred, or the bridge or the fleet beside
    sacred land (4.3, 5.11, E11). A failed raid does nothing.
    """
    foe, luck = order.act.foe, 0.5 + dice.roll(f"raid/{order.act.label}")
    struck = np.asarray(order.where & order.worked, np.float64)
    force = luck * (hit := one_hot(len(table.regions), order.target, struck))
    after = _broken(state, foe, force, table).but(counts=counted(state, "raids", order.where))
    after = after.but(ammo=added(after, "ammo", foe, -table["strikes.raid_loss"] * total(force)))
    after = _angered(after, foe, _symbolic(order, hit, table), table)
    if foe == 0 and table.on("sacred_ground"):
        holy, blow = total(hit * _sacred(table)), table["strikes.sacred_raid"]
        after = after.but(raided=added(after, "raided", 0, holy),
                          hold_loss=added(after, "hold_loss", 0, blow * holy))  # fmt: skip
    return after, {"hit": total(hit)}


def _broken(state: State, foe: int, force: Numbers, table: Table) -> State:
    """Damage in the region raided, part of it in the links beside it; ships near it are lost."""
    damage, ships = force.copy(), np.zeros(state.worlds())
    part = table["strikes.raid_beside"]
    for row, region in enumerate(table.scenario.regions):
        if region.kind == "sea":
            ships = ships + force[row]
        for name in region.links:
            beside = table.row("R", name)
            if table.scenario.regions[beside].kind == "link":
                damage[beside] = damage[beside] + part * force[row]
            elif table.scenario.regions[beside].kind == "sea" and region.kind != "sea":
                ships = ships + part * force[row]
    return state.but(
        damage=clipped("damage", state.damage + table["strikes.raid_damage"] * damage),
        fleet=added(state, "fleet", foe, -table["strikes.raid_fleet"] * ships),
    )


def _sacred(table: Table) -> Numbers:
    """(R, 1) 0/1: where a raid is one on sacred land: there, or on links and seas beside it."""
    regions = table.scenario.regions
    beside = {name for region in regions if region.sacred for name in region.links}
    serves = [r.kind in ("link", "sea") and r.id in beside for r in regions]
    return np.array([[float(r.sacred or s)] for r, s in zip(regions, serves, strict=True)])


def _symbolic(order: Order, hit: Numbers, table: Table) -> Numbers:
    """(worlds,): anger over hits, .25 for a region of weight 12 (E15); 0 without `retaliation`.

    Without `sacred_ground` a sacred region weighs as much as the mean claimed one (E40). Before
    E15 (`choice.named_hit` 0) every raid angered, by the mean weight of what it may name.
    """
    prize, aim = table.prized[order.act.foe], order.act.action.target
    weight = total(hit * prize)
    if table["choice.named_hit"].item() < 0.5:
        named = aim.only if aim is not None and aim.only else table.regions
        mean = total(prize[[table.row("R", name) for name in named]]) / len(named)
        weight = np.where(order.where, mean, 0.0)
    return table["strikes.symbolic_hit"] / 12.0 * weight * float(table.on("retaliation"))


def intervene(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A patron's open strike on the forces of the side it opposes (5.12).

    Default rule (decisions 3): men in contact, shells, ships, missiles are lost by U(.5, 1.5) of
    the full effect, times the patron's share; a strike that fails has a fraction of it.
    """
    foe, luck = order.act.foe, 0.5 + dice.roll(f"intervene/{order.act.label}")
    force = order.act.arms * luck * np.where(order.worked, 1.0, table["strikes.wasted"])
    force = np.where(order.where, force, 0.0)
    part = np.minimum(1.0, table["strikes.intervene_men"] * force) * (fronts(state) > 0)
    dead = part * state.force[foe]
    men = total(dead) if table.regions else np.zeros(state.worlds())
    line = state.force.copy()
    line[foe] = line[foe] - dead
    gone = np.minimum(1.0, table["strikes.intervene_missiles"] * force) * state.missiles[foe]
    after = state.but(
        force=line,
        casualties=added(state, "casualties", foe, men),
        casualties_week=added(state, "casualties_week", foe, men),
        ammo=added(state, "ammo", foe, -table["strikes.intervene_shells"] * force),
        fleet=added(state, "fleet", foe, -table["strikes.intervene_fleet"] * force),
        missiles=added(state, "missiles", foe, -gone),
        counts=counted(state, "patrons_strike", order.where),
    )
    return after, {"men": men}


# --- tides ------------------------------------------------------------------------------------
def repair_grid(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Crews mend the grid, and civilians regain some safety (5.8, E27).

    Shares. Fixed point: a whole grid and safety at its rest.
    """
    mended = table["strikes.repair"] * (1.0 - state.grid)
    after = state.but(grid=clipped("grid", state.grid + mended))
    for polity, name in enumerate(table.polities):
        rest = table.of("strikes.safety_rest", name)
        calmer = table["strikes.calm"] * (rest - state.safety[polity])
        after = after.but(safety=added(after, "safety", polity, calmer))
    return after, {}


def count_harm(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Civilians killed by what got through, and driven out by the dark (decisions 3).

    Persons, cumulative, never a score; those of the fighting itself are counted by `fight`.
    Fixed point: nothing got through and grids at 70% or more.
    """
    city, grid = state.leaked_city, table["strikes.killed_grid"] * state.leaked_grid
    killed = table["strikes.killed"] * (city + grid)
    fled = table["strikes.dark_flight"] * below(state.grid, table["strikes.dark_from"])
    told = {"killed": total(killed), "displaced": total(fled)}
    return state.but(killed=state.killed + killed, displaced=state.displaced + fled), told


# --- readings ---------------------------------------------------------------------------------
def _through(state: State, foe: int, salvo: float, table: Table) -> Numbers:
    """(worlds,) missiles that get through: salvo (1 - ad min(1, cap/salvo)) (5.8)."""
    kept = np.minimum(1.0, table["strikes.defence_cap"] / max(salvo, 1.0))
    through: Numbers = salvo * (1.0 - state.air_defence[foe] * kept)
    return through


def _launched(state: State, order: Order, salvo: float, through: Numbers) -> State:
    """The counts with one salvo of missiles, where it was ordered."""
    fired = np.where(order.where, salvo, 0.0)
    return flown(state, "missiles", fired, fired - through, order.where)


def _found(order: Order, through: Numbers, salvo: float, table: Table) -> Numbers:
    """(worlds,): share of a salvo that leaks and finds its mark, less when luck was unkind."""
    return through / max(salvo, 1.0) * np.where(order.worked, 1.0, table["strikes.wasted"])


def _fewer(state: State, side: int, share: Numbers) -> Numbers:
    """The `arriving` array with a share of a side's shells, craft and range lost on the way."""
    arriving = state.arriving.copy()
    arriving[side, :3] = arriving[side, :3] * (1.0 - np.minimum(1.0, share))
    return arriving


def _angered(state: State, polity: int, anger: Numbers, table: Table) -> State:
    """What the week gives a polity's leader to be angry about (5.3)."""
    leader = table.leader_of[polity]
    if leader < 0:
        return state
    return state.but(insult=added(state, "insult", leader, anger))
