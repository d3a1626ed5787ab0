"""The ladder, worked by hand: level, thresholds, danger, accidents."""

import numpy as np
import pytest

from sim.rules import ladder
from sim.state import EVENTS
from tests.toyland import BOSS, FRIEND, at_war, dice, laid


def test_the_level_relaxes_to_seven_in_war_and_two_in_peace() -> None:
    """War: .85*9 + .15*7 = 8.7; peace: .85*9 + .15*2 = 7.95; an act of rung 10 lifts it to 10."""
    table = laid()
    state = at_war(table, level=9.0)
    assert ladder.climb(state, table, dice())[0].level[0] == pytest.approx(8.7)
    still = state.but(force=np.zeros((2, 2, 1)))
    assert ladder.climb(still, table, dice())[0].level[0] == pytest.approx(7.95)
    threat = state.but(rungs=np.array([[10.0], [7.0], [4.0]]))
    after, told = ladder.climb(threat, table, dice())
    assert after.level[0] == after.rung[0] == after.peak[0] == told["rung"][0] == 10.0
    assert after.level_trail[:2, 0] == pytest.approx([10.0, 0.0])


def test_thresholds_say_when_and_by_whom() -> None:
    """Rung 12 by the patron in week 3 crosses the thresholds at 5, 9, 10, 11, 12; 13, 14 stay.

    In week 5 boss goes to 11: that one is dated anew, the others keep week 3 and their author.
    """
    table = laid()
    state = at_war(table, rungs=np.array([[8.0], [0.0], [12.0]]))
    after, told = ladder.climb(state, table, dice(3))
    assert after.crossed[:, 0].tolist() == [1, 1, 1, 1, 1, 0, 0]
    assert after.crossed_week[4, 0] == 3.0
    assert (after.crossed_by[3, 0], told["crossed"][0]) == (FRIEND, 5.0)
    later, told = ladder.climb(after.but(rungs=np.array([[11.0], [0], [0]])), table, dice(5))
    assert later.crossed_week[:, 0].tolist() == [3, 3, 3, 5, 3, 0, 0]
    assert (later.crossed_by[3, 0], later.crossed_by[4, 0]) == (BOSS, FRIEND)
    assert told["crossed"][0] == 0.0


def test_an_accident_crosses_for_nobody() -> None:
    table = laid()
    after, _ = ladder.climb(at_war(table, rung=11.0, crossed_by=-1.0), table, dice(2))
    assert (after.crossed[3, 0], after.crossed_by[3, 0], after.crossed_week[3, 0]) == (1, -1, 2)


def test_danger_by_hand() -> None:
    """Level 8 -> 7.85; D* = 15 + 19.625 + 25*.2 = 39.625; 50 + .25*(-10.375) + 4 = 51.41.

    With an ally hit and patrons in combat before: D* 20 higher, D 5 higher.
    """
    table = laid()
    belief = np.zeros((3, 3))
    belief[FRIEND, BOSS] = 0.2
    state = at_war(table, danger=50.0, danger_jump=4.0, belief_resolved=belief)
    after, _ = ladder.climb(state, table, dice())
    assert after.danger[0] == pytest.approx(51.40625)
    crossed = np.array([0, 0, 0, 1.0, 1, 0, 0])[:, None]
    worse, _ = ladder.climb(state.but(crossed=crossed), table, dice())
    assert worse.danger[0] == pytest.approx(56.40625)


def test_the_hazard_of_an_accident() -> None:
    """Level 8, stress .4, line .5, no alert: .03*1*1.2*.75 = .027; level 10: *e^.9 = .0664."""
    table = laid()
    state = at_war(table, stress=0.4)
    assert ladder.hazard(state, table)[0] == pytest.approx(0.027)
    high = ladder.hazard(state.but(level=np.array([10.0])), table)[0]
    assert high == pytest.approx(0.0664, abs=1e-4)


def test_how_far_an_accident_goes() -> None:
    """At level 8.4: .88 absorbed; step to 9; the last hundredth to 11. At 12 nuclear use is near.

    At level 12 the step is capped at 12, or at the week's own 13.
    """
    table = laid()
    state = at_war(table, worlds=4, level=8.4)
    luck = np.array([0.5, 0.9, 0.995, 0.999])
    assert ladder.accident_rung(state, table, luck).tolist() == [0, 9, 11, 11]
    war = at_war(table, worlds=4, level=12.0)
    luck = np.array([0.5, 0.9, 0.98, 0.999])
    assert ladder.accident_rung(war, table, luck).tolist() == [0, 12, 14, 15]
    shown = war.but(rung=np.full(4, 13.0), level=np.full(4, 13.0))
    assert ladder.accident_rung(shown, table, luck)[1] == 13.0


def test_accidents_are_counted_and_can_be_switched_off() -> None:
    table = laid(accidents__hazard=1.0)
    state = at_war(table)
    after, told = ladder.accidents(state, table, dice())
    assert (told["happened"][0], after.counts[EVENTS.index("accidents"), 0]) == (1.0, 1.0)
    off, told = ladder.accidents(state, laid("inadvertent", accidents__hazard=1.0), dice())
    assert (told["happened"][0], off.rung[0]) == (0.0, 0.0)
