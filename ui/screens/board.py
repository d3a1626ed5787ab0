"""The board in the phase of decision: everything a seat knows, its cards, and its order desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sim.exercise import Exercise
from ui.kit.canvas import Canvas
from ui.kit.focus import Focus
from ui.kit.words import Words
from ui.map.frame import Hands as MapHands
from ui.map.theatre import Theatre
from ui.present.desk import desk
from ui.present.hand import hand
from ui.present.head import harm_line, head
from ui.present.ladder import ladder
from ui.present.theatre import map_seen, places
from ui.present.tracks import feed, tracks
from ui.screen import Quiet
from ui.screens.desk import DeskHands
from ui.screens.hand import HandHands
from ui.screens.header import HeadHands
from ui.screens.scene import Scene, SceneHands, draw_picking, draw_scene
from ui.screens.seat_brief import draw_brief
from ui.screens.staff import Stream
from ui.screens.turn import Turn

PANELS = {"l": "ladder", "t": "tracks", "e": "feed", "m": "map"}


class Board(Quiet):
    """One seat's board. `on_commit` is called once the week is committed; the rest is kept here.

    `stream` runs the staff's work beside the window (None: no estimates), `say` shows a note,
    `locked` keeps the staff's figure for the forecast until the seat has given its own.
    """

    name = "board"

    def __init__(
        self, exercise: Exercise, seat: str, *, on_commit: Callable[[], None],
        on_menu: Callable[[], None], stream: Stream | None = None,
        say: Callable[[str], None] = lambda _: None, on_help: Callable[[], None] | None = None,
        theatre: Theatre | None = None, locked: bool = True,
    ) -> None:  # fmt: skip
        self.turn = Turn(exercise, seat, stream, say, theatre, locked, self._goto)
        self.on_commit, self.on_menu, self.on_help = on_commit, on_menu, on_help
        self.focus, self.tab, self.reading = Focus(), "desk", False

    # --- the picture --------------------------------------------------------------------------
    def draw(self, c: Canvas) -> None:
        turn, self.focus = self.turn, c.focus
        turn.words = c.words
        turn.renew()
        if c.focus.item != "reason":
            turn.sheet.keep_text()
        if not c.focus.items and c.focus.item is None:
            c.focus.set(f"card:{turn.state.open}")
        scene, hands = self.scene(c.words), self.hands()
        lay = draw_scene(c, scene, turn.theatre, turn.state, hands)
        if turn.picker is not None:
            seen = replace(scene, map=replace(scene.map, caption=self._caption(turn.picker.at)))
            draw_picking(c, lay, seen, turn.theatre, turn.picker, hands)
        if self.reading:
            draw_brief(c, turn.view, turn.scenario, self._read)

    def scene(self, words: Words) -> Scene:
        """Everything shown, as data."""
        turn = self.turn
        view, scenario, sheet = turn.view, turn.scenario, turn.sheet
        pages, staff = turn.pages()
        week = turn.exercise.week + 1
        missing = turn.exercise.missing(turn.seat)
        targets = turn.card.targets if turn.target is None and len(turn.card.targets) > 1 else ()
        selected = turn.place or turn.target
        return Scene(
            head(scenario, week, turn.exercise.weeks, words, seat=turn.seat),
            harm_line(view, scenario, words), ladder(view, scenario, words),
            tracks(view, scenario, words), feed(view, words),
            hand(view, sheet.drafts, turn.slot, scenario, words, turn.aimless()),
            desk(view, sheet.drafts, turn.slot, scenario, words, missing, sheet.reason,
                 sheet.chance),
            pages, staff, map_seen(view, scenario, words, self._caption(selected), turn.target),
            selected, targets, turn.zoom, turn.layer, self.tab,
        )  # fmt: skip

    def _caption(self, place: str | None) -> str:
        """What the map says beside what is aimed or looked at."""
        turn = self.turn
        if place is None:
            return ""
        if turn.picker is not None or place == turn.target:
            return turn.words.t("board.map.aim", order=turn.card.name)
        return "  ·  ".join(places(turn.view, [place], turn.scenario, turn.words)[0].facts)

    def hands(self) -> SceneHands:
        """What pressing things does."""
        turn = self.turn
        sheet, change = turn.sheet, turn.sheet.change
        return SceneHands(
            HeadHands(partial(self._read, True), self.on_help, self.on_menu),
            HandHands(turn.open_slot, turn.pick),
            DeskHands(
                turn.aim, turn.cycle, turn.signal, lambda act: change(action=act, target=None),
                lambda week: change(by_week=int(week)), lambda who: change(audience=who),
                lambda word: change(bluff=word == "bluff"), sheet.slide, sheet.write, turn.hold,
                turn.next_slot, self.commit, self.recall,
            ),
            MapHands(turn.look, partial(setattr, turn, "zoom"), partial(setattr, turn, "layer")),
            partial(setattr, self, "tab"),
        )  # fmt: skip

    def _read(self, on: bool = False) -> None:
        """Open or close the brief."""
        self.reading = on

    # --- keys ---------------------------------------------------------------------------------
    def key(self, key: str) -> bool:
        """What no item in sight took."""
        if self.reading:
            self.reading = key not in ("esc", "b", "enter")
            return True
        if self.turn.picker is not None:
            return self.turn.picker.key(key)
        acts = self._acts()
        if key in PANELS:
            self.go(PANELS[key])
        elif key in acts:
            acts[key]()
        elif key.isdigit() and len(key) == 1:
            self.turn.digit(int(key))
        else:
            return False
        return True

    def _acts(self) -> dict[str, Callable[[], object]]:
        """What each key does; a committed week is not changed by a slip of the hand."""
        turn = self.turn
        looks: dict[str, Callable[[], object]] = {
            "esc": self.on_menu, "b": partial(self._read, True), "v": turn.next_layer,
            "+": partial(turn.near, 1), "-": partial(turn.near, -1), "n": turn.next_slot,
        }  # fmt: skip
        if turn.sheet.drafts.committed:
            return looks | {"del": self.recall, "ctrl+z": self.recall}
        return looks | {
            "s": self._signal, "i": turn.bluff, "f": partial(self._write, "forecast"),
            "w": partial(self._write, "reason"), "del": turn.hold, "ctrl+z": turn.sheet.undo,
            "ctrl+enter": self.commit,
        }  # fmt: skip

    def _signal(self) -> None:
        self.tab = "desk"
        self.turn.next_mode()
        self._goto(f"signal:{self.turn.mode}")

    def _write(self, item: str) -> None:
        self.tab = "desk"
        self._goto(item)

    def _goto(self, item: str) -> None:
        self.focus.set(item, by_key=True if self.focus.by_key else None)

    def go(self, panel: str) -> None:
        """To a part of the board; the right column shows it if it is made of tabs."""
        if panel in ("tracks", "feed", "desk"):
            self.tab = panel
        first = {"tracks": f"track:{self.turn.view.tracks[0].id}", "feed": "feed:0",
                 "desk": "forecast"}  # fmt: skip
        if not self.focus.go(panel) and panel in first:
            self._goto(first[panel])

    # --- the end of the turn ------------------------------------------------------------------
    def commit(self) -> None:
        """Only a whole week; otherwise to what is missing."""
        turn = self.turn
        turn.sheet.keep()
        missing = turn.exercise.missing(turn.seat)
        if not missing:
            if turn.sheet.commit():
                turn.staff.cancel()
                self.on_commit()
        elif missing[0].startswith("target:"):
            turn.slot = missing[0].partition(":")[2]
            self._write("desk:target")
        else:
            self._write(missing[0])

    def recall(self) -> None:
        self.turn.sheet.recall()

    def leave(self) -> None:
        """Before another screen takes its place: keep what was typed, send the staff home."""
        self.turn.sheet.keep()
        self.turn.staff.cancel()

    def tick(self, seconds: float) -> bool:
        self.turn.sheet.tick(seconds)
        return False
