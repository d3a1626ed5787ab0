"""Regions on the stage of a map: first all are given room, then arcs and groups are drawn."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ui.kit.box import Box
from ui.kit.focus import Look
from ui.map import groups
from ui.map.arcs import arc
from ui.map.facts import Facts
from ui.map.frame import Frame
from ui.map.front import Ground
from ui.map.geometry import Point
from ui.map.groups import Group, broken
from ui.map.labels import Places
from ui.map.seen import Troops
from ui.map.view import View

FENCE, PACE = 7.0, 8.0  # room kept round the front, and how often along it
NEAR = (0, 10, 20, 32, 46, 62)  # how far chits may move from the ground their men hold


class Stand(NamedTuple):
    """Where a region's group stands; no group where there was no room for one."""

    id: str
    group: Group | None
    box: Box


class Stage:
    """The groups of one drawing."""

    def __init__(self, f: Frame, facts: Facts, places: Places) -> None:
        self.f, self.facts, self.places = f, facts, places
        self.stands: list[Stand] = []
        self.loose: list[tuple[Troops, Box]] = []  # chits on their own side of a front
        self.caption: Box | None = None
        self.spots: dict[str, Box] = {}  # also of what stands beside the map

    @property
    def said(self) -> set[str]:
        """The names that stand on the map."""
        return {" ".join(stand.group.lines) for stand in self.stands if stand.group is not None}

    # --- room -----------------------------------------------------------------------------------
    def fence(self, ground: Ground, view: View) -> None:
        """No words on the front."""
        for line in ground.front:
            spots = [view.at(point) for point in line]
            for (ax, ay), (bx, by) in itertools.pairwise(spots):
                count = int(max(abs(bx - ax), abs(by - ay)) / PACE) + 1
                for n in range(count):
                    x, y = ax + (bx - ax) * n / count, ay + (by - ay) * n / count
                    self.places.take(Box(x - FENCE / 2, y - FENCE / 2, FENCE, FENCE))

    def split(self, ground: Ground, view: View) -> None:
        """Where a front runs through a region, each side's men stand on their own ground."""
        if not self.f.shows("forces"):
            return
        for one in self.f.seen.troops:
            held = ground.holdings.get(one.region)
            if held is not None and held.cut is not None:
                size = groups.chit_width(self.f.c, one), groups.chit_height(self.f.c)
                found = self.places.near(*view.at(held.poles[one.side]), [size], NEAR)
                if found:
                    self.loose.append((one, found[1]))

    def settle(self, spots: Mapping[str, Point], width: float, places: Places) -> None:
        """Every region's group near its point, those that matter now first."""
        f, loose = self.f, {id(one) for one, _ in self.loose}
        struck = {strike.region for strike in f.seen.strikes}
        places_of = self.facts.atlas.places
        for name in sorted(spots, key=lambda n: (n != f.selected, n not in f.homes,
                                                 n not in struck, -places_of[n].pole[1])):
            whole = self.group(name, width)
            whole = replace(whole, troops=tuple(t for t in whole.troops if id(t) not in loose))
            forms = list(whole.less())
            found = places.near(*spots[name], (form.size(f.c) for form in forms))
            box = found[1] if found else Box(spots[name][0] - 8, spots[name][1] - 8, 16, 16)
            if name == f.selected:
                places.take(box.grown(6))
                self.caption = self._caption_room(box, places)
            self.stands.append(Stand(name, forms[found[0]] if found else None, box))
            self.spots[name] = box

    def group(self, id: str, width: float) -> Group:
        """What a region says, in the words and colours of now."""
        f, ahead = self.f, self.f.ahead(id)
        step = "label" if ahead else "small"
        colour = "text" if ahead else "text3" if f.targets else "text2"
        region = self.facts.regions.get(id)
        lines = broken(f.c, region.name if region else "", step, width)
        sea = region is not None and region.kind == "sea"
        whole = self.facts.group(id, lines, step, colour, f.seen, f.layer)
        return replace(whole, weight="italic") if sea and not ahead else whole

    # --- drawing --------------------------------------------------------------------------------
    def arcs(self) -> None:
        f = self.f
        for one in f.seen.arcs if f.shows("strikes", "supply") else ():
            ends = [self.spots.get(self.facts.home_of(end)) for end in (one.origin, one.target)]
            if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
                arc(f.c, ends[0], ends[1], f"actor:{one.actor}", dashed=one.drafted)

    def draw(self) -> None:
        for one, box in self.loose:
            groups.chit(self.f.c, box, one, self.f.seen.sides[one.side])
        for stand in self.stands:
            look = self.item(stand.id, stand.box)
            if look.hover:
                self.f.c.rect(stand.box.grown(3), line="text")
            if stand.group is not None:
                stand.group.draw(self.f.c, stand.box, self.f.seen)
            if stand.id == self.f.selected:
                groups.brackets(self.f.c, stand.box.grown(5))
                self._caption()

    def item(self, id: str, box: Box) -> Look:
        f = self.f
        return f.c.item(f"region:{id}", box, partial(f.hands.pick, self.facts.aimed(id, f.targets)),
                        region=f.region, hint=f.seen.hints.get(id) or self.facts.name(id),
                        keys=partial(f.keys, id))  # fmt: skip

    def _caption_room(self, box: Box, places: Places) -> Box | None:
        """Where the words beside what is selected go."""
        c, words = self.f.c, self.f.seen.caption
        if not words:
            return None
        w, h = c.measure(words, "label") + 20, c.leading("label") + 6
        found = places.near(box.cx, box.y2 + h, [(w, h)], (0, 14, 30, 50, 80, 110))
        return found[1] if found else Box(box.cx - w / 2, box.y2 + 8, w, h)

    def _caption(self) -> None:
        if self.caption is not None:
            with self.f.c.layer(f"{self.f.c.layer_name} caption"):  # over this map, not another
                self.f.c.rect(self.caption, "bg0", "text")
                self.f.c.text(self.caption, self.f.seen.caption, "label", "text", "centre")


def corner(room: Box, size: tuple[float, float], points: Sequence[Point]) -> Box:
    """The corner of a room where a box of this size covers the fewest points."""
    w, h = size
    corners = [Box(x, y, w, h) for y in (room.y, room.y2 - h) for x in (room.x, room.x2 - w)]
    return min(corners, key=lambda box: sum(box.grown(12).contains(*p) for p in points))
