"""The menu: what each seat may do now and on what, for people and programs alike, and why not."""

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.catalogue import Target
from sim.conditions import failing, holds
from sim.power import fronts, ratio
from sim.sheets import Stock
from sim.state import Mask, Numbers, State
from sim.table import Table

STOCKS: tuple[Stock, ...] = ("ammo", "missiles", "drones")


def legal(state: State, table: Table, week: int) -> NDArray[np.bool_]:
    """(C, worlds): which acts may be chosen this week."""
    war: Mask = np.asarray(fronts(state).any(axis=0))
    allowed = state.wait <= 0.0
    for act, lock in _locks(table):
        for where in _conditions(act, lock, state, table, week, war):
            allowed[act.number] &= where
    return allowed


_LOCKS: WeakKeyDictionary[Table, list[tuple[Act, Numbers | None]]] = WeakKeyDictionary()


def _locks(table: Table) -> list[tuple[Act, Numbers | None]]:
    """Every act with its lock, looked up once a table."""
    found = _LOCKS.get(table)
    if found is None:
        found = _LOCKS[table] = [(act, lock_of(act, table)) for act in table.acts]
    return found


def _conditions(
    act: Act, lock: Numbers | None, state: State, table: Table, week: int, war: Mask
) -> Iterator[Mask | bool]:
    """Everything that has to be true of an act besides its cool-down."""
    action = act.action
    if action.answer:
        yield False
    if action.once:
        yield np.asarray(state.used[act.number] == 0.0)
    if action.war:
        yield war
    if lock is not None:
        yield state.desperation[act.actor] >= lock
    for stock, amount in action.cost.items():
        if stock in STOCKS:
            yield getattr(state, stock)[act.side] >= amount
    for condition in action.needs:
        yield holds(condition, state, table, act.actor, week)
    if action.after is not None:
        yield _after(act, state, table, week)
    if action.target is not None and action.target.filter != "claimable":
        # with nothing to claim it is words only
        yield np.asarray(targets(act, state, table).any(axis=0))


def lock_of(act: Act, table: Table) -> Numbers | None:
    """The desperation at which an act enters the menu, None when it is always there.

    Only leaders of belligerents have locks (decisions 3); `unlock` off opens them all.
    """
    lock = table[f"act.{act.action.id}.lock"]
    belligerent = table.roles[act.actor] == "leader" and act.polity < 2
    return lock if belligerent and table.on("unlock") and lock.max() > 0.0 else None


def _after(act: Act, state: State, table: Table, week: int) -> Mask:
    """Others crossed one of the thresholds within so many weeks (decisions 7)."""
    after = act.action.after
    assert after is not None
    open_ = np.zeros(state.worlds(), bool)
    own = [a for a, camp in enumerate(table.camp) if camp == table.camp[act.actor]]
    for name in after.threshold:
        row = table.row("Z", name)
        crossed, by = state.crossed_week[row], state.crossed_by[row]
        others = np.ones(state.worlds(), bool)
        for actor in own:
            others &= by != actor
        open_ |= (crossed > 0) & (week - crossed <= after.within) & others
    return open_


def targets(act: Act, state: State, table: Table) -> NDArray[np.bool_]:
    """(regions or nodes, worlds): what an act may be aimed at."""
    aim = act.action.target
    assert aim is not None
    if aim.kind == "node":
        allowed = [_named(aim, n.id) and aim.aim in (None, n.kind) for n in table.scenario.nodes]
        return np.repeat(np.array(allowed, bool)[:, None], state.worlds(), axis=1)
    named = np.array([[_named(aim, r.id)] for r in table.scenario.regions], bool)
    return named & _filtered(aim, act.side, state, table)


def _named(aim: Target, name: str) -> bool:
    return not aim.only or name in aim.only


def _filtered(aim: Target, side: int, state: State, table: Table) -> NDArray[np.bool_]:
    """(regions, worlds): the filter of a target, read from the side's point of view."""
    regions = table.scenario.regions
    own = state.control if side == 0 else 1.0 - state.control
    sacred = np.array([[r.sacred] for r in regions], bool)
    if aim.filter == "contact":
        return fronts(state) & ~sacred & (own < 1.0)
    if aim.filter == "sacred":
        return np.broadcast_to(sacred, own.shape) & (own < 1.0)
    if aim.filter == "pocket":
        pocket = np.array([[r.pocket] for r in regions], bool)
        return pocket & (own > 0.0) & (state.supply[side] < table["ground.pocket_supply"])
    if aim.filter == "claimable":
        home = np.array([[r.claim in ("home", "ally")] for r in regions], bool)
        return (state.annexed == 0.0) & (own >= (aim.at_least or 0.0)) & ~home
    if aim.filter == "hostile":
        return own < 1.0
    return np.ones(own.shape, bool)


def target_worth(act: Act, state: State, table: Table) -> Numbers:
    """(regions or nodes, worlds): worth times chance of each target (decisions 2, E16)."""
    aim = act.action.target
    assert aim is not None
    if aim.kind == "node":
        return 1.0 - state.hardness
    if aim.filter in ("contact", "sacred"):
        prize = np.sqrt(table.prized[act.side])
        return np.minimum(ratio(state, table)[act.side], table["choice.target_cap"]) * prize
    if aim.filter == "claimable":
        return state.control
    return np.broadcast_to(np.sqrt(table.prized[act.foe]), state.control.shape)


def target_ids(act: Act, table: Table) -> Sequence[str]:
    """The ids an act's target rows stand for."""
    aim = act.action.target
    return () if aim is None else table.nodes if aim.kind == "node" else table.regions


def reasons(act: Act, state: State, table: Table, week: int, world: int = 0) -> list[str]:
    """Why an act may not be chosen in one world, in words; empty when it may."""
    action, here = act.action, state.only(np.array([world]))
    if action.answer:
        return ["is an answer to an order, not a choice"]
    said = []
    if (wait := here.wait[act.number, 0]) > 0:
        said.append(f"is ready again in {wait:.0f} week{'s' if wait > 1 else ''}")
    if action.once and here.used[act.number, 0] > 0:
        said.append("can be done only once")
    if action.war and not fronts(here).any():
        said.append("needs an active front")
    if (lock := lock_of(act, table)) is not None:
        bound = lock[0] if lock.size == 1 else lock[world]
        if (now := here.desperation[act.actor, 0]) < bound:
            said.append(f"is locked until desperation reaches {bound:.2f}, now {now:.2f}")
    for stock in STOCKS:
        have = getattr(here, stock)[act.side, 0]
        if action.cost.get(stock, 0.0) > have:
            said.append(f"needs {action.cost[stock]:g} {stock}, has {have:.0f}")
    words = [failing(c, here, table, act.actor, week) for c in action.needs]
    said += [w for w in words if w]
    if action.after is not None and not _after(act, here, table, week)[0]:
        said.append("nobody has crossed the threshold it answers")
    aim = action.target
    if aim and aim.filter != "claimable" and not targets(act, here, table).any():
        said.append("has nothing to aim at")
    return said
