"""Threats, alerts, warnings and red lines worked by hand, the numbers in the docstrings."""

from typing import Any

import numpy as np
import pytest

from sim.rules import signals
from sim.state import EVENTS
from tests.crisisland import (
    BANK,
    CABLES,
    EAST,
    EVEN,
    NORTH,
    SOUTH,
    TABLE,
    WEST,
    WORLDS,
    beliefs,
    board,
    dice,
    do,
    same,
    table,
)


# --- signals ------------------------------------------------------------------------------------
def test_words_weigh_less_after_called_bluffs() -> None:
    """Force = (1.35*.15/.5) / (1+.35*2+.06*4) = .405/1.94 = .20876.

    Danger jumps .5*4*2.5*.20876 = 1.0438. The patrons' wills move, credibility .5:
    worked (-4*2.5*.20876)/100 + .002*.5 = -.019876; not worked +.01 + .001 = +.011.
    """
    state = board(belief_resolved=beliefs(NORTH, 0.15), called_bluffs=[2, 0, 0, 0, 0])
    after, told = do(state, "words")
    assert np.allclose(after.danger_jump, 1.0438, atol=1e-4)
    assert np.allclose(told["danger"], after.danger_jump)
    assert np.allclose(after.will[EAST] - 0.5, -0.019876, atol=1e-6)
    assert np.allclose(after.will[SOUTH], 0.5)
    flat, _ = do(state, "words", worked=False)
    assert np.allclose(flat.will[WEST] - 0.5, 0.011)
    assert (after.counts[EVENTS.index("threats")] == 1).all()


def test_bluff_deplete_off_reads_no_called_bluffs() -> None:
    """K read as 0: force .405, danger .5*4*2.5*.405 = 2.025."""
    state = board(belief_resolved=beliefs(NORTH, 0.15), called_bluffs=2)
    after, _ = do(state, "words", laid=table("bluff_deplete"))
    assert np.allclose(after.danger_jump, 2.025)


def test_words_inflate_and_alerts_convince() -> None:
    """Two recent threats: ratio 1/1.3, pi .15 -> .15/1.3/(.85+.15/1.3) = .11952.

    An alert: ratio 1.3, pi -> .195/1.045 = .18660; alert 0 -> .5. The actor's own patrons: none.
    """
    state = board(belief_resolved=beliefs(NORTH, 0.15), recent_threats=[2, 0, 0, 0, 0])
    after, _ = do(state, "words")
    for watcher in (SOUTH, EAST, WEST):
        assert np.allclose(after.belief_resolved[watcher, NORTH], 0.119522, atol=1e-6)
    assert np.allclose(after.belief_resolved[NORTH, NORTH], 0.15)
    assert np.allclose(after.recent_threats[NORTH], 3.0)
    after, _ = do(state, "alarm")
    assert np.allclose(after.belief_resolved[EAST, NORTH], 0.186603, atol=1e-6)
    assert np.allclose(after.alert[NORTH], 0.5)
    assert (after.counts[EVENTS.index("alerts")] == 1).all()


def test_a_warning_lends_credibility_for_four_weeks() -> None:
    """At rest .5: .53 after the warning and while it counts, .50 after four weeks; flat: .49.

    A second warning meanwhile restarts the clock and adds nothing.
    """
    state, _ = do(board(), "caution", by=EAST)
    assert np.allclose(state.credibility[EAST], 0.53)
    again, _ = do(state, "caution", by=EAST)
    assert np.allclose(again.credibility[EAST], 0.53)
    for _week in range(3):
        state, _ = signals.fade_signals(state, TABLE, dice())
        assert np.allclose(state.credibility[EAST], 0.53)
    state, _ = signals.fade_signals(state, TABLE, dice())
    assert np.allclose(state.credibility[EAST], 0.50)
    flat, _ = do(board(), "caution", by=EAST, worked=False)
    assert np.allclose(flat.credibility[EAST], 0.49)


def test_a_patrol_guards_the_seabed() -> None:
    """West bears .75 of energy: cables .2 + .08*.75*.8 = .248; the bank stays at .3."""
    after, _ = do(board(hardness=list(EVEN.values())), "patrol", by=WEST)
    assert np.allclose(after.hardness[CABLES], 0.248)
    assert np.allclose(after.hardness[BANK], 0.3)


def test_a_guarantee_covers_the_side_backed() -> None:
    """East backs South: side 1 is guaranteed where the pledge worked, else nothing changes."""
    after, _ = do(board(), "pledge", by=EAST)
    assert np.array_equal(after.guarantee[:, 0], [0.0, 1.0])
    after, _ = do(board(), "pledge", by=EAST, worked=False)
    assert (after.guarantee == 0).all()


def test_signals_fade() -> None:
    """8 threats -> 7; 2 bluffs -> 1.96; alert .5 -> .4; credibility .7 -> .7+.03*(.5-.7) = .694."""
    state = board(recent_threats=8, called_bluffs=2, alert=0.5, credibility=0.7)
    after, _ = signals.fade_signals(state, TABLE, dice())
    assert np.allclose(after.recent_threats, 7.0)
    assert np.allclose(after.called_bluffs, 1.96)
    assert np.allclose(after.alert, 0.4)
    assert np.allclose(after.credibility[:4], 0.694)
    assert np.allclose(after.credibility[4], 0.7)  # not a leader


def test_beliefs_settle_and_a_demonstration_convinces() -> None:
    """pi .35 -> .35 - .02*.2 = .346. Rung 13: .15*8/(.85+1.2) = .58537, pulled to .57666."""
    held = board(belief_resolved=beliefs(NORTH, 0.35))
    quiet, _ = signals.settle_beliefs(held, TABLE, dice())
    assert np.allclose(quiet.belief_resolved[EAST, NORTH], 0.346)
    state = board(belief_resolved=beliefs(NORTH, 0.15), rungs=[13, 0, 0, 0, 0])
    after, _ = signals.settle_beliefs(state, TABLE, dice())
    assert np.allclose(after.belief_resolved[EAST, NORTH], 0.57666, atol=1e-5)


# --- red lines ----------------------------------------------------------------------------------
def test_a_line_crossed_without_an_answer_is_a_called_bluff() -> None:
    """Advance, weight .3: K 2 -> 2.3; credibility .5 - .015 = .485; odds * .925.

    So pi .15*.925/(.85+.13875) = .14033. Six weeks later it counts again, not before.
    """
    state = board(belief_resolved=beliefs(NORTH, 0.15), called_bluffs=[2, 0, 0, 0, 0], lost=[1, 0])
    after, told = signals.test_red_lines(state, TABLE, dice())
    assert (told["tested"] == 1).all()
    assert np.allclose(after.called_bluffs[NORTH], 2.3)
    assert np.allclose(after.credibility[NORTH], 0.485)
    assert np.allclose(after.belief_resolved[EAST, NORTH], 0.140329, atol=1e-6)
    assert (after.line_state[0] == 2).all()
    for _week in range(5):
        after, told = signals.test_red_lines(after, TABLE, dice())
        assert (told["tested"] == 0).all()
    after, told = signals.test_red_lines(after, TABLE, dice())
    assert (told["tested"] == 1).all()
    assert np.allclose(after.called_bluffs[NORTH], 2.6)


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"raided": [1, 0, 0, 0]}, [1]),
        ({"attacking": [[0, 0], [1, 0]]}, [2]),
        ({"attacking": [[0, 0], [0, 1]]}, []),
        ({"rungs": [0, 0, 9, 0, 0], "tier_given": [0, 0, 3, 0]}, [3]),
        ({"rungs": [0, 0, 9, 0, 0], "tier_given": [0, 0, 2, 0]}, []),
        ({"rungs": [0, 0, 0, 12, 0]}, [4]),
        ({"arms_rung": [0, 9, 0, 0, 0]}, [5]),
        ({"arms_rung": [0, 9, 0, 0, 0], "attacking": [[0, 0], [1, 0]]}, [2]),
        ({"arms_rung": [0, 9, 0, 0, 0], "raided": [1, 0, 0, 0]}, [1]),
        ({"lost": [1, 0], "rungs": [10, 0, 0, 0, 0]}, []),  # answered
        ({"lost": [1, 0], "arms_rung": [8, 0, 0, 0, 0]}, [0]),  # a strike does not answer this one
        ({"raided": [1, 0, 0, 0], "arms_rung": [9, 0, 0, 0, 0]}, [1]),  # nor does any other force
    ],
)
def test_what_crosses_which_line(given: dict[str, Any], lines: list[int]) -> None:
    """Each trigger, read off the week's tally; and the two kinds of answer."""
    after, _ = signals.test_red_lines(board(**given), TABLE, dice())
    assert list(np.flatnonzero(after.line_state[:, 0] == 2)) == lines


def test_a_raid_that_failed_is_no_strike_on_home() -> None:
    """Rung 9 by a raid that hit nothing sacred crosses no line."""
    act = next(a for a in TABLE.acts if a.action.rule == "raid")
    done = np.zeros((len(TABLE.acts), WORLDS))
    done[act.number] = 1.0
    failed = board(arms_rung=[0, 9, 0, 0, 0]).but(done=done)
    after, _ = signals.test_red_lines(failed, TABLE, dice())
    assert (after.line_state == 0).all()


def test_bluff_credit_off_tests_leave_everything_alone() -> None:
    """The line is marked and waits, but K, credibility and belief stay."""
    state = board(belief_resolved=beliefs(NORTH, 0.15), lost=[1, 0])
    after, _ = signals.test_red_lines(state, table("bluff_credit"), dice())
    assert (after.line_state[0] == 2).all()
    assert same(after.but(line_state=state.line_state, line_wait=state.line_wait), state)
