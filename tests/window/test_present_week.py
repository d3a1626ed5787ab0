"""A played week as screens are given it: beats, chances, changes, cause to effect, map, clock."""

from functools import cache

import pytest

from sim.exercise import told
from tests.window.weeks import GAMES, game
from ui.kit.words import Words
from ui.present.chain import chain
from ui.present.changes import changes, forecasts, moves
from ui.present.cost import week_cost
from ui.present.playback import Playback
from ui.present.replay_map import replay_map
from ui.present.theatre import origin
from ui.present.week import Week, week_of

KERCH = "kerch_2022"


@cache
def week(number: int = 3, seat: str | None = None, name: str = KERCH) -> Week:
    return week_of(game(name), number, seat, Words())


# --- what is shown ------------------------------------------------------------------------------
@pytest.mark.parametrize("seat", ["moscow", None])
def test_every_deed_and_result_is_told_once(seat: str | None) -> None:
    one = week(3, seat)
    numbers = [number for beat in one.beats for number in beat.numbers]
    holds = [row.number for row in one.deeds if row.hold and row.number not in numbers]
    total = sum(len(step.deeds) + len(step.happenings) for step in one.told.steps)
    assert sorted([*numbers, *holds]) == list(range(total))
    assert [beat.kind for beat in (one.beats[0], one.beats[-1])] == ["orders", "end"]


def test_the_reasons_lead_to_the_chance() -> None:
    rows = [row for row in week().deeds if row.factors]
    assert rows
    for row in rows:
        assert row.factors[0].start == 0
        assert row.factors[-1].end == pytest.approx(row.chance)
        assert row.well == (row.draw is not None and row.draw < (row.chance or 0))


def test_a_seat_knows_the_luck_of_its_own_deeds_alone() -> None:
    seat = "moscow"
    assert {row.actor for row in week(3, seat).deeds if row.factors} == {seat}
    assert {row.actor for row in week(3, seat).deeds if row.effects} == {seat}
    assert len({row.actor for row in week(3).deeds if row.factors}) > 1


def test_a_seat_sees_its_own_forecast_and_the_room_everybodys() -> None:
    assert [row.actor for row in forecasts(week(3, "kyiv")).rows] == ["kyiv"]
    found = forecasts(week(3))
    assert {row.actor for row in found.rows} == set(GAMES[KERCH])
    one = found.rows[0]
    assert one.score == pytest.approx((one.chance - found.came) ** 2)
    assert one.count == 3
    assert found.came == (week(3).told.rung >= found.question.rung)


def test_what_moved_is_told_largest_first_and_surprises_lie_outside_the_band() -> None:
    for seat in ("moscow", None):
        found = changes(week(3, seat))
        sizes = [abs(row.moved) for row in found.rows]
        assert sizes == sorted(sizes, reverse=True)
        assert len(found.rows) + found.still == len(week(3).scenario.features)
        for row in found.rows:
            if row.known:
                assert row.surprise == (not row.low <= row.moved <= row.high)
            assert max(abs(row.moved), row.high, -row.low) <= found.reach


def test_the_ladder_moves_as_the_replay_tells_it() -> None:
    one = week(3)
    last = len(one.beats) - 1
    assert {m.actor: m.now for m in moves(one, last)} == {a: n for a, (_, n) in
                                                          one.told.moves.items()}  # fmt: skip
    for beat in range(last):
        for now, then in zip(moves(one, beat), moves(one, beat + 1), strict=True):
            assert (now.now or 0) <= (then.now or 0)


def test_the_strip_of_harm_counts_from_the_week_before_to_this() -> None:
    one = week(3)
    before, after = week_cost(one, 0.0), week_cost(one, 1.0)
    assert before.costs[0].figure != after.costs[0].figure
    assert before.costs[1].figure == week_cost(week(2)).costs[1].figure
    assert len(after.weeks) == 3


def test_the_chain_keeps_what_the_rules_say_and_ends_in_the_level() -> None:
    for number in (1, 2, 3, 4):
        found = chain(week(number))
        assert all(found.nodes[a].column < found.nodes[b].column for a, b in found.links)
        assert all(found.nodes[a].beat <= found.nodes[b].beat for a, b in found.links)
        places = {(node.column, node.row) for node in found.nodes}
        assert len(places) == len(found.nodes)
        assert {n for link in found.links for n in link} == set(range(len(found.nodes)))
    assert chain(week(3, "calder_cabinet", "tutorial")).nodes


def test_the_map_shows_ground_before_and_after_and_arcs_from_ones_own_ground() -> None:
    one = week(3)
    begins, ends = replay_map(one, 0), replay_map(one, len(one.beats) - 1)
    assert begins.control == one.before.control
    assert ends.control == one.after.control
    assert all(arc.drafted for arc in begins.arcs)
    assert begins.strikes == ()
    sheet = one.scenario
    assert origin(sheet, one.before.control, "kyiv", "luhansk") == "kharkiv"
    assert origin(sheet, one.before.control, "moscow", "odesa") != ""
    assert origin(sheet, one.before.control, "russians", "nowhere") == ""


def test_a_hidden_hand_has_no_name_and_no_arc() -> None:
    for number in (1, 2, 3, 4):
        one = week(number, "kyiv")
        for row in one.deeds:
            if not row.actor:
                assert (row.rung, row.chance, row.factors) == (0, None, ())
        whole = told(one.exercise, number, None)
        assert len(whole.steps) == len(one.steps) == 10


# --- time ---------------------------------------------------------------------------------------
def test_a_week_takes_under_a_minute_and_its_speeds_differ() -> None:
    clock = Playback(week().beats)
    whole = sum(clock.lengths)
    assert 15 < whole < 45
    for _ in range(10_000):
        if not clock.tick(0.1):
            break
    assert clock.done
    fast = Playback(week().beats, speed=3)
    assert fast.done


def test_stepping_pauses_and_space_goes_on() -> None:
    clock = Playback(week().beats)
    clock.tick(0.3)
    clock.step(1)
    assert (clock.at, clock.playing, clock.tick(1.0)) == (1, False, False)
    clock.pause()
    assert clock.playing
    clock.to_end()
    clock.pause()
    assert (clock.at, clock.since, clock.playing) == (0, 0.0, True)
