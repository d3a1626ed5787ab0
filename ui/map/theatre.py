"""The theatre of a scenario on a canvas: map, marks and boxes of what a seat sees in a week."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sim.schema import Scenario
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.map import geometry, names, offmap, view
from ui.map.album import Album
from ui.map.atlas import atlas
from ui.map.facts import Facts
from ui.map.frame import Frame, Hands, legend, titled, zoom_buttons
from ui.map.geometry import Point
from ui.map.labels import Places
from ui.map.seen import MapSeen
from ui.map.stage import Stage, corner
from ui.map.view import View

INSET = (196.0, 132.0)


class Theatre:
    """Draws one scenario's theatre; keeps its pictures from week to week."""

    def __init__(self, scenario: Scenario, folder: Path | None = None) -> None:
        self.atlas = atlas(scenario, folder)
        self.facts = Facts(scenario, self.atlas)
        self.notes = self.atlas.notes  # what is missing, one sentence each
        self.anchors: dict[str, Point] = {}  # where each region stood when last drawn
        self._album = Album(self.atlas)
        self._view: View | None = None
        self._found: dict[tuple[View, Box], dict[str, Point]] = {}
        self._pointed: tuple[float, float] = (0.0, 0.0)

    def named(self, scenario: Scenario) -> None:
        """The same places by their names in another language."""
        if scenario is not self.facts.scenario:
            self.facts = Facts(scenario, self.atlas)

    # --- what others may ask --------------------------------------------------------------------
    def walk(self, here: str | None, key: str, targets: Sequence[str] = ()) -> str | None:
        """The region an arrow key leads to; among the targets, if there are any."""
        among = self.facts.homes(targets)
        open_ = {name: at for name, at in self.anchors.items()
                 if not among or name in among or name == here}  # fmt: skip
        return view.step(open_, here, key)

    def at(self, x: float, y: float) -> str | None:
        """The region under a point of the map."""
        if self._view is None:
            return None
        point = self._view.under(x, y)
        found = [name for name, place in self.atlas.places.items()
                 if place.bounds.holds(point) and geometry.inside(point, place.shape)]  # fmt: skip
        return min(found, key=lambda n: geometry.area(self.atlas.places[n].shape), default=None)

    # --- the picture ----------------------------------------------------------------------------
    def draw(
        self, c: Canvas, box: Box, seen: MapSeen, selected: str | None = None,
        targets: tuple[str, ...] = (), zoom: float = 1.0, layer: str = "all",
        hands: Hands | None = None, *, bar: bool = True, region: str = "map",
    ) -> None:  # fmt: skip
        """The whole panel, or only the map when `bar` is off."""
        hands = hands or Hands()
        room = titled(c, box, seen.title, layer, hands, region) if bar else box
        chosen = self.facts.home_of(selected) if selected else None
        walk = partial(self._step, targets)
        f = Frame(c, room.inset(1), seen, chosen, targets, self.facts.homes(targets), layer, hands,
                  region, walk)  # fmt: skip
        with c.clip(f.box):
            if self.atlas.home is None:
                self._board(f)
            else:
                self._map(f, zoom)

    def plan(self, c: Canvas, box: Box, seen: MapSeen) -> bool:
        """A small picture of who holds what, without words; false where there is no map."""
        if self.atlas.home is None:
            return False
        with c.clip(box):
            shown = view.zoomed(self.atlas, box, box.inset(8), 1.0, None)
            self._album.show(c, box, shown, seen, None, ())
        return True

    def _step(self, targets: tuple[str, ...], here: str, key: str) -> str | None:
        return self.walk(here, key, targets)

    def _board(self, f: Frame) -> None:
        """Named boxes, for a scenario without a map."""
        f.c.rect(f.box, "map_sea")
        stage = Stage(f, self.facts, Places(f.box))
        cards = offmap.grid(f.c, self.facts.scenario, f.box.inset(18))
        offmap.ties(f.c, self.facts.scenario, cards)
        stage.spots = {card.id: card.box for card in cards}
        stage.arcs()
        for card in cards:
            self._card(stage, card)
        self._remember(stage)

    def _map(self, f: Frame, zoom: float) -> None:
        column = self._column(f)
        right = column.x if self.facts.off_map else f.box.x2
        foot, draw_legend = legend(f, right - f.box.x - 50)
        clear = Box(f.box.x + 10, f.box.y + 10, right - f.box.x - 22, foot.y - f.box.y - 16)
        self._view = shown = view.zoomed(self.atlas, f.box, clear, zoom, self._around(f))
        ground = self._album.show(f.c, f.box, shown, f.seen, f.selected, f.homes)
        self._surface_item(f)
        stage = Stage(f, self.facts, Places(f.box.inset(4), [foot.grown(3), column]))
        draw_legend()
        zoom_buttons(f, stage.places, zoom, right)
        spots = self._spots(shown, clear)
        if zoom <= 1:
            self._inset(stage, clear, spots)
        self._draw_column(stage, column)
        stage.fence(ground, shown)
        stage.split(ground, shown)
        squares = names.squares(f.c, self.atlas, shown, f.seen.towns, clear, stage.places)
        stage.settle(spots, 96, stage.places)
        stage.arcs()
        stage.draw()
        self._remember(stage)
        names.towns(f.c, squares, stage.places, stage.said)
        names.countries(f.c, self.atlas, shown, clear, stage.places)

    def _remember(self, stage: Stage) -> None:
        """Where everything stands, for a walk; what is beyond the edge counts too."""
        self.anchors = {name: (box.cx, box.cy) for name, box in stage.spots.items()}
        if self._view is not None:
            for name, place in self.atlas.places.items():
                self.anchors.setdefault(name, self._view.at(place.pole[0]))

    def _spots(self, shown: View, clear: Box) -> dict[str, Point]:
        """Where the names of the regions in sight belong; worked out once for a view."""
        key = shown, clear
        if key not in self._found:
            while len(self._found) > 12:
                self._found.pop(next(iter(self._found)))
            self._found[key] = {
                name: spot for name, place in self.atlas.places.items()
                if (spot := view.anchor(place, shown, clear)) is not None
            }  # fmt: skip
        return self._found[key]

    def _around(self, f: Frame) -> Point | None:
        """The place a near view is centred on: where the keyboard is, or what is selected."""
        focus = (f.c.focus.item or "").removeprefix("region:")
        name = focus if focus in self.atlas.places else f.selected
        return self.atlas.places[name].pole[0] if name and name in self.atlas.places else None

    def _surface_item(self, f: Frame) -> None:
        """A press anywhere on a region picks it; the names on top have items of their own."""
        def press() -> None:
            found = self.at(*self._pointed)
            if found is not None:
                f.hands.pick(self.facts.aimed(found, f.targets))

        def point(x: float, y: float) -> None:
            self._pointed = x, y

        f.c.item("map:surface", f.box, press, region=f.region, drag=point, stop=False)

    # --- beside the map -------------------------------------------------------------------------
    def _column(self, f: Frame) -> Box:
        """The strip kept for what has no place on the map."""
        wide = offmap.column_width(f.c)
        title = f.c.leading("label") + 4
        cards = offmap.column(f.c, Box(0, title, wide, f.box.h - 20 - title), self.facts.off_map,
                              f.seen)  # fmt: skip
        return Box(f.box.x2 - wide - 10, f.box.y + 6, wide, cards[-1].box.y2 if cards else 0)

    def _draw_column(self, stage: Stage, column: Box) -> None:
        if not self.facts.off_map:
            return
        c = stage.f.c
        title, room = column.cut_top(c.leading("label") + 4)
        c.text(title, c.t("map.off_map"), "label", "text2", cut=True)
        for card in offmap.column(c, room, self.facts.off_map, stage.f.seen):
            stage.spots[card.id] = card.box
            self._card(stage, card)

    def _card(self, stage: Stage, card: offmap.Card) -> None:
        f, look = stage.f, stage.item(card.id, card.box)
        offmap.card(f.c, card, stage.group(card.id, 9999), f.seen, look, lit=card.id in f.homes,
                    chosen=card.id == f.selected)  # fmt: skip

    def _inset(self, stage: Stage, clear: Box, spots: dict[str, Point]) -> None:
        """What lies beyond the map's edge, in a small map of its own."""
        far = {name: place for name, place in self.atlas.places.items() if name not in spots}
        if not far:
            return
        size = INSET[0], min(INSET[1], clear.h * 0.36)
        frame = corner(clear, size, [*spots.values()])
        picture = frame.inset(1)
        span = geometry.bounds(point for place in far.values()
                               for ring in geometry.rings(place.shape)
                               for point in ring)  # fmt: skip
        small = view.fitted(span, picture, picture.inset(14))
        self._album.plain(stage.f.c, picture, small)
        stage.f.c.rect(frame, line="ctl")
        stage.places.take(frame.grown(4))
        stage.settle({name: small.at(place.pole[0]) for name, place in far.items()}, 150,
                     Places(picture.inset(3)))  # fmt: skip
