"""The map of a replayed week: ground as it then stood, what was hit, and what was sent where."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from sim.schema import Scenario
from ui.map.seen import Arc, MapSeen, Strike
from ui.present.theatre import sides
from ui.present.week import Beat, DeedRow, Week

HALF = 0.5
GROUND = 5  # from this step of ten on, the ground is shown as the week left it


def replay_map(week: Week, at: int) -> MapSeen:
    """As it stands at a beat: arcs of the orders are dashed until their step has come."""
    beat = week.beats[at]
    after = beat.step > GROUND or beat.kind in ("harm", "end")
    board = week.after if after else week.before
    told = [b.deed for b in week.beats[: at + 1] if b.deed is not None and b.deed.target]
    rows = [b.deed for b in week.beats if b.deed is not None and b.deed.target]
    homes = {node.id: node.region or node.id for node in week.scenario.nodes}
    return MapSeen(
        sides(week.scenario), dict(board.control), dict(board.damage), {}, {},
        tuple(Strike(name) for name in dict.fromkeys(homes.get(r.target, r.target) for r in told)),
        tuple(_arcs(week, rows, beat, board.control)), (), (), "", _title(week, beat),
    )  # fmt: skip


def _title(week: Week, beat: Beat) -> str:
    return week.words.t(f"resolve.step.{week.told.steps[beat.step].kind}")


def _arcs(week: Week, rows: Sequence[DeedRow], beat: Beat,
          control: dict[str, float]) -> Iterator[Arc]:  # fmt: skip
    """All orders with a place while they are revealed; then the one the beat tells."""
    homes = {node.id: node.region or node.id for node in week.scenario.nodes}
    for row in rows:
        here = beat.deed is not None and beat.deed.number == row.number
        if row.actor and (here or beat.kind == "orders"):
            target = homes.get(row.target, row.target)
            start = origin(week.scenario, control, row.actor, target)
            if start:
                yield Arc(start, target, row.actor, drafted=not here)


def origin(scenario: Scenario, control: dict[str, float], actor: str, target: str) -> str:
    """The nearest region, step by step over the links, that the actor's side holds; or ""."""
    links: dict[str, set[str]] = {}
    for region in scenario.regions:
        for other in region.links:
            links.setdefault(region.id, set()).add(other)
            links.setdefault(other, set()).add(region.id)
    side = _side(scenario, actor)
    ahead, seen = deque([target]), {target}
    while ahead and side is not None:
        here = ahead.popleft()
        if here != target and here in control and (control[here] >= HALF) == (side == 0):
            return here
        fresh = sorted(links.get(here, set()) - seen)
        seen.update(fresh)
        ahead.extend(fresh)
    return ""


def _side(scenario: Scenario, actor: str) -> int | None:
    """The side an actor fights on, or backs; None for neither."""
    polities = [polity.id for polity in scenario.polities[:2]]
    home = next((a.polity for a in scenario.actors if a.id == actor), "")
    backs = next((str(p.backs) for p in scenario.polities if p.id == home and p.backs), "")
    return next((polities.index(one) for one in (home, backs) if one in polities), None)
