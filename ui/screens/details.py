"""A beat of a week in full, over the replay: every figure behind it, to the last digit shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, panel, scroll
from ui.present.week import Beat, DeedRow, Week

Pair = tuple[str, str]
WIDE = 780.0


def draw_details(c: Canvas, week: Week, beat: Beat, close: Callable[[], None]) -> None:
    """A page over the screen; Esc, D and Enter close it."""
    pairs = list(_pairs(c, week, beat))
    with c.modal("details"):
        name_w = min(WIDE * 0.4, max(c.measure(name) for name, _ in pairs) + 20)
        lead = c.leading("body")
        lines = [len(c.lines_of(text, WIDE - name_w - 44)) for _, text in pairs]
        high = min(c.height - 120, sum(n * lead + 10 for n in lines) + 104)
        box = c.box.centred(WIDE, high)
        title = beat.deed.title if beat.deed else c.t(f"resolve.told.{beat.kind}")
        inner = panel(c, box, c.t("resolve.details"), note=title)
        inner, foot = inner.cut_bottom(36, 10)
        with scroll(c, inner, "details:scroll", sum(n * lead + 10 for n in lines)) as room:
            y = room.y
            for n, (name, text) in enumerate(pairs):
                row = Box(room.x, y, room.w, lines[n] * lead + 6)
                c.item(f"detail:{n}", row, None, region="details")
                c.text(row.left(name_w - 10), name, "body", "text3", middle=False, cut=True)
                c.text(row.cut_left(name_w)[1], text, "body", lines=lines[n] + 1, middle=False,
                       cut=True)  # fmt: skip
                y += row.h + 4
        button(c, foot.right(180), "details:close", c.t("kit.close"), close, region="details:foot",
               kind="primary", key="esc")  # fmt: skip


def _pairs(c: Canvas, week: Week, beat: Beat) -> Iterator[Pair]:
    if beat.deed is not None:
        yield from _deed(c, week, beat.deed)
    elif beat.kind == "orders":
        for row in week.deeds:
            if row.number in beat.numbers or not row.hold:
                yield row.who, row.text
    elif beat.said:
        yield from ((c.t("resolve.detail.said"), text) for text in beat.said)
    else:
        yield from _whole(c, week)
    yield c.t("resolve.detail.seed"), c.t("resolve.seed", seed=str(week.exercise.seed),
                                          campaign=week.exercise.campaign)  # fmt: skip


def _deed(c: Canvas, week: Week, row: DeedRow) -> Iterator[Pair]:
    yield c.t("resolve.detail.who"), row.who
    yield c.t("resolve.detail.did"), row.text
    if row.actor:
        rung = week.scenario.ladder.rungs[row.rung]
        yield c.t("resolve.detail.rung"), f"{row.rung} {rung.name}: {rung.test}"
    if row.place:
        yield c.t("resolve.detail.place"), row.place
    for n, factor in enumerate(row.factors):
        points = c.words.number(100 * factor.adds, 1, sign=n > 0)
        yield factor.words, points
    if row.chance is not None and row.draw is not None:
        yield c.t("resolve.detail.chance"), c.words.number(100 * row.chance, 1)
        yield c.t("resolve.detail.draw"), c.words.number(100 * row.draw, 1)
        yield c.t("resolve.detail.came"), c.t("resolve.well" if row.well else "resolve.badly")


def _whole(c: Canvas, week: Week) -> Iterator[Pair]:
    """Of the harm and the end: each track before and after."""
    for change in week.told.changes:
        words = c.words
        before, after = change.before, change.after
        yield change.name, c.t("resolve.chain.from_to", old=words.span(before.low, before.high),
                               new=words.span(after.low, after.high))  # fmt: skip
