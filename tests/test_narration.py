"""The narration says what the model did, in figures that look as uncertain as they are."""

import json
from collections.abc import Iterable
from string import Formatter

import numpy as np
import pytest

from sim.loading import available, load
from sim.model import CrisisModel
from sim.narrate.deeds import CAME, DONE, LET_DOWN, REFUSED, SHORT, all_deeds, sentence, spoken
from sim.narrate.figures import Span, about, margin, plain, share, told
from sim.narrate.lines import Line, again, named, ordinal
from sim.narrate.needs import found
from sim.narrate.page import TOLD, Page, carried, days
from sim.narrate.story import Story, as_data, first_day
from sim.narrate.why import SHARE, mood
from sim.rehearsal import rehearse
from sim.results import interval
from sim.setup import numbers
from sim.sheets import Condition

SHIPPED = [name for name, _, _ in available()]


def story(name: str, campaign: int = 0, weeks: int = 4, explain: bool = False) -> Story:
    """A story of a shipped scenario."""
    sheet = load(name)
    model = CrisisModel(sheet, first=campaign, explain=explain)
    return Story(model, numbers(sheet), min(weeks, sheet.weeks))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(21.4, 8.6, 43), "about 20 (9 to 40)"),
        (Span(0, 0, 0), "none"),
        (Span(0.3, 0.1, 0.7), "at most 1"),
        (Span(1_240_000, 868_000, 1_610_000), "about 1.2 million (0.87 to 1.6 million)"),
        (Span(312, 312, 312), "about 310"),
        (Span(5_400, 2_000, 11_000), "about 5,000 (2,000 to 10,000)"),
    ],
)
def test_a_figure_shows_no_more_digits_than_its_range_allows(span: Span, words: str) -> None:
    assert about(span) == words


def test_shares_look_as_uncertain_as_they_are() -> None:
    assert told(interval(3400, 10_000)) == "34% (33% to 35%)"
    assert share(interval(200, 10_000)) == "1 in 50"
    assert share(interval(0, 10_000)) == "0 of 10,000"
    assert margin(interval(0, 10_000)) == "under 1 in 2,700"
    assert share(interval(300, 300)) == "300 of 300"
    assert share(interval(9_999, 10_000)) == "over 99%"
    assert plain(1_234_567, 2) == "1.2 million"


def test_weeks_carry_their_dates() -> None:
    sheet = next(one for one in map(load, SHIPPED) if one.turn is None)
    assert first_day(sheet, 1) == sheet.start
    assert days(first_day(sheet, 1)).startswith(f"{sheet.start.day} to ")
    assert days(sheet.start.replace(month=12, day=28)).count("20") >= 2  # both years are named


@pytest.mark.parametrize("name", SHIPPED)
def test_a_told_campaign_is_that_campaign_of_the_crowd_to_the_bit(name: str) -> None:
    alone, crowd = story(name, campaign=5), CrisisModel(load(name), worlds=8)
    for week in alone.play():
        crowd.step()
        assert list(week.features.values()) == crowd.features()[:, 5].tolist()
        assert week.rung == crowd.state.rung[5]
        assert week.harm.killed_since.value == np.cumsum(crowd.state.killed, axis=0)[-1][5]


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("width", [40, 80, 100])
def test_pages_fit_their_width_and_always_tell_civilian_harm(name: str, width: int) -> None:
    told_by = story(name, explain=True, weeks=2)
    page = Page(told_by.model.table.scenario, width)
    for week in told_by.play():
        lines = [row for line in page.week(week) for row in line.text.split("\n")]
        assert all(len(row) <= width for row in lines)
        assert any(row.startswith("  Civilians") for row in lines)
    ending = " ".join(line.text for line in page.ending(told_by.ending()))
    assert "Outcome:" in ending
    assert "Why:" in ending


def text_of(lines: Iterable[Line]) -> str:
    """Lines as one text, wherever they were wrapped."""
    return " ".join(" ".join(line.text for line in lines).split())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_week_names_its_rung_who_carried_it_there_and_which_way_tracks_moved(name: str) -> None:
    told_by = story(name, campaign=2, weeks=6)
    page = Page(told_by.model.table.scenario, 100)
    for week in told_by.play():
        said = text_of(page.week(week))
        assert f"rung {week.rung} of {len(page.rungs) - 1}, {week.rung_name}" in said
        turn = page.scenario.turn
        assert named(f"Gravest this week: {carried(week)}.", turn.name if turn else "") in said
        up, _, down = said.partition("Tracks down")
        for feature in page.scenario.features:
            was, now = week.before[feature.id], week.features[feature.id]
            moved = f"{feature.name} {was:.0f} to {now:.0f}"
            assert (moved in (up if now > was else down)) == (abs(now - was) >= TOLD), moved


@pytest.mark.parametrize("name", SHIPPED)
def test_slots_that_hold_are_passed_over_and_legends_stand_once(name: str) -> None:
    told_by = story(name, explain=True, weeks=3)
    page = Page(told_by.model.table.scenario, 80)
    opening = text_of(page.opening(1, 2, "", explain=True))
    assert opening.count("How to read") == 2
    for week in told_by.play():
        said = text_of(page.week(week))
        assert "How to read" not in said
        assert "Nothing new" not in said
        held = [deed for deed in week.orders if deed.hold and deed.leads]
        busy = {deed.actor for deed in week.orders if not deed.hold}
        idle = {deed.actor for deed in held} - busy
        assert said.count("No new move. ") == len(idle)
        for mind in week.minds:
            assert f"Why {mind.office} chose so" in said
            assert f"Mood: {mood(mind)}." in said
            assert ("anger" in mood(mind)) == (mind.anger >= SHARE)


def test_what_is_done_week_after_week_says_so() -> None:
    assert again("They drilled. They fired.", 1) == "They drilled. They fired."
    assert again("They drilled.", 2) == "They drilled, as last week."
    assert again("They drilled. They fired.", 2) == "They drilled. They fired. As last week."
    at_a_saint = again("They shelled St. Ann's.", 3)  # where a sentence ends, nobody can tell
    assert at_a_saint == "They shelled St. Ann's. For the 3rd week running."
    assert again("They cried: go!", 2) == "They cried: go! As last week."
    assert [ordinal(n) for n in (1, 2, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip


def test_an_ending_names_rungs_and_tracks_with_the_bound_they_met() -> None:
    model = CrisisModel(load(SHIPPED[0]))
    peak = int(model.state.peak[0])
    rung = model.table.scenario.ladder.rungs[peak].name
    said = found(Condition(measure="peak", at_least=0), model.state, model.table, 1)
    assert said == f"gravest rung so far {peak}, {rung} (0 or more)"
    ground = found(Condition(measure="ground", at_most=100), model.state, model.table, 1)
    track = next(f.name for f in model.table.scenario.features if f.measure == "ground")
    assert ground.startswith(f"{track} ")
    assert ground.endswith(" (100 or less)")


@pytest.mark.parametrize("name", SHIPPED)
def test_data_is_plain_json(name: str) -> None:
    told_by = story(name, explain=True, weeks=2)
    for week in told_by.play():
        back = json.loads(json.dumps(as_data(week), allow_nan=False))
        assert {"week", "date", "orders", "events", "rung", "features", "harm"} <= back.keys()
        seats = sum(len(actor.slots) for actor in told_by.model.table.scenario.actors)
        assert sum(1 for deed in back["orders"] if deed["fate"] in (DONE, REFUSED)) == seats


@pytest.mark.parametrize("name", SHIPPED)
def test_explanations_add_up_and_agree_with_the_choice(name: str) -> None:
    for week in story(name, explain=True, weeks=3).play():
        for mind in week.minds:
            for decision in mind.decisions:
                chosen = [option for option in decision.options if option.chosen]
                assert len(chosen) == 1
                values = [option.value for option in decision.options]
                assert values == sorted(values, reverse=True)
                for option in decision.options:
                    total = sum(option.by_feature.values()) + option.other
                    assert total == pytest.approx(option.value)
                if decision.decided.startswith(("It scored", "Luck carried")):
                    sums = [o.score + o.luck for o in decision.options if o.score is not None]
                    assert chosen[0].score is not None
                    assert chosen[0].score + chosen[0].luck == pytest.approx(max(sums))


@pytest.mark.parametrize("name", SHIPPED)
def test_rules_tell_every_number_the_scenario_wants_told(name: str) -> None:
    model = CrisisModel(load(name), worlds=256, sample=True)
    while model.running and model.week < min(model.table.scenario.weeks, 8):
        model.step()
        for order, words in model.told:
            blanks = {blank for _, blank, _, _ in Formatter().parse(order.act.action.tells)}
            assert blanks - {None, "target"} <= words.keys(), order.act.label


def test_what_was_not_done_is_told_as_not_done() -> None:
    model = CrisisModel(load(SHIPPED[0]))
    act = model.table.acts[0]
    assert "did not obey" in sentence(act, REFUSED, None, {})
    assert "would not join" in sentence(act, LET_DOWN, "a place", {})
    for told_name, (failed, went_well) in CAME.items():
        assert sentence(act, DONE, None, {told_name: 0.0}).endswith(failed)
        assert sentence(act, DONE, None, {told_name: 1.0}).endswith(went_well)
    open_acts = [a for a in model.table.acts if not a.action.hold and a.action.severity == "PO"]
    assert sentence(open_acts[0], DONE, None, {}, worked=False).endswith(SHORT)
    assert SHORT not in sentence(open_acts[0], DONE, None, {}, worked=True)
    assert spoken("{fired:.0f} fired, {through:.0f} hit", {"fired": 3.2}) == "3 fired, some hit"
    model.step()
    assert all(deed.text for deed in all_deeds(model))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rehearsal_counts_every_choice_once(name: str) -> None:
    sheet = load(name)
    rows = rehearse(sheet, 40, weeks=min(3, sheet.weeks))
    answers = {action.id for action in sheet.actions if action.answer}
    for actor in sheet.actors:
        for slot in actor.slots:
            mine = [r for r in rows if (r.actor, r.slot) == (actor.id, slot)]
            chosen = sum(r.chosen for r in mine if r.action not in answers)
            assert chosen == mine[0].weeks
            assert all(r.chosen <= r.legal for r in mine)
