"""The board as data: what is shown, and that nothing the seat may not know is among it."""

from dataclasses import replace

import pytest

from sim import load
from sim.exercise import Exercise, Signal
from sim.exercise.estimate import Estimate
from sim.exercise.fog import Value
from sim.exercise.view import Hit, SeatView, view
from tests.window.table import SEATS, played
from ui.kit.words import Words
from ui.present.desk import desk
from ui.present.hand import chance, hand, staff_page, watched
from ui.present.head import figure, figures, harm_line, head
from ui.present.ladder import DONE, PULL, ladder
from ui.present.theatre import map_seen, places
from ui.present.tracks import feed, tracks

EN = Words("en")
SEAT = SEATS[0]


def seen(weeks: int = 0, seat: str = SEAT) -> tuple[Exercise, SeatView]:
    exercise = played(seat, weeks)
    return exercise, view(exercise, seat)


# --- head and harm --------------------------------------------------------------------------------
def test_the_head_says_where_and_when() -> None:
    scenario = load("kerch_2022")
    shown = head(scenario, 3, 26, EN, seat=SEAT)
    assert (shown.week, shown.dates) == ("Week 3 of 26", "24\u201330 Oct 2022")
    assert shown.stage in dict(shown.stages)


def test_harm_is_as_rough_as_it_is_known() -> None:
    assert figure(0.2, EN) == "none"
    assert figure(17.4, EN) == "17"
    assert figure(46_321, EN) == "46,000"
    assert figure(1_940_000, EN) == "1.9 M"
    assert figures(82, 168, EN) == "82\u2013170"


def test_the_harm_of_a_week_is_told_once_there_was_one() -> None:
    for weeks, count in ((0, 3), (1, 4)):
        exercise, now = seen(weeks)
        assert len(harm_line(now, exercise.scenario, EN).costs) == count


# --- ladder ---------------------------------------------------------------------------------------
def test_the_ladder_is_the_scenarios_own_gravest_first() -> None:
    for name, seat, count in (("kerch_2022", SEAT, 16), ("tutorial", "ostmere_council", 7)):
        exercise = played(seat, 0, name)
        shown = ladder(view(exercise, seat), exercise.scenario, EN)
        assert [row.rung for row in shown.rows] == list(range(count - 1, -1, -1))
        assert sum(row.in_force for row in shown.rows) == 1


def test_nobody_stands_on_the_ladder_before_the_first_week() -> None:
    exercise, now = seen(0)
    assert {stand.kind for stand in ladder(now, exercise.scenario, EN).stands} == {PULL}


def test_own_deeds_are_known_and_others_lie_between() -> None:
    exercise, now = seen(2)
    stands = {s.actor: s for s in ladder(now, exercise.scenario, EN).stands if s.kind == DONE}
    assert stands[SEAT].known
    assert all(stand.low <= stand.high for stand in stands.values())
    hidden = replace(now, rungs={**now.rungs, "kyiv": Value(2, 9)})
    marks = [s for s in ladder(hidden, exercise.scenario, EN).stands if s.actor == "kyiv"]
    assert (marks[0].low, marks[0].high, marks[0].known) == (2, 9, False)


def test_red_lines_say_who_drew_them_and_whether_they_were_tested() -> None:
    exercise, now = seen(0)
    row = next(r for r in ladder(now, exercise.scenario, EN).rows if r.rung == 12)
    assert row.line == "moscow"
    assert not row.tested
    assert "Allied troops" in row.hint


# --- tracks and feed ------------------------------------------------------------------------------
def test_own_values_are_points_and_others_are_intervals() -> None:
    exercise, now = seen(3)
    shown = tracks(now, exercise.scenario, EN)
    rows = {row.id: row for _, rows in shown.groups for row in rows}
    for track in now.tracks:
        assert rows[track.id].now == (track.now.low, track.now.high)
        assert track.own == (rows[track.id].now[0] == rows[track.id].now[1])
    assert len([row for row in rows if row in {t.id for t in now.tracks}]) == len(now.tracks)


@pytest.mark.parametrize("seat", SEATS)
def test_nine_rows_come_first_and_none_twice(seat: str) -> None:
    exercise, now = seen(0, seat)
    groups = tracks(now, exercise.scenario, EN).groups
    assert sum(len(rows) for _, rows in groups[:2]) == 9
    ids = [row.id for _, rows in groups for row in rows]
    assert len(ids) == len(set(ids))


def test_a_change_is_good_when_it_is_wanted() -> None:
    exercise, now = seen(0)
    track = next(t for t in now.tracks if t.wanted > 0)
    worse = replace(track, now=Value(50, 50), before=Value(60, 60), trail=(Value(60, 60),))
    found = tracks(replace(now, tracks=(worse,)), exercise.scenario, EN).groups[0][1][0]
    assert (found.change, found.good) == (-10, False)
    still = replace(worse, before=Value(50.2, 50.2))
    row = tracks(replace(now, tracks=(still,)), exercise.scenario, EN).groups[0][1][0]
    assert row.change is None


def test_the_feed_has_the_latest_week_first() -> None:
    _, now = seen(3)
    rows = feed(now, EN)
    assert len(rows) == len(now.events)
    assert rows[0].fresh
    assert not rows[-1].fresh


# --- hand -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("seat", SEATS)
def test_every_card_is_in_the_hand_legal_ones_first(seat: str) -> None:
    exercise, now = seen(1, seat)
    for slot, cards in now.hand.items():
        shown = hand(now, exercise.drafts(seat), slot, exercise.scenario, EN)
        assert [card.id for card in shown.cards] == [card.id for card in cards]
        legal = [card.legal for card in shown.cards]
        assert legal == sorted(legal, reverse=True)
        assert all(card.reasons for card in shown.cards if not card.legal)
        assert all(len(card.chips) <= 3 for card in shown.cards)
        assert [card.drafted for card in shown.cards] == [card.hold for card in shown.cards]
        assert [card.key for card in shown.cards if card.hold] == ["0"]


def test_what_cannot_be_paid_is_marked() -> None:
    exercise, now = seen(0)
    slot, card = next((s, c) for s, cards in now.hand.items() for c in cards if c.cost)
    stock = next(iter(card.cost))
    poor = replace(now, stocks={**now.stocks, stock: Value(0, 0)})
    shown = hand(poor, exercise.drafts(SEAT), slot, exercise.scenario, EN)
    found = next(c for c in shown.cards if c.id == card.id)
    assert not found.cost[0][1]


# --- the staff ------------------------------------------------------------------------------------
def estimate(*bars: float, hold: tuple[float, ...] = (0, 0.5, 0.5, 0), runs: int = 200) -> Estimate:
    return Estimate(bars, hold, runs, 200, {}, {}, 41.0, 27.0)


def test_the_rung_watched_is_where_cards_differ() -> None:
    far = {"a": estimate(0, 0.5, 0.5, 0), "b": estimate(0, 0.1, 0.5, 0.4)}
    assert watched(far, 1) == 2
    assert watched({"a": estimate(0, 0.5, 0.5, 0)}, 1) == 3
    assert watched({}, 2) == 2


def test_the_forecasts_figure_is_locked_until_the_seat_has_answered() -> None:
    far, near = {"a": estimate(0, 0.4, 0.6, 0)}, {"a": estimate(0, 0.75, 0.25, 0)}
    locked = staff_page(("a", None), far, near, 2, False, EN)
    told = staff_page(("a", None), far, near, 2, True, EN)
    assert locked is not None
    assert told is not None
    assert [f.value for f in locked.figures][2] is None
    assert [f.value for f in told.figures][2:] == ["25%", "41 (27)"]
    assert staff_page(("other", None), far, near, 2, True, EN) is None


def test_the_ending_that_moves_most_is_named_with_both_shares() -> None:
    moved = replace(estimate(0, 0.4, 0.6, 0), outcomes={"peace": 0.3, "war": 0.7},
                    hold_outcomes={"peace": 0.1, "war": 0.9})  # fmt: skip
    page = staff_page(("a", None), {"a": moved}, {}, 2, True, EN, {"peace": "Peace"})
    assert page is not None
    assert [(f.label, f.value) for f in page.figures][-2:] == [
        ("Peace", ""), ("in the end", "30% (10%)")]  # fmt: skip
    still = replace(moved, outcomes={"peace": 0.12}, hold_outcomes={"peace": 0.1})
    page = staff_page(("a", None), {"a": still}, {}, 2, True, EN, {"peace": "Peace"})
    assert page is not None
    assert page.figures[-1].value == "41 (27)"


def test_none_of_the_runs_is_not_never() -> None:
    assert (chance(0, 200, EN), chance(1, 200, EN)) == ("<1%", ">99%")
    assert (chance(0.02, 200, EN), chance(0.4, 200, EN)) == ("1 in 50", "40%")


# --- desk and targets -----------------------------------------------------------------------------
def aimed() -> tuple[Exercise, SeatView, str, str]:
    exercise, now = seen(0)
    slot, card = next((s, c) for s, cards in now.hand.items() for c in cards
                      if c.legal and len(c.targets) > 1)  # fmt: skip
    exercise.draft(SEAT, slot, card.id)
    return exercise, now, slot, card.targets[1]


def test_what_is_missing_is_named() -> None:
    exercise, now, slot, target = aimed()

    def missing(reason: str = "", forecast: float | None = None) -> str:
        drafts = exercise.drafts(SEAT)
        return desk(now, drafts, slot, exercise.scenario, EN, exercise.missing(SEAT), reason,
                    forecast).missing  # fmt: skip

    assert missing() == ("Still missing: a target (Military); your forecast; "
                         "a reason of 15 characters or more.")  # fmt: skip
    exercise.draft(SEAT, slot, exercise.drafts(SEAT).orders[slot].action, target)
    assert missing("too short", 0.5) == "Still missing: a reason of 15 characters or more."
    assert missing("long enough by now", 0.5) == ""


def test_the_signal_is_shown_as_it_stands() -> None:
    exercise, now, slot, _ = aimed()
    action = exercise.drafts(SEAT).orders[slot].action
    other = next(a.id for a in exercise.scenario.actors if a.id != SEAT)
    exercise.sign(SEAT, Signal(action, None, 4, other, True))
    shown = desk(now, exercise.drafts(SEAT), slot, exercise.scenario, EN, (), "", None).signal
    assert (shown.mode, shown.action, shown.hearer, shown.week) == ("private", action, other, "4")
    assert shown.bluff
    assert SEAT not in dict(shown.hearers)


def test_targets_tell_what_is_known_of_them() -> None:
    exercise, now, slot, _ = aimed()
    card = next(c for c in now.hand[slot] if len(c.targets) > 1)
    found = places(now, card.targets, exercise.scenario, EN)
    assert [place.id for place in found] == list(card.targets)
    assert all(place.facts for place in found)
    assert all(place.share == now.control[place.id] for place in found)


@pytest.mark.parametrize("seat", SEATS)
def test_the_map_counts_only_ones_own_men(seat: str) -> None:
    exercise, now = seen(1, seat)
    shown = map_seen(now, exercise.scenario, EN)
    for one in shown.troops:
        known = now.forces[one.region][one.side]
        assert (one.low, one.high) == (known.low, known.high)
        assert not one.own or known.known


def test_arcs_show_whose_strikes_are_known_and_the_order_at_hand() -> None:
    exercise, now = seen()
    known, hidden = Hit(SEATS[1], "raid", "Raid", 9), Hit("", "", "", 0)
    struck = {"crimea": (known, hidden), "dnipro": (hidden,)}
    shown = map_seen(replace(now, struck=struck), exercise.scenario, EN, ordered="odesa")
    assert [(a.target, a.actor, a.drafted) for a in shown.arcs] == [
        ("crimea", SEATS[1], False), ("odesa", SEAT, True)]  # fmt: skip
    assert all(now.control[a.origin] < 0.5 for a in shown.arcs if a.actor == SEATS[1])
    assert {strike.region for strike in shown.strikes} == {"crimea", "dnipro"}
