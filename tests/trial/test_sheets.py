"""What a claim may say, and what is said of one that cannot be tried."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.errors import OfframpError, ScenarioError
from sim.names import vocabulary
from sim.trial.reading import trial
from sim.trial.sheets import Arm, Measure, Target
from tests.trial.quarrel import CLAIMS, on_trial


def faults(folder: Path, old: str, new: str) -> list[str]:
    """What is wrong when one thing is put otherwise, the folder's own name cut off."""
    assert old in CLAIMS
    with pytest.raises(ScenarioError) as caught:
        trial(on_trial(folder, CLAIMS.replace(old, new, 1)))
    return [fault.split("claims.yaml:")[1] for fault in caught.value.faults]


def test_claims_are_read(tmp_path: Path) -> None:
    read = trial(on_trial(tmp_path / "quarrel"))
    assert [claim.id for claim in read.claims] == ["C1", "Q1"]
    assert read.claims[0].tests[0].measure == Measure(
        acts=("shout_loud",), by="northby", unit="shouts"
    )
    assert read.targets == ()


def test_a_measure_can_be_looked_up() -> None:
    """Two that say the same are the same, so that what they read is read once."""
    one, other = Measure(event="threats", weeks=(2, 3)), Measure(event="threats", weeks=(2, 3))
    assert {one: 1}[other] == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[shout_loud], by: northby", "[shout_lout], by: northby",
         "C1): tests[0].measure.acts: no act is called shout_lout; did you mean shout_loud?"),
        ("by: northby", "by: northbi",
         "no actor or polity is called northbi; did you mean northby?"),
        ("rung_of: northby", "rung_of: north_mayor", "no polity is called north_mayor"),
        ("board: danger", "board: dangr",
         "no number on the board is called dangr; did you mean danger?"),
        ("take: last", "take: latest", "must be one of sum, mean, last"),
        ("board: danger", "board: danger, feature: calm", "exactly one of"),
        ("sign: zero", "sign: none", "must be one of +, -, two-sided, zero"),
        ("id: Q1", "id: X1", "must be C or Q and a number, like C7 or Q1; is X1"),
        ("id: Q1", "id: C1", "C1 stands twice"),
        ("off: [anger]", "off: [hunger]", "no switch is called hunger; did you mean anger?"),
        ("off: [anger]", "set: {choice.tempr: 1}",
         "no number is called choice.tempr; did you mean choice.temper?"),
        ("without: [shout_loud]}", "without: [sit_still]}", "sit_still is a hold: a slot needs it"),
        ("without: [shout_loud]}", "without: [shout]}", "no act is called shout"),
        ("by: north_mayor", "by: north_major", "north_major"),
        ("act: shout_loud", "act: shout_laut", "shout_laut"),
        ("approval.northby: [0, 10]", "approval.north: [0, 10]",
         "no number on the board is called approval.north"),
        ("approval.northby: [0, 10]", "approval.northby: [10, 0]", "10 lies above 0"),
        ("take: last", "take: last, weeks: [4, 5]", "week 4 lies after the run's 3"),
        ("weeks: [1, 2]", "weeks: [0, 2]", "must be at least 1, is 0"),
        ("least: 1}", "last: 1}", 'unknown key "last"; did you mean least?'),
    ],
)  # fmt: skip
def test_what_a_scenario_does_not_have_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = faults(tmp_path / "quarrel", old, new)
    assert any(said in fault for fault in found), found
    assert all(fault[0].isdigit() for fault in found), "line and column come first"


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    spoilt = CLAIMS.replace("rung_of: northby", "rung_of: nobody", 1)
    with pytest.raises(ScenarioError) as caught:
        trial(on_trial(tmp_path / "quarrel", spoilt.replace("[anger]", "[hunger]")))
    assert len(caught.value.faults) == 2


def test_a_scenario_without_a_trial_says_so() -> None:
    with pytest.raises(OfframpError, match=r"no trial/claims\.yaml"):
        trial("tutorial")


def test_the_words_of_measures_bar_no_ids() -> None:
    """An engine that has read claims knows the same words as one that has not."""
    assert not {"change", "share", "zero", "emergent", "mean"} & set(vocabulary())


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": 2.0, "high": 1.0}, {}, {"counted": False},
        {"low": 1.0, "measure": {"event": "waves", "weeks": (3, 2)}},
    ],
)  # fmt: skip
def test_a_target_needs_a_band_or_a_reason(wrong: dict[str, object]) -> None:
    whole = {"id": "t1", "group": "one", "says": "x", "source": "y", "measure": {"event": "waves"}}
    assert Target.model_validate({**whole, "low": 1.0}).counted
    with pytest.raises(ValidationError):
        Target.model_validate({**whole, **wrong})


def test_an_empty_arm_is_the_default() -> None:
    assert Arm() == Arm.model_validate({})
