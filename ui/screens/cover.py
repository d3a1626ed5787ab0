"""The brief of a scenario on the launcher: words, a map, where the crisis starts, a warning."""

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import label, rung_tile, track_bar
from ui.map.seen import MapSeen
from ui.map.theatre import Theatre
from ui.present.dates import whole
from ui.present.launcher import Cover, leaders
from ui.screens.reading import Paragraph, reading

SIDE = 330.0  # the column with the map


class Brief:
    """Draws one cover after another; keeps the map of the last."""

    def __init__(self) -> None:
        self._drawn: tuple[Cover, Theatre] | None = None

    def draw(self, c: Canvas, box: Box, cover: Cover, seat: str) -> None:
        """All of it, with what everybody may read of the seat that is taken."""
        rest = self._warned(c, box, cover)
        high = 64 + 2 * c.leading("small") + c.leading("label") + 16
        body, ladder = rest.cut_bottom(high, 14)
        self._ladder(c, ladder, cover)
        when = c.t("launcher.when", n=cover.weeks, days=whole(cover.scenario, c.words))
        y = body.y + c.text(body.top(c.leading("small")), when, "small", "text3") + 6
        y += c.text(Box(body.x, y, body.w, c.leading("display")), cover.title, "display") + 8
        room, side = Box(body.x, y, body.w, body.y2 - y).cut_right(SIDE, 20)
        name, brief = cover.brief(seat)
        parts = [Paragraph(cover.lead, "lead", "text"), Paragraph(cover.body)]
        parts += [Paragraph(name, "title", "text", 4), Paragraph(brief)] if name else []
        reading(c, room, "brief", [part for part in parts if part.words])
        self._beside(c, side, cover)

    def _beside(self, c: Canvas, box: Box, cover: Cover) -> None:
        """A picture of who holds what, and under it how it can end."""
        sides = [a.id for p in cover.scenario.polities[:2] for a in leaders(cover.scenario)
                 if a.polity == p.id]  # fmt: skip
        if cover.control and len(sides) > 1:
            plan = box.top(min(226.0, box.h * 0.62))
            self._map(c, plan, cover, MapSeen((sides[0], sides[1]), cover.control))
            c.rect(plan, line="line")
            note = plan.below(4, c.leading("small"))
            c.text(note, c.t("launcher.map_note"), "small", "text3", cut=True)
            box = Box(box.x, note.y2 + 12, box.w, box.y2 - note.y2 - 12)
        self._endings(c, box, cover)

    def _map(self, c: Canvas, box: Box, cover: Cover, seen: MapSeen) -> None:
        if self._drawn is None or self._drawn[0] is not cover:
            self._drawn = cover, Theatre(cover.scenario)
        theatre = self._drawn[1]
        if not theatre.plan(c, box, seen):  # no map: the places as boxes, not to be pressed

            def boxes(part: Canvas) -> None:
                theatre.draw(part, box, seen, layer="control", bar=False)

            c.cached(("cover", cover.title), box, boxes)

    def _endings(self, c: Canvas, box: Box, cover: Cover) -> None:
        """As many of the endings as there is room for."""
        head, high = c.leading("label") + 8, c.leading("small") + 4
        fit = int((box.h - head) // high)
        if fit < 2:
            return
        label(c, box.top(c.leading("label")), c.t("launcher.endings"), "text")
        shown = list(cover.endings)
        if len(shown) > fit:
            shown = [*shown[: fit - 1], c.t("launcher.more", n=len(shown) - fit + 1)]
        for n, words in enumerate(shown):
            mark, rest = Box(box.x, box.y + head + n * high, box.w, high).cut_left(6, 10)
            c.rect(mark.centred(6, 6), "ctl")
            c.text(rest, words, "small", "text2", cut=True)

    def _warned(self, c: Canvas, box: Box, cover: Cover) -> Box:
        """The content note at the foot; returns what is above."""
        head = c.leading("body")
        high = c.tall(cover.warning, box.w - 36, "body") + head + 24
        rest, foot = box.cut_bottom(high, 14)
        c.rect(foot, "bg2")
        c.rect(foot.left(4), "harm")
        title, words = foot.inset(18, 10).cut_top(head, 4)
        c.text(title, c.t("launcher.before"), "body", "text", weight="semibold")
        c.text(words, cover.warning, "body", "text2", lines=12, middle=False)
        return rest

    def _ladder(self, c: Canvas, box: Box, cover: Cover) -> None:
        rungs, small = cover.scenario.ladder.rungs, c.leading("small")
        head, rest = box.cut_top(c.leading("label"), 8)
        label(c, head, c.t("launcher.starts", n=cover.level, name=cover.level_name), "text")
        tiles, rest = rest.cut_top(28, 4)
        cells = tiles.columns(len(rungs), 2)
        for n, cell in enumerate(cells):
            rung_tile(c, cell, n)
        c.rect(cells[cover.level].grown(3), line="text", width=2)
        ends, rest = rest.cut_top(max(20.0, small), 6)
        wide = self._lines(c, ends, cover, cells)
        widest = max(c.measure(rung.name, "small") for rung in rungs)
        if not cover.lines and widest <= cells[0].w - 4:
            for rung, cell in zip(rungs, cells, strict=True):
                c.text(Box(cell.x, ends.y, cell.w, ends.h), rung.name, "small", "text3", "centre")
        else:
            c.text(ends.left(wide), rungs[0].name, "small", "text3", cut=True)
            c.text(ends.right(wide), rungs[-1].name, "small", "text3", "right", cut=True)
        for bar, cell in zip(cover.bars, rest.columns(4, 16), strict=False):
            c.text(cell.top(small), bar.name, "small", "text2", cut=True)
            track_bar(c, Box(cell.x, cell.y + small + 3, cell.w, 12), (bar.low, bar.high))

    def _lines(self, c: Canvas, row: Box, cover: Cover, cells: list[Box]) -> float:
        """Where red lines are drawn, and by whom; returns the room left at either end."""
        wide = row.w / 2 - 8
        for rung, actors in cover.lines.items():
            cell = cells[rung]
            c.line([(cell.x - 1, cell.y - 4), (cell.x - 1, row.y2)], "text", 2, dash=(4, 3))
            for n, actor in enumerate(actors):
                c.token(Box(cell.x + 4 + 20 * n, row.cy - 9, 18, 18), actor)
            wide = min(wide, cell.x - row.x - 8, row.x2 - cell.x - 12 - 20 * len(actors))
        return max(40.0, wide)
