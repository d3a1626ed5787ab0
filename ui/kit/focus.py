"""What can be pressed in a picture, and which of it the keyboard and the mouse are on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ui.kit.box import Box

NOWHERE = Box(0, 0, 0, 0)
ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class Look(NamedTuple):
    """How an item is to be drawn now."""

    hover: bool = False
    focus: bool = False
    pressed: bool = False


@dataclass(frozen=True)
class Item:
    """Something that can be pressed; `box` in logical units, `shown` the part that can be hit."""

    id: str
    box: Box
    action: Callable[[], None] | None = None
    region: str = ""
    key: str | None = None  # a shortcut, as 'ctrl+enter'
    hint: str = ""
    enabled: bool = True
    shown: Box = NOWHERE
    modal: str = ""
    keys: Callable[[str], bool] | None = None  # keys it wants while it has the focus
    typed: Callable[[str], bool] | None = None  # it takes text
    drag: Callable[[float, float], None] | None = None  # pressed or moved while pressed
    wheel: Callable[[float], None] | None = None  # only this: no focus, no hover
    stop: bool = True  # arrows and Tab come here


@dataclass
class Focus:
    """Lives as long as the window; the items are those of the last picture."""

    item: str | None = None
    by_key: bool = False  # a key was used since the last click: the ring is shown
    hover: str | None = None
    pressed: str | None = None
    pointer: tuple[float, float] | None = None
    revealing: bool = False  # the focus moved by key: scroll areas bring it into sight
    items: list[Item] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)  # carets, scroll offsets, open lists
    _last: dict[str, str] = field(default_factory=dict)  # region -> item left there

    # --- of the picture
    def look(self, id: str) -> Look:
        return Look(self.hover == id, self.by_key and self.item == id, self.pressed == id)

    def settle(self, items: Sequence[Item], pointer: tuple[float, float] | None) -> bool:
        """Take the items of a new picture; True when something now looks different."""
        before = (self.hover, self.item)
        top = next((item.modal for item in reversed(items) if item.modal), "")
        self.items = [item for item in items if item.modal == top]
        self.pointer = pointer
        self.hover = found.id if (found := self.at(pointer)) else None
        if self.item is not None and self.focused is None:
            self.item = None
        return (self.hover, self.item) != before

    @property
    def stops(self) -> list[Item]:
        return [item for item in self.items if item.stop and item.wheel is None]

    @property
    def focused(self) -> Item | None:
        return self.find(self.item) if self.item is not None else None

    @property
    def region(self) -> str | None:
        return self.focused.region if self.focused else None

    @property
    def regions(self) -> list[str]:
        """In the order they were drawn."""
        return list(dict.fromkeys(item.region for item in self.stops))

    def find(self, id: str | None) -> Item | None:
        return next((item for item in self.items if item.id == id), None)

    def at(self, pointer: tuple[float, float] | None, wheel: bool = False) -> Item | None:
        """The topmost item under a point; with `wheel`, the topmost that scrolls."""
        if pointer is None:
            return None
        for item in reversed(self.items):
            if (item.wheel is not None) == wheel and item.shown.contains(*pointer):
                return item
        return None

    # --- moves
    def set(self, id: str | None, by_key: bool | None = None) -> None:
        """Put the focus on an item by name, also one that the next picture will bring."""
        self.item = id
        self.by_key = self.by_key if by_key is None else by_key
        self.revealing = True
        if found := self.focused:
            self._last[found.region] = found.id

    def go(self, region: str) -> bool:
        """To a region: to the item left there, or its first."""
        here = [item for item in self.stops if item.region == region]
        if not here:
            return False
        left = self._last.get(region)
        self.set(next((i.id for i in here if i.id == left), here[0].id), by_key=True)
        return True

    def key(self, key: str) -> bool:
        """Whether the focus took a key: first the item on it, then the moves."""
        self.by_key, focused = True, self.focused
        if focused and focused.enabled and focused.keys and focused.keys(key):
            return True
        if key in ("tab", "shift+tab"):
            return self._next_region(1 if key == "tab" else -1)
        if key in ARROWS:
            return self._arrow(*ARROWS[key])
        if key in ("enter", "space") and focused:
            return self.activate(focused)
        return False

    def typed(self, text: str) -> bool:
        focused = self.focused
        return bool(focused and focused.enabled and focused.typed and focused.typed(text))

    @property
    def takes_text(self) -> bool:
        """Letters now go into a text box and are no shortcuts."""
        return bool(self.focused and self.focused.enabled and self.focused.typed)

    def shortcut(self, key: str) -> bool:
        """The item whose key this is, pressed; only the first enabled one answers."""
        for item in self.items:
            if item.key == key and item.enabled:
                if item.stop and item.typed is not None:
                    self.set(item.id, by_key=True)
                return self.activate(item) or item.typed is not None
        return False

    @staticmethod
    def activate(item: Item) -> bool:
        if item.enabled and item.action is not None:
            item.action()
        return item.action is not None

    def _next_region(self, step: int) -> bool:
        regions = self.regions
        if not regions:
            return False
        here = regions.index(self.region) if self.region in regions else (-1 if step > 0 else 0)
        return self.go(regions[(here + step) % len(regions)])

    def _arrow(self, dx: int, dy: int) -> bool:
        """To the nearest item of the region on that side; the focus stays at an edge."""
        focused = self.focused
        if focused is None:
            return False
        here = focused.box
        best: tuple[float, str] | None = None
        for item in self.stops:
            if item.region != focused.region or item.id == focused.id:
                continue
            ahead = (item.box.cx - here.cx) * dx + (item.box.cy - here.cy) * dy
            aside = abs((item.box.cx - here.cx) * dy) + abs((item.box.cy - here.cy) * dx)
            if ahead > 1 and (best is None or ahead + 3 * aside < best[0]):
                best = (ahead + 3 * aside, item.id)
        if best:
            self.set(best[1], by_key=True)
        return best is not None

    # --- mouse, in logical units
    def press(self, x: float, y: float) -> bool:
        """The button went down: the topmost item takes the focus."""
        found, self.by_key = self.at((x, y)), False
        self.pressed = found.id if found else None
        if found is None:
            if self.takes_text:
                self.item = None
            return False
        if found.stop:
            self.set(found.id, by_key=False)
        if found.drag and found.enabled:
            found.drag(x, y)
        return True

    def move(self, x: float, y: float) -> None:
        """The mouse moved with the button down."""
        found = self.find(self.pressed)
        if found and found.drag and found.enabled:
            found.drag(x, y)

    def release(self, x: float, y: float) -> bool:
        """The button came up: the item is pressed if the mouse is still on it."""
        pressed, self.pressed = self.pressed, None
        found = self.at((x, y))
        return bool(found and found.id == pressed and self.activate(found))

    def scroll(self, x: float, y: float, steps: float) -> bool:
        found = self.at((x, y), wheel=True)
        if found and found.wheel:
            found.wheel(steps)
        return found is not None
