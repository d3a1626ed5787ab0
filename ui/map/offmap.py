"""Boxes for what has no place on the map: a column beside it, or a whole board without one."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.schema import Scenario
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.focus import Look
from ui.map import groups
from ui.map.groups import Group
from ui.map.seen import MapSeen

WIDE, GAP, PAD, EDGE, BAR = 160.0, 6.0, 9.0, 5.0, 12.0
ROW, ACROSS = 4, 30.0  # boxes that still stand side by side; the room between columns


@dataclass(frozen=True)
class Card:
    """One box: a region or a node, and how many of its rows there is room for."""

    id: str
    name: str
    box: Box
    share: bool  # whether a bar says who holds how much of it


# --- the column ---------------------------------------------------------------------------------
def column_width(c: Canvas) -> float:
    return min(250.0, WIDE * max(1.0, c.text_scale))


def column(c: Canvas, room: Box, ids: Sequence[tuple[str, str]], seen: MapSeen) -> list[Card]:
    """Boxes from above, each as high as its words; without status lines if they are too many."""
    full = [_height(c, name, room.w, status=bool(seen.status.get(id))) for id, name in ids]
    fits = sum(full) + GAP * (len(full) - 1) <= room.h + 0.5
    cards, top = [], room.y
    for (id, name), whole in zip(ids, full, strict=True):
        high = whole if fits else _height(c, name, 9999, status=False)
        if top + high <= room.y2 + 0.5:
            cards.append(Card(id, name, Box(room.x, top, room.w, high), share=False))
        top += high + GAP
    return cards


def _height(c: Canvas, name: str, wide: float, *, status: bool) -> float:
    words = c.tall(name, wide - 2 * PAD, "label", 2)
    return words + BAR + 2 * EDGE + (c.leading("small") if status else 0)


# --- a board of boxes ---------------------------------------------------------------------------
def grid(c: Canvas, scenario: Scenario, room: Box) -> list[Card]:
    """Every region, and what stands in none, in rows and columns; neighbours near one another.

    A few stand side by side, as far as that leaves room for the longest word of a name.
    """
    names = {region.id: region.name for region in scenario.regions}
    names |= {node.id: node.name for node in scenario.nodes}
    land = {region.id for region in scenario.regions if region.kind == "land"}
    order = [*ordered(scenario), *(node.id for node in scenario.nodes if node.region is None)]
    if not order:
        return []
    widest = max(c.measure(word, "label") for id in order for word in names[id].split())
    square = round(math.sqrt(len(order) * room.w / max(room.h, 1) * 0.6))
    beside = int((room.w + ACROSS) / (widest + 2 * PAD + 2 + ACROSS))
    few = min(ROW, max(2, beside))
    columns = max(1, min(len(order), square if len(order) > ROW else few))
    rows = math.ceil(len(order) / columns)
    columns = math.ceil(len(order) / rows)
    cells = [cell for column_ in room.columns(columns, ACROSS) for cell in column_.rows(rows, 18)]
    return [Card(id, names[id], cell.centred(min(cell.w, 230), min(cell.h, 120)), id in land)
            for id, cell in zip(order, cells, strict=False)]


def ordered(scenario: Scenario) -> list[str]:
    """Regions by how many links they lie from side 0's own ground."""
    links = linked(scenario)
    mine = [r.id for r in scenario.regions if r.owner == scenario.polities[0].id]
    order: list[str] = []
    for start in [*mine[:1], *links]:
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            if here not in order:
                order.append(here)
                waiting.extend(links[here])
    return order


def linked(scenario: Scenario) -> Mapping[str, list[str]]:
    """Neighbours of each region, said by either of the two."""
    found: dict[str, list[str]] = {region.id: [] for region in scenario.regions}
    for region in scenario.regions:
        for other in region.links:
            if other in found:
                for a, b in ((region.id, other), (other, region.id)):
                    if b not in found[a]:
                        found[a].append(b)
    return found


def ties(c: Canvas, scenario: Scenario, cards: Sequence[Card]) -> None:
    """The links between boxes, drawn beneath them."""
    places = {card.id: card.box for card in cards}
    for here, others in linked(scenario).items():
        for other in others:
            if here < other and here in places and other in places:
                a, b = places[here], places[other]
                c.line([(a.cx, a.cy), (b.cx, b.cy)], "line", 2)


# --- one box ------------------------------------------------------------------------------------
def card(
    c: Canvas, at: Card, group: Group, seen: MapSeen, look: Look, *, lit: bool, chosen: bool
) -> None:
    """Name, who holds it or how it suffers, its men, and a line of status, as far as they fit."""
    fill = c.mix("bg2", "text", 0.1) if look.hover else "bg3" if chosen else "bg2"
    c.rect(at.box, fill, "focus" if chosen else "text" if lit else "ctl", 2 if chosen else 1)
    inner = at.box.inset(PAD, EDGE)
    rows = c.leading("label")
    lines = 2 if c.tall(at.name, inner.w, "label", 2) + BAR <= inner.h else 1
    used = c.text(inner, at.name, "label", group.colour, lines=lines, middle=False, cut=True)
    bar, rest = inner.cut_top(max(used, rows))[1].cut_top(BAR)
    if at.share:
        balance(c, bar.centred(bar.w, 6), seen, seen.control.get(at.id, 0.0))
    else:
        groups.steps(c, bar.centred(bar.w, 4), seen.damage.get(at.id, 0.0), "loss")
    if group.troops and rest.h >= groups.chit_height(c):
        row, rest = rest.cut_top(groups.chit_height(c), 3)
        groups.chits(c, row, groups.fitting(c, group.troops, row.w), seen.sides)
    if group.strike is not None and rest.h >= 18:
        row, rest = rest.cut_top(18, 3)
        groups.struck(c, row, group.strike)
    status = seen.status.get(at.id, "")
    if status and rest.h >= c.leading("small") - 1:
        c.text(rest.top(c.leading("small")), status, "small", "text2", cut=True)


def balance(c: Canvas, box: Box, seen: MapSeen, share: float) -> None:
    """How much of a region each side holds, side 0 from the left."""
    parts = box.cut_left(box.w * share)
    for part, actor in zip(parts, seen.sides, strict=True):
        if part.w >= 1:
            c.rect(part, f"actor:{actor}")
    if 0 < share < 1:
        c.rect(Box(parts[1].x - 1, box.y - 2, 2, box.h + 4), "front")
