"""The board in its window: a week by keyboard alone, by mouse alone, and no text at fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.exercise import Exercise
from tests.window.table import SEATS, WHY, at_once, played, shown, window
from ui.app import App
from ui.screens.board import Board

SEAT, FORD = SEATS[0], "ostmere_council"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = window(tmp_path)
    yield app
    app.close()


def open_board(app: App, weeks: int = 0, seat: str = SEAT,
               name: str = "kerch_2022") -> tuple[Exercise, Board, list[str]]:  # fmt: skip
    exercise, told = played(seat, weeks, name), []
    board = shown(app, exercise, seat, on_commit=lambda: told.append("commit"),
                  on_menu=lambda: told.append("menu"))  # fmt: skip
    return exercise, board, told


def aimable(exercise: Exercise, board: Board) -> tuple[int, str, tuple[str, ...]]:
    """A card of the open slot with more than one target: its key, its id, its targets."""
    others = [card for card in board.turn.cards if not card.hold]
    return next((n + 1, c.id, c.targets) for n, c in enumerate(others) if len(c.targets) > 1)


# --- a whole week ---------------------------------------------------------------------------------
def test_a_week_by_keyboard_alone(app: App) -> None:
    """Card, target, signal, bluff, forecast, reason, commit."""
    exercise, board, told = open_board(app)
    number, card, targets = aimable(exercise, board)
    app.press(str(number), "enter")
    assert board.turn.picker is not None
    app.press("down", "enter")
    order = exercise.drafts(SEAT).orders[board.turn.slot]
    assert (order.action, order.target) == (card, targets[1])
    app.press("s", "s", "i")
    signal = exercise.drafts(SEAT).signal
    assert signal is not None
    assert (signal.action, signal.audience, signal.bluff) == (card, "public", True)
    app.press("n", "1", "f", "3", "5", "shift+right", "w")
    app.type(WHY)
    app.press("esc", "ctrl+enter")
    drafts = exercise.drafts(SEAT)
    assert (drafts.forecast, drafts.reason, drafts.committed) == (0.4, WHY, True)
    assert told == ["commit"]


def test_a_week_by_mouse_alone(app: App) -> None:
    """A mouse cannot write: it takes a ready-made reason, and another after it."""
    exercise, board, told = open_board(app)
    _, card, targets = aimable(exercise, board)
    app.click(f"card:{card}")
    app.click("desk:target")
    app.click(f"target:{targets[1]}")
    app.click("picker:choose")
    app.click("signal:private")
    app.click("hearer")
    app.click(f"hearer:{SEATS[2]}")
    app.click("intent:bluff")
    app.click("forecast")
    for item in ("phrases", "phrases:signal", "phrases", "phrases:time"):
        app.click(item)
    app.click("desk:commit")
    drafts = exercise.drafts(SEAT)
    told_why = [app.t(f"board.phrase.{phrase}") for phrase in ("signal", "time")]
    assert drafts.reason == " ".join(told_why)
    assert drafts.orders[board.turn.slot].target == targets[1]
    assert drafts.signal is not None
    assert (drafts.signal.audience, drafts.signal.bluff) == (SEATS[2], True)
    assert drafts.committed
    assert told == ["commit"]


def test_tab_reaches_every_part(app: App) -> None:
    open_board(app, 2)
    walked = set()
    for _ in range(len(app.focus.regions)):
        app.press("tab")
        walked.add(app.focus.region)
    assert {"header", "ladder", "map", "tracks", "feed", "hand", "desk"} <= walked


def test_letters_lead_to_their_panels(app: App) -> None:
    open_board(app, 2)
    for key, region in {"l": "ladder", "t": "tracks", "e": "feed", "m": "map"}.items():
        app.press(key)
        assert app.focus.region == region


def test_arrows_walk_past_the_edge_of_the_hand(app: App) -> None:
    _, board, _ = open_board(app, 2)
    app.click("tab:political")
    app.press("0", *["right"] * (len(board.turn.cards) - 1))
    assert app.focus.item == f"card:{board.turn.cards[-1].id}"


def test_the_wheel_rolls_the_hand(app: App) -> None:
    _, board, _ = open_board(app, 2)
    app.click("tab:political")
    app.click("hand:later")
    assert board.turn.state.first == 1


# --- parts ----------------------------------------------------------------------------------------
def test_a_card_that_is_shut_opens_but_is_not_ordered(app: App) -> None:
    exercise, board, _ = open_board(app)
    board.turn.open_slot("political")
    shut = next(card for card in board.turn.cards if not card.legal)
    board.turn.pick(shut.id)
    app.frame()
    assert board.turn.state.open == shut.id
    assert exercise.drafts(SEAT).orders["political"].action != shut.id


def test_the_map_takes_a_target(app: App) -> None:
    exercise, board, _ = open_board(app)
    number, _, targets = aimable(exercise, board)
    app.press(str(number))
    board.turn.look(targets[2])
    assert exercise.drafts(SEAT).orders[board.turn.slot].target == targets[2]


def test_arrows_on_the_desk_go_through_the_targets(app: App) -> None:
    exercise, board, _ = open_board(app)
    number, _, targets = aimable(exercise, board)
    app.press(str(number))
    app.focus.set("desk:target", by_key=True)
    app.press("right", "right")
    assert board.turn.target == targets[1]


def test_the_picker_can_be_left(app: App) -> None:
    exercise, board, told = open_board(app)
    number, _, _ = aimable(exercise, board)
    app.press(str(number), "enter", "esc")
    assert (board.turn.picker, board.turn.target, told) == (None, None, [])


def test_commit_leads_to_what_is_missing(app: App) -> None:
    exercise, board, told = open_board(app)
    number, _, _ = aimable(exercise, board)
    app.press(str(number), "n", "ctrl+enter")
    assert app.focus.item == "desk:target"
    app.press("0", "ctrl+enter")
    assert board.turn.slot == next(iter(board.turn.view.hand))
    assert told == []


def test_a_committed_week_can_be_recalled_and_not_slipped_into(app: App) -> None:
    exercise, board, _ = open_board(app)
    app.press("f", "5", "0", "w")
    app.type(WHY)
    app.press("ctrl+enter", "1")
    assert exercise.drafts(SEAT).orders[board.turn.slot].action == board.turn.cards[0].id
    app.press("del")
    assert not exercise.drafts(SEAT).committed


def test_undo_takes_the_last_thing_back(app: App) -> None:
    exercise, board, _ = open_board(app)
    app.press("2")
    ordered = exercise.drafts(SEAT).orders[board.turn.slot].action
    app.press("3", "ctrl+z")
    assert exercise.drafts(SEAT).orders[board.turn.slot].action == ordered


def test_typing_is_kept_when_it_pauses(app: App) -> None:
    exercise, board, _ = open_board(app)
    app.press("w")
    app.type("because ")
    assert exercise.drafts(SEAT).reason == ""
    board.tick(2.0)
    assert exercise.drafts(SEAT).reason == "because"
    app.type("of it")
    assert board.turn.sheet.reason.endswith("of it")


def test_the_brief_can_be_read_again(app: App) -> None:
    _, board, told = open_board(app)
    app.press("b")
    assert board.reading
    app.press("esc")
    assert not board.reading
    app.press("esc")
    assert told == ["menu"]


# --- the staff ------------------------------------------------------------------------------------
def test_the_staff_tells_of_every_legal_card(app: App) -> None:
    exercise = played(FORD, 0, "tutorial")
    board = shown(app, exercise, FORD, stream=at_once)
    pages, staff = board.turn.pages()
    assert set(pages) == {card.id for card in board.turn.cards if card.legal}
    assert not staff.off
    figures = next(iter(pages.values())).figures
    assert figures[2].value is None
    app.press("f", "5")
    assert next(iter(board.turn.pages()[0].values())).figures[2].value is not None


def test_the_staff_works_beside_the_window(app: App) -> None:
    exercise = played(FORD, 0, "tutorial")
    board = shown(app, exercise, FORD, stream=app.stream)
    app.settle()
    assert board.turn.pages()[0]


def test_no_staff_no_figures(app: App) -> None:
    _, board, _ = open_board(app)
    pages, staff = board.turn.pages()
    assert (pages, staff.off) == ({}, True)


# --- how it looks ---------------------------------------------------------------------------------
COVER = (  # pairs of size, theme, text and language: each value with most others
    ((1600, 900), "dark", 1.0, "en"), ((1280, 720), "light", 1.5, "uk"),
    ((1280, 720), "contrast", 1.0, "uk"), ((1600, 900), "light", 1.25, "en"),
)  # fmt: skip
WHOLE = tuple(
    ((w, h), theme, scale, language) for w, h in ((1280, 720), (1600, 900), (2560, 1440))
    for theme in ("dark", "light", "contrast") for scale in (1.0, 1.25, 1.5)
    for language in ("en", "uk")
)  # fmt: skip


def faults(app: App) -> list[str]:
    app.dirty = True
    app.frame()
    assert app.canvas is not None
    return app.canvas.faults + [f"no words for {key}" for key in app.words.missing]


def walked(app: App, board: Board) -> Iterator[tuple[str, list[str]]]:
    """Every slot with an order, a signal and the picker; every panel; the brief; the end."""
    turn = board.turn
    for slot in turn.view.hand:
        turn.open_slot(slot)
        yield slot, faults(app)
        legal = [card for card in turn.cards if card.legal]
        turn.pick(max(legal, key=lambda card: len(card.targets)).id)
        turn.signal("private")
        yield f"{slot} private", faults(app)
        turn.aim()
        yield f"{slot} aiming", faults(app)
        turn.picker = None
        turn.cycle(1)
        turn.pick(turn.cards[-1].id)
        yield f"{slot} last", faults(app)
    for board.tab in ("tracks", "feed", "desk"):
        yield board.tab, faults(app)
    board.reading = True
    yield "brief", faults(app)
    board.reading = False
    turn.signal("silent")
    turn.sheet.slide(40)
    turn.sheet.write(WHY)
    board.commit()
    yield "committed", faults(app)


def clean(tmp_path: Path, cover: tuple[tuple[int, int], str, float, str], seat: str,
          name: str) -> None:  # fmt: skip
    size, theme, scale, language = cover
    app = window(tmp_path, size, theme=theme, text_scale=scale, language=language)
    stream = at_once if name == "tutorial" else None
    board = shown(app, played(seat, 2, name), seat, stream=stream)
    found = {what: wrong for what, wrong in walked(app, board) if wrong}
    app.close()
    assert found == {}


@pytest.mark.parametrize("cover", COVER)
@pytest.mark.parametrize(("seat", "name"), [(SEAT, "kerch_2022"), (FORD, "tutorial")])
def test_no_text_is_cut_or_lies_over_another(
    tmp_path: Path, cover: tuple[tuple[int, int], str, float, str], seat: str, name: str
) -> None:
    clean(tmp_path, cover, seat, name)


@pytest.mark.full
@pytest.mark.parametrize("cover", WHOLE)
@pytest.mark.parametrize(
    ("seat", "name"), [*((seat, "kerch_2022") for seat in SEATS), (FORD, "tutorial")]
)
def test_no_text_is_cut_anywhere(
    tmp_path: Path, cover: tuple[tuple[int, int], str, float, str], seat: str, name: str
) -> None:
    clean(tmp_path, cover, seat, name)
