"""Chances: how likely a deed was to work, the number that was drawn, and the reasons in figures."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.acts import Act
from sim.beliefs import MODIFIERS
from sim.dice import Dice
from sim.menu import targets
from sim.model import CrisisModel
from sim.power import ratio
from sim.rules.covert import HIDDEN
from sim.state import Numbers, State
from sim.table import Table

TINY = 1e-9  # what adds no more than this is no reason
FACTORS = {  # key -> the words; a window may have its own for the key
    "base": "Plain chance of such an act", "men": "Men on the best front",
    "arms": "Arms, training, spirit and supply", "terrain": "Terrain and works",
    "defence": "Missiles shot down", "aim": "Freedom to restate the aim",
    "guarded": "How well it is guarded", "watched": "How well the other side is informed",
    "bounds": "Nothing is certain or impossible",
}  # fmt: skip


@dataclass(frozen=True)
class Factor:
    """One reason, and what it adds to the chance; the first is the act's plain chance."""

    name: str
    value: float
    key: str = ""  # of FACTORS


@dataclass(frozen=True)
class Luck:
    """The chance an act had, the number drawn (below it: it works), and the reasons."""

    chance: float
    draw: float
    factors: tuple[Factor, ...]


def luck_of(model: CrisisModel, act: Act) -> Luck:
    """What decided an act of the week the model has just played."""
    assert model.prices is not None
    hidden = act.action.rule in HIDDEN
    label = f"{act.action.rule}/{act.label}" if hidden else f"outcome/{act.label}"
    draw = float(Dice(model.keys, model.week).roll(label)[0])
    base = float(model.table[f"act.{act.action.id}.chance"].flat[0])
    parts = [("base", base), *(_covert if hidden else _field)(model, act, base)]
    so_far = sum(value for _, value in parts)
    chance = so_far if hidden else float(model.prices.true[act.number, 0])
    parts.append(("bounds", chance - so_far))
    told = [one for n, one in enumerate(parts) if n == 0 or abs(one[1]) > TINY]
    return Luck(chance, draw, tuple(Factor(FACTORS[key], value, key) for key, value in told))


def _field(model: CrisisModel, act: Act, base: float) -> Iterator[tuple[str, float]]:
    """What the state of the board adds to an open act (errata E1)."""
    rule, board, table = act.action.rule, model.board_at_choice, model.table
    modify = MODIFIERS.get(rule)
    if rule == "attack":
        yield from _attack(board, table, act, base)
    elif modify is not None:
        times = float(modify(act, board, table)[0])
        yield ("aim" if rule == "redefine" else "defence"), base * (times - 1.0)


def _attack(board: State, table: Table, act: Act, base: float) -> Iterator[tuple[str, float]]:
    """The odds of the best front, one reason after another: men, what they are worth, ground."""
    odds = np.where(targets(act, board, table), ratio(board, table)[act.side], 0.0)[:, 0]
    best = int(odds.argmax())
    men = float(board.force[act.side, best, 0] / max(float(board.force[act.foe, best, 0]), 1e-9))
    held = float(table.scenario.regions[best].defence + board.works[best, 0])
    so_far = base
    steps = (("men", men), ("arms", float(odds[best]) * held), ("terrain", float(odds[best])))
    for name, rho in steps:
        chance = base * _advance(rho)
        yield name, chance - so_far
        so_far = chance


def _advance(rho: float) -> float:
    """2 rho^3 / (1 + rho^3): what odds make of a chance judged where both sides are equal (E1)."""
    cubed = rho * rho * rho
    return 2.0 * cubed / (1.0 + cubed)


def _covert(model: CrisisModel, act: Act, base: float) -> Iterator[tuple[str, float]]:
    """p (1 - .7 hardness)(1 - .3 intel of the best informed victim), as the rule has it (5.15)."""
    table = model.table
    hardness = _hardness(model.board_at_choice.hardness, model, act)
    guarded = base * (1.0 - float(table["covert.guard"].flat[0]) * hardness)
    yield "guarded", guarded - base
    struck = table.patrons[act.foe] or (act.foe,) if act.foe >= 0 else ()
    leaders = [table.leader_of[p] for p in struck if table.leader_of[p] >= 0]
    intel = max((table.scenario.actors[a].intel for a in leaders), default=0.0)
    yield "watched", -guarded * float(table["covert.intel"].flat[0]) * intel


def _hardness(hardness: Numbers, model: CrisisModel, act: Act) -> float:
    """Of the node it is aimed at; of the vote, for meddling."""
    if act.action.target is not None:
        return float(hardness[int(model.target[act.actor, act.slot, 0]), 0])
    nodes = model.table.scenario.nodes
    return max((float(hardness[n, 0]) for n, node in enumerate(nodes) if node.kind == "vote"),
               default=0.0)  # fmt: skip
