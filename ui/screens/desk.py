"""The order desk: target, signal, intent, forecast, reason, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, dropdown, panel, slider, text_box, toggle
from ui.present.desk import Desk, SignalShown

REGION = "desk"


@dataclass(frozen=True)
class DeskHands:
    """What the desk's parts do."""

    pick: Callable[[], None]  # open the target picker
    cycle: Callable[[int], None]  # the next or the last legal target
    mode: Callable[[str], None]
    announce: Callable[[str], None]
    by_week: Callable[[str], None]
    hearer: Callable[[str], None]
    bluff: Callable[[str], None]
    forecast: Callable[[float], None]
    reason: Callable[[str], None]
    clear: Callable[[], None]
    next: Callable[[], None]
    commit: Callable[[], None]
    recall: Callable[[], None]


def row_height(c: Canvas) -> float:
    return max(28.0, c.leading("body") + 5)


def height(c: Canvas, desk: Desk, wide: float) -> float:
    """What the desk needs with its reason at two lines."""
    row, gap = row_height(c), 5.0
    rows = 2 if desk.signal.mode == "silent" else 4
    asked = _question_lines(c, desk, wide) * c.leading("body")
    reason = 2 * c.leading("body") + 9
    return 38 + rows * (row + gap) + asked + 26 + gap + reason + gap + max(32.0, row) + 10


def _label_width(c: Canvas, wide: float) -> float:
    names = ("target", "signal", "says", "intent", "forecast", "reason")
    longest = max(c.measure(c.t(f"board.desk.{name}")) for name in names) + 26
    return min(longest, wide * 0.3)


def _question_lines(c: Canvas, desk: Desk, wide: float) -> int:
    room = wide - 24 - _label_width(c, wide)
    return min(2, len(c.lines_of(desk.question, room, "body")))


def draw_desk(c: Canvas, box: Box, desk: Desk, hands: DeskHands, titled: bool = True) -> None:
    """The reason takes what the other rows leave."""
    inner = box.inset(12, 8)
    if not titled:
        title, inner = inner.cut_top(c.leading("title") + 4, 4)
        used = c.spans(title, [(desk.title, "text", None)], "title", cut=True)
        c.text(title.cut_left(used, 10)[1], desk.order, "body", "text3", cut=True)
    else:
        panel(c, box, desk.title, note=desk.order)
        inner = Box(box.x + 12, box.y + 36, box.w - 24, box.h - 44)
    foot = max(32.0, row_height(c))
    inner, buttons = inner.cut_bottom(foot, 6)
    if desk.committed:
        _summary(c, inner, desk)
        button(c, buttons, "desk:recall", c.t("board.desk.recall"), hands.recall, region=REGION,
               kind="default", key="del")  # fmt: skip
        return
    row, gap, side = row_height(c), 5.0, _label_width(c, box.w)
    at = inner.top(row)
    _target(c, _named(c, at, side, "target", "target" in desk.done), desk, hands)
    at = at.below(gap, row)
    _signal(c, at, side, desk.signal, hands)
    if desk.signal.mode != "silent":
        at = at.below(gap, row)
        _announced(c, _named(c, at, side, "says"), desk.signal, hands)
        at = at.below(gap, row)
        _intent(c, _named(c, at, side, "intent"), desk.signal, hands)
    lines = _question_lines(c, desk, box.w)
    at = at.below(gap, lines * c.leading("body") + 26)
    _forecast(c, at, side, desk, hands, lines)
    left = max(10.0, inner.y2 - at.y2 - gap)
    at = at.below(gap, min(left, 5 * c.leading("body") + 9))
    _reason(c, at, side, desk, hands)
    if left > at.h + 3 * row:
        _orders(c, at.below(14, left - at.h - 14), desk)
    _buttons(c, buttons, desk, hands)


def _summary(c: Canvas, box: Box, desk: Desk) -> None:
    """What was decided, while it waits to be played."""
    said = c.t("board.desk.committed")
    high = c.tall(said, box.w, "body")
    top, rest = box.cut_top(high, 10)
    c.text(top, said, "body", "text2", lines=4, middle=False)
    _orders(c, rest, desk)


def _orders(c: Canvas, rest: Box, desk: Desk) -> None:
    """All orders as they stand."""
    row = row_height(c)
    side = min(rest.w * 0.4, max(c.measure(name) for name, _ in desk.summary) + 14)
    for n, (name, order) in enumerate(desk.summary):
        at = Box(rest.x, rest.y + n * row, rest.w, row)
        if at.y2 <= rest.y2 + 1:
            slot, what = at.cut_left(side)
            c.text(slot.left(side - 6), name, "body", "text3", cut=True)
            c.text(what, order, "body", cut=True)


def _named(c: Canvas, box: Box, side: float, key: str, done: bool = False,
           high: float | None = None) -> Box:  # fmt: skip
    """The row's name, with a tick when nothing is missing; returns the room beside it."""
    name, room = box.cut_left(side)
    name = name.top(high or box.h)
    words = c.t(f"board.desk.{key}")
    c.text(name.left(side - 4), words, "body", "text2", cut=True)
    if done:
        x = name.x + min(side - 18, c.measure(words) + 5)
        c.icon(Box(x, name.cy - 6, 12, 12), "check", "gain")
    return room


def _target(c: Canvas, box: Box, desk: Desk, hands: DeskHands) -> None:
    """Pressed, it opens the picker; arrows go through what may be aimed at."""
    some = len(desk.aim.options) > 1

    def keys(key: str) -> bool:
        if some and key in ("left", "right"):
            hands.cycle(1 if key == "right" else -1)
            return True
        return False

    look = c.item("desk:target", box, hands.pick if some else None, region=REGION, keys=keys,
                  enabled=some)  # fmt: skip
    fill = "bg1" if not some else c.mix("bg2", "text", 0.1) if look.hover else "bg2"
    c.rect(box, fill, "alarm" if desk.aim.missing else "ctl" if some else "line")
    words, end = box.inset(9, 0).cut_right(14, 4)
    c.text(words, desk.aim.words, "body", "text" if some else "text3", cut=True)
    if some:
        c.icon(end.centred(11, 11), "right", "text2")


def _signal(c: Canvas, row: Box, side: float, signal: SignalShown, hands: DeskHands) -> None:
    room = _named(c, row, side, "signal")
    toggle(c, room, "signal", signal.modes, signal.mode, hands.mode, region=REGION)


def _announced(c: Canvas, box: Box, signal: SignalShown, hands: DeskHands) -> None:
    """What will be done, and by when."""
    words = dict(signal.weeks).get(signal.week or "", "")
    wide = max(110.0, c.measure(words) + 44)
    what, when = box.cut_right(min(wide, box.w * 0.42), 6)
    dropdown(c, what, "says", signal.actions, signal.action, hands.announce, region=REGION)
    dropdown(c, when, "when", signal.weeks, signal.week, hands.by_week, region=REGION)


def _intent(c: Canvas, box: Box, signal: SignalShown, hands: DeskHands) -> None:
    """Whether it is meant, hidden from all; in private also who is to hear."""
    names = [("mean", c.t("board.desk.mean")), ("bluff", c.t("board.desk.bluff"))]
    wide = 2 * (max(c.measure(words, "body", "semibold") for _, words in names) + 18)
    meant, rest = box.cut_left(min(wide, box.w * 0.6), 8)
    toggle(c, meant, "intent", names, "bluff" if signal.bluff else "mean", hands.bluff,
           region=REGION)  # fmt: skip
    if signal.mode == "private":
        dropdown(c, rest, "hearer", signal.hearers, signal.hearer, hands.hearer, region=REGION,
                 hint=c.t("board.desk.to"))  # fmt: skip
    else:
        c.text(rest, c.t("board.desk.hidden"), "small", "text3", cut=True)


def _forecast(c: Canvas, box: Box, side: float, desk: Desk, hands: DeskHands,
              lines: int) -> None:  # fmt: skip
    line = c.leading("body")
    room = _named(c, box, side, "forecast", "forecast" in desk.done, line)
    asked, bar = room.cut_top(lines * line)
    c.text(asked, desk.question, "body", lines=lines, middle=False, cut=True)
    unset = c.t("board.desk.unset")
    said = unset if desk.forecast is None else f"{desk.forecast}%"
    step = "small" if desk.forecast is None else "value"
    rail, value = bar.cut_right(max(c.measure("100%", "value"), c.measure(said, step)) + 2, 16)
    slider(c, rail.centred(rail.w - 12, min(24.0, rail.h)), "forecast", desk.forecast,
           hands.forecast, region=REGION, key="f")  # fmt: skip
    c.text(value, said, step, "text3" if desk.forecast is None else "text", "right")


def _reason(c: Canvas, box: Box, side: float, desk: Desk, hands: DeskHands) -> None:
    line = min(box.h, row_height(c))
    room = _named(c, box, side, "reason", "reason" in desk.done, line)
    room, more = room.cut_right(38, 5)
    dropdown(c, more.top(line), "phrases", desk.phrases, None,
             lambda phrase: hands.reason(_added(desk, phrase)), region=REGION,
             hint=c.t("board.desk.phrases"))  # fmt: skip
    text_box(c, room, "reason", desk.reason, hands.reason, region=REGION, limit=desk.longest,
             placeholder=c.t("board.desk.reason_hint"), key="w")  # fmt: skip


def _added(desk: Desk, phrase: str) -> str:
    """The reason with a ready-made phrase after what stands there, if there is room for it."""
    longer = f"{desk.reason.rstrip()} {dict(desk.phrases)[phrase]}".strip()
    return longer if len(longer) <= desk.longest else desk.reason


def _buttons(c: Canvas, box: Box, desk: Desk, hands: DeskHands) -> None:
    """Clear this order, on to the next one, commit the week."""
    left = (box.w - 16) * 0.27
    clear, rest = box.cut_left(left, 8)
    button(c, clear, "desk:clear", c.t("board.desk.clear"), hands.clear, region=REGION,
           kind="ghost", key="del")  # fmt: skip
    if desk.slots > 1:
        on, rest = rest.cut_left(left, 8)
        button(c, on, "desk:next", c.t("board.desk.next"), hands.next, region=REGION, key="n")
    button(c, rest, "desk:commit", c.t("board.desk.commit"), hands.commit, region=REGION,
           kind="primary", key="ctrl+enter", enabled=not desk.missing,
           hint=desk.missing)  # fmt: skip
