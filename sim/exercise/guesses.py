"""Guesses: boards a seat could believe in, drawn from what it knows and from nothing else.

A guess begins as the scenario's opening, as anybody could read it. Over that goes what the seat
knows (`fog`), what openly done deeds tell, men within the marks the map shows, and every feature
at a draw from the interval the seat sees, reached by moving what the feature is measured by. What
nothing of this touches (others' tempers, cool-downs, lessons, plans) stays as at the opening.
"""

from collections.abc import Iterator

import numpy as np

from sim.dice import Dice
from sim.exercise.fog import FOG, knows, own_feature, picture, strength
from sim.measures import feature_value, features
from sim.model import CrisisModel
from sim.power import side_power
from sim.schema import Feature
from sim.state import FIELDS, Numbers, State, clipped
from sim.table import Table

Levers = tuple[tuple[str, str, float], ...]  # field, axis, units of the field in a point
LEVERS: dict[str, Levers] = {  # measure -> what is moved, the next where the first is at its end
    "resolve": (("will", "P", 0.01), ("will_slow", "P", 0.01)),
    "support": (("will", "P", 0.01), ("will_slow", "P", 0.01), ("cohesion", "B", 0.01)),
    "approval": (("approval", "P", 1.0), ("true_approval", "P", 1.0)),
    "incumbents": (("approval", "P", 1.0), ("true_approval", "P", 1.0)),
    "economy": (("economy", "P", 1.0),),
    "standing": (("standing", "P", 1.0),),
    "credibility": (("credibility", "A", 0.01),),
    "content": (("pressure", "A", -0.01),),
    "civilians": (("safety", "P", 0.025),),  # .4 of the index; the grid's part is seen
    "power": (("quality", "S", 0.0),),
    "lives": (("casualties_week", "S", 0.0),),
    "hold": (("loyalty", "K", 0.01), ("hold_loss", "P", -1.0)),
    "grip": (("hold_loss", "P", -1.0),),
}
ALONGSIDE = {"will_slow": "will", "true_approval": "approval"}  # moves as far as the other did
LATE = ("hold", "grip")  # read what other features are measured by, so they are moved last
FIRED = ("missiles", "drones")


def imagined(
    game: CrisisModel, truth: State, seat: int, opening: State, table: Table, dice: Dice
) -> State:
    """As many boards as the dice have worlds, each one the seat might as well be facing.

    `truth` is the board after week `dice.week` of `game`; only what the seat knows of it is read.
    """
    board = _known(truth, seat, opening, table)
    board = _deeds(board, truth, seat, table, dice.week)
    board = _stocks(board, opening, seat, table, dice.week)
    board = _men(board, truth, seat, table, dice)
    board = _moved(board, _targets(game, truth, seat, dice), seat, table)
    return _minds(board, truth, seat, table, dice)


# --- what is known --------------------------------------------------------------------------------
def _sure(table: Table, seat: int, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which entries of an array the seat may know exactly; none of an array nobody has judged."""
    if name in FOG:
        return knows(table, seat, name)
    return np.zeros(1, np.bool_)


def _known(truth: State, seat: int, opening: State, table: Table) -> State:
    """The opening, with everything the seat knows as it is now."""
    fresh = {}
    for name in FIELDS:
        sure = _sure(table, seat, name)
        if sure.any():
            fresh[name] = np.where(
                sure[..., None], getattr(truth, name), getattr(opening, name)
            )  # fmt: skip
    own = [own_feature(table, seat, feature) for feature in table.scenario.features]
    # where its own features are heading, it has seen week by week
    fresh["drift"] = np.where(np.array(own)[:, None], truth.drift, opening.drift)
    return opening.but(**fresh)


def _deeds(board: State, truth: State, seat: int, table: Table, week: int) -> State:
    """What others did openly: how often, and last week; who crossed a line by it."""
    used, done, last = board.used.copy(), board.done.copy(), board.last_act.copy()
    rungs, arms, by = board.rungs.copy(), board.arms_rung.copy(), board.crossed_by.copy()
    others = [actor for actor in range(len(table.actors)) if actor != seat and week > 0]
    rungs[others], arms[others] = 0.0, 0.0
    for act in sorted(table.acts, key=lambda act: act.action.rung):
        if act.actor != seat and act.action.attribution < 1.0:
            continue
        used[act.number], done[act.number] = truth.used[act.number], truth.done[act.number]
        for row, name in enumerate(table.thresholds):
            if truth.used[act.number, 0] > 0.0 and act.action.rung >= table.threshold_rung(name):
                by[row] = act.actor
        if act.actor != seat and truth.done[act.number, 0] > 0.0:
            last[act.actor, act.slot] = act.number
            rungs[act.actor] = np.maximum(rungs[act.actor], act.action.rung)
            if act.action.war or act.action.severity == "VI":
                arms[act.actor] = np.maximum(arms[act.actor], act.action.rung)
    by = np.where(truth.crossed_week > 0.0, by, board.crossed_by)
    return board.but(
        used=used, done=done, last_act=last, rungs=rungs, arms_rung=arms, crossed_by=by
    )


def _stocks(board: State, opening: State, seat: int, table: Table, week: int) -> State:
    """Others' missiles and drones: the opening's, what industry makes, less what was seen fired."""
    fresh = {}
    for name in FIRED:
        own, stock = knows(table, seat, name), getattr(board, name).copy()
        for side in np.flatnonzero(~own):
            stock[side] = getattr(opening, name)[side]
            grown = table.of(f"industry.{name}_growth", table.sides[side]) * (week - 1) / 2.0
            stock[side] += week * (1.0 + grown) * table.of(f"industry.{name}", table.sides[side])
            for act in table.acts:
                if act.side == side and name in act.action.cost:
                    stock[side] -= act.action.cost[name] * board.used[act.number]
        fresh[name] = clipped(name, stock)
    return board.but(**fresh)


# --- what is guessed ------------------------------------------------------------------------------
def _men(board: State, truth: State, seat: int, table: Table, dice: Dice) -> State:
    """Others' men anywhere between the two marks the map shows."""
    force = board.force.copy()
    for side, name in enumerate(table.sides):
        luck = dice.rolls([f"guess/men/{name}/{region}" for region in table.regions])
        for region in range(len(table.regions)):
            seen = strength(truth, table, seat, side, region)
            force[side, region] = seen.low + (seen.high - seen.low) * luck[region]
    return board.but(force=force)


def _targets(game: CrisisModel, truth: State, seat: int, dice: Dice) -> Numbers:
    """(F, worlds): the points each feature is to have: the seat's own, or within its interval."""
    sheets, now = game.table.scenario.features, features(truth, game.table)
    luck = dice.rolls([f"guess/{feature.id}" for feature in sheets])
    for row, feature in enumerate(sheets):
        if own_feature(game.table, seat, feature):
            luck[row] = now[row]
        else:
            seen = picture(game, truth, seat, row)
            luck[row] = seen.low + (seen.high - seen.low) * luck[row]
    return luck


def _moved(board: State, targets: Numbers, seat: int, table: Table) -> State:
    """Every feature at its target, as near as its levers reach; never by what the seat knows."""
    sheets = table.scenario.features
    for row, feature in sorted(enumerate(sheets), key=lambda pair: pair[1].measure in LATE):
        gap = np.zeros(board.worlds())
        for field, axis, size in LEVERS.get(feature.measure, ()):
            if field not in ALONGSIDE:
                gap = targets[row] - feature_value(feature, board, table)
            free = _free(feature, field, axis, seat, table)
            if not free:
                continue
            fresh = getattr(board, field).copy()
            if feature.measure == "power":
                for side in free:
                    fresh[side] *= _factor(board, targets[row], side, table)
            elif feature.measure == "lives":
                fresh[list(free)] = _fallen(targets[row])
            else:
                step = size * gap / sum(free.values())
                fresh[list(free)] += step
            board = board.but(**{field: clipped(field, fresh)})
    return board


def _free(
    feature: Feature, field: str, axis: str, seat: int, table: Table
) -> dict[int, float]:  # fmt: skip
    """Rows of a field that a feature is measured by and the seat does not know; their weights."""
    sure, parts = _sure(table, seat, field), dict(_parts(feature, axis, table))
    return {row: weight for row, weight in parts.items() if weight > 0.0 and not sure[row]}


def _parts(feature: Feature, axis: str, table: Table) -> Iterator[tuple[int, float]]:
    """Rows along an axis and what a feature counts each of them for."""
    if axis == "K":
        for row, pillar in enumerate(table.scenario.pillars):
            if pillar.polity == feature.of:
                yield row, pillar.weight
        return
    named = feature.weights or ({feature.of: 1.0} if feature.of else {})
    for name, weight in named.items():
        if name in table.axis(axis):
            yield table.row(axis, name), weight


def _factor(board: State, points: Numbers, side: int, table: Table) -> Numbers:
    """How much better soldiers must be for their side's power to have these points."""
    share = points.clip(0.0, 99.0)
    wanted = board.power_start[side] * share / (100.0 - share)
    return wanted / np.maximum(side_power(board, table)[side], 1e-9)


def _fallen(points: Numbers) -> Numbers:
    """Thousand casualties a week that leave soldiers' safety at so many points."""
    return 6.0 * (np.sqrt(200.0 / points.clip(1.0, 100.0) - 1.0) - 1.0)


def _minds(board: State, truth: State, seat: int, table: Table, dice: Dice) -> State:
    """Others see the board as it is drawn; who would really do it is drawn by the seat's belief."""
    now, own = features(board, table), knows(table, seat, "features_past")
    seen = np.where(knows(table, seat, "seen")[..., None], truth.seen, now)
    luck = dice.rolls([f"guess/type/{actor}" for actor in table.actors])
    resolved = np.asarray(luck < truth.belief_resolved[seat], np.float64) * table.on("type_mix")
    resolved[seat] = truth.resolved[seat]
    past = np.where(own[:, None], truth.features_past, now)
    return board.but(seen=seen, resolved=resolved, features_past=past)
