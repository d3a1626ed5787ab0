"""The lobby: the launcher, and every way from it to the table."""

from dataclasses import replace
from pathlib import Path

from sim.errors import OfframpError, ScenarioError
from sim.exercise import (
    Exercise,
    Shelved,
    Tongue,
    fresh,
    glimpse,
    kept,
    scenario,
    shelf,
    texts_of,
)  # fmt: skip
from sim.schema import Scenario
from ui import settings
from ui.app import App
from ui.present.launcher import Cover, Setup, cover
from ui.screens.launcher import Doors, Launcher
from ui.screens.options import Help, SettingsScreen

RESUMED = 12  # exercises offered to go on with


class Lobby:
    """The part of a session before somebody sits down; `Session` adds the table."""

    def __init__(self, app: App, folder: Path | None, folders: tuple[Path, ...]) -> None:
        self.app, self.folder, self.folders = app, folder or settings.exercises_folder(), folders
        app.on_help = self.help

    def play(self, exercise: Exercise) -> None:
        """Sit down at an exercise, new or resumed."""
        raise NotImplementedError

    def rise(self) -> None:
        """Leave the table, if one sits at it."""
        raise NotImplementedError

    # --- the launcher ---------------------------------------------------------------------------
    def launch(self, name: str = "", seed: int | None = None) -> None:
        """The first screen, a scenario opened on it: the first session, until it was played."""
        self.rise()
        books, titles = self._books()
        usual = books[min(1, len(books) - 1) if self.app.settings.tutorial_done else 0]
        setup = Setup(name or usual.name, seed="" if seed is None else str(seed))
        doors = Doors(self._open, self._begin, self.resume, self.settings, self.help,
                      self.app.quit)  # fmt: skip
        found = [glimpse(file) for file in kept(self.folder)[:RESUMED]]
        found = [replace(one, title=titles.get(one.title, one.title)) for one in found]
        self.app.show(Launcher(self.app, books, setup, doors, tuple(found)))
        self._open(setup.name)

    def _open(self, name: str) -> None:
        """Read a scenario beside the loop and put its brief on the launcher."""

        def read() -> tuple[Cover, str]:
            sheet = scenario(name)
            tongue, why = self.tongue(name, sheet)
            return cover(sheet, tongue=tongue), why

        def show(read: tuple[Cover, str]) -> None:
            found, why = read
            screen = self._launcher()
            if screen is not None and screen.setup.name == name:
                self._untranslated(why)
                self.app.know(found.scenario)
                screen.opened(found)
                self.app.dirty = True

        def fail(error: Exception) -> None:
            screen = self._launcher()
            if screen is not None and screen.setup.name == name:
                screen.fault = self.why(error)
                self.app.dirty = True

        self.app.later(read, show, fail)

    def _launcher(self) -> Launcher | None:
        return next((s for s in self.app.stack if isinstance(s, Launcher)), None)

    def _begin(self, setup: Setup) -> None:
        launcher = self._launcher()
        if launcher is not None and launcher.cover is not None:
            seed = int(setup.seed) if setup.seed else None
            self.begin(launcher.cover.played, setup.humans, seed)

    def begin(self, sheet: Scenario, humans: tuple[str, ...], seed: int | None = None) -> None:
        """A new exercise with these people at the table."""
        try:
            game = Exercise.new(sheet, file=fresh(sheet.id, self.folder), seed=seed, humans=humans)
        except OfframpError as error:  # there is nowhere to keep it: it is played all the same
            self.app.note(self.app.t("play.not_kept", why=error), bad=True)
            game = Exercise.new(sheet, seed=seed, humans=humans)
        self.play(game)

    def first_session(self) -> None:
        """The tutorial, alone, with the guide; also for somebody who has been there before."""
        name = shelf()[0].name

        def start(sheet: Scenario) -> None:
            self.app.apply(tutorial_done=False)
            self.begin(sheet, (cover(sheet).first,))

        self.app.later(lambda: scenario(name), start)

    def resume(self, file: Path) -> None:
        """Go on where a file ends; what is wrong with it is said in a sentence."""

        def fail(error: Exception) -> None:
            words = self.app.t("play.unreadable", file=file.name, why=self.why(error))
            self.app.note(words, bad=True)

        self.app.note(self.app.t("launcher.opening"))
        self.app.later(lambda: Exercise.open(file), self.play, fail)

    def why(self, error: Exception) -> str:
        plain = isinstance(error, OfframpError)
        return self.app.words.told(str(error)) if plain else type(error).__name__

    # --- the language ---------------------------------------------------------------------------
    def tongue(self, name: str, sheet: Scenario | None = None) -> tuple[Tongue | None, str]:
        """The scenario's texts in the window's language, if there are any; or what is wrong."""
        try:
            texts = texts_of(name, self.app.settings.language, sheet)
        except ScenarioError as error:
            return None, error.faults[0]
        return Tongue(texts) if texts else None, ""

    def home_of(self, sheet: Scenario) -> str:
        """What the texts of a scenario are found by: its own folder, or the shipped one's name."""
        return next((str(one) for one in self.folders if one.name == sheet.id), sheet.id)

    def _untranslated(self, why: str) -> None:
        if why:
            self.app.note(self.app.t("play.untranslated", why=why), bad=True)

    def _books(self) -> tuple[tuple[Shelved, ...], dict[str, str]]:
        """The shelf in the window's language, and the translation of every title."""
        books, titles = [], {}
        for one in shelf(self.folders):
            tongue, _ = self.tongue(one.name)
            said = tongue.texts.scenario if tongue else None
            if said is not None:
                titles[one.title] = said.name or one.title
                one = replace(one, title=titles[one.title], summary=said.summary or one.summary)
            books.append(one)
        return tuple(books), titles

    def _back(self) -> None:
        """From the settings; what was shown may speak another language now."""
        self.app.pop()
        self.respeak()

    def respeak(self) -> None:
        """The launcher in the language of the settings."""
        screen = self._launcher()
        if screen is not None:
            screen.shelf = self._books()[0]
            self._open(screen.setup.name)

    # --- over any screen ------------------------------------------------------------------------
    def settings(self) -> None:
        self.app.push(SettingsScreen(self.app, self._back, self.help))

    def help(self) -> None:
        if not isinstance(self.app.screen, Help):
            self.app.push(Help(self.app, self.app.pop, self.first_session))
