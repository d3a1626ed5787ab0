"""What is told of a campaign: labels, totals, seats that events moved, endings, grave accidents."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.agents import Choice
from sim.narrate.aftermath import followed
from sim.narrate.deeds import DONE, SCRIPTED, all_deeds
from sim.narrate.ending import Watch
from sim.narrate.explain import minds
from sim.narrate.figures import Span, about
from sim.narrate.lines import Setting
from sim.narrate.page import Page, harm_in_words
from sim.narrate.story import Story
from sim.rungs import TRIPWIRE
from sim.setup import numbers
from sim.state import EVENTS
from tests.tiny import TINY, written


def test_a_long_label_wraps_in_a_third_of_the_page() -> None:
    office = "The council of the united river towns and all their villages"
    setting = Setting(90, [office, "Ladder"])
    row = setting.row(office, "It sat. " * 20)
    lines = row.text.split("\n")
    assert setting.column == 30
    assert max(map(len, lines)) <= 90
    assert [line[:33].strip() for line in lines[:2]] == [
        "The council of the united", "river towns and all their",
    ]  # fmt: skip
    assert all(line[33:34] == "I" for line in lines[:2])


@pytest.fixture
def scripted(tmp_path: Path) -> CrisisModel:
    """A choice to wave, and an event that makes the same seat shout instead."""
    waves = """\
  - {id: wave_hand, name: Wave, by: [north_mayor], slot: village, rung: 0, cameo: "010",
     goldstein: 1, severity: DE, chance: 0.5, tells: The mayor waved.}
outcomes:
"""
    text = TINY.replace("outcomes:\n", waves) + """\
events:
  - {id: hot_temper, name: Temper, week: 1, act: shout_loud, by: north_mayor, text: It boils over.}
"""
    sheet = load(written(tmp_path / "tiny", text))
    choices: dict[tuple[int, str, str], Choice] = {
        (week, "north_mayor", "village"): "wave_hand" for week in (1, 2)
    }  # fmt: skip
    return CrisisModel(sheet, choices=choices, explain=True)


def test_a_deed_is_last_week_s_when_all_its_words_are(scripted: CrisisModel) -> None:
    """What came of it may differ; the place may not, though it stands behind an abbreviation."""
    scripted.step()
    north = next(deed for deed in all_deeds(scripted) if deed.actor == "north_mayor")
    deed = replace(north, came="It hit.", text="They shelled St. Ann's. It hit.")
    assert deed.said == "They shelled St. Ann's."
    missed = replace(deed, came="It missed.", text="They shelled St. Ann's. It missed.")
    elsewhere = replace(deed, text="They shelled St. Mark's. It hit.")
    page, seen = Page(scripted.table.scenario, 80), []
    week = next(Story(scripted, numbers(scripted.table.scenario), 3).play())
    for orders in ([deed], [missed], [elsewhere]):
        lines = page.week(replace(week, orders=orders, minds=[]))
        seen.append(" ".join(" ".join(line.text for line in lines).split()))
    assert "They shelled St. Ann's. It hit." in seen[0]
    assert "They shelled St. Ann's. As last week. It missed." in seen[1]
    assert "They shelled St. Mark's. It hit." in seen[2]


def test_a_choice_that_an_event_replaced_is_not_told_as_done(scripted: CrisisModel) -> None:
    scripted.step()
    north = [deed for deed in all_deeds(scripted) if deed.actor == "north_mayor"]
    assert [(deed.act, deed.fate) for deed in north] == [("shout_loud", SCRIPTED)]
    assert north[0].worked is not None
    assert minds(scripted)[0].decisions[0].decided == "A person chose it. Events set it aside."
    scripted.step()
    north = [deed for deed in all_deeds(scripted) if deed.actor == "north_mayor"]
    assert [(deed.act, deed.fate) for deed in north] == [("wave_hand", DONE)]
    assert minds(scripted)[0].decisions[0].decided == "A person chose it."


def test_a_running_total_has_two_digits_or_it_would_stand_still_for_weeks() -> None:
    assert about(Span(243, 108, 486)) == "about 200 (100 to 500)"
    assert about(Span(243, 108, 486), 2) == "about 240 (110 to 490)"
    sheet = load("kerch_2022")
    told_by = Story(CrisisModel(sheet), numbers(sheet), 3)
    said = [harm_in_words(week.harm) for week in told_by.play()]
    assert told_by.harm is not None
    assert f"{about(told_by.harm.killed_since, 2)} since week 1" in said[-1]


def test_an_ending_by_default_says_what_others_had_needed() -> None:
    """By name, with the mean of the last weeks against its bound, read from the scenario."""
    sheet = load("kerch_2022")
    wider = next(outcome for outcome in sheet.outcomes if outcome.at_horizon)
    bound = wider.needs[0].at_least
    assert bound is not None
    for level, outcome in ((bound - 0.004, sheet.outcomes[-1]), (bound + 0.5, wider)):
        model = CrisisModel(sheet)
        watch, model.week = Watch(model), sheet.weeks
        model.state = model.state.but(level_trail=np.full_like(model.state.level_trail, level))
        ending = watch.ending()
        assert ending.outcome == outcome.id
        mean = "mean level in force of the last weeks"
        if outcome is wider:
            assert ending.why.endswith(f"; {mean} {level:.3g} ({bound:g} or more).")
        else:
            would = f'({bound:g} or more would have been "{wider.name}").'
            assert ending.why.endswith(f"; {mean} {level:.4g} {would}")
    assert "; " not in Watch(CrisisModel(load("tutorial"))).ending().why


@pytest.mark.parametrize("rung", [7, 11, 13])
def test_a_grave_accident_is_told_in_the_ladder_s_words(rung: int) -> None:
    model = CrisisModel(load("kerch_2022"))
    before, counts = model.state, model.state.counts.copy()
    counts[EVENTS.index("accidents")] += 1.0
    model.state = before.but(counts=counts, rung=np.full(1, float(rung)),
                             rungs=np.zeros_like(before.rungs))  # fmt: skip
    [text] = [one.text for one in followed(model, before) if one.kind == "accidents"]
    named = model.table.scenario.ladder.rungs[rung]
    assert (f"to rung {rung}, {named.name}: {named.test}." in text) == (rung >= TRIPWIRE)
    assert text.startswith("By accident, the week went ")
    assert text.count(". ") == 0
