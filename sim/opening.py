"""The opening: the board before the first week, from what is given and what follows from it.

Each array starts at its field's opening value, or at what other arrays imply; numbers named
`init.<array>.<ids>` go over that, the most particular name first.
"""

import numpy as np

from sim.dice import Dice
from sim.measures import features, ground
from sim.names import UNSET, axes, cells, coarser
from sim.power import fronts, side_power
from sim.state import FIELDS, Numbers, State, clipped
from sim.table import Table, shape_of


def opening(table: Table, worlds: int, dice0: Dice) -> State:
    """The board before the first week: every array (..., worlds), contiguous float64.

    `dice0` are the dice of week 0: they say which leaders are resolved, world by world.
    """
    board = _Board(table, worlds)
    board.put("annexed", [[float(r.claim == "annexed")] for r in table.scenario.regions])
    board.put("held_at_claim", board.arrays["control"])
    board.put("will_slow", board.arrays["will"])
    board.put("true_approval", board.arrays["approval"])
    rungs = table.scenario.ladder.rungs
    board.put("crossed", [[float(rung.crossed)] for rung in rungs if rung.threshold])
    board.put("line_state", [[float(line.declared)] for line in table.scenario.red_lines])
    board.put("deceit", _yes_men(table, board))
    board.arrays["last_act"][...] = _holds(table, board.arrays["last_act"].shape)
    board.arrays["resolved"] = _types(table, board.arrays["resolved"], dice0)
    _danger(table, board)
    return _minds(table, board)


class _Board:
    """The arrays so far."""

    def __init__(self, table: Table, worlds: int) -> None:
        self.table, self.worlds, self.along = table, worlds, axes(table.scenario)
        self.arrays: dict[str, Numbers] = {}
        for name, field in FIELDS.items():
            self.arrays[name] = np.full((*shape_of(table, name), worlds), field.metadata["opening"])
            self._given(name)

    def put(self, name: str, derived: object) -> None:
        """What follows from other arrays, wherever the scenario does not say otherwise."""
        if self.arrays[name].size:
            self.arrays[name][...] = clipped(name, np.asarray(derived, np.float64))
            self._given(name)

    def _given(self, name: str) -> None:
        if name in UNSET:
            return
        flat = self.arrays[name].reshape(-1, self.worlds)
        for row, cell in enumerate(cells(self.along, name)):
            if (number := self._number(cell)) is not None:
                flat[row] = number

    def _number(self, cell: str) -> Numbers | None:
        """The most particular number given for a cell, if any."""
        for name in coarser(cell):
            try:
                return self.table[f"init.{name}"]
            except KeyError:
                continue
        return None

    def state(self) -> State:
        """The arrays as a position."""
        return State(**self.arrays)


def _yes_men(table: Table, board: _Board) -> Numbers:
    """(A, worlds): points a regime's leader over-reads its own power by: 24 corruption (5.1)."""
    deceit = np.zeros_like(board.arrays["deceit"])
    for polity in table.regimes:
        if table.leader_of[polity] >= 0:
            stolen = board.arrays["corruption"][polity]
            deceit[table.leader_of[polity]] = table["perception.deceit"] * stolen
    return deceit


def _holds(table: Table, shape: tuple[int, ...]) -> Numbers:
    """(A, T, worlds): the hold of each slot, as if chosen the week before; -1 for no slot."""
    last = np.full(shape, -1.0)
    for act in table.acts:
        if act.action.hold:
            last[act.actor, act.slot] = act.number
    return last


def _types(table: Table, chance: Numbers, dice0: Dice) -> Numbers:
    """(A, worlds): 1 where a leader would really do it, drawn from the chance given.

    `type_mix` off: all bluff.
    """
    rows = [dice0.roll(f"type/{actor}") < chance[row] for row, actor in enumerate(table.actors)]
    drawn = np.stack(rows).astype(np.float64)
    return drawn if table.on("type_mix") else np.zeros_like(drawn)


def _danger(table: Table, board: _Board) -> None:
    """The rung in force rests where a war, or a peace, keeps it, unless it is given (E32)."""
    ladder = table.scenario.ladder
    war = fronts(board.state()).any(axis=0)
    rest = np.where(war, ladder.rest_at_war, ladder.rest_at_peace)
    board.put("level", np.minimum(rest, len(ladder.rungs) - 1.0))
    board.put("peak", board.arrays["level"])
    board.put("level_trail", board.arrays["level"])


def _minds(table: Table, board: _Board) -> State:
    """Field power, features, and what each actor sees and thinks its due at the start."""
    if table.regions:
        board.put("power_start", side_power(board.state(), table))
    state = board.state()
    now = features(state, table)
    board.put("features_past", now)
    board.put("reference", now)
    board.put("seen", now)
    board.put("terms", ground(state, table))
    return board.state()
