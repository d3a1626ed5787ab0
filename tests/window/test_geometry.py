"""The theatre's shapes: what a cut leaves, where the front runs, and that a walk reaches all."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.loading import available, load
from ui.kit.box import Box
from ui.map import geometry, view
from ui.map.atlas import Atlas, atlas
from ui.map.front import ground
from ui.map.geometry import Polygon, Shape

SHIPPED = [name for name, _, _ in available()]
SQUARE = (Polygon(((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))),)
RING = (Polygon(SQUARE[0].outer, (((1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)),)),)
SHARES = st.floats(0.01, 0.99)
BEARINGS = st.floats(0, 360)


def kerch() -> Atlas:
    return atlas(load("kerch_2022"))


@st.composite
def stars(draw: st.DrawFn) -> Shape:
    """A shape with dents, seen from its middle."""
    reach = draw(st.lists(st.floats(0.5, 3.0), min_size=3, max_size=12))
    turn = 2 * math.pi / len(reach)
    return (Polygon(tuple((r * math.cos(i * turn), r * math.sin(i * turn))
                          for i, r in enumerate(reach))),)  # fmt: skip


# --- the cut ----------------------------------------------------------------------------------
@given(stars(), BEARINGS, SHARES)
@settings(max_examples=60)
def test_a_cut_leaves_the_share_and_loses_nothing(
    shape: Shape, bearing: float, share: float
) -> None:
    parted, whole = geometry.cut(shape, bearing, share), geometry.area(shape)
    assert geometry.area(parted.behind) == pytest.approx(share * whole, abs=0.01 * whole)
    both = geometry.area(parted.behind) + geometry.area(parted.ahead)
    assert both == pytest.approx(whole, rel=1e-6)


@pytest.mark.parametrize("share", [0.03, 0.25, 0.5, 0.8, 0.98])
def test_every_region_of_a_shipped_map_can_be_cut(share: float) -> None:
    for place in kerch().places.values():
        parted, whole = geometry.cut(place.shape, place.region.push, share), None
        whole = geometry.area(place.shape)
        assert geometry.area(parted.behind) == pytest.approx(share * whole, abs=0.01 * whole)
        both = geometry.area(parted.behind) + geometry.area(parted.ahead)
        assert both == pytest.approx(whole, rel=1e-6)
        assert parted.line


@pytest.mark.parametrize(("bearing", "corner"), [(0, (2, 3.9)), (90, (0.1, 2)), (180, (2, 0.1))])
def test_who_advances_north_stands_in_the_south(
    bearing: float, corner: tuple[float, float]
) -> None:
    """y grows south: behind a push to the north lies the bottom."""
    parted = geometry.cut(SQUARE, bearing, 0.25)
    assert geometry.inside(corner, parted.behind)
    assert not geometry.inside(corner, parted.ahead)
    assert parted.side(corner) < 0


def test_the_line_of_a_cut_skips_a_hole() -> None:
    assert geometry.area(RING) == 12
    parted = geometry.cut(RING, 0, 0.5)
    assert sorted(round(abs(a[0] - b[0]), 6) for a, b in parted.line) == [1, 1]


# --- borders and labels -----------------------------------------------------------------------
def test_a_border_between_two_parts_of_a_region_is_inside_it() -> None:
    other = Polygon(((4.0, 0.0), (8.0, 0.0), (8.0, 4.0), (4.0, 4.0)))
    outer, inner = geometry.borders((*SQUARE, other))
    assert len(outer) == 6
    assert len(inner) == 1


def test_pieces_that_meet_make_one_line() -> None:
    pieces = [((2.0, 0.0), (1.0, 0.0)), ((0.0, 0.0), (1.0, 0.0)), ((3.0, 0.0), (2.0, 0.0))]
    (line,) = geometry.chained(pieces)
    assert sorted(line) in (line, line[::-1])
    assert len(line) == 4


def test_a_label_stands_inside_its_region() -> None:
    for place in kerch().places.values():
        point, room = place.pole
        assert geometry.inside(point, place.shape)
        assert room > 0
    point, room = geometry.pole(SQUARE)
    assert math.dist(point, (2, 2)) < 0.1
    assert room == pytest.approx(2, abs=0.1)


# --- the atlas --------------------------------------------------------------------------------
def test_every_code_of_a_shipped_outline_is_on_the_map() -> None:
    scenario = load("kerch_2022")
    found = kerch()
    assert not found.notes
    assert set(found.places) == {r.id for r in scenario.regions if r.outline}
    folder = Path(__file__).parents[2] / "scenarios" / "map"
    codes = {feature["properties"].get("id") for path in folder.glob("*.geojson")
             for feature in json.loads(path.read_text(encoding="utf-8"))["features"]}  # fmt: skip
    assert {code for r in scenario.regions for code in r.outline if isinstance(code, str)} <= codes


def test_regions_that_touch_on_the_map_do_so_point_by_point() -> None:
    """Else the front line between them would have gaps; all fronts of a land war are linked."""
    found = kerch()
    pairs = {frozenset(pair[:2]) for pair in found.touching}
    fronts = [found.places[name] for name, share in opening().items() if share < 1]
    for place in fronts:
        near = {name for name in place.region.links if frozenset((name, place.region.id)) in pairs}
        assert len(near) >= 2, place.region.id


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"features": [1]}', '{"features": 3}'])
def test_a_missing_or_broken_map_is_a_note(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "countries.geojson").write_text(text, encoding="utf-8")
    found = atlas(load("kerch_2022"), tmp_path)
    assert len(found.notes) == 1
    assert not found.lands
    assert not found.places
    assert found.home is None


# --- the front --------------------------------------------------------------------------------
def opening() -> dict[str, float]:
    return {"kharkiv": 0.04, "luhansk": 0.98, "donetsk": 0.57, "zapor": 0.72, "kherson_w": 0.8,
            "kherson_e": 1.0, "crimea": 1.0, "belgorod": 1.0, "belarus": 1.0}  # fmt: skip


def test_each_side_holds_its_share_of_every_region() -> None:
    found = kerch()
    lies = ground(found, opening())
    for name, held in lies.holdings.items():
        whole = geometry.area(found.places[name].shape)
        share = opening().get(name, 0.0)
        assert geometry.area(held.parts[0]) == pytest.approx(share * whole, abs=0.01 * whole)


def test_only_soil_of_the_other_is_taken() -> None:
    found = kerch()
    lies = ground(found, opening())
    assert {side for side, _ in lies.taken} == {0}
    assert len(lies.taken) == 7
    swapped = ground(found, {**opening(), "belgorod": 0.9})
    assert {side for side, _ in swapped.taken} == {0, 1}


def test_the_front_is_one_line_that_nowhere_follows_an_untouched_border() -> None:
    found = kerch()
    lies = ground(found, opening())
    assert len(lies.front) <= 2
    assert not ground(found, {"belgorod": 1.0, "belarus": 1.0}).front
    assert max(map(len, lies.front)) > 10


def test_a_region_taken_whole_is_fenced_by_its_borders() -> None:
    found = kerch()
    (fence,) = ground(found, {"odesa": 1.0}).front
    assert set(fence) == {point for here, there, edge in found.touching
                          if "odesa" in (here, there) for point in edge}  # fmt: skip


# --- the walk ---------------------------------------------------------------------------------
def reached(anchors: dict[str, tuple[float, float]], start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for key in view.DIRECTIONS:
            there = view.step(anchors, here, key)
            if there is not None and there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen


def test_the_arrow_keys_reach_every_region_of_a_shipped_map() -> None:
    anchors = {name: place.pole[0] for name, place in kerch().places.items()}
    assert all(reached(anchors, start) == set(anchors) for start in anchors)


def test_a_walk_goes_where_the_key_points_and_round_at_the_end() -> None:
    anchors = {"west": (0.0, 0.0), "middle": (50.0, 10.0), "east": (100.0, 0.0)}
    assert view.step(anchors, "west", "right") == "middle"
    assert view.step(anchors, "east", "right") == "west"
    assert view.step(anchors, "middle", "left") == "west"
    assert view.step(anchors, None, "left") == "west"
    assert view.step({}, None, "left") is None


def test_the_view_shows_home_where_nothing_covers_it() -> None:
    box, clear = Box(0, 0, 846, 460), Box(10, 10, 660, 410)
    found = kerch()
    shown = view.zoomed(found, box, clear, 1.0, None)
    assert found.home is not None
    for point in ((found.home.left, found.home.top), (found.home.right, found.home.bottom)):
        assert clear.grown(0.01).contains(*shown.at(point))
        assert shown.under(*shown.at(point)) == pytest.approx(point)
    near = view.zoomed(found, box, clear, 2.5, (22.0, -47.0))
    assert near.at((22.0, -47.0)) == pytest.approx((clear.cx, clear.cy))
