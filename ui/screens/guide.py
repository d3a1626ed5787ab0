"""The guide over a screen: one line that points, a few words, and the player goes on alone."""

from __future__ import annotations

from collections.abc import Callable

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.focus import Item
from ui.kit.widgets import button, key_width
from ui.present.guide import Guide, Seen, Step
from ui.screen import Quiet, Screen
from ui.screens.board import Board

WIDE, GAP, ASIDE = 340.0, 44.0, 150.0  # ASIDE: clear of the names left of a desk's rows
BEHIND = {"track": "right:tracks", "feed": "right:feed"}  # at large text they are behind tabs


class Guided(Quiet):
    """Another screen with the guide over it; when the guide is gone, that screen alone."""

    def __init__(self, inner: Screen, guide: Guide, turn: int, gone: Callable[[], None]) -> None:
        self.inner, self.guide, self.turn, self.gone = inner, guide, turn, gone
        self.name = inner.name
        self._said: Step | None = None

    # --- what the guide sees --------------------------------------------------------------------
    def seen(self) -> Seen:
        """The player's place and desk; of the board only what stands on it."""
        if not isinstance(self.inner, Board):
            return Seen(self.inner.name, self.turn)
        turn = self.inner.turn
        drafts = turn.sheet.drafts
        cards = [card for hand in turn.view.hand.values() for card in hand]
        acts = [card for card in cards if card.legal and not card.hold]
        low = min(acts, key=lambda card: card.rung, default=None)
        known = [(track.own, f"track:{track.id}") for track in turn.view.tracks]
        places = {"@first": f"card:{acts[0].id}" if acts else "card:",
                  "@open": f"card:{turn.state.open}", "@rung": f"rung:{turn.view.rung}",
                  "@low": f"card:{low.id}" if low else "card:",
                  "@own": next((id for own, id in known if own), "track:"),
                  "@other": next((id for own, id in known if not own), "track:")}  # fmt: skip
        holds = {card.id for card in cards if card.hold}
        return Seen(
            "board", self.turn, any(o.action not in holds for o in drafts.orders.values()),
            bool(turn.aimless()), turn.sheet.chance, turn.sheet.reason, drafts.committed, places,
        )  # fmt: skip

    # --- the screen under it --------------------------------------------------------------------
    def draw(self, c: Canvas) -> None:
        """The screen, and on top what is said; Esc is the guide's as long as it speaks."""
        step = self._said = self.guide.now(self.seen())
        if step is not None:
            c.item("guide:esc", Box(-99, -99, 1, 1), self.skip, region="", key="esc", stop=False)
        self.inner.draw(c)
        if step is not None:
            c.on_top(lambda: self._say(c, step))

    def key(self, key: str) -> bool:
        return self.inner.key(key)

    def typed(self, text: str) -> bool:
        return self.inner.typed(text)

    def tick(self, seconds: float) -> bool:
        """Draw again when there is something else to say."""
        moves = self.inner.tick(seconds)
        if not self.guide.over and self.guide.now(self.seen()) is not self._said:
            return True
        if self.guide.over and self._said is not None:
            self._said = None
            self.gone()
            return True
        return moves

    def skip(self) -> None:
        """No more guide."""
        self.guide.end()
        self.gone()

    def _read(self) -> None:
        self.guide.read()
        if self.guide.at >= len(self.guide.steps):
            self.skip()

    # --- the picture ----------------------------------------------------------------------------
    def _say(self, c: Canvas, step: Step) -> None:
        target = self._target(c, step)
        seen = self.seen()
        chance = round(100 * seen.chance) if seen.chance is not None else 0
        words = c.t(f"guide.{step.key}", chance=chance)
        wide = WIDE * (1 + 0.6 * (max(1.0, c.text_scale) - 1))
        high = c.tall(words, wide - 28, "body") + 66 + max(0.0, c.leading("small") - 18)
        box = placed(c, target, wide, high, step.side)
        if target is not None:
            self._line(c, box, target)
        c.rect(box, "bg0", "text", 1.5)
        inner = box.inset(14, 12)
        c.text(inner, words, "body", "text", lines=12, middle=False)
        no = c.t("guide.skip")
        skip, rest = inner.bottom(30).cut_left(c.measure(no) + key_width(c, "esc") + 28, 8)
        button(c, skip, "guide:skip", no, self.skip, region="guide", kind="plain",
               key="esc", align="left")  # fmt: skip
        if step.done is None:
            button(c, rest, "guide:next", c.t("guide.next"), self._read, region="guide", key="g")
        else:
            c.text(rest, c.t("guide.yours"), "small", "text3", "right", cut=True)

    def _target(self, c: Canvas, step: Step) -> Box | None:
        """Where the item stands that is meant, as far as it can be seen."""
        wanted = self.seen().places.get(step.at, step.at)
        found = _found(c, wanted) or _found(c, BEHIND.get(wanted.partition(":")[0], ""))
        shown = found.box.common(c.box) if found else None
        return shown if shown is not None and shown.w > 0 and shown.h > 0 else None

    @staticmethod
    def _line(c: Canvas, box: Box, target: Box) -> None:
        """From the words to the thing, and a frame around it."""
        frame = target.grown(4)
        c.rect(frame, line="text", width=2)
        x = min(max(box.cx, frame.x), frame.x2)
        y = min(max(box.cy, frame.y), frame.y2)
        c.line([(box.cx, box.cy), (x, y)], "text", 2)
        c.circle(x, y, 4, fill="text")


def _found(c: Canvas, wanted: str) -> Item | None:
    """An item by its name, or the first of those that begin with `wanted`, which ends in ':'."""
    for item in c.items:
        if item.id == wanted or (wanted.endswith(":") and item.id.startswith(wanted)):
            return item
    return None


def placed(c: Canvas, target: Box | None, wide: float, high: float, side: str) -> Box:
    """A place beside the target, within the window, that does not hide it."""
    room = c.box.inset(12)
    if target is None:
        return Box(room.cx - wide / 2, room.cy - high / 2 - 60, wide, high)
    x = min(max(target.cx - wide / 2, room.x), room.x2 - wide)
    y = min(max(target.cy - high / 2, room.y), room.y2 - high)
    sides = {
        "above": Box(x, target.y - GAP - high, wide, high),
        "left": Box(target.x - ASIDE - wide, y, wide, high),
        "right": Box(target.x2 + GAP, y, wide, high),
        "below": Box(x, target.y2 + GAP, wide, high),
    }  # fmt: skip
    tries = [sides[side], *sides.values()]
    fits = [box for box in tries if box.x > room.x - 1 and box.x2 < room.x2 + 1
            and box.y > room.y - 1 and box.y2 < room.y2 + 1]  # fmt: skip
    return (fits or [Box(x, room.y, wide, high)])[0]
