"""Scenarios in other words: whole, with the same blanks, for show alone; faults say their place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim import CrisisModel, load
from sim.cli import app
from sim.errors import ScenarioError
from sim.exercise import Exercise, Tongue, ending, estimates, texts_of, told, translated, view
from sim.loading import available, judged
from sim.schema import Scenario
from sim.sheets import Sheet
from sim.translated import KINDS, Texts, blanks, languages
from tests.exercise.table import OSTMERE, SLOT, lines

UK = "uk"
SHIPPED = [name for name, _, _ in available()]
READ = {"name", "office", "brief"}
READ |= {"public", "private", "tells", "short", "test", "threshold_name", "sentence", "text",
         "summary", "not_a_forecast", "words"}  # fmt: skip


def ukrainian(name: str) -> tuple[Scenario, Scenario, Texts]:
    sheet = load(name)
    texts = texts_of(name, UK, sheet)
    assert texts is not None
    return sheet, translated(sheet, texts), texts


def spoken(name: str, **given: Any) -> Exercise:
    sheet, _, texts = ukrainian(name)
    game = Exercise.new(sheet, **given)
    game.speak(Tongue(texts))
    return game


# --- whole ----------------------------------------------------------------------------------------
def gaps(item: Any, texts: Sheet | None, where: str) -> Iterator[str]:
    """Texts of an item that have no translation, or one with other blanks."""
    kind = type(texts) if texts is not None else None
    if kind is None:
        yield where
        return
    for name in kind.model_fields:
        given, there = getattr(texts, name), getattr(item, name)
        if isinstance(given, Sheet):
            yield from gaps(there, given, f"{where}.{name}")
        elif there and (not given or given == there or blanks(given) != blanks(there)):
            yield f"{where}.{name}"


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_has_a_translation_with_the_same_blanks(name: str) -> None:
    sheet, _, texts = ukrainian(name)
    missing = [*gaps(sheet, texts.scenario, "scenario")]
    for kind in KINDS:
        items = sheet.ladder.rungs if kind == "rungs" else getattr(sheet, kind)
        for item in items:
            missing += gaps(item, getattr(texts, kind).get(item.id), f"{kind}.{item.id}")
    assert missing == []
    assert set(sheet.words) <= set(texts.words)
    assert {f"slot.{slot}" for actor in sheet.actors for slot in actor.slots} <= set(texts.words)


# --- for show alone -------------------------------------------------------------------------------
def changed(one: Any, other: Any, key: str = "") -> Iterator[str]:
    """The keys under which two dumps differ."""
    if isinstance(one, dict) and isinstance(other, dict) and key != "words":
        assert one.keys() == other.keys()
        for name in one:
            yield from changed(one[name], other[name], name)
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            yield from changed(a, b, key)
    elif one != other:
        yield key


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_but_what_people_read_is_another(name: str) -> None:
    sheet, other, _ = ukrainian(name)
    before = load(name).model_dump()
    assert set(changed(sheet.model_dump(), other.model_dump())) <= READ
    assert sheet.model_dump() == before


@pytest.mark.parametrize("name", SHIPPED)
def test_no_rule_reads_a_name(name: str) -> None:
    sheet, other, _ = ukrainian(name)
    boards = []
    for one in (sheet, other):
        model = CrisisModel(one, seed=7)
        for _ in range(3):
            model.step()
        boards.append(model.digest())
    assert boards[0] == boards[1]


def test_a_game_read_in_other_words_is_the_same_game(tmp_path: Path) -> None:
    plain = Exercise.new(load("tutorial"), file=tmp_path / "a.jsonl", humans=[OSTMERE])
    other = spoken("tutorial", file=tmp_path / "b.jsonl", humans=[OSTMERE])
    for game in (plain, other):
        game.draft(OSTMERE, SLOT, "warn_them")
        game.forecast(OSTMERE, 0.4)
        game.reason(OSTMERE, "because it has to be tried once")
        game.commit(OSTMERE)
        game.play()
        game.hand_over(OSTMERE, False)
        game.play()
    one, two = lines(tmp_path / "a.jsonl"), lines(tmp_path / "b.jsonl")
    for line in (*one, *two):
        line.pop("at", None)
    assert one == two
    again = Exercise.open(tmp_path / "b.jsonl")
    assert again.note == ""
    assert again.scenario == load("tutorial")


def test_names_change_and_numbers_do_not() -> None:
    game = Exercise.new(load("tutorial"))
    while not game.over:
        game.play()
    plain = view(game, OSTMERE), told(game, 2, OSTMERE), ending(game)
    game.speak(spoken("tutorial")._tongue)
    other = view(game, OSTMERE), told(game, 2, OSTMERE), ending(game)
    assert plain[0].control == other[0].control
    assert [t.now for t in plain[0].tracks] == [t.now for t in other[0].tracks]
    assert {t.name for t in plain[0].tracks}.isdisjoint({t.name for t in other[0].tracks})
    assert plain[1].links == other[1].links
    assert plain[1].moves == other[1].moves
    assert plain[2].outcome == other[2].outcome
    assert plain[2].sentence != other[2].sentence
    game.speak(None)
    assert view(game, OSTMERE) == plain[0]


def test_the_staff_says_the_same_in_any_language() -> None:
    cards = [("warn_them", None)]
    plain = Exercise.new(load("tutorial"), humans=[OSTMERE])
    said = [list(estimates(game, OSTMERE, SLOT, cards, runs=8, weeks=2))
            for game in (plain, spoken("tutorial", humans=[OSTMERE]))]  # fmt: skip
    assert said[0] == said[1]


# --- faults ---------------------------------------------------------------------------------------
def folder(tmp_path: Path, words: str) -> str:
    """The tutorial in a folder of its own, with a file of words."""
    source = Path(__file__).parents[2] / "scenarios" / "tutorial" / "scenario.yaml"
    (tmp_path / "own" / "words").mkdir(parents=True)
    (tmp_path / "own" / "scenario.yaml").write_bytes(source.read_bytes())
    (tmp_path / "own" / "words" / "uk.yaml").write_text(words, encoding="utf-8")
    return str(tmp_path / "own")


@pytest.mark.parametrize(
    ("words", "where", "what"),
    [
        ("actors:\n  calder: {name: Щось}\n", "uk.yaml:2:3", 'no "calder"; did you mean'),
        ("features:\n  ford_held: {nmae: Я}\n", "uk.yaml:2:15", 'unknown key "nmae"; did you'),
        ("action: {}\n", "uk.yaml:1:1", 'unknown key "action"; did you mean actions'),
        ("actions:\n  push_across: {tells: Геть.}\n", "uk.yaml:2:24", "must have {target}"),
        ("actions:\n  take_offer: {tells: Так {n}.}\n", "uk.yaml:2:", ""),
        ("regions: {north_bank: 3}\n", "uk.yaml:1:23", "must be a mapping"),
        ("words: {measure.nothing: Щось}\n", "uk.yaml:1:9", 'no "measure.nothing"'),
        ("- a\n", "uk.yaml:1:1", "must be a mapping"),
        ("a: [\n", "uk.yaml:", "cannot be read"),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_with_its_place(
    tmp_path: Path, words: str, where: str, what: str
) -> None:
    name = folder(tmp_path, words)
    with pytest.raises(ScenarioError) as raised:
        texts_of(name, UK, load(name))
    assert where in raised.value.faults[0]
    assert what in raised.value.faults[0]


def test_every_language_of_a_folder_is_read_and_all_faults_are_told(tmp_path: Path) -> None:
    name = folder(tmp_path, "features:\n  ford_hold: {name: Брід}\n")
    sheet = load(name)
    (tmp_path / "own" / "words" / "de.yaml").write_text("rungs: {}\nact: {}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as raised:
        languages(name, sheet)
    assert [fault.partition(": ")[0] for fault in raised.value.faults] == [
        "own/words/de.yaml:2:1", "own/words/uk.yaml:2:3",
    ]  # fmt: skip
    (tmp_path / "own" / "words" / "uk.yaml").write_text("rungs: {}\n", encoding="utf-8")
    (tmp_path / "own" / "words" / "de.yaml").unlink()
    assert languages(name, sheet) == (UK,)


def test_the_command_that_checks_a_scenario_checks_its_words(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["check", folder(tmp_path, "words: {measure.nothing: Щось}")])
    assert said.exit_code == 2
    assert 'own/words/uk.yaml:1:9: words: the scenario has no "measure.nothing"' in said.output


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_speaks_ukrainian(name: str) -> None:
    assert UK in languages(name, load(name))


def test_what_is_missing_stays_and_no_words_are_no_fault(tmp_path: Path) -> None:
    name = folder(tmp_path, "features:\n  ford_held: {name: Брід}\n")
    sheet = load(name)
    texts = texts_of(name, UK, sheet)
    assert texts is not None
    other = translated(sheet, texts)
    assert [f.name for f in other.features] == ["Брід", *(f.name for f in sheet.features[1:])]
    assert other.actors == sheet.actors
    assert texts_of(name, "xx", sheet) is None
    assert texts_of("no such scenario", UK) is None


def test_words_in_a_folder_are_no_part_of_the_scenario(tmp_path: Path) -> None:
    assert judged(folder(tmp_path, "nonsense: 1\n")).faults == ()


def test_a_sentence_with_other_blanks_is_not_used() -> None:
    sheet = load("tutorial")
    texts = Texts.model_validate({"actions": {"push_across": {"name": "Так", "tells": "Інше"}}})
    other = next(a for a in translated(sheet, texts).actions if a.id == "push_across")
    assert other.name == "Так"
    assert "{target}" in other.tells
