"""The atlas of a scenario: land from the map files, and the outline of each region.

A missing or broken file costs the map, never the game: the atlas is then empty and says why.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from sim.schema import Region, Scenario
from ui.map import geometry
from ui.map.geometry import Bounds, Edge, Point, Polygon, Shape

COUNTRIES = "countries"  # the file of whole countries; every other file holds parts of them
STANDARD = 48.0  # latitude of the projection when a scenario has no outlines
SIDE_OF_NOBODY = -1


@dataclass(frozen=True)
class Land:
    """A country as a backdrop."""

    code: str
    name: str
    shape: Shape
    label: Point


@dataclass(frozen=True)
class Place:
    """A region of the scenario that has an outline."""

    region: Region
    shape: Shape
    owner: int  # the side whose soil it is by law, or nobody's

    @cached_property
    def bounds(self) -> Bounds:
        return geometry.shape_bounds(self.shape)

    @cached_property
    def borders(self) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
        return geometry.borders(self.shape)

    @cached_property
    def pole(self) -> tuple[Point, float]:
        return geometry.pole(self.shape)

    @property
    def ground(self) -> bool:
        """Whether armies stand on it; a bridge or a sea is only marked."""
        return self.region.kind == "land"

    @property
    def fought(self) -> bool:
        return self.region.claim not in ("home", "ally")


@dataclass(frozen=True)
class Atlas:
    """Everything that can be drawn of a scenario before its first week."""

    scale: float  # of a degree of longitude
    lands: tuple[Land, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    side_of: Mapping[str, int] = field(default_factory=dict)  # country -> belligerent
    notes: tuple[str, ...] = ()

    @cached_property
    def home(self) -> Bounds | None:
        """What the board shows at first: the ground that can change hands, and its bridges."""
        shown = [p for p in self.places.values() if p.ground and p.fought]
        shown += [p for p in self.places.values() if shown and p.region.kind == "link"]
        shown = shown or [*self.places.values()]
        if not shown:
            return None
        return geometry.bounds(point for p in shown for ring in geometry.rings(p.shape)
                               for point in ring)  # fmt: skip

    @cached_property
    def touching(self) -> tuple[tuple[str, str, Edge], ...]:
        """Every piece of border two regions of ground share."""
        first: dict[frozenset[Point], str] = {}
        shared = []
        for name, place in self.places.items():
            for edge in place.borders[0] if place.ground else ():
                key = geometry.between(edge)
                if key in first:
                    shared.append((first[key], name, edge))
                first[key] = name
        return tuple(shared)

    @cached_property
    def rim(self) -> tuple[Edge, ...]:
        """The outline of all the ground that is fought over, the sea's edge included."""
        kind = {n: p.fought for n, p in self.places.items()}
        inside = {geometry.between(e) for a, b, e in self.touching if kind[a] == kind[b]}
        return tuple(edge for place in self.places.values() if place.ground and place.fought
                     for edge in place.borders[0] if geometry.between(edge) not in inside)


def atlas(scenario: Scenario, folder: Path | None = None) -> Atlas:
    """The atlas of a scenario, from the shipped map or the one in `folder`."""
    outlined = [region for region in scenario.regions if region.outline]
    if not outlined:
        return Atlas(geometry.scale_at(STANDARD))
    features, notes = _features(folder or Path(str(files("scenarios"))) / "map")
    units = {f["properties"].get("id") or f["properties"].get("iso_a3"): f for f in features}
    raw = {region.id: _rings(region, units) for region in outlined}
    ground = [bool(raw[region.id]) for region in outlined if region.kind == "land"]
    if sum(ground) * 2 < len(ground):  # a map of the few others would mislead
        return Atlas(geometry.scale_at(STANDARD), notes=notes)
    lost = [region.name for region in outlined if not raw[region.id]]
    if lost:
        notes = (*notes, f"not on the map: {', '.join(lost)}")
    k = geometry.scale_at(_middle([r for r in outlined if raw[r.id]], raw))
    owners = {p.id: side for side, p in enumerate(scenario.polities[:2])}
    places = {region.id: Place(region, _shape(raw[region.id], k),
                               owners.get(region.owner, SIDE_OF_NOBODY))
              for region in outlined if raw[region.id]}  # fmt: skip
    lands = tuple(_land(f, k) for f in features if "id" not in f["properties"])
    return Atlas(k, lands, places, _homes(scenario, owners, units), notes)


def _features(folder: Path) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    found, notes = [], []
    paths = sorted(folder.glob("*.geojson"), key=lambda p: (p.stem != COUNTRIES, p.name))
    for path in paths:
        try:
            listed = json.loads(path.read_text(encoding="utf-8"))["features"]
            found += [f for f in listed if _rings_of(f) and f["properties"] is not None]
        except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError):
            notes.append(f"{path.name} cannot be read; the board shows boxes in its place")
    return found, tuple(notes) if paths else ("no map files; the board shows boxes in their place",)


def _rings_of(feature: Mapping[str, Any]) -> list[list[Sequence[tuple[float, float]]]]:
    """Polygons of a feature, each a list of rings, outer first; raises on anything else."""
    shape = feature["geometry"]
    given = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[[(float(p[0]), float(p[1])) for p in ring] for ring in polygon] for polygon in given]


def _rings(region: Region, units: Mapping[str, Any]) -> list[list[Sequence[tuple[float, float]]]]:
    """A region's polygons in degrees; codes the map lacks are left out."""
    drawn = tuple(point for point in region.outline if not isinstance(point, str))
    if drawn:
        return [[drawn]] if len(drawn) >= 3 else []
    codes = [code for code in region.outline if isinstance(code, str) and code in units]
    return [polygon for code in codes for polygon in _rings_of(units[code])]


def _middle(regions: Sequence[Region], raw: Mapping[str, Any]) -> float:
    """The latitude half-way up the ground that is fought over."""
    shown = [r for r in regions if r.kind == "land" and r.claim not in ("home", "ally")] or regions
    heights = [p[1] for r in shown for polygon in raw[r.id] for ring in polygon for p in ring]
    return (min(heights) + max(heights)) / 2 if heights else STANDARD


def _shape(polygons: Sequence[Sequence[Any]], k: float) -> Shape:
    shapes = (tuple(geometry.projected(ring, k) for ring in polygon) for polygon in polygons)
    return tuple(Polygon(outer, holes) for outer, *holes_ in shapes for holes in [tuple(holes_)])


def _land(feature: Mapping[str, Any], k: float) -> Land:
    named = feature["properties"]
    shape = _shape(_rings_of(feature), k)
    label = named.get("label") or shape[0].outer[0]
    where = geometry.projected([tuple(label)], k)[0] if "label" in named else label
    return Land(str(named.get("iso_a3", "")), str(named.get("name", "")), shape, where)


def _homes(
    scenario: Scenario, owners: Mapping[str, int], units: Mapping[str, Any]
) -> dict[str, int]:
    """Which country is whose: the soil a belligerent owns, but for an ally it answers for."""
    return {str(units[code]["properties"].get("iso_a3", "")): owners[region.owner]
            for region in scenario.regions if region.owner in owners and region.claim != "ally"
            for code in region.outline if isinstance(code, str) and code in units}  # fmt: skip
