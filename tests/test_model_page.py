"""The page of the model says what the kept runs say, and the kept runs are whole."""

from pathlib import Path

import pytest

from sim.trial.reading import trial
from tools import model_page

TEXT = model_page.PAGE.read_text(encoding="utf-8")


def test_the_page_is_written_from_the_runs_that_are_kept() -> None:
    assert model_page.page(TEXT) == TEXT, "run `python -m tools.model_page`"


def test_every_picture_of_the_page_is_there() -> None:
    shown = {Path(name).name for name in model_page.PICTURE.findall(TEXT)}
    assert shown <= {path.name for path in model_page.PICTURES.iterdir()}


def test_the_runs_tell_of_every_claim_and_every_target() -> None:
    on = trial(model_page.SCENARIO)
    claims, targets = [one.id for one in on.claims], [one.id for one in on.targets]
    whole = {"claims": claims, "robust": claims, "backtest": targets, "backtest_values": targets}
    for name, ids in whole.items():
        run = model_page.kept(name)
        if run is not None:
            told = run["targets"] if isinstance(run, dict) else run
            assert [one["id"] for one in told] == ids, name


@pytest.mark.parametrize("name", sorted(model_page.WRITERS))
def test_every_block_stands_in_the_page(name: str) -> None:
    assert f"<!-- {name} -->" in TEXT
    assert f"<!-- end {name} -->" in TEXT
