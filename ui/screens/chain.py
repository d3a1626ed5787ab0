"""Cause to effect, drawn: boxes in columns and arrows between them, dashed until they are told."""

from __future__ import annotations

from math import hypot

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.present.chain import MOST, Chain, Node

GUTTER, GAP, HEAD = 44.0, 8.0, 7.0


def draw_chain(c: Canvas, box: Box, found: Chain, at: int) -> None:
    """Boxes told by beat `at` solid, those to come in outline."""
    if not found.nodes:
        c.text(box, c.t("resolve.chain.none"), "body", "text2", lines=4, middle=False)
        return
    places = _places(c, box, found)
    for a, b in found.links:
        told = max(found.nodes[a].beat, found.nodes[b].beat) <= at
        _arrow(c, places[a], places[b], told)
    for n, node in enumerate(found.nodes):
        _node(c, places[n], node, n, node.beat <= at, node.beat == at)


def _places(c: Canvas, box: Box, found: Chain) -> list[Box]:
    """Each column as wide as the others, its boxes in the middle of it."""
    columns = max(node.column for node in found.nodes) + 1
    wide = min(330.0, (box.w - GUTTER * (columns - 1)) / columns)
    high = min(c.leading("label") + c.leading("small") + 10, (box.h - GAP * (MOST - 1)) / MOST)
    counts = [sum(node.column == n for node in found.nodes) for n in range(columns)]
    tallest = max(counts)
    whole = Box(box.x, box.y, box.w, tallest * high + (tallest - 1) * GAP)
    whole = whole.moved(0, max(0.0, (box.h - whole.h) / 2) if tallest < MOST else 0)
    places = []
    for node in found.nodes:
        own = counts[node.column] * high + (counts[node.column] - 1) * GAP
        y = whole.cy - own / 2 + node.row * (high + GAP)
        places.append(Box(box.x + node.column * (wide + GUTTER), y, wide, high))
    return places


def _node(c: Canvas, box: Box, node: Node, n: int, told: bool, now: bool) -> None:
    full = f"{node.title}: {node.text}" if node.title else node.text
    if not told and not node.actor:
        full = c.t("resolve.chain.to_come")
    look = c.item(f"chain:{n}", box, None, region="chain", hint=full)
    fill = "bg3" if look.hover else "bg2" if told else "bg1"
    c.rect(box, fill, "text" if now else "ctl" if told else "line", 2 if now else 1)
    inner = box.inset(9, 4)
    if node.actor:
        token, inner = inner.cut_left(20, 8)
        c.token(token.centred(20, 20), node.actor, hollow=not told)
    colour = "text" if told else "text3"
    if not told and not node.actor:
        c.text(inner, full, "small", colour, lines=2, cut=True)
        return
    if not node.title:
        c.text(inner, node.text, "small", colour, lines=2, cut=True)
        return
    head, rest = inner.cut_top(inner.h / 2)
    c.text(head, node.title, "label", colour, cut=True)
    c.text(rest, node.text, "small", "text2" if told else "text3", cut=True)


def _arrow(c: Canvas, a: Box, b: Box, told: bool) -> None:
    start, end = (a.x2 + 2, a.cy), (b.x - 3, b.cy)
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = hypot(dx, dy) or 1.0
    dx, dy = dx / long, dy / long
    foot = end[0] - dx * HEAD, end[1] - dy * HEAD
    colour = "text2" if told else "ctl"
    c.line([start, foot], colour, 1.6, dash=None if told else (6, 5))
    c.polygon([end, (foot[0] - dy * 4, foot[1] + dx * 4), (foot[0] + dy * 4, foot[1] - dx * 4)],
              colour)  # fmt: skip
