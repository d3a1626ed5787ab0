"""The map of a replayed week: ground as it then stood, what was hit, and what was sent where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ui.map.seen import Arc, MapSeen, Strike
from ui.present.theatre import origin, sides
from ui.present.week import Beat, DeedRow, Week

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
