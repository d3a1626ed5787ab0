"""The frame of the theatre: title bar, layers, legend and zoom, and what a press there does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from ui.kit import widgets
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.map import groups
from ui.map.labels import Places
from ui.map.seen import MapSeen, Troops
from ui.map.view import ZOOMS

LAYERS = ("all", "control", "strikes", "supply", "forces")
SWATCH, PAD = 24.0, 18.0
SAMPLE = (3.0, 5.0)  # the estimate in the legend


def _nothing(_: object) -> None:
    return


@dataclass(frozen=True)
class Hands:
    """What pressing something on the map does."""

    pick: Callable[[str], None] = _nothing  # a region or a node, by id
    zoom: Callable[[float], None] = _nothing
    layer: Callable[[str], None] = _nothing


@dataclass(frozen=True)
class Frame:
    """One drawing of the theatre: where, of what, and for whom."""

    c: Canvas
    box: Box
    seen: MapSeen
    selected: str | None  # a region
    targets: tuple[str, ...]  # as given: regions and nodes
    homes: tuple[str, ...]  # the regions these stand at
    layer: str
    hands: Hands
    region: str  # of the focus
    walk: Callable[[str, str], str | None] = field(repr=False)

    def shows(self, *layers: str) -> bool:
        return self.layer == "all" or self.layer in layers

    def ahead(self, id: str) -> bool:
        return id == self.selected or id in self.homes

    def keys(self, id: str, key: str) -> bool:
        """An arrow takes the focus to the neighbour that lies there."""
        there = self.walk(id, key) if key in ("left", "right", "up", "down") else None
        if there is not None:
            self.c.focus.set(f"region:{there}", by_key=True)
        return there is not None


def next_layer(layer: str) -> str:
    return LAYERS[(LAYERS.index(layer) + 1) % len(LAYERS)]


def next_zoom(zoom: float, step: int) -> float:
    nearest = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - zoom))
    return ZOOMS[max(0, min(len(ZOOMS) - 1, nearest + step))]


def titled(c: Canvas, box: Box, title: str, layer: str, hands: Hands, region: str) -> Box:
    """The title bar with the layers; returns the room under it."""
    c.rect(box, "bg1", "line")
    bar, room = box.cut_top(widgets.TITLE)
    names = [(name, c.t(f"map.layer.{name}")) for name in LAYERS]
    cell = max(c.measure(words, "small", "semibold") for _, words in names) + 18
    bar, layers = bar.inset(6, 3).cut_right(cell * len(names), 10)
    widgets.toggle(c, layers, "map:layer", names, layer, hands.layer, region=f"{region}:bar",
                   hint=c.t("map.layer_hint"), step="small")  # fmt: skip
    used = c.spans(bar.inset(6, 0), [(c.t("map.title"), "text", None)], "title", cut=True)
    rest = bar.inset(6, 0).cut_left(used, 10)[1]
    if rest.w > 60:
        c.text(rest, title, "body", "text3", cut=True)
    return room


def legend(f: Frame, width: float) -> tuple[Box, Callable[[], None]]:
    """Where the legend stands at the foot of the map, and how to draw it."""
    c, figure = f.c, Troops("", 1, *SAMPLE, own=False)
    high = max(26.0, groups.chit_height(c) + 6)
    shown: list[tuple[str, float, float]] = []
    room = width - 18.0
    for name in ("taken", "front", "struck", "estimate"):
        sign = groups.chit_width(c, figure) if name == "estimate" else SWATCH
        wide = sign + 6 + c.measure(c.t(f"map.legend.{name}"), "small") + PAD
        if wide <= room:
            shown.append((name, sign, wide))
            room -= wide
    at = Box(f.box.x + 9, f.box.y2 - high - 9, sum(wide for _, _, wide in shown) + 2, high)
    return at, partial(_legend, f, at, shown, figure)


def _legend(f: Frame, at: Box, shown: Sequence[tuple[str, float, float]], figure: Troops) -> None:
    f.c.rect(at, "bg1")
    left = at.x + 9
    for name, sign, wide in shown:
        box, words = Box(left, at.y, wide - PAD, at.h).cut_left(sign, 6)
        _sign(f.c, box, name, figure, f.seen.sides)
        f.c.text(words.grown(1), f.c.t(f"map.legend.{name}"), "small", "text2")
        left += wide


def _sign(c: Canvas, box: Box, name: str, figure: Troops, sides: tuple[str, str]) -> None:
    if name == "taken":
        swatch = box.centred(20, 14)
        colour = f"actor:{sides[0]}"
        c.rect(swatch, c.mix("map_near", colour, 0.18), "ctl")
        inner = swatch.inset(1)
        corners = ((inner.x, inner.y), (inner.x2, inner.y), (inner.x2, inner.y2),
                   (inner.x, inner.y2))  # fmt: skip
        c.hatch(corners, c.mix("map_near", colour, 0.6), 4)
    elif name == "front":
        c.line([(box.x, box.cy), (box.x2, box.cy)], "bg0", 6)
        c.line([(box.x, box.cy), (box.x2, box.cy)], "front", 3)
    elif name == "struck":
        c.icon(box.centred(18, 18), "struck", "text")
    else:
        groups.chit(c, box.centred(box.w, groups.chit_height(c)), figure, sides[figure.side])


def zoom_buttons(f: Frame, places: Places, zoom: float, right: float) -> None:
    """Nearer and farther, at the lower right."""
    side = 28.0
    box = Box(right - side - 10, f.box.y2 - 2 * side - 13, side, side)
    for step, name, at in ((1, "plus", box), (-1, "minus", box.below(4, side))):
        wanted = next_zoom(zoom, step)
        open_ = wanted != zoom
        look = f.c.item(f"map:{name}", at, partial(f.hands.zoom, wanted), region=f.region,
                        hint=f.c.t("map.zoom_in" if step > 0 else "map.zoom_out"),
                        enabled=open_)  # fmt: skip
        f.c.rect(at, f.c.mix("bg1", "text", 0.1) if look.hover else "bg1",
                 "ctl" if open_ else "line")  # fmt: skip
        f.c.icon(at.centred(14, 14), name, "text2" if open_ else "text3")
        places.take(at.grown(3))
