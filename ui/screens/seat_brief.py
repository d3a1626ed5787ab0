"""The brief over the board: what everybody knows, and what only this seat reads."""

from __future__ import annotations

from collections.abc import Callable

from sim.exercise.view import SeatView
from sim.schema import Scenario
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, panel, scroll


def draw_brief(c: Canvas, view: SeatView, scenario: Scenario, close: Callable[[], None]) -> None:
    """Read again at any time; Esc or B puts it away."""
    names = {actor.id: actor.name for actor in scenario.actors}
    parts = (("public", view.brief.public), ("private", view.brief.private))
    with c.modal("brief"):
        wide = min(980.0, 800.0 * max(1.0, c.text_scale))
        step = "lead"
        tall = sum(c.tall(said, wide - 84, step) + c.leading("title") + 30 for _, said in parts)
        box = c.box.centred(wide, min(800.0, tall + 30 + 40 + 56))
        room = panel(c, box, c.t("board.brief.title", who=names[view.seat])).inset(16, 6)
        text, foot = room.cut_bottom(40, 12)
        with scroll(c, text, "brief:scroll", tall) as inner:
            at = inner.top(0)
            for key, said in parts:
                at = at.below(0, c.leading("title") + 6)
                c.text(at, c.t(f"board.brief.{key}"), "title", "text3")
                at = at.below(0, c.tall(said, wide - 84, step) + 4)
                c.text(at.left(wide - 84), said, step, lines=99, middle=False)
                at = at.below(20, 0)
        if c.focus.item != "brief:close":
            c.focus.set("brief:close")
        button(c, foot.right(180), "brief:close", c.t("board.brief.close"), close, region="brief",
               kind="primary", key="esc")  # fmt: skip
