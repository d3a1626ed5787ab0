"""One card of the hand, closed or open, and the staff's page on it."""

from __future__ import annotations

from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import bars, key_cap, key_width, pips, rung_tile
from ui.present.hand import PIPS, CardShown, Chip, StaffPage

PAD = 9.0
LEAST = 44.0  # of height for the bars


@dataclass(frozen=True)
class Staff:
    """How the staff's work stands: off, computing, stale, or done."""

    off: bool = False
    failed: bool = False
    stale: bool = False
    weeks: int = 8
    waits: bool = False  # for the seat's own forecast


def closed_card(c: Canvas, box: Box, card: CardShown, page: StaffPage | None, hover: bool) -> None:
    """184 wide: what it is, what it costs and does, how it may end."""
    line = "text2" if hover else "text" if card.drafted else "line"
    _frame(c, box, card, line, 2 if card.drafted else 1)
    inner = box.inset(PAD, 7)
    foot = c.leading("small") + 4
    if card.legal and page is not None and inner.h > 150:
        inner, low = inner.cut_bottom(foot, 4)
        _mini(c, low, page)
    elif card.legal:
        inner, _ = inner.cut_bottom(foot, 4)
    _body(c, inner, card)


def open_card(c: Canvas, box: Box, card: CardShown, page: StaffPage | None, staff: Staff) -> None:
    """360 wide: the same, and beside it what the staff expects."""
    _frame(c, box, card, "text", 2, "bg3" if card.legal else "bg2")
    left, right = box.inset(PAD, 7).cut_left((box.w - 2 * PAD) * 0.47, 21)
    _body(c, left, card, opened=True)
    c.line([(right.x - 11, box.y + 10), (right.x - 11, box.y2 - 10)], "ctl")
    if card.legal:
        _staff(c, right, page, staff)
    else:
        _reasons(c, right, card)


def _frame(c: Canvas, box: Box, card: CardShown, line: str, width: float,
           fill: str = "bg2") -> None:  # fmt: skip
    c.rect(box, fill if card.legal else "bg1", line, width)
    strip = box.top(3)
    c.rect(strip, f"rung:{card.rung}" if card.legal else c.mix("bg1", f"rung:{card.rung}", 0.4))


def _body(c: Canvas, box: Box, card: CardShown, opened: bool = False) -> None:
    """Tile, name, cost, chips, pips: from above, and from below what always has its place."""
    top, rest = box.cut_top(24)
    _top(c, top, card)
    words = "text" if card.legal else "text3"
    step = "card" if len(c.lines_of(card.name, rest.w, "card")) <= 2 else "strong"
    lines = min(3, len(c.lines_of(card.name, rest.w, step)))
    name, rest = rest.cut_top(lines * c.leading(step), 3)
    c.text(name.moved(0, 2), card.name, step, words, lines=lines, middle=False, cut=True)
    line = c.leading("small")
    if not card.legal and not opened:
        lines = min(4, len(c.lines_of(_first(card), rest.w, "small")))
        why, rest = rest.cut_top(lines * line, 5)
        c.text(why.moved(0, 2), _first(card), "small", "text2", lines=lines, middle=False,
               cut=True)  # fmt: skip
    cost, rest = rest.cut_top(line, 3)
    _cost(c, cost, card)
    low = line * 2
    if rest.h >= low + 22:
        rest, feet = rest.cut_bottom(low, 3)
        _pips(c, feet, card)
    _chips(c, rest, card)
    used = min(len(card.chips), int((rest.h + 3) // (_chip_height(c) + 3)))
    _notes(c, rest.cut_top(used * (_chip_height(c) + 3))[1], card)


def _first(card: CardShown) -> str:
    """The first reason why it is shut."""
    return card.reasons[0] if card.reasons else ""


def _top(c: Canvas, box: Box, card: CardShown) -> None:
    """The rung, and the card's key or the sign that it is ordered."""
    tile, rest = box.cut_left(max(27.0, c.measure("15", "label") + 8), 8)
    if card.legal:
        rung_tile(c, tile.centred(tile.w, 20), card.rung)
    else:
        c.rect(tile.centred(tile.w, 20), None, "ctl")
        c.text(tile, str(card.rung), "label", "text3", "centre")
    if card.key:
        rest, cap = rest.cut_right(key_width(c, card.key), 5)
        key_cap(c, cap, card.key)
    if card.drafted:
        rest, mark = rest.cut_right(16, 5)
        c.icon(mark.centred(15, 15), "check", "text")
    elif not card.legal:
        rest, mark = rest.cut_right(15, 5)
        c.icon(mark.centred(13, 13), "lock", "text3")
    c.text(rest, card.rung_name, "small", "text2" if card.legal else "text3", cut=True)


def _cost(c: Canvas, box: Box, card: CardShown) -> None:
    words = c.t("board.cost.label")
    used = c.measure(words, "small") + 8
    c.text(box, words, "small", "text3")
    short = not all(enough for _, enough in card.cost)
    said = ", ".join(name for name, _ in card.cost) or c.t("board.cost.free")
    colour = "loss" if short else "text2" if card.cost else "text3"
    c.text(box.cut_left(used)[1], said, "small", colour, "right", cut=True,
           weight="semibold" if card.cost else None)  # fmt: skip


def _chip_height(c: Canvas) -> float:
    return max(20.0, c.leading("body"))


def _chips(c: Canvas, box: Box, card: CardShown) -> None:
    """As many as fit, the largest first."""
    high = _chip_height(c)
    for n, effect in enumerate(card.chips):
        at = Box(box.x, box.y + n * (high + 3), box.w, high)
        if at.y2 <= box.y2 + 1:
            _chip(c, at, effect, card.legal)


def _chip(c: Canvas, box: Box, effect: Chip, legal: bool) -> None:
    """Edge and colour say good or bad for this seat, arrow and sign which way."""
    colour = "text3" if not legal else "gain" if effect.good else "loss"
    c.rect(box, c.mix("bg2", colour, 0.16))
    c.rect(box.left(3), colour)
    mark, rest = box.inset(7, 0).cut_left(9, 4)
    c.icon(mark.centred(9, 9), "up" if effect.points > 0 else "down", colour)
    digits = 0 if abs(effect.points) >= 0.95 else 1
    number = c.words.number(effect.points, digits, sign=True)
    used = c.spans(rest, [(number, colour, "semibold")], "small")
    c.text(rest.cut_left(used, 5)[1].grown(2).inset(2, 0), effect.name, "small",
           "text2" if legal else "text3", cut=True)  # fmt: skip


def _notes(c: Canvas, box: Box, card: CardShown) -> None:
    """What sets this act apart, as far as there is room; what it is, if it does nothing."""
    line, y = c.leading("small"), box.y + 2
    for note in card.notes if card.chips else (*card.notes, card.tells):
        lines = min(len(c.lines_of(note, box.w, "small")), int((box.y2 + 1 - y) // line))
        if lines > 0:
            at = Box(box.x, y, box.w, lines * line)
            c.text(at, note, "small", "text3", lines=lines, middle=False, cut=True)
            y += at.h


def _pips(c: Canvas, box: Box, card: CardShown) -> None:
    upper, lower = box.rows(2)
    for row, key, filled, warn in ((upper, "attribution", card.attribution, None),
                                   (lower, "reaction", card.reaction, 4)):  # fmt: skip
        words, signs = row.cut_right(5 * 9 + 4 * 4, 6)
        c.text(words, c.t(f"board.card.{key}"), "small", "text3", cut=True)
        pips(c, signs, filled, PIPS, align="right", warn_from=warn)


def _mini(c: Canvas, box: Box, page: StaffPage) -> None:
    """The shape of the risk, and the one figure."""
    wide = c.measure(page.short, "label") + 2
    chart, words = box.cut_right(min(wide, box.w * 0.62), 6)
    bars(c, chart, page.bars, axis=False)
    c.text(words, page.short, "label", "text", "right", cut=True)


# --- the right half of an open card ---------------------------------------------------------------
def _staff(c: Canvas, box: Box, page: StaffPage | None, staff: Staff) -> None:
    head, rest = box.cut_top(24)
    c.text(head, c.t("board.staff.title"), "strong", cut=True)
    if page is None:
        key = ("off" if staff.off else "waits" if staff.waits else "failed" if staff.failed
               else "computing")  # fmt: skip
        c.text(rest, c.t(f"board.staff.{key}"), "body", "text3", lines=3, middle=False)
        return
    line = c.leading("small")
    under, rest = rest.cut_top(line, 2)
    c.text(under, c.t("board.staff.horizon", n=staff.weeks), "small", "text2", cut=True)
    rest, runs = rest.cut_bottom(line, 2)
    c.text(runs, page.runs, "small", "text3", cut=True)
    high = c.leading("body")
    figures = page.figures[: max(1, int((rest.h - LEAST - 4) // high))]
    figures = figures[:-1] if figures[-1].value == "" else figures
    rest, table = rest.cut_bottom(high * len(figures), 4)
    bars(c, rest, page.bars, page.hold, mark=page.mark, stale=staff.stale)
    for row, figure in zip(table.rows(len(figures)), figures, strict=True):
        said = c.t("board.staff.locked") if figure.value is None else figure.value
        used = c.measure(said, "body", "semibold") + 4
        words, value = row.cut_right(used, 4)
        c.text(words, figure.label, "body", "text2", cut=True)
        if figure.value is None:
            c.text(value, said, "body", "text3", "right", weight="italic")
        else:
            c.text(value, said, "body", "text", "right", weight="semibold")


def _reasons(c: Canvas, box: Box, card: CardShown) -> None:
    """Every reason why it is shut."""
    head, rest = box.cut_top(24)
    c.text(head, c.t("board.card.closed"), "strong", "text2", cut=True)
    lines = max(1, int(rest.h // c.leading("body")))
    c.text(rest, "\n".join(card.reasons), "body", "text2", lines=lines, middle=False, cut=True)
