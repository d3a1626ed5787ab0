"""Verdicts on claims of a scenario in which one knows beforehand what must come out."""

import json

import numpy as np
import pytest

from sim.errors import NameUnknown, OfframpError
from sim.trial.claims import _verdicts, judge, weighed
from sim.trial.planning import RARE, Plan, work
from sim.trial.reading import Trial, trial
from sim.trial.robustness import as_predicted, robust, spread
from sim.trial.sheets import Arm, Claim, Measure, Test
from sim.trial.verdicts import Verdict
from sim.trial.watching import Run, Seen, watch, watched
from tests.campaigns import kerch
from tests.trial.quarrel import on_trial

N = 40


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return trial(on_trial(tmp_path_factory.mktemp("trial") / "quarrel"))


@pytest.fixture(scope="module")
def verdicts(quarrel: Trial) -> dict[str, Verdict]:
    return {one.claim.id: one for one in judge(quarrel, n=N)}


def test_what_must_come_out_does(verdicts: dict[str, Verdict]) -> None:
    """The script makes two shouts in every campaign; nothing else can."""
    told = verdicts["C1"]
    assert (told.verdict, told.effect, told.low, told.high) == ("supported", 2.0, 2.0, 2.0)
    assert told.primary.means == {"treatment": 2.0, "control": 0.0}
    assert told.tests[1].found.effect == pytest.approx(2 / 3)
    assert told.n == N


def test_a_mechanism_that_has_nothing_to_do_with_it_is_not_confirmed(
    verdicts: dict[str, Verdict]
) -> None:
    told = verdicts["C1"]
    assert told.ablated is not None
    assert (told.ablated.found.effect, told.mechanism) == (2.0, "not confirmed")
    assert told.versions["held"].found.effect == 2.0
    assert verdicts["Q1"].mechanism == "not tested"


def test_equal_arms_have_no_effect_at_all(verdicts: dict[str, Verdict]) -> None:
    told = verdicts["Q1"]
    assert (told.effect, told.low, told.high, told.verdict) == (0.0, 0.0, 0.0, "supported")
    assert told.primary.found.alike
    assert told.n == RARE * N, "rare events are looked for in more campaigns"


def test_verdicts_are_written_as_json(verdicts: dict[str, Verdict]) -> None:
    told = json.loads(json.dumps(verdicts["C1"].data(), allow_nan=False))
    wanted = {"id", "verdict", "effect", "low", "high", "mechanism", "built", "p_adjusted", "least",
              "unit", "n", "tests", "versions", "ablated"}  # fmt: skip
    assert wanted <= told.keys()
    assert told["id"] == "C1"
    assert told["unit"] == "shouts"


def test_a_claim_judged_alone_finds_the_same(quarrel: Trial, verdicts: dict[str, Verdict]) -> None:
    (alone,) = judge(quarrel, ["C1"], n=N)
    assert alone.data() == {**verdicts["C1"].data(), "p_adjusted": alone.adjusted}


def test_a_claim_nobody_made_is_refused_in_a_sentence(quarrel: Trial) -> None:
    with pytest.raises(NameUnknown, match="no claim is called C11; did you mean C1"):
        judge(quarrel, ["C11"], n=N)
    with pytest.raises(OfframpError, match="n must be a whole number"):
        judge(quarrel, n=0)
    with pytest.raises(NameUnknown, match="makes no claims"):
        judge(Trial(kerch()), n=N)


def test_many_predictions_at_once_leave_some_undecided(quarrel: Trial) -> None:
    """Six of 60 differ: p = 2/64. Beside a claim of p 1 it counts double, and 1/16 is too much."""
    gaps = weighed(claim(), "", shouts(), arms([1.0] * 6 + [0.0] * 54, [0.0] * 60))
    none = weighed(claim(), "", shouts(), arms([0.0] * 60, [0.0] * 60))
    assert gaps.verdict == "supported"
    assert gaps.found.p == pytest.approx(2 / 2**6)
    plan = Plan(quarrel, 60, None)
    (alone,) = _verdicts(plan, [claim()], [{"": [gaps]}])
    both = list(_verdicts(plan, [claim(), claim(id="C8")], [{"": [gaps]}, {"": [none]}]))
    assert alone.verdict == "supported"
    assert [one.verdict for one in both] == ["undecided", "undecided"]
    assert [one.adjusted for one in (alone, *both)] == pytest.approx([1 / 32, 1 / 16, 1.0])


def test_a_level_looks_at_the_control_alone() -> None:
    level = shouts(level=True, below=0.5, sign="zero", per=Measure(event="threats"))
    shots, threats = level.measure, level.per
    assert threats is not None
    control = Seen({shots: np.array([0.0, 1.0] * 30), threats: np.full(60, 2.0)}, {})
    other = Seen({shots: np.full(60, 9.0), threats: np.full(60, 1.0)}, {})
    found = weighed(claim(), "", level, [("treatment", 1.0, other), ("control", -1.0, control)])
    assert (found.found.effect, found.verdict) == (0.25, "supported")
    assert found.means == {"treatment": 9.0, "control": 0.25}


def test_only_campaigns_given_in_every_arm_are_compared() -> None:
    """Of four, the second and third were given in both arms: (3 - 1 + 5 - 1) / 2."""
    test = shouts(given=Measure(event="threats"))
    assert test.given is not None
    what, given = test.measure, test.given
    one = Seen({what: np.array([9.0, 3, 5, 9]), given: np.array([0.0, 1, 2, 1])}, {})
    other = Seen({what: np.array([1.0, 1, 1, 1]), given: np.array([1.0, 1, 1, 0])}, {})
    found = weighed(claim(), "", test, [("treatment", 1.0, one), ("control", -1.0, other)])
    assert (found.found.effect, found.found.n) == (3.0, 2)


def claim(**more: object) -> Claim:
    return Claim.model_validate({
        "id": "C9", "says": "x", "mechanism": "y", "built": "assumed", "treatment": {},
        "tests": [shouts()], **more,
    })  # fmt: skip


def shouts(**more: object) -> Test:
    measure = Measure(acts=("shout_loud",))
    return Test.model_validate(
        {"id": "main", "measure": measure, "sign": "+", "least": 0.01, **more}
    )


def arms(treatment: list[float], control: list[float]) -> list[tuple[str, float, Seen]]:
    """Two arms in which the shouts were these."""
    measure = shouts().measure
    one, other = (Seen({measure: np.array(given)}, {}) for given in (treatment, control))
    return [("treatment", 1.0, one), ("control", -1.0, other)]


# --- what is played -------------------------------------------------------------------------------
def test_a_square_has_four_arms(quarrel: Trial) -> None:
    """Treatment and control under each of two arms; the interaction adds up with these signs."""
    both = claim(square=[{"off": ["anger"]}, {"off": ["hawk"]}],
                 treatment={"set": {"choice.temper": 5}})  # fmt: skip
    found = Plan(quarrel, N, None).arms(both, Arm(off=("blame",)))
    told = {(sign, run.arm.off, bool(run.arm.set)) for _, sign, run in found}
    assert told == {
        (1.0, ("blame", "hawk"), True), (-1.0, ("blame", "hawk"), False),
        (-1.0, ("anger", "blame"), True), (1.0, ("anger", "blame"), False),
    }  # fmt: skip


def test_work_counts_equal_runs_once(quarrel: Trial) -> None:
    """C1: two arms, without the mechanism, and held: six runs of N; Q1: one run, five times N."""
    assert work(quarrel, [], [Plan(quarrel, N, None)]) == 3 * (6 * N + RARE * N)
    assert work(quarrel, [], [Plan(quarrel, N, None, ablate=False)]) == 3 * (2 * N + RARE * N)


def test_a_draw_lies_below_what_an_arm_sets(quarrel: Trial) -> None:
    """A draw of a tuning reaches both arms, but not where an arm sets it itself."""
    plan = Plan(quarrel, N, None, draw={"choice.temper": 3.0, "choice.focus": 2.0})
    asked = claim(treatment={"set": {"choice.temper": 9}})
    changes = {name: run.changes() for name, _, run in plan.arms(asked, Arm())}
    assert changes["treatment"] == {"choice.temper": 9.0, "choice.focus": 2.0}
    assert changes["control"] == {"choice.temper": 3.0, "choice.focus": 2.0}


# --- robustness -----------------------------------------------------------------------------------
def test_rows_are_spread_over_the_whole_set() -> None:
    rows = [{"x": float(k)} for k in range(10)]
    assert [row["x"] for row in spread(rows, 4)] == [0, 2, 5, 7]
    assert spread(rows, 50) == rows


def test_a_verdict_over_plausible_settings(quarrel: Trial) -> None:
    rows = [{"choice.temper": float(temper)} for temper in range(5, 10)]
    first, second = robust(quarrel, rows, n=10)
    assert (first.keeps, first.verdicts, first.effects) == (1.0, {"supported": 5}, (2.0,) * 5)
    assert second.keeps == 1.0
    assert first.data()["draws"] == 5


def test_draws_side_by_side_are_what_each_is_alone() -> None:
    """Kerch under three settings on one board: the same numbers as one at a time."""
    measure = Measure(event="waves")
    runs = [Run(kerch(), Arm(off=("hawk",)), 12, 3, 6, set={"choice.temper": t, "init.will": 0.7})
            for t in (8.0, 10.0, 12.0)]  # fmt: skip
    together = watched([(run, [measure], ()) for run in runs])
    for run, seen in zip(runs, together, strict=True):
        assert (seen.values[measure] == watch(run, [measure]).values[measure]).all()


def test_the_predicted_sign(verdicts: dict[str, Verdict]) -> None:
    assert as_predicted(verdicts["C1"].primary)
    assert as_predicted(verdicts["Q1"].primary)
