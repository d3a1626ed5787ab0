"""Charts: the same bytes for the same numbers, no words upon words, every mark where it belongs."""

import re
from collections.abc import Callable
from functools import partial
from itertools import combinations

import matplotlib
import pytest

from sim.trial.bands import bands, bands_picture, fan, fan_picture
from sim.trial.charts import Scale, forest, forest_picture, standard
from sim.trial.drawing import TOKENS, Picture, settled, standing_alone, tokens
from tests.trial.told import BACKTEST, HOSTILE, VERDICTS, verdict

COUNTED = [one for one in BACKTEST["targets"] if one["counted"]]
DRAWN: dict[str, Callable[[], Picture]] = {
    "forest": lambda: forest_picture(VERDICTS),
    "one": lambda: forest_picture(VERDICTS[:1]),
    "bands": lambda: bands_picture(COUNTED),
    **{f"fan {k}": partial(fan_picture, BACKTEST["series"][k], f"fan{k}") for k in range(3)},
}  # fmt: skip
WRITTEN: dict[str, Callable[[], str]] = {
    "forest": lambda: forest(VERDICTS), "bands": lambda: bands(COUNTED),
    "fan": lambda: fan(BACKTEST["series"][0], "fan0"),
}  # fmt: skip


def seen(picture: Picture) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The words that are drawn, with their boxes in pixels; ticks off the scale are not drawn."""
    picture.figure.draw(picture.renderer)
    unseen = {
        tick.label1 for ax in picture.figure.axes for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }  # fmt: skip
    found = []
    for text in picture.letters():
        if text not in unseen:
            left, low, right, high = text.get_window_extent(picture.renderer).extents
            found.append((text.get_text(), (left, low, right, high)))
    return found


@pytest.mark.parametrize("name", DRAWN)
def test_no_words_lie_on_words_or_leave_the_sheet(name: str) -> None:
    """Measured with wide letters: narrower ones fit all the better."""
    with settled():
        picture = DRAWN[name]()
        boxes = seen(picture)
    assert len(boxes) > 5
    for words, (left, low, right, high) in boxes:
        inside = left >= 0 and low >= 0 and right <= picture.width and high <= picture.height
        assert inside, words
    for (one, a), (other, b) in combinations(boxes, 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        down = min(a[3], b[3]) - max(a[1], b[1])
        assert across <= 0 or down <= 1.0, (one, other)


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_numbers_are_the_same_bytes(name: str) -> None:
    """Also where the reader has settings of his own."""
    first = WRITTEN[name]()
    with matplotlib.rc_context({"font.size": 30.0, "svg.fonttype": "path", "lines.color": "red"}):
        assert WRITTEN[name]() == first


@pytest.mark.parametrize("name", WRITTEN)
def test_a_picture_is_told_in_words_and_coloured_by_its_page(name: str) -> None:
    svg = WRITTEN[name]()
    assert svg.startswith('<svg role="img"')
    assert svg.endswith("</svg>")
    assert len(re.findall(r"<title|<desc", svg)) == 2
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", svg)
    assert "<script" not in svg
    bare = re.sub(r"var\(--\w+, #[0-9a-f]{6}\)", "", svg)
    assert not re.search(r"(fill|stroke): #", bare), "a colour that no theme can change"


def test_ids_of_two_pictures_never_meet() -> None:
    ids = [re.findall(r'\bid="([^"]*)"', one) for one in
           (forest(VERDICTS, "a"), forest(VERDICTS, "b"), bands(COUNTED, "c"))]  # fmt: skip
    for one in ids:
        assert len(one) == len(set(one))
    assert len(set().union(*ids)) == sum(map(len, ids))


def test_a_file_of_its_own_has_both_themes() -> None:
    svg = standing_alone(forest(VERDICTS[:3]))
    assert tokens() in svg
    assert "prefers-color-scheme:dark" in svg


def test_no_role_shares_a_light_colour() -> None:
    light = [pair[0] for pair in TOKENS.values()]
    assert len(set(light)) == len(light)


# --- where things stand -----------------------------------------------------------------------
def test_the_scale_is_even_inside_one_and_by_powers_beyond() -> None:
    """Width 200, reach 100: -100, -10, -1, 0, 1, 10, 100 stand 33.3 apart."""
    scale = Scale(0.0, 200.0, 100.0)
    at = [scale.at(x) for x in (-100, -10, -1, 0, 1, 10, 100)]
    assert at == pytest.approx([k * 100.0 / 3.0 for k in range(7)])
    assert scale.at(0.5) == pytest.approx(100.0 + 100.0 / 6.0)
    assert scale.at(5_000.0) == 200.0


def test_what_a_claim_predicts_points_to_the_right() -> None:
    """An effect of -0.3 with least 0.1: three times as predicted if less was, against if more."""
    less = verdict(1) | {"sign": "-", "effect": -0.3, "low": -0.4, "high": -0.2}
    found = standard(less, less)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((3.0, 2.0, 4.0))
    more = standard(less | {"sign": "+"}, less)
    assert more is not None
    assert (more.value, more.low, more.high) == pytest.approx((-3.0, -4.0, -2.0))


def test_a_level_is_told_by_its_distance_from_the_bound() -> None:
    """A level of 0.008 below 0.02, least 0.005: 2.4 times inside."""
    one = next(v for v in VERDICTS if v["tests"][0].get("level"))
    found = standard(one, one)
    assert found is not None
    assert found.value == pytest.approx(2.4)


def test_what_has_no_figure_is_named_and_not_drawn() -> None:
    one = next(v for v in VERDICTS if v["effect"] is None)
    assert standard(one, one) is None
    assert "no figure" in forest([one])


def test_assumed_and_emergent_differ_by_shape_not_by_colour() -> None:
    plain = verdict(6) | {"ablated": None}
    shapes = []
    for built in ("assumed", "emergent"):
        with settled():
            lines = forest_picture([plain | {"built": built}]).paper.lines
        shapes.append([line.get_marker() for line in lines].count("s"))
    assert shapes == [2, 1]  # one each stands in the key


def test_long_and_hostile_words_are_cut_and_escaped() -> None:
    svg = forest([verdict(4) | {"says": HOSTILE * 5}])
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert "..." in svg
