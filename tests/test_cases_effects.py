"""What an act costs and what it does besides its rule, worked by hand (errata E12)."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import CrisisModel
from sim.resolution import general, general_effects, record
from sim.state import FIELDS
from sim.table import Table
from tests.courtland import (
    AFAR,
    BOSS,
    BROOK,
    CHIEF,
    FRIEND,
    GENERAL,
    ROVIA,
    SCENARIO,
    USTAN,
    act_of,
    board,
    laid,
)  # fmt: skip


def near(value: object, expected: object) -> None:
    np.testing.assert_allclose(np.asarray(value), np.asarray(expected), rtol=0, atol=1e-12)


def carried(table: Table, worlds: int, *labels: str) -> NDArray[np.bool_]:
    """These acts, in the first world alone."""
    done = np.zeros((len(table.acts), worlds), bool)
    for label in labels:
        done[act_of(table, label).number, 0] = True
    return done


def test_what_is_done_is_paid_for() -> None:
    """Push (rung 7, 6 ammo, 2 points of the economy, wait 3) and a show (rung 13): ammo 50 - 6,
    economy 50 - 2, the patron's 50 - 1; gravest 13, gravest of arms 7, Rivera points 28 + 60."""
    table, state = laid(), board(2)
    done = carried(table, 2, "boss.push", "boss.test_shot", "friend.pledge")
    after = record(state, table, done)
    push = act_of(table, "boss.push").number
    assert after.ammo.tolist() == [[44.0, 50.0], [50.0, 50.0]]
    assert after.economy[[ROVIA, USTAN, AFAR], 0].tolist() == [48.0, 50.0, 49.0]
    assert (after.economy[:, 1] == 50.0).all()
    assert after.wait[push].tolist() == [3.0, 0.0]
    assert after.wait.sum() == 3.0
    assert after.used[:, 0].sum() == 3.0
    assert after.rungs[[BOSS, FRIEND, CHIEF], 0].tolist() == [13.0, 1.0, 0.0]
    assert after.arms_rung[:, 0].tolist() == [7.0, 0, 0, 0, 0]
    assert after.severity[[BOSS, FRIEND], 0].tolist() == [88.0, 4.0]
    assert not after.rungs[:, 1].any()
    assert not after.severity[:, 1].any()


WIDE: dict[str, float] = {
    "wealth": 2, "name": -4, "mood": -3, "word": 5, "ruling": 10, "temper": 10,
    "fear": 6, "grip": -2, "wills": -9, "guns": 4, "land": 3,
}  # fmt: skip


def doing(label: str, good: dict[str, float], bad: dict[str, float]) -> Table:
    """The table when an act hopes for `good` and fears `bad`."""
    name = label.partition(".")[2]
    actions = tuple(
        a.model_copy(update={"good": good, "bad": bad}) if a.id == name else a
        for a in SCENARIO.actions
    )
    return CrisisModel(SCENARIO.model_copy(update={"actions": actions})).table


@pytest.mark.parametrize("lucky", [True, False])
def test_general_effects(lucky: bool) -> None:
    """Economy 50 + 2; standing 50 (its rest) - 4; approval -3 is +3 of shock; credibility +.05;
    incumbents 10 * .3; content +10 is -.03 of pressure; danger 6 * .5; hold -2 is +1 of loss.
    Luck draws the vector; will, power and ground have rules of their own (E12)."""
    none: dict[str, float] = {}
    table = doing("boss.propose", *((WIDE, none) if lucky else (none, WIDE)))
    rest = table.of("standing.rest", "rovia")
    state = board(2, standing=rest, shock=1, approval=50, pressure=0.5, hold_loss=1)
    done = carried(table, 2, "boss.propose")
    after = general(state, table, done, np.full(done.shape, lucky))
    known = {"economy": (ROVIA, 52.0), "standing": (ROVIA, rest[0] - 4.0), "shock": (ROVIA, 4.0),
             "credibility": (BOSS, 0.65), "approval": (AFAR, 53.0), "pressure": (GENERAL, 0.47),
             "danger_jump": (..., 3.0), "hold_loss": (ROVIA, 2.0)}  # fmt: skip
    for name, (row, value) in known.items():
        near(getattr(after, name)[row][..., 0], value)
        near(getattr(after, name)[..., 1], getattr(state, name)[..., 1])
    near(after.approval[BROOK, 0], 53.0)
    near(after.approval[ROVIA, 0], 50.0)
    changed = {n for n in FIELDS if not np.array_equal(getattr(state, n), getattr(after, n))}
    assert changed == set(known)


def test_shares_and_worn_standing() -> None:
    """A patron with .6 of the bloc's arms moves .6 of 10 * .3; standing at half its rest loses
    half of 4; at a third above its rest, the whole."""
    table = doing("friend.pledge", {"ruling": 10, "name": -4}, {})
    rest = float(table.of("standing.rest", "rovia")[0])
    for left, lost in ((0.5, 2.0), (4 / 3, 4.0)):
        state = board(1, standing=left * rest, approval=50)
        done = carried(table, 1, "friend.pledge")
        after = general(state, table, done, done)
        near(after.approval[AFAR], 51.8)
        near(state.standing[ROVIA] - after.standing[ROVIA], 0.6 * lost)


def test_what_a_rule_writes_itself_is_left_to_it() -> None:
    """A threat's danger is its rule's own affair; its economy is not."""
    table = doing("boss.menace", {"fear": 4, "wealth": -1}, {"wealth": 2})
    found = general_effects(act_of(table, "boss.menace"), table)
    assert found == [("economy", ROVIA, -1.0, 2.0)]
