"""pictures: the window's main screens, drawn alike every time, and how two pictures are compared.

A small picture of each screen is kept in `tests/golden/window`, a quarter as wide and high as the
window. Two pictures are compared by the mean colours of blocks of 20 by 20 pixels of the window.
There another way to draw letters (hard edges, or all a pixel further) changes 0.6 levels of 255 at
most, and 2 blocks in 1000 by much; a panel moved by 12 pixels changes 4 and more, and so does one
of the theme's colours. Strokes a quarter heavier change 1.2 levels, and no block by much.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.exercise import Exercise
from sim.schema import Scenario
from tests.documents import GOLDEN
from tests.window.looks import window
from tests.window.table import WHY, scenario
from tests.window.weeks import game
from ui.app import App
from ui.screens.board import Board
from ui.screens.ending import Ending
from ui.screens.resolve import Resolve
from ui.screens.review import Review
from ui.session import Session

Picture = NDArray[np.uint8]  # height, width, colour
KEPT = GOLDEN / "window"
KERCH, FORD = "kerch_2022", "tutorial"
LOOKS = {"dark": (1600, 900), "light": (1280, 720)}  # theme -> size of the window
QUARTER, BLOCK = 4, 5  # of the window's pixels; of the small picture's
ROUGH = 4  # colours are kept to so many levels: a third of the size of the files
MEAN, SHARE = 1.25, 0.0025  # levels over all blocks, and share of them changed by much, to be seen
MUCH, HUE = 9.0, 4.0  # levels of a colour that are much; of colours against each other
PATIENCE = 120.0


# --- the screens ----------------------------------------------------------------------------------
def seat_of(sheet: Scenario) -> str:
    """The first leader."""
    return next(actor.id for actor in sheet.actors if actor.role == "leader")


@cache
def played(weeks: int) -> Exercise:
    """The first leader holds for some weeks; shared, so nothing may be laid down in it."""
    sheet = scenario(KERCH)
    seat = seat_of(sheet)
    exercise = Exercise.new(sheet, humans=[seat])
    while exercise.week < weeks and not exercise.over:
        exercise.forecast(seat, (0.35, 0.2, 0.65, 0.9)[exercise.week % 4])
        exercise.reason(seat, WHY)
        exercise.commit(seat)
        for asked in exercise.asked():
            exercise.answer(asked.seat, asked.kind, asked.words[0])
        exercise.play()
    return exercise


def nowhere(*_: object) -> None:
    """Where the doors of these screens lead."""


def launcher(app: App, name: str = KERCH) -> None:
    """With its brief open, and no exercise kept."""
    Session(app, Path(app.settings_file.parent) / "none").launch(name)


def board(app: App) -> Board:
    """The third week, something ordered, forecast and written, the staff's work done."""
    exercise = played.__wrapped__(2)
    seat = seat_of(exercise.scenario)
    shown = Board(exercise, seat, on_commit=nowhere, on_menu=nowhere, stream=app.stream)
    cards = [card for card in shown.turn.cards if card.legal and len(card.targets) > 1]
    shown.turn.pick(cards[0].id)
    shown.turn.sheet.aim(shown.turn.slot, cards[0].targets[0])
    exercise.forecast(seat, 0.3)
    exercise.reason(seat, WHY)
    app.show(shown)
    return shown


def picker(app: App) -> None:
    """The targets of that order."""
    shown = board(app)
    app.frame()
    shown.turn.aim()
    assert shown.turn.picker is not None


def resolve(app: App) -> None:
    """The deed nearest the middle of the week whose reasons are told, at the end of its beat."""
    exercise = game(KERCH, 3)
    shown = Resolve(app, exercise, seat_of(exercise.scenario), 3, on_done=nowhere)
    app.show(shown)
    app.frame()
    beats = shown.clock.beats
    told = [n for n, beat in enumerate(beats) if beat.deed is not None and beat.deed.factors]
    shown.clock.go(min(told, key=lambda n: abs(n - len(beats) / 2)))


def review(app: App) -> None:
    exercise = game(KERCH, 6)
    app.show(Review(app, exercise, seat_of(exercise.scenario), on_next=nowhere,
                    on_branch=nowhere))  # fmt: skip


def ending(app: App) -> None:
    """The whole campaign, with all the futures it might have had."""
    exercise = played(scenario(KERCH).weeks)
    app.show(Ending(app, exercise, None, on_branch=nowhere, on_leave=nowhere))


SCREENS: dict[str, Callable[[App], object]] = {
    "launcher": launcher, "launcher_first": lambda app: launcher(app, FORD), "board": board,
    "picker": picker, "resolve": resolve, "review": review, "ending": ending,
}  # fmt: skip


def drawn(name: str, look: str, folder: Path) -> Picture:
    """A screen in a window of its own: nothing moves, and the work beside the window is done."""
    size = LOOKS[look]
    with window(folder, size, theme=look, motion="reduced", tutorial_done=True) as app:
        app.know(scenario(KERCH))
        SCREENS[name](app)
        for _ in range(2):  # a picture may ask for work
            app.frame()
            app.settle(PATIENCE)
            app.dirty = True
        assert not app.worker.busy, f"{name}: the work beside the window takes too long"
        return small(app.frame())


# --- small pictures -------------------------------------------------------------------------------
def small(surface: pygame.Surface) -> Picture:
    """A quarter of its width and height, in rough colours."""
    size = surface.get_width() // QUARTER, surface.get_height() // QUARTER
    found = pygame.surfarray.array3d(pygame.transform.smoothscale(surface, size))
    return (found.swapaxes(0, 1) // ROUGH * ROUGH + ROUGH // 2).astype(np.uint8)


def path_of(name: str, look: str) -> Path:
    return KEPT / f"{name}_{look}.png"


def read(path: Path) -> Picture:
    return pygame.surfarray.array3d(pygame.image.load(path)).swapaxes(0, 1)


def write(path: Path, picture: Picture) -> None:
    pygame.image.save(pygame.surfarray.make_surface(picture.swapaxes(0, 1)), path)


def blocks(picture: Picture) -> NDArray[np.float64]:
    """The mean colour of every block."""
    h, w = (length // BLOCK for length in picture.shape[:2])
    cut = picture[: h * BLOCK, : w * BLOCK].astype(np.float64)
    return cut.reshape(h, BLOCK, w, BLOCK, 3).mean(axis=(1, 3))


# --- compared -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Difference:
    """How far two pictures are apart."""

    mean: float  # levels of 255, over all blocks
    share: float  # of blocks that differ much

    @property
    def seen(self) -> bool:
        """Whether it is more than the edges of letters."""
        return self.mean > MEAN or self.share > SHARE


def much(one: Picture, other: Picture) -> NDArray[np.bool_]:
    """Which blocks differ much; greys, of which letters are made, have no hue to differ in."""
    far = blocks(one) - blocks(other)
    hue = far[..., [0, 2]] - far[..., [1]]
    return np.logical_or(np.abs(far).max(axis=2) > MUCH, np.abs(hue).max(axis=2) > HUE)


def compared(one: Picture, other: Picture) -> Difference:
    """One may be of a window of another size: then all of it differs."""
    if one.shape != other.shape:
        return Difference(255.0, 1.0)
    far = np.abs(blocks(one) - blocks(other)).max(axis=2)
    return Difference(float(far.mean()), float(much(one, other).mean()))


def marked(one: Picture, other: Picture) -> Picture:
    """The first, dark but for the blocks that differ much."""
    if one.shape != other.shape:
        return one
    where = much(one, other).repeat(BLOCK, axis=0).repeat(BLOCK, axis=1)
    found = one // 4
    found[where] = one[where]
    return found


def told(name: str, look: str, folder: Path) -> str:
    """What differs in a screen's looks, and where to see it; "" when nothing does."""
    now, path = drawn(name, look, folder), path_of(name, look)
    if path.exists():
        old = read(path)
        found = compared(now, old)
        if not found.seen:
            return ""
        how = f"differs by {found.mean:.2f} levels, {found.share:.1%} of it by much"
    else:
        old, how = np.zeros_like(now), "has no picture"
    shown = Path(tempfile.mkdtemp(prefix="offramp-pictures-"))
    write(shown / path.name, now)
    write(shown / f"{path.stem}_changes.png", marked(now, old))
    return f"{path.name} {how}: the new one and its changes are in {shown}"


def regenerate() -> list[Path]:
    """Every picture anew, and none besides; those that changed."""
    KEPT.mkdir(exist_ok=True)
    wanted = {path_of(name, look): (name, look) for name in SCREENS for look in LOOKS}
    changed = []
    for path in set(KEPT.glob("*.png")) - set(wanted):
        path.unlink()
    for path, (name, look) in wanted.items():
        with tempfile.TemporaryDirectory() as folder:
            now = drawn(name, look, Path(folder))
        if not path.exists() or not np.array_equal(read(path), now):
            write(path, now)
            changed.append(path)
    return changed
