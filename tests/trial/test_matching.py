"""History matching: implausibility by hand, surfaces, and a toy whose truth is known."""

import numpy as np
import pytest

from sim.trial.matching import (
    Aim,
    Array,
    Rules,
    aim_of,
    hypercube,
    implausibility,
    kept,
    match,
    surface,
    worst,
)
from sim.trial.sheets import Measure, Target

OPEN = float("inf")


def target(**given: object) -> Target:
    usual = {"id": "some", "group": "some", "says": "", "source": "here",
             "measure": Measure(event="threats")}  # fmt: skip
    return Target.model_validate({**usual, **given})


def one(aim: Aim, value: float, noise: float = 0.0, spread: float = 2.0) -> float:
    """Implausibility of a single number."""
    return float(
        implausibility([aim], np.array([[value]]), np.array([[noise]]), Rules(spread=spread))[0, 0]
    )


# --- by hand --------------------------------------------------------------------------------------
def test_implausibility_by_hand() -> None:
    """y 10, half band 4: observation 4/2 = 2, discrepancy .75 x 4 = 3, campaigns' variance 12.

    At E = 20, I = 10 / sqrt(4 + 9 + 12) = 2; without a discrepancy and noise, 10 / 2 = 5.
    """
    assert one(Aim("a", 10, 4, 4, 0.75), 20, 12) == pytest.approx(2.0)
    assert one(Aim("a", 10, 4, 4, 0.0), 20) == pytest.approx(5.0)
    assert one(Aim("a", 10, 4, 4, 0.0), 10) == 0.0


def test_each_side_of_a_band_has_its_own_width() -> None:
    """Week 5 in a band of 3 to 14: two weeks early weigh as much as nine late."""
    aim = Aim("week", 5, 2, 9, 0.0)
    assert one(aim, 3, spread=3) == pytest.approx(3.0)
    assert one(aim, 14, spread=3) == pytest.approx(3.0)


def test_nothing_counts_toward_an_open_end_and_no_number_is_never_plausible() -> None:
    aim = Aim("raids", 3, 1, OPEN, 0.5)
    assert one(aim, 50) == 0.0
    assert one(aim, 1) > 0.0
    assert one(aim, float("nan")) == OPEN


@pytest.mark.parametrize(("given", "wanted"), [
    ({"observed": 5, "low": 3, "high": 14}, Aim("some", 5, 2.75, 9, 0.5)),  # a quarter at least
    ({"observed": 0, "high": 0.1}, Aim("some", 0, OPEN, 0.1, 0.5)),
    ({"observed": 3, "low": 2}, Aim("some", 3, 1, OPEN, 0.5)),
    ({"observed": 1, "low": 0.3, "high": 0.8}, Aim("some", 0.55, 0.25, 0.25, 0.5)),  # one history
    ({"observed": 1, "low": 1, "high": 5}, Aim("some", 1, 1, 4, 0.5)),
])  # fmt: skip
def test_what_a_target_aims_at(given: dict[str, float], wanted: Aim) -> None:
    found = aim_of(target(**given), 0.5)
    assert (found.id, found.discrepancy) == (wanted.id, 0.5)
    assert (found.value, found.below, found.above) == pytest.approx(
        (wanted.value, wanted.below, wanted.above)
    )


def test_the_worst_of_all_and_the_worst_but_one() -> None:
    scores = np.array([[1.0, 5.0, 2.0], [0.5, 0.1, 0.2]])
    assert worst(scores).tolist() == [5.0, 0.5]
    assert worst(scores, 1).tolist() == [2.0, 0.2]
    assert worst(scores, 9).tolist() == [0.0, 0.0]  # all are pardoned
    assert worst(scores[:, :0]).tolist() == [0.0, 0.0]


# --- cubes and surfaces -------------------------------------------------------------------------
def test_a_hypercube_has_a_point_in_every_slice() -> None:
    cube = hypercube(20, 3, 7)
    assert np.array_equal(np.sort(cube, axis=0), np.tile((np.arange(20)[:, None] + 0.5) / 20, 3))
    assert np.array_equal(cube, hypercube(20, 3, 7))
    assert not np.array_equal(cube, hypercube(20, 3, 8))


def test_a_surface_finds_a_quadratic_law() -> None:
    """3 + 2x - y + 4xy - x2 in the cube: found to the last digits, without error."""
    points = hypercube(60, 2, 3)
    x, y = 2 * points.T - 1
    law = (3 + 2 * x - y + 4 * x * y - x**2)[:, None]
    found = surface(points, law)
    assert found.quadratic
    np.testing.assert_allclose(found.at(points), law, atol=1e-9)
    assert float(found.error[0]) < 1e-18


def test_a_surface_knows_what_it_misses() -> None:
    """A step is no quadratic law; few points make the surface flat, and the error says so."""
    points = hypercube(9, 2, 3)
    found = surface(points, (points[:, :1] > 0.5).astype(float))
    assert not found.quadratic
    assert float(found.error[0]) > 0.01


# --- a toy whose truth is known -------------------------------------------------------------------
TRUTH = np.array([[0.7, 0.3]])
TOY = Rules(cutoff=3.0, spread=3.0, points=120, candidates=3000, keep=100, waves=3)


def law(points: Array) -> Array:
    x, y = points.T
    return np.stack([10 * x + y, 5 * y - 2 * x * y, x + y], axis=1)


def toy(points: Array) -> tuple[Array, Array]:
    return law(points), np.full((len(points), 3), 1e-4)


def test_a_known_truth_is_found_and_the_far_corner_is_not() -> None:
    aims = [Aim(f"a{k}", float(y), 0.5, 0.5, 0.1) for k, y in enumerate(law(TRUTH)[0])]
    waves = match(toy, 2, aims, TOY, 5)
    good = np.concatenate([wave.points[kept(wave, TOY)] for wave in waves])
    assert len(waves) >= 2
    assert len(good) >= 100
    away = np.abs(good - TRUTH).max(axis=1)
    assert float(away.min()) < 0.03
    assert float(away.max()) < 0.25
    for wave in waves[1:]:  # what surfaces ruled out was not played: waves close in
        assert wave.left < 0.2
        assert float(kept(wave, TOY).mean()) > 3 * float(kept(waves[0], TOY).mean())
    corner = implausibility(aims, law(np.array([[0.0, 1.0]])), np.zeros((1, 3)), TOY)
    assert float(worst(corner)[0]) > 10


def test_what_cannot_be_met_rules_everything_out() -> None:
    """An aim out of reach leaves nothing, unless it is pardoned: then the others still hold."""
    aims = [Aim("x", 7.3, 0.5, 0.5, 0.1), Aim("far", 100, 1, 1, 0.0), Aim("y", 1.0, 0.1, 0.1, 0.1)]
    none = match(toy, 2, aims, TOY, 5)
    assert len(none) == 3
    assert not any(kept(wave, TOY).any() for wave in none)
    pardon = Rules(3.0, 3.0, 1, 120, 3000, 100, 3)
    assert any(kept(wave, pardon).any() for wave in match(toy, 2, aims, pardon, 5))


def test_matching_is_the_same_each_time() -> None:
    aims = [Aim("x", 7.3, 0.5, 0.5, 0.1)] * 3
    one, two = (match(toy, 2, aims, TOY, 5) for _ in range(2))
    assert all(np.array_equal(a.points, b.points) for a, b in zip(one, two, strict=True))
