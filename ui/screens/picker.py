"""The target picker: legal targets and what is known of them; the map follows the choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, panel, scroll
from ui.map.offmap import balance
from ui.map.seen import MapSeen
from ui.present.theatre import Place


@dataclass
class Picker:
    """Open while a target is chosen. `at` is the one looked at, not yet taken."""

    order: str
    places: tuple[Place, ...]
    at: str
    choose: Callable[[str], None]
    close: Callable[[], None]
    entered: bool = False  # the focus was put on the list

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(place.id for place in self.places)

    def look(self, target: str) -> None:
        """From the map: a legal target is looked at, and taken at the second press."""
        if target == self.at:
            self.choose(target)
        elif target in self.targets:
            self.at = target

    def key(self, key: str) -> bool:
        """Arrows from anywhere, Enter, Esc; nothing else goes past the picker."""
        if key == "esc":
            self.close()
        elif key == "enter":
            self.choose(self.at)
        elif key in ("up", "left", "down", "right"):
            step = 1 if key in ("down", "right") else -1
            now = self.targets.index(self.at)
            self.at = self.targets[(now + step) % len(self.targets)]
        return True


def draw_picker(c: Canvas, box: Box, picker: Picker, seen: MapSeen) -> None:
    """The list beside the map."""
    if not picker.entered:
        c.focus.set(f"target:{picker.at}")
        picker.entered = True
    focused = (c.focus.item or "").partition("target:")[2]
    if focused in picker.targets and c.focus.by_key:
        picker.at = focused
    c.rect(box, "bg1")
    panel(c, box, c.t("board.picker.title"), note=picker.order)
    inner = Box(box.x + 12, box.y + 38, box.w - 24, box.h - 48)
    room, foot = inner.cut_bottom(40, 10)
    talls = [_height(c, room.w - 40, place) for place in picker.places]
    with scroll(c, room, "picker:scroll", sum(talls) + 6 * len(talls)) as list_:
        at = Box(list_.x, list_.y, list_.w, 0)
        for place, tall in zip(picker.places, talls, strict=True):
            at = Box(at.x, at.y, at.w, tall)
            _place(c, at, place, picker, seen)
            at = at.below(6, 0)
    back, on = foot.cut_left(foot.w * 0.36, 10)
    button(c, back, "picker:back", c.t("board.picker.back"), picker.close, region="picker",
           kind="ghost", key="esc")  # fmt: skip
    button(c, on, "picker:choose", c.t("board.picker.choose"), lambda: picker.choose(picker.at),
           region="picker", kind="primary", key="enter")  # fmt: skip


def _facts(place: Place, c: Canvas) -> Sequence[str]:
    return place.facts or (c.t("board.picker.nothing"),)


def _height(c: Canvas, wide: float, place: Place) -> float:
    said = sum(c.tall(fact, wide, "body") for fact in _facts(place, c))
    return 16 + c.leading("card") + said + (14 if place.share is not None else 0)


def _place(c: Canvas, box: Box, place: Place, picker: Picker, seen: MapSeen) -> None:
    here = place.id == picker.at
    frame, fill = box.inset(3, 0), "bg3" if here else "bg2"
    look = c.item(f"target:{place.id}", frame, lambda: picker.look(place.id), region="picker",
                  keys=lambda key: key == "enter" and _take(picker, place.id))  # fmt: skip
    c.rect(frame, c.mix(fill, "text", 0.1) if look.hover else fill, "text" if here else "line",
           2 if here else 1)  # fmt: skip
    inner = frame.inset(12, 8)
    name, rest = inner.cut_top(c.leading("card"))
    c.text(name, place.name, "card", cut=True)
    if place.share is not None:
        bar, rest = rest.cut_top(8, 6)
        balance(c, bar, seen, place.share)
    for fact in _facts(place, c):
        tall = c.tall(fact, rest.w, "body")
        line, rest = rest.cut_top(tall)
        c.text(line, fact, "body", "text2", lines=9, middle=False)


def _take(picker: Picker, target: str) -> bool:
    picker.choose(target)
    return True
