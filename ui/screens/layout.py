"""Where the parts of the board stand, for a window's width and a size of text."""

from __future__ import annotations

from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas

EDGE, TOP, FOOT = 12.0, 96.0, 888.0
LARGE = 1.1  # from this size of text on, the right column is tabs


@dataclass(frozen=True)
class Layout:
    """The boxes of the board; with `tabbed` the last three are one and the same."""

    ladder: Box
    theatre: Box
    hand_head: Box
    cards: Box
    right: Box
    tracks: Box
    feed: Box
    desk: Box
    tabbed: bool


def layout(c: Canvas, desk: float) -> Layout:
    """As designed at plain text; larger text takes from the theatre what it needs."""
    k = min(1.5, max(1.0, c.text_scale))
    ladder_w, right_w = 268 + 150 * (k - 1), 436 + 190 * (k - 1)
    cards_h, head_h = 260 + 112 * (k - 1), 24 * k
    right = Box(c.width - EDGE - right_w, TOP, right_w, FOOT - TOP)
    left = Box(EDGE, TOP, right.x - 2 * EDGE, FOOT - TOP)
    above, hand = left.cut_bottom(cards_h + head_h + 4, 12)
    ladder, theatre = above.cut_left(ladder_w, EDGE)
    head, cards = hand.cut_top(head_h, 4)
    if k > LARGE:
        return Layout(ladder, theatre, head, cards, right, right, right, right, True)
    desk_h = max(288.0, desk)
    rest, order = right.cut_bottom(desk_h, 12)
    feed_h = max(90.0, 172 - (desk_h - 288))
    tracks, feed = rest.cut_bottom(feed_h, 12)
    return Layout(ladder, theatre, head, cards, right, tracks, feed, order, False)
