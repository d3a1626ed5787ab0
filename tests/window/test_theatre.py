"""The theatre drawn: everything has a place and can be reached, no words over words."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from sim.loading import load
from sim.schema import Scenario
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.focus import Focus
from ui.kit.marks import marks_of
from ui.kit.theme import NAMES, Theme
from ui.kit.words import Words
from ui.map import paint
from ui.map.frame import LAYERS, Hands, next_layer, next_zoom
from ui.map.seen import Arc, MapSeen, Strike, Town, Troops
from ui.map.theatre import Theatre
from ui.map.view import ZOOMS

PANEL = Box(292, 96, 848, 492)
SIZES = ((1280, 720), (1600, 900), (2560, 1440))
OWN = {"kharkiv": 8, "luhansk": 30, "donetsk": 55, "zapor": 30, "kherson_w": 25, "kherson_e": 10,
       "crimea": 15, "belgorod": 15, "belarus": 9}  # fmt: skip
THEIRS = {"kyiv_north": (24, 38), "kharkiv": (20, 30), "donetsk": (45, 60), "zapor": (20, 31),
          "kherson_w": (33, 44), "dnipro": (10, 15), "odesa": (8, 12)}  # fmt: skip
SEEN = MapSeen(
    ("moscow", "kyiv"),
    {"kharkiv": 0.04, "luhansk": 0.98, "donetsk": 0.57, "zapor": 0.72, "kherson_w": 0.8,
     "kherson_e": 1.0, "crimea": 1.0, "belgorod": 1.0, "belarus": 1.0},
    damage={"kerch": 0.5, "sea_cables": 0.35, "eu_energy": 0.55},
    status={"kerch": "50% capacity", "eu_energy": "Gas flow at 20%"},
    strikes=(Strike("kyiv_north", "9 killed"), Strike("west_ukraine")),
    arcs=(Arc("supply_hub", "dnipro", "washington"), Arc("crimea", "odesa", "moscow", True)),
    troops=(*(Troops(r, 0, n, n, True) for r, n in OWN.items()),
            *(Troops(r, 1, a, b, False) for r, (a, b) in THEIRS.items())),
    towns=(Town("Lviv", 24.03, 49.84), Town("Dnipro", 35.05, 48.46)),
    caption="Target: the grid of the coast", title="One seat's picture",
)  # fmt: skip


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("kerch_2022")


@pytest.fixture(scope="module")
def theatre(scenario: Scenario) -> Theatre:
    pygame.font.init()
    return Theatre(scenario)


def canvas(
    scenario: Scenario, size: tuple[int, int] = (1280, 720), theme: str = "dark",
    language: str = "en", text_scale: float = 1.0, focus: Focus | None = None,
) -> Canvas:  # fmt: skip
    known = Theme(theme).known(len(scenario.ladder.rungs), marks_of(scenario))
    return Canvas(pygame.Surface(size), known, Words(language), text_scale=text_scale, focus=focus)


def ids(c: Canvas) -> set[str]:
    return {item.id.removeprefix("region:") for item in c.items if item.id.startswith("region:")}


# --- how it looks -----------------------------------------------------------------------------
@pytest.mark.parametrize("text_scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_words_lie_over_words(
    scenario: Scenario, theatre: Theatre, language: str, text_scale: float
) -> None:
    for zoom in ZOOMS:
        c = canvas(scenario, language=language, text_scale=text_scale)
        theatre.draw(c, PANEL, SEEN, "odesa", ("odesa", "sea_cables"), zoom)
        assert not c.faults
        assert not c.words.missing


@pytest.mark.full
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("layer", LAYERS)
def test_nor_in_any_size_theme_and_layer(
    scenario: Scenario, theatre: Theatre, size: tuple[int, int], theme: str, layer: str
) -> None:
    for selected in (None, "kherson_w", "baltic", "eu_energy", "ballot_system"):
        c = canvas(scenario, size, theme)
        theatre.draw(c, PANEL, SEEN, selected, layer=layer)
        assert not c.faults


def test_a_picture_is_painted_once(
    scenario: Scenario, theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre.draw(canvas(scenario), PANEL, SEEN)
    for name in ("backdrop", "holdings"):
        monkeypatch.setattr(paint, name, lambda *_, **__: pytest.fail("painted again"))
    theatre.draw(canvas(scenario), PANEL, replace(SEEN, strikes=()), layer="forces")


def test_taken_ground_changes_with_control(scenario: Scenario, theatre: Theatre) -> None:
    first, second = canvas(scenario), canvas(scenario)
    theatre.draw(first, PANEL, MapSeen(SEEN.sides))
    theatre.draw(second, PANEL, MapSeen(SEEN.sides, {"odesa": 1.0}))
    assert pygame.image.tobytes(first.surface, "RGB") != pygame.image.tobytes(
        second.surface, "RGB"
    )


# --- what can be reached ----------------------------------------------------------------------
def test_everything_has_an_item(scenario: Scenario, theatre: Theatre) -> None:
    c = canvas(scenario)
    theatre.draw(c, PANEL, SEEN)
    wanted = {r.id for r in scenario.regions}
    assert ids(c) == wanted | {n.id for n in scenario.nodes if n.region is None}
    assert all(item.shown.w > 0 and item.shown.h > 0 for item in c.items)


@pytest.mark.parametrize("zoom", [1.0, 2.5])
def test_arrow_keys_reach_everything(scenario: Scenario, theatre: Theatre, zoom: float) -> None:
    focus, seen, waiting = Focus(), {"donetsk"}, ["donetsk"]
    while waiting:
        here = waiting.pop()
        for key in ("left", "right", "up", "down"):
            focus.set(f"region:{here}", by_key=True)
            for _ in range(2):  # the second picture has the near view move along
                c = canvas(scenario, focus=focus)
                theatre.draw(c, PANEL, SEEN, zoom=zoom)
                c.finish()
            assert focus.key(key)
            there = str(focus.item).removeprefix("region:")
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    assert seen >= {r.id for r in scenario.regions}


def test_among_targets_a_walk_meets_only_targets(scenario: Scenario, theatre: Theatre) -> None:
    theatre.draw(canvas(scenario), PANEL, SEEN)
    targets = ("odesa", "kharkiv", "sea_cables")
    for key in ("left", "right", "up", "down"):
        assert theatre.walk("odesa", key, targets) in ("odesa", "kharkiv", "baltic")


def test_the_mouse_picks_a_region_anywhere_on_it(scenario: Scenario, theatre: Theatre) -> None:
    picked: list[str] = []
    focus = Focus()
    c = canvas(scenario, focus=focus)
    theatre.draw(c, PANEL, MapSeen(SEEN.sides), hands=Hands(pick=picked.append))
    c.finish()
    spot = next((x, y) for x in range(500, 700, 7) for y in range(150, 400, 7)
                if theatre.at(x, y) == "dnipro" and (at := focus.at((x, y)))
                and at.id == "map:surface")  # fmt: skip
    focus.press(*spot)
    focus.release(*spot)
    assert picked == ["dnipro"]


def test_a_region_stands_for_the_node_in_it(scenario: Scenario, theatre: Theatre) -> None:
    picked: list[str] = []
    c = canvas(scenario)
    theatre.draw(c, PANEL, SEEN, "sea_cables", ("sea_cables",), hands=Hands(pick=picked.append))
    item = next(item for item in c.items if item.id == "region:baltic")
    assert item.action is not None
    item.action()
    assert picked == ["sea_cables"]


def test_zoom_and_layers_are_pressed(scenario: Scenario, theatre: Theatre) -> None:
    zooms: list[float] = []
    layers: list[str] = []
    c = canvas(scenario)
    theatre.draw(c, PANEL, SEEN, hands=Hands(zoom=zooms.append, layer=layers.append))
    for item in c.items:
        if item.id in ("map:plus", "map:minus", "map:layer:supply") and item.action:
            item.action()
    assert layers == ["supply"]
    assert sorted(zooms) == [ZOOMS[0], ZOOMS[2]]
    assert next_zoom(ZOOMS[-1], 1) == ZOOMS[-1]
    assert next_layer(LAYERS[-1]) == LAYERS[0]


# --- without a map ----------------------------------------------------------------------------
@pytest.mark.parametrize("text_scale", [1.0, 1.5])
def test_a_missing_map_is_a_board_of_boxes(
    scenario: Scenario, tmp_path: Path, text_scale: float
) -> None:
    boxes = Theatre(scenario, tmp_path)
    assert len(boxes.notes) == 1
    c = canvas(scenario, text_scale=text_scale)
    boxes.draw(c, PANEL, SEEN, "odesa")
    assert not c.faults
    assert ids(c) >= {r.id for r in scenario.regions}
    assert boxes.walk("odesa", "right") not in (None, "odesa")
    assert boxes.at(600, 300) is None


def test_a_scenario_without_outlines_is_a_board_of_boxes() -> None:
    scenario = load("tutorial")
    sides = [a.id for a in scenario.actors if a.role == "leader"]
    c, boxes = canvas(scenario), Theatre(scenario)
    boxes.draw(c, PANEL, MapSeen((sides[0], sides[1])))
    assert not boxes.notes
    assert not c.faults
    assert ids(c) == {r.id for r in scenario.regions}
