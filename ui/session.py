"""The session: which screen follows which, from the launcher to the end of a game."""

from collections.abc import Callable
from pathlib import Path

from sim.errors import OfframpError
from sim.exercise import Exercise, fresh, shelf
from sim.exercise.courses import MAIN
from ui.app import App
from ui.lobby import Lobby
from ui.map.theatre import Theatre
from ui.present.guide import Guide
from ui.screen import Screen
from ui.screens.board import Board
from ui.screens.cards import HandOver, Put, Question
from ui.screens.ending import Ending
from ui.screens.guide import Guided
from ui.screens.menu import Menu, Ways
from ui.screens.resolve import Resolve
from ui.screens.review import Review


class Session(Lobby):
    """One person's sitting at the window; everything it knows of a game is the Exercise."""

    def __init__(
        self, app: App, folder: Path | None = None, folders: tuple[Path, ...] = ()
    ) -> None:
        super().__init__(app, folder, folders)
        self.exercise: Exercise | None = None
        self.watched = False  # nobody was seated from the start: everything may be seen
        self.told: dict[str, int] = {}  # seat -> the last week it was shown
        self.guide: Guide | None = None  # of the first session
        self._theatre: Theatre | None = None

    # --- a game ---------------------------------------------------------------------------------
    def play(self, exercise: Exercise) -> None:
        """Sit down at an exercise, new or resumed."""
        self.rise()
        self.exercise, self.told = exercise, {}
        self._speak(exercise)
        self.watched = not exercise.humans
        self._theatre = Theatre(exercise.scenario)
        self.app.know(exercise.scenario)
        self.app.notes = [note for note in self.app.notes if note.bad]
        for words in (self.app.words.told(exercise.note), self._unkept()):
            if words:
                self.app.note(words, bad=True)
        first = exercise.scenario.id == shelf()[0].name and len(exercise.humans) == 1
        self.guide = Guide() if first and not self.app.settings.tutorial_done else None
        self.proceed()

    def _speak(self, game: Exercise) -> None:
        """Names and sentences in the window's language, where there is a translation."""
        tongue, why = self.tongue(self.home_of(game.scenario))
        game.speak(tongue)
        self._untranslated(why)

    def respeak(self) -> None:
        if self.exercise is None:
            super().respeak()
        else:
            self._speak(self.exercise)

    def _unkept(self) -> str:
        why = self.app.words.told(self._game.fault)
        return self.app.t("play.not_kept", why=why) if why else ""

    def proceed(self) -> None:
        """Whoever comes next: a seat that has not committed, a question, the week, the end."""
        game = self._game
        if game.read_only:
            self._look_back()
        elif game.waiting:
            self._turn(game.waiting[0])
        elif game.over:
            self._ending()
        elif asked := game.asked():
            self._hand(asked[0].seat, self._ask)
        else:
            self._week()

    def _look_back(self) -> None:
        """A campaign of a batch: the week asked for, or its end; play on from any week."""
        game, week = self._game, self._game.week
        game.switch(MAIN)  # a week that was asked for is looked at in the whole campaign
        if week == 0 or week == game.week:
            self._ending()
        else:
            review = Review(
                self.app, game, None, week, on_next=lambda: self._onward(review),
                on_branch=self._rewind, on_menu=self.menu, latest=game.week,
            )  # fmt: skip
            self._show(review)
        self.app.note(self.app.t("play.read_only"))

    def _onward(self, review: Review) -> None:
        """The next week that was played, after the last one the end."""
        if review.number < review.latest:
            review.go(review.number + 1)
        else:
            self._ending()

    @property
    def _game(self) -> Exercise:
        assert self.exercise is not None
        return self.exercise

    @property
    def _watcher(self) -> str:
        leaders = [actor.id for actor in self._game.scenario.actors if actor.role == "leader"]
        return (leaders or [self._game.scenario.actors[0].id])[0]

    def _week(self) -> None:
        """Play a week; watched, everything of it is shown; else each seat sees its own."""
        game = self._game
        try:
            game.play()
        except OfframpError as error:
            self.app.note(self.why(error), bad=True)
            self.menu()
            return
        if words := self._unkept():
            self.app.note(words, bad=True)
        if self.watched or not game.humans:
            seat = None if self.watched else self._watcher
            self._resolve(seat, self.proceed)
        elif game.over and len(game.humans) == 1:
            self._resolve(next(iter(game.humans)), self.proceed)
        else:
            self.proceed()

    def _turn(self, seat: str) -> None:
        """A seat sees what came of last week, then decides."""
        seen = self.told.get(seat, 0)
        if self._game.week > seen:
            self.told[seat] = self._game.week
            self._hand(seat, lambda: self._resolve(seat, lambda: self._board(seat)))
        else:
            self._hand(seat, lambda: self._board(seat))

    def _hand(self, seat: str, go: Callable[[], None]) -> None:
        """To a seat: with others at this screen, by a card between; nothing is left behind it."""
        if len(self._game.humans) > 1:
            self._forget()
            self._show(HandOver(self._game.scenario, seat, self._game.week + 1, go, self.menu))
        else:
            go()

    def _forget(self) -> None:
        """What the window still knows of the seat before: its texts, its notes, its pictures."""
        self._settle()
        self.app.focus.memory.clear()
        self.app.notes.clear()
        self._theatre = Theatre(self._game.scenario)

    def _board(self, seat: str) -> None:
        wanted = self.app.settings.estimates
        self._show(Board(
            self._game, seat, on_commit=self.proceed, on_menu=self.menu,
            stream=None if wanted == "off" else self.app.stream, say=self._bad, on_help=self.help,
            theatre=self._theatre, locked=wanted != "always",
        ))  # fmt: skip

    def _bad(self, words: str) -> None:
        self.app.note(self.app.words.told(words), bad=True)

    def _resolve(self, seat: str | None, then: Callable[[], None]) -> None:
        game, week = self._game, self._game.week

        def review() -> None:
            self._show(Review(
                self.app, game, seat, week, on_next=then, on_branch=self._rewind,
                on_again=lambda: self._resolve(seat, then), on_menu=self.menu,
            ))  # fmt: skip

        self._show(Resolve(self.app, game, seat, week, on_done=review, on_menu=self.menu,
                           theatre=self._theatre))  # fmt: skip

    def _ending(self) -> None:
        if self.guide is not None:
            self.app.apply(tutorial_done=True)
        self._show(Ending(self.app, self._game, None, on_branch=self._rewind,
                          on_leave=self.launch, on_menu=self.menu))  # fmt: skip

    def _ask(self) -> None:
        """The first question that waits, put to its seat."""
        asked = self._game.asked()[0]
        sheet = self._game.scenario
        by = next(a.name for a in sheet.actors if a.id == asked.by)
        action = next(a.name for a in sheet.actions if a.id == asked.action)
        t = self.app.t
        put = Put(asked.seat, t(f"question.{asked.kind}", by=by),
                  t(f"question.{asked.kind}_text", by=by, action=action), asked.words)  # fmt: skip

        def answer(word: str) -> None:
            self._game.answer(asked.seat, asked.kind, word)
            self.proceed()

        self._show(Question(put, answer, self.menu))

    # --- the stack of screens -------------------------------------------------------------------
    def _show(self, screen: Screen) -> None:
        """In place of what was there, with the guide over it while there is one."""
        if self.guide is not None and not self.guide.over:
            turn = self._game.week + (screen.name == "board")
            screen = Guided(screen, self.guide, turn, self._guided)
        self.app.show(screen)

    def _guided(self) -> None:
        """The first session has been shown, or was not wanted."""
        self.guide = None
        self.app.apply(tutorial_done=True)

    def _settle(self) -> None:
        """The staff stops working, what was typed is kept."""
        for screen in self.app.stack:
            inner = screen.inner if isinstance(screen, Guided) else screen
            if isinstance(inner, Board):
                inner.turn.staff.cancel()
                if not inner.turn.sheet.drafts.committed:
                    inner.turn.sheet.keep()
            elif isinstance(inner, Ending) and inner.job is not None:
                inner.job.cancel()

    def rise(self) -> None:
        """Up from the table; also when the window is closed."""
        if self.exercise is not None:
            self._settle()
        self.exercise = self.guide = None

    # --- over the game --------------------------------------------------------------------------
    def menu(self) -> None:
        """Over the board: seats, branches, settings, the way out."""
        self.app.push(Menu(self._game, self._ways(self.app.pop)))

    def _ways(self, back: Callable[[], None]) -> Ways:
        return Ways(back, self._seat, self._rewind, self._switch, self.settings, self.help,
                    self.launch, self.app.quit)  # fmt: skip

    def _seat(self, seat: str, human: bool) -> None:
        """The screen under the menu may be another's now: from here it goes on anew."""
        self._settle()
        self._game.hand_over(seat, human)
        self.watched = self.watched and not human
        name = next(a.name for a in self._game.scenario.actors if a.id == seat)
        self.app.note(self.app.t("play.handed" if human else "play.returned", name=name))
        if not self._game.humans:
            self.app.note(self.app.t("play.nobody"))
        menu = self.app.stack[-1]
        if isinstance(menu, Menu):
            self.app.stack = [menu]
            menu.ways = self._ways(self.proceed)

    def _rewind(self, week: int) -> None:
        """A branch; one from a campaign nobody played begins with the question who sits where."""
        self._settle()
        game, looked = self._game, self._game.read_only
        if looked:
            game.keep(fresh(game.scenario.id, self.folder))
        game.rewind(week)
        if looked:
            self.app.show(Menu(game, self._ways(self.proceed)))
        else:
            self._renew()
        self.app.note(self.app.t("play.branched", n=week))

    def _switch(self, branch: str) -> None:
        self._settle()
        self._game.switch(branch)
        self._renew()

    def _renew(self) -> None:
        """On another branch everybody goes straight to the desk."""
        self.guide = None
        self.told = dict.fromkeys(self._game.humans, self._game.week)
        self.proceed()
