"""Conclusions of a small trial are kept: whoever changes the model and turns one says why."""

import json

from sim.trial.reading import trial
from tests.trial.conclusions import KEPT, claims, targets

KNOWN = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def test_every_claim_still_goes_the_way_it_went() -> None:
    assert claims(trial("kerch_2022")) == KNOWN["claims"]


def test_every_target_is_still_met_or_missed() -> None:
    assert targets(trial("kerch_2022")) == KNOWN["targets"]
