"""Mirrorland seen in a mirror: its boards, and the same luck for the other side."""

from collections.abc import Sequence

import numpy as np

from sim.dice import Bits, Dice, keys
from sim.setup import lay
from sim.state import FIELDS, Numbers, State, clipped
from sim.table import Table
from sim.trial.mirrorland import mirrorland as scenario
from sim.trial.mirrorland import swapped

__all__ = ["MirroredDice", "laid", "mirrored", "scenario", "turned"]
CODES = ("leader", "last_act", "crossed", "done", "crossed_by", "crossed_week", "ended",
         "ended_week", "reached", "resolved", "annexed", "settled", "truce", "line_state",
         "promised", "promised_at", "promised_by", "promised_to", "kept", "hostile_house",
         "talks", "streak", "fired", "turmoil", "held_at_claim",
         "corridor_wait")  # fmt: skip


# --- boards -------------------------------------------------------------------------------------
class MirroredDice(Dice):
    """The same luck for the other side: labels with left and right exchanged."""

    def bits(self, labels: Sequence[str]) -> Bits:
        return Dice(self.keys, self.week).bits([swapped(label) for label in labels])


def laid(worlds: int = 16) -> tuple[Table, State, Dice]:
    """The table, a board on which every number is a little different, and the week's dice."""
    table, state, key = lay(scenario(), 7, 0, worlds, {}, (), False)
    dice, strewn = Dice(key, 1), Dice(keys(8, 0, worlds), 1)
    fresh = {name: _strewn(name, state, strewn) for name in FIELDS if name not in CODES}
    return table, state.but(**fresh), dice


def _strewn(name: str, state: State, dice: Dice) -> Numbers:
    old: Numbers = getattr(state, name)
    flat = old.reshape(-1, state.worlds())
    rolls = dice.rolls([f"{name}/{row}" for row in range(len(flat))])
    high = min(FIELDS[name].metadata["high"], 20.0)
    fresh = flat * (0.7 + 0.6 * rolls) + 0.05 * high * rolls
    return clipped(name, fresh.reshape(old.shape))


def turned(table: Table, letter: str) -> list[int]:
    """Row by row along an axis, the row of the mirror image."""
    return [table.row(letter, swapped(name)) for name in table.axis(letter)]


def mirrored(state: State, table: Table) -> State:
    """The board seen in a mirror."""
    arrays: dict[str, Numbers] = {}
    for name, field in FIELDS.items():
        array: Numbers = getattr(state, name)
        for place, letter in enumerate(field.metadata["axes"].replace("-", "")):
            if letter not in "TJQHE":
                array = array.take(turned(table, letter), axis=place)
        arrays[name] = array.copy()
    land = table.row("F", "land")
    for name in ("reference", "seen"):
        arrays[name][:, land] = 100.0 - arrays[name][:, land]
    arrays["features_past"][land] = 100.0 - arrays["features_past"][land]
    arrays["drift"][land] *= -1.0
    arrays["terms"] = 100.0 - arrays["terms"]
    arrays["control"] = 1.0 - arrays["control"]
    for name, letter in (("last_act", "C"), ("crossed_by", "A"), ("promised", "C"),
                         ("promised_to", "A"), ("promised_at", "N")):
        # regions stand in the order nodes do: left, right, left, right
        numbers = np.array([*turned(table, letter), -1], np.float64)
        arrays[name] = numbers[arrays[name].astype(np.int64)]
    return State(**arrays)
