"""The telling: ten steps that add up, and to a seat no more than it may know."""

import dataclasses
from functools import cache

import pytest

from sim import load
from sim.dice import Dice
from sim.exercise.drafts import Signal
from sim.exercise.exercise import Exercise
from sim.exercise.news import knows_author, records
from sim.exercise.telling import KINDS, DeedTold, WeekTold, ending, told
from sim.measures import features
from sim.narrate.ending import Watch
from sim.rules.covert import HIDDEN
from tests.exercise.games import Game, played

SEATS = [actor.id for actor in load("kerch_2022").actors]
COVERT = {(1, "moscow", "covert"): "ru_cable", (2, "moscow", "covert"): "ru_depot",
          (3, "moscow", "covert"): "ru_cyber_bank", (4, "moscow", "covert"): "ru_election",
          (2, "kyiv", "fires"): "ua_crimea_raid"}  # fmt: skip


@cache
def kerch() -> Game:
    return played("kerch_2022", 8, COVERT)


def deeds(week: WeekTold) -> list[DeedTold]:
    return [deed for step in week.steps for deed in step.deeds]


def weeks(game: Game, seat: str | None = None) -> list[WeekTold]:
    return [told(game, week, seat) for week in range(1, game.week + 1)]


# --- the whole, for the facilitator ---------------------------------------------------------------
def test_a_week_has_ten_steps_and_every_deed_stands_in_one() -> None:
    for number, week in enumerate(weeks(kerch()), 1):
        assert tuple(step.kind for step in week.steps) == KINDS
        done = [r.deed for r in records(kerch().step_of(number).model)]
        assert sorted(d.text for d in deeds(week)) == sorted(d.text for d in done)


def test_the_reasons_add_up_to_the_chance_and_the_draw_decides() -> None:
    seen = 0
    for number, week in enumerate(weeks(kerch()), 1):
        model = kerch().step_of(number).model
        acts = {act.label: act for act in model.table.acts}
        for deed in deeds(week):
            act = acts[f"{deed.actor}.{deed.action}"]
            if deed.chance is None or deed.draw is None:
                assert act.action.hold or deed.fate != "done"
                continue
            seen += 1
            base = float(model.table[f"act.{deed.action}.chance"][0])
            assert deed.factors[0].value == base
            assert sum(factor.value for factor in deed.factors) == pytest.approx(deed.chance)
            assert deed.worked == (deed.draw < deed.chance)
            if act.action.rule not in HIDDEN:
                assert model.prices is not None
                assert deed.chance == pytest.approx(float(model.prices.true[act.number, 0]))
                luck = Dice(model.keys, number).rolls([f"outcome/{act.label}"])
                assert deed.draw == float(luck[0, 0])
    assert seen > 40


def test_a_covert_act_is_told_by_the_draw_its_own_rule_made() -> None:
    """Whether it got through is what the rule says, though the rule has dice of its own."""
    tried = 0
    for number, week in enumerate(weeks(kerch()), 1):
        model = kerch().step_of(number).model
        came = {o.act.action.id: words["through"][0] for o, words in model.told
                if o.act.action.rule in HIDDEN}  # fmt: skip
        for deed in deeds(week):
            if deed.action in came:
                tried += 1
                assert deed.worked == (came[deed.action] > 0.0), deed
    assert tried >= 4


def test_changes_are_the_truth() -> None:
    week, step = told(kerch(), 3), kerch().step_of(3)
    table = kerch().model.table
    for change, before, after in zip(week.changes, features(step.before, table)[:, 0],
                                     features(step.after, table)[:, 0], strict=True):  # fmt: skip
        assert (change.before.low, change.after.high) == (before, after)
        assert change.before.known
        assert change.good is None


def test_links_go_from_a_deed_to_what_it_brought() -> None:
    found = 0
    for week in weeks(kerch()):
        flat: list[object] = []
        for step in week.steps:
            flat += [*step.deeds, *step.happenings]
        for cause, effect in week.links:
            found += 1
            assert isinstance(flat[effect], str)
            assert cause < effect
    assert found > 3


# --- for a seat -----------------------------------------------------------------------------------
@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_reads_no_luck_but_its_own(seat: str) -> None:
    table = kerch().model.table
    for number, week in enumerate(weeks(kerch(), seat), 1):
        secret = [r.deed for r in records(kerch().step_of(number).model)
                  if not knows_author(r, seat, table)]  # fmt: skip
        for deed in deeds(week):
            if deed.actor != seat:
                assert (deed.chance, deed.draw, deed.worked, deed.factors) == (None, None, None, ())
                assert "fell short" not in deed.text
                assert "was heard" not in deed.text
            assert deed.known == bool(deed.actor)
            assert (deed.actor, deed.action) not in [(one.actor, one.act) for one in secret]
        lines = [line for step in week.steps for line in step.happenings]
        assert not any("Soldiers killed" in line for line in lines)  # of both sides


@pytest.mark.parametrize("seat", SEATS)
def test_changes_of_others_are_intervals(seat: str) -> None:
    """Told by the pictures the seat had, before and after; points only where it knows."""
    step = kerch().step_of(5)
    table = kerch().model.table
    truth = features(step.after, table)[:, 0]
    foggy = [change for change in told(kerch(), 5, seat).changes if not change.after.known]
    assert len(foggy) >= 5
    rows = [table.row("F", change.feature) for change in foggy]
    assert not any(change.after.middle == truth[row]
                   for change, row in zip(foggy, rows, strict=True))  # fmt: skip


# --- people at the table --------------------------------------------------------------------------
def sat_down() -> Exercise:
    """Two people play the tutorial to its end."""
    game = Exercise.new(load("tutorial"), humans=("ostmere_council", "calder_cabinet"))
    game.sign("ostmere_council", Signal("share_ford", None, 2, "public", bluff=False))
    while not game.over:
        for seat, chance in (("ostmere_council", 0.75), ("calder_cabinet", 0.5)):
            game.forecast(seat, chance)
            game.reason(seat, "It will stay quiet, I think.")
            game.commit(seat)
        game.play()
    return game


def test_forecasts_are_scored_and_the_end_is_told() -> None:
    game = sat_down()
    for week in range(1, game.week + 1):
        for chance, true, score in told(game, week).forecasts.values():
            assert score == pytest.approx((chance - true) ** 2)
    end = ending(game, "calder_cabinet")
    assert end.scores["calder_cabinet"] == pytest.approx(0.25)
    assert end.said["calder_cabinet"] == game.week == len(end.path)
    assert end.why
    assert end.outcome in {outcome.id for outcome in game.scenario.outcomes}


def test_what_was_announced_is_told_without_what_was_meant() -> None:
    game = sat_down()
    politics = told(game, 1, "calder_cabinet").steps[KINDS.index("politics")]
    assert any("announced in public" in line for line in politics.happenings)
    assert "bluff" not in str(dataclasses.asdict(told(game, 1)))


def test_the_end_is_the_narrators() -> None:
    game = kerch()
    watch = Watch(game.models[-1])
    for model in game.models[1:]:
        watch.model = model
        watch.look()
    end, read = ending(game), watch.ending()
    assert (end.outcome, end.sentence, end.why) == (read.outcome, read.sentence, read.why)
    assert ending(game, "moscow").why == ""  # weeks are left
    assert end.path == tuple(int(model.state.rung[0]) for model in game.models[1:])
    assert end.harm.killed_since.low <= end.harm.killed_since.value <= end.harm.killed_since.high


def test_the_tutorial_is_told_to_everybody() -> None:
    game = played("tutorial", 3)
    for seat in (None, "ostmere_council", "calder_cabinet"):
        assert len(weeks(game, seat)) == 3
