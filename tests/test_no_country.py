"""No country in the code: shipped ids and names stand in scenarios alone, and decide nothing."""

import ast
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2_contingency

import sim.dice
from sim import Results, load, run_batch
from sim.loading import available, rulebook
from sim.names import places, vocabulary
from sim.schema import Scenario

ROOT = Path(__file__).parents[1]
CODE = sorted(path for folder in ("sim", "ui") for path in ROOT.glob(f"{folder}/**/*.py"))
SHIPPED = [name for name, _, _ in available()]
ELSEWHERE = "Elsewhere"


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these, where it stands as a word; of two that begin alike the longer."""
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


def ids_of(scenario: Scenario) -> list[str]:
    return [scenario.id, *(name for _, name, _ in places(scenario))]


def docstrings(tree: ast.Module) -> set[int]:
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, kinds) and node.body]
    return {id(n.value) for n in first if isinstance(n, ast.Expr)}


@cache
def shipped_words(*, ids: bool) -> re.Pattern[str]:
    """The proper names of every shipped scenario, with or without its ids."""
    scenarios = [load(name) for name in SHIPPED]
    names = {name for one in scenarios for name in one.proper_names}
    return any_word(names | {name for one in scenarios for name in ids_of(one) if ids})


# --- the code ---------------------------------------------------------------------------------
@pytest.mark.parametrize("path", CODE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_text_in_the_code_names_what_a_scenario_gives(path: Path) -> None:
    """Slots are named by scenarios too, but with common words (`covert`) that rules need."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = [] if id(node) in spared else shipped_words(ids=True).findall(node.value)
            assert not found, f"line {node.lineno}: {node.value!r}"


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_proper_name_stands_anywhere_in_the_code(path: Path) -> None:
    """Docstrings and comments too."""
    assert not shipped_words(ids=False).findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SHIPPED)
def test_no_number_of_the_rulebook_is_called_after_a_country(name: str) -> None:
    ids = any_word(ids_of(load(name)))
    assert not [tuning for tuning in rulebook() if ids.search(tuning)]


# --- the twin ---------------------------------------------------------------------------------
@cache
def kerch() -> Scenario:
    return load("kerch_2022")


@cache
def aliases() -> dict[str, str]:
    """A made-up id for each of the scenario's, in the opposite alphabetical order."""
    ids = sorted(set(ids_of(kerch())), reverse=True)
    made_up = {name: f"zembla_{number:03}" for number, name in enumerate(ids)}
    assert not set(made_up.values()) & set(vocabulary())
    return made_up


def renamed(given: Any, key: str = "") -> Any:
    """A sheet with every id and every proper name replaced, keys included."""
    if isinstance(given, dict):
        return {renamed(k): renamed(value, str(k)) for k, value in given.items()}
    if isinstance(given, list):
        return [renamed(value, key) for value in given]
    if not isinstance(given, str) or key in ("measure", "rule", "switch", "filter", "role"):
        return given  # the engine's own words
    if key in ("slot", "slots"):
        return f"post_{given}"
    if key == "name":
        return f"{ELSEWHERE} {len(given)}"
    text = any_word(set(kerch().proper_names)).sub(ELSEWHERE, given)
    return any_word(set(aliases())).sub(lambda found: aliases()[found[0]], text)


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Kerch 2022 under other names, written down and loaded like any scenario."""
    folder = tmp_path_factory.mktemp("zembla")
    sheet = renamed(kerch().model_dump(mode="json", exclude_defaults=True))
    text = re.sub(r'("start": )"(.*)"', r"\1\2", json.dumps(sheet, indent=1))  # a date: no quotes
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return load(folder)


def test_the_twin_names_nothing_real(twin: Scenario) -> None:
    real = any_word({*aliases(), *kerch().proper_names})
    told = json.dumps([item.model_dump(mode="json") for item in (*twin.actors, *twin.regions)])
    assert not real.findall(told)


def test_with_the_same_luck_the_twin_is_the_same(
    twin: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names reach a campaign only through the labels of the dice: translated back, bit for bit."""
    real = {alias: name for name, alias in aliases().items()}
    words, stream = any_word(set(real)), sim.dice._stream
    one = run_batch(kerch(), 40).columns
    monkeypatch.setattr(
        sim.dice, "_stream", lambda label: stream(words.sub(lambda found: real[found[0]], label))
    )
    sim.dice._streams.cache_clear()  # nor may later tests meet these translations
    other = run_batch(twin, 40).columns
    sim.dice._streams.cache_clear()
    for (name, ours), theirs in zip(one.items(), other.values(), strict=True):
        assert np.array_equal(ours, theirs), name


def alike(one: Results, other: Results) -> None:
    """Outcome classes differ by no more than chance (1 in 1,000), means by at most 4.5 errors."""
    classes = len(one.scenario.outcomes)
    counts = np.array([np.bincount(r.columns["outcome"], minlength=classes) for r in (one, other)])
    rare = counts.sum(axis=0) < 20
    table = np.column_stack([counts[:, ~rare], counts[:, rare].sum(axis=1)])
    table = table[:, table.sum(axis=0) > 0]
    assert chi2_contingency(table).pvalue > 0.001, counts
    for (name, ours), theirs in zip(one.columns.items(), other.columns.values(), strict=True):
        if name not in ("campaign", "outcome"):
            a, b = ours.astype(float), theirs.astype(float)
            error = np.sqrt((a.var() + b.var()) / len(a))
            assert abs(a.mean() - b.mean()) <= 4.5 * error + 1e-9, name


HOW_MANY = [2_000, pytest.param(10_000, marks=pytest.mark.full)]


@cache
def played(n: int) -> Results:
    return run_batch(kerch(), n)


@pytest.mark.parametrize("n", HOW_MANY)
def test_the_twin_ends_alike(twin: Scenario, n: int) -> None:
    alike(played(n), run_batch(twin, n))


@pytest.mark.parametrize("n", HOW_MANY)
def test_the_order_of_seats_does_not_matter(n: int) -> None:
    turned = kerch().model_copy(update={"actors": kerch().actors[::-1]})
    alike(played(n), run_batch(turned, n))
