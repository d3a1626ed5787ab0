"""The shipped claims as data: the design's own table, copied here by hand, and arms that play."""

from functools import cache

import numpy as np
import pytest

from sim.schema import Scenario
from sim.setup import resolve
from sim.trial.arms import joined
from sim.trial.plays import Run
from sim.trial.reading import Trial, trial
from sim.trial.sheets import Arm, Claim, Measure, Test
from sim.trial.watching import watch

SIGNS = {"+": "+", "-": "-", "?": "two-sided", "0": "zero", "<": "level"}
PREDICTED = {  # model.md section 1, "predicted sign": metric and sign, the primary first
    "C1": "n_city+ desp+", "C2": "n_city+ ru_offensive- rungR+", "C3": "p_talk+ desp- ru_redefine+",
    "C4": "p_wd- p_talk- p_rem+", "C5": "touch+ appr- slope-", "C6": "pi- SR- drop+",
    "C7": "rungR+ p_wd- p_talk-", "C8": "casR+ accepted-", "C9": "casR+ cas_per_terr+ appr-",
    "C10": "terr- casR+ gap+", "C11": "terr- casR+", "C12": "casU- terr-", "C13": "terr- settles-",
    "C14": "SR- p_rem+ ru_purge+", "C15": "loyM- loyE- refuse+ p_rem+",
    "C16": "n_city+ ru_offer- rungR+", "C17": "irr+ n_city+ p_r11+", "C18": "p_r11+ n_hyb+ kinds+",
    "C19": "n_city+", "C20": "p_win+ p_win<", "C21": "n_hyb+", "C21b": "ew_per_act-",
    "C22": "ew- fatigue? ww? hard+", "C23": "ew- ww- ER- NR-", "C24": "harden+ ew- piH?",
    "C25": "n_hyb+ ew- seabed+", "C26": "house+ ww?", "C27": "n_int+ p_r11+", "C28": "depots+ aid-",
    "C29": "use< p_nuc+", "C30": "p_nuc+ p_r11+ n_thr+", "C31": "p_fatal+", "C32": "leaves-",
    "C33": "drop+ costly+", "C34": "p_r11+ accidents+",
    "Q1": "will+ will? ww+ civilians-", "Q2": "SR+ p_rem-", "Q3": "n_city- n_city-",
    "Q4": "aid+ ww+ packages+", "Q5": "yields+ SR0 p_talk+",
}  # fmt: skip
LEAST = {  # model.md section 1, "Outcome metrics (SESOI)"
    "n_city": 0.5, "rungR": 0.1, "p_nuc": 0.005, "p_r11": 0.01, "n_thr": 0.3, "n_hyb": 0.3,
    "n_int": 0.01, "p_rem": 0.01, "terr": 1, "casR": 2, "casU": 2, "will": 1, "ww": 1, "aid": 2,
    "p_talk": 0.01, "p_wd": 0.03, "appr": 1, "loyM": 0.02, "loyE": 0.02, "pi": 0.02, "ew": 1,
    "irr": 0.02, "touch": 0.05,
}  # fmt: skip
OWN = {  # none in the design: see the head of the file and the notes
    "desp": 0.02, "ru_offensive": 0.02, "ru_redefine": 0.01, "slope": 0.01, "SR": 1, "drop": 0.3,
    "accepted": 0.01, "cas_per_terr": 0.03, "gap": 1, "settles": 0.01, "ru_purge": 0.3,
    "refuse": 0.02, "ru_offer": 0.3, "kinds": 0.3, "p_win": 0.01, "ew_per_act": 1, "fatigue": 0.3,
    "hard": 0.02, "ER": 1, "NR": 1, "harden": 0.3, "piH": 0.02, "seabed": 0.02, "house": 0.01,
    "depots": 0.3, "use": 0.005, "p_fatal": 0.15, "leaves": 0.01, "costly": 0.02, "accidents": 0.3,
    "civilians": 1, "packages": 0.3, "yields": 0.3,
}  # fmt: skip
READS = {  # what the design's metrics are here
    "n_city": "event waves sum", "rungR": "rung_of russia mean", "p_nuc": "event detonations ever",
    "p_r11": "rung True ever", "n_thr": "event threats sum", "n_hyb": "event covert sum",
    "n_int": "event ally_struck sum", "p_rem": "event removals ever",
    "terr": "feature held_ground last", "casR": "board casualties.russia last",
    "casU": "board casualties.ukraine last", "will": "feature ukrainian_will last",
    "ww": "feature western_will last", "p_wd": "event retreats ever",
    "appr": "feature russian_approval mean", "loyM": "board loyalty.high_command mean",
    "loyE": "board loyalty.elite_circle mean", "ew": "feature western_comfort mean",
    "irr": "rash moscow mean", "touch": "board touched.russia mean",
    "SR": "feature kremlin_hold mean", "desp": "board desperation.moscow mean",
}  # fmt: skip
EMERGENT = ("C3", "C6", "C20", "C21", "C28", "C30", "C33", "C34")  # model.md 8, danger 3
DIVIDED = ("C22", "C24", "C26", "C33", "Q1")  # the same: C19's second test has the arms of Q1


@cache
def tried() -> Trial:
    return trial("kerch_2022")


def claims() -> dict[str, Claim]:
    return {claim.id: claim for claim in tried().claims}


def foreseen(name: str) -> list[tuple[str, str]]:
    """(metric, sign) of a claim's predictions."""
    return [(word[:-1], SIGNS[word[-1]]) for word in PREDICTED[name].split()]


# --- what they say ------------------------------------------------------------------------------
def test_every_claim_and_rival_stands_there_once_and_in_order() -> None:
    names = [claim.id for claim in tried().claims]
    wanted = [f"C{n}" for n in range(1, 35)] + [f"Q{n}" for n in range(1, 6)]
    assert [name for name in names if name[-1].isdigit()] == wanted
    assert [name for name in names if name not in wanted] == ["C21b"]  # the design's second pair
    assert names.index("C21b") == names.index("C21") + 1
    assert list(PREDICTED) == names


@pytest.mark.parametrize("name", PREDICTED)
def test_signs_and_smallest_effects_are_the_designs(name: str) -> None:
    for (metric, sign), test in zip(foreseen(name), claims()[name].tests, strict=False):
        assert test.least == (LEAST | OWN)[metric], (name, metric)
        assert ("level" if test.level else test.sign) == sign, (name, metric)
    assert len(claims()[name].tests) >= len(foreseen(name))


@pytest.mark.parametrize("name", PREDICTED)
def test_metrics_read_what_the_design_calls_so(name: str) -> None:
    for (metric, _), test in zip(foreseen(name), claims()[name].tests, strict=False):
        if metric in READS and test.per is None:
            key, value, take = READS[metric].split()
            assert str(getattr(test.measure, key)) == value, (name, metric)
            assert test.measure.take == take, (name, metric)


def test_what_is_assumed_what_emerges_and_what_is_rare() -> None:
    emergent = [c.id for c in tried().claims if c.built == "emergent" and c.id.startswith("C")]
    assert tuple(name for name in emergent if name != "C21b") == EMERGENT
    assert [c.id for c in tried().claims if c.rare] == ["C29", "C30"]
    rare = [c.id for c in tried().claims if c.tests[0].measure.event == "detonations"]
    assert rare == ["C29", "C30"]


def test_where_theory_is_divided_a_test_is_two_sided() -> None:
    both = [c.id for c in tried().claims if any(t.sign == "two-sided" for t in c.tests)]
    assert tuple(both) == DIVIDED


def test_two_claims_keep_the_version_before_their_mends() -> None:
    assert {c.id for c in tried().claims if c.versions} == {"C1", "C4", "C20"}
    before, land = (claims()[name].versions["as_written"].set for name in ("C1", "C4"))
    assert (before["choice.named_hit"], before["choice.anger"]) == (0, 0.15)
    assert land == {"choice.land_price": 0}
    hostile = {f"act.{a.id}.punish": a.punish for a in tried().scenario.actions if a.punish}
    flags = {name for name, size in hostile.items() if size != 1}
    assert {name for name in before if name.startswith("act.")} == flags
    assert all(before[name] == 1 for name in flags)


def test_gates_move_by_three_tenths() -> None:
    own = {f"act.{a.id}.lock": a.lock for a in tried().scenario.actions
           if a.lock and "moscow" in a.by}  # fmt: skip
    far, near = claims()["C18"].control.set, claims()["C18"].treatment.set
    assert far == {name: pytest.approx(min(1.0, lock + 0.3)) for name, lock in own.items()}
    assert near == {name: pytest.approx(max(0.0, lock - 0.3)) for name, lock in own.items()}
    assert claims()["C34"].square == (Arm(), claims()["C18"].treatment)


def test_every_claim_names_an_ablation_or_says_why_not() -> None:
    bare = [claim.id for claim in tried().claims if claim.ablation == Arm()]
    assert bare == ["Q2", "Q3"]  # no switch is theirs


# --- that they play -------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PREDICTED)
def test_arms_differ(name: str) -> None:
    claim = claims()[name]
    board = tried().board(claim)
    before, after = joined(claim.control), joined(claim.treatment)
    acts = [(arm.events, arm.scripts, arm.without, arm.keep) for arm in (before, after)]
    numbers = [given(board, arm) for arm in (before, after)]
    assert acts[0] != acts[1] or numbers[0] != numbers[1]


def given(board: Scenario, arm: Arm) -> dict[str, float]:
    """Every number of an arm."""
    return {name: number.value for name, number in resolve(board, arm.set, arm.off)[0].items()}


def arms_of(claim: Claim) -> dict[str, Arm]:
    """Every arm that a claim is played with."""
    both = {"control": claim.control, "treatment": claim.treatment}
    extra = {"ablated": claim.ablation, **claim.versions}
    if claim.square is not None:
        extra |= {"first": claim.square[0], "second": claim.square[1]}
    more = {f"{arm} {name}": joined(both[arm], add) for arm in both for name, add in extra.items()}
    return both | more


def play(claim: Claim, arm: Arm, worlds: int, weeks: int, *measures: Measure) -> list[float]:
    """The mean of each measure over a few campaigns."""
    run = Run(tried().board(claim), arm, worlds, 7, weeks)
    seen = watch(run, measures)
    return [float(seen.values[measure].mean()) for measure in measures]


def ends(claim: Claim) -> tuple[Measure, ...]:
    """The mean of every feature."""
    return tuple(Measure(feature=f.id, take="mean") for f in tried().board(claim).features)


@pytest.mark.parametrize("name", PREDICTED)
def test_both_arms_play(name: str) -> None:
    claim = claims()[name]
    for arm in (claim.control, claim.treatment):
        assert np.isfinite(play(claim, arm, 8, 2, *ends(claim))).all()


@pytest.mark.full
@pytest.mark.parametrize("name", PREDICTED)
def test_every_arm_plays(name: str) -> None:
    claim = claims()[name]
    for arm in arms_of(claim).values():
        assert np.isfinite(play(claim, arm, 8, 2, *ends(claim))).all()


@pytest.mark.full
@pytest.mark.parametrize("name", PREDICTED)
def test_every_treatment_bites(name: str) -> None:
    """Not whether it does what was predicted: whether the campaigns go another way at all."""
    claim = claims()[name]
    weeks = claim.weeks or tried().board(claim).weeks
    before, after = (
        play(claim, arm, 100, weeks, *ends(claim)) for arm in (claim.control, claim.treatment)
    )
    assert before != after


def test_every_measure_of_a_claim_can_be_read() -> None:
    """One short run reads all that the claims on this board ask for."""
    own = [claim for claim in tried().claims if claim.scenario is None]
    asked = dict.fromkeys(m for claim in own for test in claim.tests for m in read(test))
    seen = watch(Run(tried().scenario, Arm(), 8, 7, 26), tuple(asked))
    assert all(np.isfinite(seen.values[measure]).all() for measure in asked)


def read(test: Test) -> list[Measure]:
    return [m for m in (test.measure, test.per, test.slope_on, test.given) if m is not None]
