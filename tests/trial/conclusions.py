"""conclusions: what a small trial of Kerch 2022 finds, sign by sign, as it is kept."""

import json

from sim.trial.backtest import backtest
from sim.trial.claims import judge
from sim.trial.reading import Trial, trial
from tests.documents import GOLDEN

KEPT = GOLDEN / "trial.json"
WORLDS, TESTED = 100, 100  # campaigns of each arm, and of the back-test


def sign(low: float, high: float) -> str:
    """Which way an effect goes; "0" when its interval holds nothing to tell by."""
    return "+" if low > 0.0 else "-" if high < 0.0 else "0"


def claims(on: Trial) -> dict[str, str]:
    """The sign of every claim's primary effect, without ablations."""
    return {one.claim.id: sign(one.low, one.high) for one in judge(on, n=WORLDS, ablate=False)}


def targets(on: Trial) -> dict[str, str]:
    """Whether the model lands inside every counted target's band."""
    told = backtest(on, TESTED).data()["targets"]
    return {one["id"]: "inside" if one["inside"] else "outside" for one in told if one["counted"]}


def as_text() -> str:
    """As the golden file keeps them."""
    on = trial("kerch_2022")
    return json.dumps({"claims": claims(on), "targets": targets(on)}, indent=1) + "\n"
