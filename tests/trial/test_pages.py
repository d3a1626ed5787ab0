"""Pages: whole, escaped, standing alone; every claim and every miss is told, in words too."""

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from sim.trial.pages import Meta, backtest_page, claims_page
from tests.trial.told import BACKTEST, HOSTILE, ROBUST, VERDICTS

COMMAND = f"offramp claims isle --set x=-3 {HOSTILE}"
META = Meta(f"Isle {HOSTILE}", "Not a forecast, at all.", COMMAND, 7, 4000, "0.1.0")
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Reader(HTMLParser):
    """Reads a page and complains of what does not fit together."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.used: set[str] = set()
        self.letters: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        if "style" not in self.stack:
            self.letters.append(data)

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.used.add(tag)
        for key, value in attrs:
            assert not key.startswith("on"), f"{tag} {key}"
            if key == "id":
                self.ids.append(value or "")
            if key in ("href", "xlink:href", "src"):
                self.links.append(value or "")

    @property
    def text(self) -> str:
        return " ".join("".join(self.letters).split())


PAGES: dict[str, Callable[[], str]] = {
    "claims": lambda: claims_page(VERDICTS, META, ROBUST),
    "backtest": lambda: backtest_page(BACKTEST, META),
}


@cache
def page(name: str) -> str:
    return PAGES[name]()


@cache
def read(name: str) -> Reader:
    return Reader(page(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_stands_alone(name: str) -> None:
    """Every tag closed in order; nothing fetched, nothing run; every link leads somewhere."""
    found = read(name)
    assert found.stack == []
    assert not found.used & {"script", "link", "img", "iframe", "object"}
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert not re.search(r"url\((?!#|data:font)|@import|https?://(?!www\.w3\.org/)", page(name))


@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_stand_there_as_words(name: str) -> None:
    """No tag, no template and no formula in data has any effect."""
    assert "<script" not in page(name)
    assert HOSTILE in read(name).text or HOSTILE.replace("-1", "\u22121") in read(name).text
    assert "49" not in re.findall(r"\{\{ (\S+) \}\}", page(name))


def test_the_same_input_is_the_same_page() -> None:
    for name, made in PAGES.items():
        assert made() == page(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_how_to_do_it_again_and_what_it_is_not(name: str) -> None:
    """The command is to be copied: its signs stay what they are."""
    text = read(name).text
    assert " ".join(COMMAND.split()) in text
    assert "<dt>Seed</dt><dd>7</dd>" in page(name)
    assert META.not_a_forecast in text
    assert "Not a forecast" in text


@pytest.mark.parametrize("name", PAGES)
def test_both_themes_and_paper_are_thought_of(name: str) -> None:
    for words in ("prefers-color-scheme:dark", "@media print", "size:A4", 'lang="en"', "viewport"):
        assert words in page(name)


# --- the claims -------------------------------------------------------------------------------
def test_every_claim_is_told_with_its_verdict() -> None:
    text, ids = read("claims").text, read("claims").ids
    for one in VERDICTS:
        assert one["id"] in ids
        assert len(re.findall(rf"\b{one['id']}\b", text)) >= 3, "figure, table and details"
    assert "The model bears out 11 of 34 claims, contradicts 12 and leaves 11 undecided." in text
    assert "Of 5 rivals the model bears out 1, contradicts 2 and leaves 2 undecided." in text


def test_figures_carry_their_interval_their_unit_and_no_more_digits() -> None:
    """C12: 4 +- .8 of counts; C4: a share, told in percentage points; a true minus sign."""
    text = read("claims").text
    assert "+4.0 (+3.2 to +4.8)" in text
    assert "percentage points of campaigns" in text
    assert "\u22120.30 (\u22120.36 to \u22120.24)" in text
    assert "1 in 50 without, 31% with" in text
    assert not re.search(r"\d\.\d{5}", text)


def test_robustness_has_a_column_only_when_it_was_played() -> None:
    assert "sign kept in 48 of 50 (40 supported, 10 undecided)" in read("claims").text
    assert "Other settings" not in claims_page(VERDICTS[:3], META)


def test_versions_stand_beside_the_default() -> None:
    assert read("claims").text.count("As written:") == 2


@pytest.mark.parametrize("rows", [VERDICTS[:1], VERDICTS[-2:], VERDICTS[6:7]])
def test_a_page_of_few_claims_is_still_a_page(rows: list[dict[str, Any]]) -> None:
    assert Reader(claims_page(rows, META)).stack == []


# --- the back-test ----------------------------------------------------------------------------
def test_every_target_and_every_miss_is_told() -> None:
    text = read("backtest").text
    for one in BACKTEST["targets"]:
        assert f"Target {one['id'][1:].lstrip('0') or 0} " in text
    missed = [one for one in BACKTEST["targets"] if one["inside"] is False]
    wrong = text[text.index("What it gets wrong") : text.index("Target by target")]
    assert wrong.count("the model says") == len(missed)


def test_what_was_not_counted_says_why() -> None:
    text = read("backtest").text
    left = [one for one in BACKTEST["targets"] if not one["counted"]]
    assert text[text.index("Left out of the score") :].count("a week is too long") == len(left)


def test_the_headline_is_the_score() -> None:
    """Five groups of which three were tried and two passed; 23 of 35 targets."""
    groups = "The model lands inside the bands for 2 of 3 groups of targets"
    assert f"{groups}, and for 23 of the 35 targets in them." in read("backtest").text


def test_every_fan_has_its_numbers_beside_it() -> None:
    whole = page("backtest")
    assert whole.count("<summary>Numbers</summary>") == len(BACKTEST["series"])
    rows = re.findall(r'<td class="n">26</td>.*?</tr>', whole)
    assert len(rows) == len(BACKTEST["series"])
    assert ">600<" in rows[1], "what was observed in week 26"


def test_a_backtest_without_misses_or_fans_is_still_a_page() -> None:
    fine = [one for one in BACKTEST["targets"] if one["inside"]]
    fair = backtest_page(BACKTEST | {"targets": fine, "series": []}, META)
    assert Reader(fair).stack == []
    assert "Nothing that was counted lies outside its band." in fair
