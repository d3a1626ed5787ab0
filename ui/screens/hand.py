"""The hand on the board: slots as tabs, cards side by side, the open one with its staff page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button
from ui.present.hand import CardShown, Hand, StaffPage, Tab
from ui.screens.card import Staff, closed_card, open_card

CARD, OPEN, GAP = 184.0, 360.0, 8.0


@dataclass(frozen=True)
class HandHands:
    """What pressing something in the hand does."""

    tab: Callable[[str], None]
    pick: Callable[[str], None]


@dataclass
class HandState:
    """Which card is open and which part of the row is in sight."""

    open: str = ""
    first: int = 0
    shown: str = ""  # the card last brought into sight


def draw_hand(c: Canvas, head: Box, box: Box, hand: Hand, state: HandState, hands: HandHands,
              staff: Mapping[str, StaffPage], status: Staff) -> None:  # fmt: skip
    """As many cards as fit beside the open one; the rest a step away."""
    wide, open_wide, most = _widths(c, box, len(hand.cards))
    ids = [card.id for card in hand.cards]
    opened = ids.index(state.open) if state.open in ids else 0
    first, last = _window(c, state, ids, most)
    _header(c, head, hand, state, hands, first, last)
    c.item("hand:wheel", box, region="", wheel=lambda steps: _roll(state, -steps, len(ids)))
    x = box.x
    if not first <= opened <= last:  # the room of the open card goes to the others
        wide = (box.w - GAP * (last - first)) / (last - first + 1)
    for n in range(first, last + 1):
        card = hand.cards[n]
        at = Box(x, box.y, open_wide if n == opened else wide, box.h)
        x = at.x2 + GAP
        look = c.item(f"card:{card.id}", at, _calls(hands.pick, card.id), region="hand",
                      key=card.key, hint=_hint(card) if n != opened else "",
                      keys=lambda key, at=n: _walk(c, ids, at, key))  # type: ignore[misc]  # fmt: skip
        page = staff.get(card.id)
        if n == opened:
            open_card(c, at, card, page, status)
        else:
            closed_card(c, at, card, page, look.hover)


def _widths(c: Canvas, box: Box, count: int) -> tuple[float, float, int]:
    """Of a closed card, of the open one, and how many closed ones fit beside it.

    What room is left goes to the closed cards, and what those cannot use to the open one.
    """
    k = max(1.0, c.text_scale)
    least, open_wide = CARD * min(k, 1.4), OPEN * min(k, 1.3)
    most = max(1, min(count - 1, int((box.w - open_wide) // (least + GAP))))
    wide = min((box.w - open_wide) / most - GAP, max(least, 1.4 * CARD))
    return wide, min(box.w - most * (wide + GAP), 1.5 * open_wide), most


def _window(c: Canvas, state: HandState, ids: list[str], most: int) -> tuple[int, int]:
    """The first and last card in sight; a card newly opened or walked to is brought into it."""
    focused = (c.focus.item or "").partition("card:")[2]
    wanted = focused if focused in ids and c.focus.by_key else state.open
    state.first = max(0, min(state.first, len(ids) - most - 1))
    if wanted != state.shown and wanted in ids:
        at = ids.index(wanted)
        while at < state.first:
            state.first -= 1
        while at > state.first + most:
            state.first += 1
        state.shown = wanted
    return state.first, min(len(ids) - 1, state.first + most)


def _roll(state: HandState, steps: float, count: int) -> None:
    state.first = max(0, min(count - 1, state.first + (1 if steps > 0 else -1)))


def _walk(c: Canvas, ids: list[str], at: int, key: str) -> bool:
    """Left and right go on past the edge of what is in sight."""
    to = {"left": at - 1, "right": at + 1, "home": 0, "end": len(ids) - 1}.get(key)
    if to is None:
        return False
    c.focus.set(f"card:{ids[max(0, min(len(ids) - 1, to))]}", by_key=True)
    return True


def _hint(card: CardShown) -> str:
    """What a closed card has no room for."""
    return "\n".join(card.reasons) if card.reasons else card.feared


def _calls(call: Callable[[str], None], word: str) -> Callable[[], None]:
    return lambda: call(word)


# --- above the cards ------------------------------------------------------------------------------
def _header(c: Canvas, box: Box, hand: Hand, state: HandState, hands: HandHands, first: int,
            last: int) -> None:  # fmt: skip
    """Tabs of the slots, what there is to pay with, and the way to cards out of sight."""
    rest = box
    if last - first + 1 < len(hand.cards):
        rest = _pager(c, box, state, first, last, len(hand.cards))
    x = rest.x
    title = c.measure(hand.title, "title") + 16
    tabs = [_tab_width(c, tab) for tab in hand.tabs]
    stocks = "   ".join(f"{name} {amount}" for name, amount in hand.stocks)
    need = c.measure(stocks) + 20 if stocks else 0.0
    if len(hand.tabs) == 1 or x + title + sum(tabs) + need + 12 <= rest.x2:
        c.text(Box(x, rest.y, title, rest.h), hand.title, "title", cut=True)
        x += title
    for tab, wide in zip(hand.tabs, tabs, strict=True):
        if len(hand.tabs) > 1:
            _tab(c, Box(x, rest.y - 2, wide, rest.h + 2), tab, tab.slot == hand.slot, hands)
            x += wide + 4
    if need and x + need <= rest.x2:
        spans = [part for name, amount in hand.stocks
                 for part in ((f"{name} ", "text3", None), (f"{amount}   ", "text2", "semibold"))]
        c.spans(Box(x + 14, rest.y, rest.x2 - x - 14, rest.h), spans, "body", cut=True)


def _tab_width(c: Canvas, tab: Tab) -> float:
    return c.measure(tab.name, "body", "semibold") + 40


def _tab(c: Canvas, box: Box, tab: Tab, here: bool, hands: HandHands) -> None:
    """A dot for an order given, a ring for one whose target is missing."""
    look = c.item(f"tab:{tab.slot}", box, _calls(hands.tab, tab.slot), region="hand",
                  hint=tab.order)  # fmt: skip
    fill = "bg3" if here else "bg1"
    c.rect(box, c.mix(fill, "text", 0.1) if look.hover else fill, "ctl" if here else "line")
    if here:
        c.rect(box.bottom(3), "text")
    mark, words = box.inset(8, 0).cut_left(14, 4)
    if tab.aimless:
        c.icon(mark.centred(13, 13), "ring", "alarm")
    elif tab.holds:
        c.icon(mark.centred(13, 13), "minus", "text3")
    else:
        c.icon(mark.centred(13, 13), "check", "text")
    c.text(words.grown(2), tab.name, "body", "text" if here else "text2",
           weight="semibold" if here else None)  # fmt: skip


def _pager(c: Canvas, box: Box, state: HandState, first: int, last: int, count: int) -> Box:
    """'1-5 of 15' between two arrows; returns the room left of them."""
    words = c.t("board.hand.span", first=first + 1, last=last + 1, n=count)
    rest, cell = box.cut_right(c.measure(words) + 72, 10)
    left, cell = cell.cut_left(28)
    middle, right = cell.cut_right(28)
    c.text(middle.inset(6, 0), words, "body", "text2", "centre")
    for at, step, icon, on in ((left, -1, "left", first > 0), (right, 1, "right",
                                                               last < count - 1)):  # fmt: skip
        id = "hand:later" if step > 0 else "hand:earlier"
        frame = at.centred(28, min(26.0, box.h + 2))
        hint = c.t(f"board.{id.replace(':', '.')}")
        button(c, frame, id, "", _steps(state, step, count), region="hand", kind="ghost",
               enabled=on, hint=hint)  # fmt: skip
        c.icon(frame.centred(12, 12), icon, "text2" if on else "line")
    return rest


def _steps(state: HandState, step: int, count: int) -> Callable[[], None]:
    return lambda: _roll(state, step, count)
