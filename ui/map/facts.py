"""What the theatre knows of its scenario: where a target stands, whose a bridge is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sim.schema import Region, Scenario
from ui.map.atlas import Atlas
from ui.map.groups import Group
from ui.map.seen import MapSeen

SIGNED = ("link", "node")  # kinds of region that are a thing rather than ground


@dataclass(frozen=True)
class Facts:
    """Look-ups in a scenario and its atlas."""

    scenario: Scenario
    atlas: Atlas

    @cached_property
    def regions(self) -> dict[str, Region]:
        return {region.id: region for region in self.scenario.regions}

    @cached_property
    def leaders(self) -> dict[str, str]:
        """The leader of each polity."""
        return {a.polity: a.id for a in self.scenario.actors if a.role == "leader"}

    @cached_property
    def off_map(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of what has no place on the map."""
        regions = [(r.id, r.name) for r in self.scenario.regions if r.id not in self.atlas.places]
        nodes = [(n.id, n.name) for n in self.scenario.nodes if n.region is None]
        return (*regions, *nodes)

    def name(self, id: str) -> str:
        """What a region or a node is called."""
        nodes = {node.id: node.name for node in self.scenario.nodes}
        return self.regions[id].name if id in self.regions else nodes.get(id, "")

    def home_of(self, target: str) -> str:
        """The region a target stands at: a node's, or itself."""
        node = next((n for n in self.scenario.nodes if n.id == target), None)
        return node.region or node.id if node else target

    def homes(self, targets: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.home_of, targets)))

    def aimed(self, region: str, targets: Sequence[str]) -> str:
        """What picking a region means: itself, or the node in it that can be aimed at."""
        if region in targets:
            return region
        return next((t for t in targets if self.home_of(t) == region), region)

    def sign(self, id: str) -> str | None:
        """The actor in whose colour a bridge or a depot is drawn: its owner's leader."""
        region = self.regions.get(id)
        if region is None or region.kind not in SIGNED:
            return None
        return self.leaders.get(region.owner, "")

    def damage(self, id: str, seen: MapSeen) -> float | None:
        """Of a region and what stands in it: the worst that is known."""
        parts = [id, *(node.id for node in self.scenario.nodes if node.region == id)]
        return max((seen.damage[part] for part in parts if part in seen.damage), default=None)

    def group(
        self, id: str, lines: tuple[str, ...], step: str, colour: str, seen: MapSeen, layer: str
    ) -> Group:
        """What stands at a region, as far as a layer shows it."""
        everything = layer == "all"
        return Group(
            id, lines, step, colour,
            tuple(t for t in seen.troops if t.region == id) if everything or layer == "forces"
            else (),
            next((s for s in seen.strikes if s.region == id), None)
            if everything or layer == "strikes" else None,
            self.damage(id, seen) if everything or layer == "supply" else None,
            seen.status.get(id, "") if everything or layer == "supply" else "",
            self.sign(id))  # fmt: skip
