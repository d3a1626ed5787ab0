"""Checking: what a scenario's data shows can never work, said with its place."""

import re
from pathlib import Path

import pytest

from sim.conditions import CALENDAR
from sim.crosscheck import faults as faults_of
from sim.loading import load
from sim.measures import MEASURES
from sim.names import vocabulary
from sim.possible import ON_LADDER, RANGES, measure_range
from sim.state import FIELDS
from tests.tiny import TINY, faults, written

LAST_OUTCOME = "  - {id: the_rest, name: Rest, at_horizon: true, sentence: It goes on.}\n"
NEED = "{measure: approval, of: self, at_least: 20}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # ids that do not exist
        ("polity: southby", "polity: sothby",
         r":21:13: actors\[1\] \(south_mayor\): polity: no polity is called \"sothby\"; did"),
        ("goals: {calm: 1.0}", "goals: {clam: 1.0}",
         r":25:13: actors\[1\] .*no feature is called \"clam\"; did you mean calm\?"),
        ("good: {calm: -2.0}", "good: {clam: -2.0}", r"good: no feature is called \"clam\""),
        ("by: [north_mayor, south_mayor], slot: village, rung: 1", "by: [nobody_here], slot: "
         "village, rung: 1", r"by\[0\]: no actor is called \"nobody_here\""),
        ("chance: 0.5,", "chance: 0.5, react: {act: shuot_loud, chance: 1},",
         r"react\.act: no action is called \"shuot_loud\"; did you mean shout_loud\?"),
        ("chance: 0.5,", "chance: 0.5, after: {threshold: [second_word], within: 3},",
         r"no threshold is called \"second_word\"; did you mean first_word\?"),
        ("owner: southby", "owner: westby", r"regions\[1\] .*owner: no polity is called"),
        ("links: [south_meadow]", "links: [south_medow]", r"links\[0\]: no region is called"),
        ("measure: danger}\n", "measure: dnager}\n", r"no measure is called \"dnager\"; did"),
        ("of: northby}", "of: north_mayor}", r"no polity is called \"north_mayor\""),
        (", of: northby}", "}", r"features\[1\] .*approval needs `of`, the id of a polity"),
        ("measure: danger}\n", "measure: danger, of: northby}\n", r"danger is nobody's own"),
        ("measure: danger, at_most: 5", "measure: economy, of: foe, at_most: 5",
         r"outcomes\[0\] .*economy of foe: nobody asks here; name a polity"),
        ("    brief: {public: A well is dry., private: You are thirsty.}",
         "    drives: {shout_loud: [{measure: anger, weight: 1, per: 0, switch: angr}]}\n"
         "    brief: {public: A well is dry., private: You are thirsty.}",
         r"per: nothing can be divided by 0\n.*no switch is called \"angr\"; did you mean anger\?"),
        # ids doubled or taken by the engine
        ("id: south_meadow, name", "id: north_meadow, name", r"the region north_meadow is there"),
        ("id: south_mayor", "id: southby", r"the polity southby is there already"),
        ("{id: calm, name", "{id: danger, name", r"danger is .* in the engine's vocabulary"),
        ("id: tiny_quarrel", "id: hawk", r":1:5: id: hawk is a word of the engine's vocabulary"),
        # needs that are never or always met
        (NEED, "{measure: ammo, at_least: 200}", r":44:\d+: .*at_least: 200 is never met: ammo"),
        (NEED, "{measure: weakest_pillar, at_most: 60}",
         r"60 is always met: .* within 0 to 1; a share: did you mean 0\.6\?"),
        (NEED, "{measure: ammo, at_least: 20, at_most: 10}", r"20 lies above at_most 10"),
        (NEED, "{any: [{measure: level, at_least: 2}]}", r"\.any\[0\]\.at_least: 2 is never"),
        (NEED, "{measure: weeks_to_election, of: northby, at_most: 3}", r"has no election_week"),
        (NEED, "{measure: control, region: north_medow, at_most: 0.5}", r"no region is called"),
        # slots, holds, rungs, thresholds, targets
        ("hold: true, ", "", r"slots\[0\]: slot village needs exactly one `hold: true`"),
        ("chance: 0.5,", "chance: 0.5, hold: true,", r"it has 2 \(sit_still, shout_loud\)"),
        ("hold: true, ", "hold: true, cooldown: 2, ", r"a hold must always be open; drop cooldown"),
        ("slots: [village]", "slots: [village, market]", r"no action of north_mayor uses the slot"),
        ("slot: village, rung: 1", "slot: vilage, rung: 1", r"no slot \"vilage\", only village"),
        ("rung: 1,", "rung: 7,", r"rung: rung 7 is off the ladder, which goes from 0 to 1"),
        ("rung: 1,", "rung: 0,", r"first_word is never crossable: no action reaches rung 1"),
        ("chance: 0.5,", "chance: 0.5, target: {kind: region, filter: sacred},",
         r"target: no legal target: no region can ever match filter sacred"),
        ("chance: 0.5,", "chance: 0.5, target: {kind: node},", r"no node can ever match"),
        ("chance: 0.5,", "chance: 0.5, target: {kind: region, only: [north_medow]},",
         r"only\[0\]: no region is called \"north_medow\""),
        ("chance: 0.5,", "chance: 0.5, consent: officer,", r"no actor of role officer in northby"),
        ('"{actor} shouted."', '"{actor shouted."', r"tells: braces do not match"),
        ('"{actor} shouted."', '"{actor.__class__} shouted."', r"tells: a slot is \{name\}"),
        ('"{actor} shouted."', '"{actor:999999999d}"', r"tells: a slot is \{name\}"),
        # words that could move the cursor
        ("name: Northby}", 'name: "North\\e[31mby"}',
         r":8:25: polities\[0\] \(northby\): name: must be one line without control characters; "
         r"has '\\x1b'"),
        ("    role: leader\n", '    role: leader\n    office: "the\\nmayor"\n',
         r"actors\[0\] \(north_mayor\): office: must be one line without .*; has '\\n'"),
        ("{id: calm, name: Calm", '{id: calm, short: "c\\0", name: Calm',
         r"features\[0\] \(calm\): short: must be one line without .*; has '\\x00'"),
        ("tells: Nothing happened.", 'tells: "Nothing\\thappened."',
         r"tells: must have no control characters but ends of lines; has '\\t'"),
        ("sentence: It goes on.", 'sentence: "Go \\u202eno."', r"sentence: must have no control"),
        ("opening:\n", 'words: {measure.ammo: "sh\\tells"}\nopening:\n', r"words: .*one line"),
        # people, regions, endings
        (", north_mood: 0.5", "", r"features\[1\] .*nobody cares about north_mood"),
        ("goals: {calm: 1.0}", "goals: {}", r"goals: no goals: the actor cares about nothing"),
        ("public: A well is dry.", 'public: "  "', r"brief\.public: the brief is blank"),
        ("private: You are thirsty.", "privat: x", r"brief\.private|key \"private\" is missing"),
        ("links: [south_meadow]", "links: []", r"regions\[0\] .*north_meadow has no neighbours"),
        ("links: [south_meadow]", "links: []", r"north_meadow does not name south_meadow among"),
        (LAST_OUTCOME, "", r"the last outcome must be the fallback"),
        (", needs: [{measure: danger, at_most: 5}]", "", r"hides every outcome after it"),
        # numbers
        ("southby: 40}", "southby: 140}", r":49:\d+: .*140 lies outside 0 to 100 \(per cent"),
        ("low: 50", "low: -5", r"approval\.northby\.low: -5 lies outside 0 to 100"),
        ("  approval:", "  aproval:", r"no number on the board is called aproval\.northby; did"),
        ("southby: 40}", "sothby: 40}", r"approval\.sothby; did you mean approval\.southby\?"),
        ("opening:\n", "tunings: {no.such_number: 3}\nopening:\n", r"no rule reads no\.such_n"),
        ("opening:\n", "tunings: {choice.depth: 3}\nopening:\n",
         r":48:25: tunings: choice\.depth: must be 1 or 2, not 3"),
        ("opening:\n", "tunings: {choice.depth: {value: 1, low: 1, high: 2}}\nopening:\n",
         r"choice\.depth: is the same in every campaign: drop low and high"),
        ("opening:\n", "tunings: {choice.prelec: 0}\nopening:\n",
         r"choice\.prelec: must be more than 0 and at most 1, not 0"),
        ("opening:\n", "tunings: {choice.prelec: {value: 0.7, low: 0.6, high: 0.8}}\nopening:\n",
         r"choice\.prelec: is the same in every campaign: drop low and high"),
        ("opening:\n", "tunings: {choice.depth.northby: 2}\nopening:\n",
         r"no rule reads choice\.depth\.northby; choice\.depth is the same for all: drop \.nor"),
        ("opening:\n", "tunings: {standing.rest.north_mayor: 2}\nopening:\n",
         r"no rule reads standing\.rest\.north_mayor; standing\.rest may differ by polity"),
        ("opening:\n", "tunings: {standing.rest.sothby: 2}\nopening:\n",
         r"standing\.rest may differ by polity; did you mean southby\?"),
        ("opening:\n", "events: [{id: rain_falls, name: Rain, text: Rain., week: 1, "
         "suspect: north_mayr}]\nopening:\n", r":48:70: events\[0\] \(rain_falls\): suspect: no "
         r"actor is called \"north_mayr\"; did you mean north_mayor\?"),
        ("opening:\n", "events: [{id: rain_falls, name: Rain, text: Rain.}]\nopening:\n",
         r"events\[0\] \(rain_falls\): never happens: give `week` or `when`"),
        ("opening:\n", "events: [{id: rain_falls, name: Rain, text: Rain., week: 0, "
         "add: {dangr: 3}, by: north_mayor}]\nopening:\n",
         r"(?s)week 0 is not between.*called dangr; did you mean danger\?.*`by` needs an `act`"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert TINY.count(old) >= 1, old
    text = "\n".join(faults(written(tmp_path / "tiny", TINY.replace(old, new, 1))))
    assert re.search(said, text), text


def test_a_scenario_in_order_has_no_fault(tmp_path: Path) -> None:
    assert faults(written(tmp_path / "tiny")) == []


@pytest.mark.parametrize(("given", "said"), [
    ("cost: {drones: 3}", r"actions\[2\] \(send_word\): cost: far_elder stands on no side and has "
     r"no drones: give westby `backs`, or drop far_elder from `by`"),
    ("target: {kind: region, filter: contact}", r"target\.filter: far_elder stands on no side, and "
     r"contact is what a side sees: give westby `backs`, or drop far_elder from `by`"),
    ("target: {kind: region, filter: pocket}", r"far_elder stands on no side, and pocket is what"),
])  # fmt: skip
def test_who_stands_on_no_side_has_no_stocks_and_no_front(
    tmp_path: Path, given: str, said: str
) -> None:
    text = TINY.replace("  - {id: southby, name: Southby}\n", """\
  - {id: southby, name: Southby}
  - {id: westby, name: Westby}
""").replace("features:\n", """\
  - id: far_elder
    name: Elder of Westby
    polity: westby
    role: leader
    slots: [village]
    intel: 0.5
    goals: {calm: 1.0}
    brief: {public: A well is dry., private: It is far away.}
features:
""", 1).replace("by: [north_mayor, south_mayor]", "by: [north_mayor, south_mayor, far_elder]", 1)
    text = text.replace("outcomes:\n", f"""\
  - {{id: send_word, name: Send, by: [north_mayor, far_elder], slot: village, rung: 0,
     cameo: "010", goldstein: 1, severity: DE, chance: 0.5, tells: Word was sent., {given}}}
outcomes:
""").replace("owner: northby,", "owner: northby, pocket: true,")
    found = faults(written(tmp_path / "tiny", text))
    assert len(found) == 1, found
    assert re.search(said, found[0]), found[0]
    backed = text.replace("name: Westby}", "name: Westby, backs: southby}")
    assert faults(written(tmp_path / "tiny", backed)) == []


def test_what_is_told_may_go_over_several_lines(tmp_path: Path) -> None:
    text = TINY.replace("tells: Nothing happened.", 'tells: "Nothing\\nhappened."')
    text = text.replace("public: A well is dry.", 'public: "A well is dry.\\n\\nIt was deep."', 1)
    assert faults(written(tmp_path / "tiny", text)) == []


def test_the_place_comes_from_whoever_knows_the_files(tmp_path: Path) -> None:
    scenario = load(written(tmp_path / "tiny"))
    mute = scenario.actors[0].model_copy(update={"goals": {}})
    silent = scenario.model_copy(update={"actors": (mute, *scenario.actors[1:])})
    said = faults_of(silent, lambda path: "f.yaml:1:2", {})
    assert said[0].startswith("f.yaml:1:2: actors[0] (north_mayor): goals: no goals")


def test_every_measure_has_a_range_that_is_not_empty(tmp_path: Path) -> None:
    scenario = load(written(tmp_path / "tiny"))
    for measure in (*MEASURES, *CALENDAR):
        assert measure in RANGES or measure in ON_LADDER or measure in FIELDS, measure
        low, high = measure_range(measure, scenario)
        assert low < high


def test_the_vocabulary_is_read_from_the_code() -> None:
    words = vocabulary()
    for word in ("danger", "leader", "anger", "waves", "control", "week", "self", "land"):
        assert word in words
