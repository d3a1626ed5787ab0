"""The catalogues: every key in every language with the same fields, plurals, numbers, dates."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ui.kit.words import FOLDER, LANGUAGES, Entry, Words, catalogue, files, plural, read

OTHERS = [language for language in LANGUAGES if language != "en"]


def fields(entry: Entry) -> set[str]:
    texts = entry.values() if isinstance(entry, Mapping) else [entry]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_key_stands_in_every_language(language: str) -> None:
    ours, theirs = catalogue("en"), catalogue(language)
    assert sorted(set(ours) - set(theirs)) == []
    assert sorted(set(theirs) - set(ours)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_entry_has_the_same_fields(language: str) -> None:
    ours, theirs = catalogue("en"), catalogue(language)
    both = set(ours) & set(theirs)
    assert {key for key in both if fields(ours[key]) != fields(theirs[key])} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_all_the_forms_of_their_language(language: str) -> None:
    wanted = {"one", "other"} if language == "en" else {"one", "few", "many"}
    for key, entry in catalogue(language).items():
        assert isinstance(entry, str) or wanted <= set(entry), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_files_say_the_same_key(language: str) -> None:
    pages = [set(read(path)) for path in files(language)]
    assert sum(map(len, pages)) == len(set().union(*pages))


def test_the_folder_has_the_same_files_for_every_language() -> None:
    names = {language: {path.name for path in (FOLDER / language).glob("*.yaml")}
             for language in LANGUAGES}  # fmt: skip
    assert all(found == names["en"] for found in names.values())


@pytest.mark.parametrize(
    ("n", "form"), [(1, "one"), (21, "one"), (11, "many"), (3, "few"), (13, "many"), (0, "many")]
)
def test_ukrainian_has_three_forms(n: int, form: str) -> None:
    assert plural("uk", n) == form


def test_words_are_filled_in_and_missing_ones_are_told(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(
        'a: {b: "{n} of {who}", weeks: {one: "{n} week", other: "{n} weeks"}}', encoding="utf-8"
    )
    words = Words("uk", tmp_path)
    assert words.t("a.b", n=12345, who="all") == f"12{chr(160)}345 of all"
    assert Words("en", tmp_path).t("a.weeks", n=1) == "1 week"
    assert Words("en", tmp_path).t("a.weeks", n=4) == "4 weeks"
    assert words.t("a.nothing") == "[a.nothing]"
    assert words.missing == {"a.b", "a.nothing"}


def test_numbers_have_a_real_minus_and_small_risks_are_one_in_n() -> None:
    words = Words()
    assert words.number(-1234.5, 1) == "\u22121,234.5"
    assert words.number(3, sign=True) == "+3"
    assert words.number(-0.2) == "0"
    assert words.span(80, 170) == "80\u2013170"
    assert words.span(5, 5.2) == "5"
    assert words.chance(0.02) == "1 in 50"
    assert words.chance(0.2) == "20%"
    assert Words("uk").number(0.5, 1) == "0,5"


def test_dates_say_the_month_once() -> None:
    words = Words()
    assert words.days(date(2022, 10, 24), date(2022, 10, 30)) == "24\u201330 Oct 2022"
    assert words.days(date(2022, 10, 31), date(2022, 11, 6)) == "31 Oct \u2013 6 Nov 2022"
