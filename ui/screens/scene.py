"""The picture of the board, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import toggle
from ui.map.frame import Hands as MapHands
from ui.map.seen import MapSeen
from ui.map.theatre import Theatre
from ui.present.desk import Desk
from ui.present.hand import Hand, StaffPage
from ui.present.head import HarmLine, Head
from ui.present.ladder import Ladder
from ui.present.tracks import FeedRow, Tracks
from ui.screens.card import Staff
from ui.screens.desk import DeskHands, draw_desk, height
from ui.screens.feed import draw_feed
from ui.screens.hand import HandHands, HandState, draw_hand
from ui.screens.harm import harm_strip
from ui.screens.header import HeadHands, header
from ui.screens.ladder import draw_ladder
from ui.screens.layout import Layout, layout
from ui.screens.picker import Picker, draw_picker
from ui.screens.tracks import draw_tracks

TABS = ("desk", "tracks", "feed")


@dataclass(frozen=True)
class Scene:
    """Everything on the board, as data, and what pressing its parts does."""

    head: Head
    harm: HarmLine
    ladder: Ladder
    tracks: Tracks
    feed: tuple[FeedRow, ...]
    hand: Hand
    desk: Desk
    pages: Mapping[str, StaffPage]
    staff: Staff
    map: MapSeen
    selected: str | None
    targets: tuple[str, ...]
    zoom: float
    layer: str
    tab: str


@dataclass(frozen=True)
class SceneHands:
    """What the parts of the board do."""

    head: HeadHands
    hand: HandHands
    desk: DeskHands
    map: MapHands
    tab: Callable[[str], None]


def draw_scene(c: Canvas, scene: Scene, theatre: Theatre, state: HandState,
               hands: SceneHands) -> Layout:  # fmt: skip
    """From the head to the desk, in the order in which Tab walks."""
    probe = layout(c, 0.0).right.w
    lay = layout(c, height(c, scene.desk, probe))
    c.fill("bg0")
    header(c, scene.head, hands.head)
    harm_strip(c, scene.harm)
    draw_ladder(c, lay.ladder, scene.ladder)
    theatre.draw(c, lay.theatre, scene.map, scene.selected, scene.targets, scene.zoom,
                 scene.layer, hands.map)  # fmt: skip
    if not lay.tabbed:
        draw_tracks(c, lay.tracks, scene.tracks)
        draw_feed(c, lay.feed, scene.feed)
    draw_hand(c, lay.hand_head, lay.cards, scene.hand, state, hands.hand, scene.pages,
              scene.staff)  # fmt: skip
    if lay.tabbed:
        _tabbed(c, lay.right, scene, hands)
    else:
        draw_desk(c, lay.desk, scene.desk, hands.desk)
    return lay


def _tabbed(c: Canvas, box: Box, scene: Scene, hands: SceneHands) -> None:
    """The right column at large text: one of its three panels at a time."""
    c.rect(box, "bg1", "line")
    high = max(34.0, c.leading("body") + 8)
    bar, room = box.cut_top(high, 4)
    names = [(name, c.t(f"board.tab.{name}")) for name in TABS]
    toggle(c, bar, "right", names, scene.tab, hands.tab, region="right")
    if scene.tab == "tracks":
        draw_tracks(c, room, scene.tracks, titled=False)
    elif scene.tab == "feed":
        draw_feed(c, room, scene.feed, titled=False)
    else:
        draw_desk(c, room, scene.desk, hands.desk, titled=False)


def draw_picking(c: Canvas, lay: Layout, scene: Scene, theatre: Theatre, picker: Picker,
                 hands: SceneHands) -> None:  # fmt: skip
    """The map again, over the veil, and the list of targets beside it."""
    with c.modal("picker"):
        draw_picker(c, lay.right, picker, scene.map)
        theatre.draw(c, lay.theatre, scene.map, picker.at, picker.targets, scene.zoom,
                     scene.layer, hands.map)  # fmt: skip
