"""The exercise: one campaign played by people and programs week by week, undone by nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sim.exercise import campaign as campaigns
from sim.exercise.asked import Asked
from sim.exercise.courses import Branch, Played
from sim.exercise.dawn import Dawn
from sim.exercise.drafts import SHORTEST, Drafts, Signal, chance_of, signal_of, text_of
from sim.exercise.header import Header, digest, header, now, read
from sim.exercise.log import ExerciseError, Log
from sim.exercise.replay import replayed
from sim.exercise.sitting import Sitting
from sim.exercise.tongue import Tongue
from sim.model import CrisisModel
from sim.schema import Scenario
from sim.state import State


class Exercise:
    """A seed and an append-only log. Whatever it shows follows from these two.

    `fault` says why lines are not in the file, "" when they are; `note` what was found on opening.
    """

    def __init__(self, header: Header, log: Log) -> None:
        self._header, self._log, self._sitting = header, log, Sitting(header)
        self.speak(None)
        self.seed, self.campaign, self.weeks = header.seed, header.campaign, header.weeks
        self.read_only = False

    # --- beginnings -----------------------------------------------------------------------------
    @classmethod
    def new(
        cls, scenario: Scenario, *, file: Path | None = None, seed: int | None = None,
        campaign: int = 0, humans: Sequence[str] = (), weeks: int | None = None,
        set: Mapping[str, float] | None = None, off: Sequence[str] = (), sample: bool = False,
    ) -> "Exercise":  # fmt: skip
        """Begin at the opening; in memory alone unless there is a `file`."""
        first = header(scenario, seed, campaign, humans, weeks, set or {}, off, sample)
        log = Log([first.line()])
        exercise = cls(first, log)
        if file is not None:
            log.begin(Path(file))
        return exercise

    @classmethod
    def open(cls, file: Path) -> "Exercise":
        """Go on where a file ends: all of it is played again, and must come out the same."""
        log = Log.read(Path(file))
        first = read(log.lines[0], log.file)
        exercise = cls(first, log)
        replayed(exercise._sitting, log)
        if digest(first.scenario, first.set, first.off) != first.digest:
            log.note += " The rules' numbers have changed since it was begun; its weeks agree."
        return exercise

    @classmethod
    def from_results(
        cls, folder: Path, campaign: int, week: int | None = None, *,
        scenario: Scenario | None = None,
    ) -> "Exercise":  # fmt: skip
        """The very campaign of a batch, played to its end, to look at.

        With `week` it stands on a branch that begins there. `play_from_here` or `rewind` open it.
        """
        first = campaigns.header_of(Path(folder), campaign, scenario)
        exercise = cls(first, Log([first.line()]))
        while not exercise.over:
            exercise.play()
        if week is not None:
            exercise.rewind(week)
        exercise.read_only = True
        return exercise

    def keep(self, file: Path) -> None:
        """From now on (and all so far) in this new file."""
        self._log.begin(Path(file))

    def speak(self, tongue: Tongue | None) -> None:
        """Be read in other words from now on; what is played and kept stays as it is."""
        self._tongue, sheet = tongue, self._header.scenario
        self.scenario: Scenario = tongue.scenario(sheet) if tongue else sheet

    # --- where it stands ------------------------------------------------------------------------
    @property
    def file(self) -> Path | None:
        """Where it is kept."""
        return self._log.file

    @property
    def fault(self) -> str:
        """Why the file lacks the latest lines; "" when it has them."""
        return self._log.fault

    @property
    def note(self) -> str:
        """What was found on opening."""
        return self._log.note.strip()

    @property
    def branch(self) -> str:
        """The branch it stands on."""
        return self._sitting.course.id

    @property
    def branches(self) -> tuple[Branch, ...]:
        """All branches, oldest first."""
        return tuple(course.branch() for course in self._sitting.courses.values())

    @property
    def week(self) -> int:
        """Weeks played on this branch; the coming one is the next."""
        return self._sitting.course.week

    @property
    def over(self) -> bool:
        """Whether there is no week left to play."""
        return self._sitting.over

    @property
    def humans(self) -> frozenset[str]:
        """Seats that people fill now."""
        return frozenset(self._sitting.course.humans)

    @property
    def model(self) -> CrisisModel:
        """The model as it stands; never step it, it is not a copy."""
        return self._read(self._sitting.course.model)

    def _read(self, model: CrisisModel) -> CrisisModel:
        return self._tongue.model(model) if self._tongue else model

    @property
    def dawn(self) -> Dawn:
        """The morning of the coming week: the board seats choose from, and what is legal on it."""
        return self._sitting.dawn

    def boards(self) -> list[State]:
        """The board after week 0 (the opening), 1, ... of this branch."""
        return [model.state for model in self._sitting.course.models]

    def step_of(self, week: int) -> Played:
        """A played week of this branch."""
        course = self._sitting.course
        if not 1 <= week <= course.week:
            raise ExerciseError(f"week {week} was not played")
        before, after = course.models[week - 1], self._read(course.models[week])
        return Played(week, before.state, after.state, after, *course.written[week - 1])

    def said(self, week: int) -> Mapping[str, Drafts]:
        """What people committed to in a played week: seat -> its desk."""
        return self.step_of(week).drafts

    # --- a seat's week --------------------------------------------------------------------------
    def drafts(self, seat: str) -> Drafts:
        """What lies on a person's desk."""
        return self._sitting.desk(seat).now

    def draft(self, seat: str, slot: str, action: str, target: str | None = None) -> None:
        """Fill a slot, held to the menu; an illegal order says why."""
        desk = self._desk(seat)
        order = self.dawn.order(seat, slot, action, target)
        if desk.order(slot, order):
            self._say("order", seat=seat, slot=slot, **asdict(order))

    def sign(self, seat: str, signal: Signal | None) -> None:
        """State an intention, or stay silent."""
        desk = self._desk(seat)
        if signal is not None:
            signal = signal_of(signal, seat, self.scenario, self.week + 1)
        if desk.put(signal=signal):
            self._say("signal", seat=seat, signal=asdict(signal) if signal else None)

    def forecast(self, seat: str, chance: float) -> None:
        """The seat's chance, 0 to 1, of the week's question."""
        if self._desk(seat).put(forecast=chance_of(chance)):
            self._say("forecast", seat=seat, chance=float(chance))

    def reason(self, seat: str, text: str) -> None:
        """Why, in one sentence."""
        desk = self._desk(seat)
        if desk.put(reason=text_of(text)):
            self._say("reason", seat=seat, text=desk.now.reason)

    def undo(self, seat: str) -> bool:
        """Take back the seat's last line of this week; false when there is none."""
        self._writable()
        done = self._sitting.undo(seat)
        if done:
            self._say("undo", seat=seat)
        return done

    def missing(self, seat: str) -> tuple[str, ...]:
        """What the seat must still say: "target:<slot>", "forecast", "reason"; () = may commit."""
        now = self.drafts(seat)
        slots = [slot for slot, order in now.orders.items() if self.dawn.unaimed(seat, slot, order)]
        said = {"forecast": now.forecast is not None, "reason": len(now.reason) >= SHORTEST}
        return (*(f"target:{slot}" for slot in slots), *(key for key in said if not said[key]))

    def commit(self, seat: str) -> None:
        """The seat's week is decided."""
        self._desk(seat)
        if missing := self.missing(seat):
            raise ExerciseError(f"{seat} cannot commit yet; missing: {', '.join(missing)}")
        self._sitting.commit(seat)
        self._say("commit", seat=seat)

    def recall(self, seat: str) -> None:
        """Open a committed week again."""
        self._writable()
        self._sitting.recall(seat)
        self._say("recall", seat=seat)

    # --- the table's week -----------------------------------------------------------------------
    @property
    def waiting(self) -> tuple[str, ...]:
        """People who have not committed."""
        return () if self.over else self._sitting.waiting

    def asked(self) -> tuple[Asked, ...]:
        """Questions still to be answered before the week is played."""
        return self._sitting.asked()

    def answer(self, seat: str, kind: str, word: str) -> None:
        """Answer a question that was asked."""
        self._writable()
        if not any((q.seat, q.kind) == (seat, kind) for q in self.asked()):
            raise ExerciseError(f"{seat} was not asked for: {kind}")
        self._sitting.answer(seat, kind, word)
        self._say("answer", seat=seat, ask=kind, word=word)

    def play(self) -> int:
        """Play the week, once all have committed and answered; returns its number."""
        self._writable()
        if self.over:
            raise ExerciseError(f"the exercise ended with week {self.week}")
        if late := [*self.waiting, *(q.seat for q in self.asked())]:
            raise ExerciseError(f"week {self.week + 1} waits for {', '.join(dict.fromkeys(late))}")
        place = {"branch": self.branch, "week": self.week + 1}
        self._log.add({"kind": "week", **place, "at": now(), **self._sitting.advance()})
        return self.week

    def hand_over(self, seat: str, human: bool) -> None:
        """Give a seat to a person or to the program, at any week."""
        self._writable()
        if self._sitting.hand_over(seat, bool(human)):
            self._say("hand_over", seat=seat, human=bool(human))

    # --- branches -------------------------------------------------------------------------------
    def rewind(self, week: int, name: str = "") -> str:
        """A new branch that goes on after `week` of this one; nothing is overwritten."""
        place = {"branch": self.branch, "week": self.week + 1}
        fresh = self._sitting.rewind(week, name)
        self.read_only = False
        title = self._sitting.course.name
        self._log.add(
            {"kind": "branch", **place, "at": now(), "id": fresh, "name": title, "after": week}
        )
        return fresh

    def play_from_here(self, file: Path | None = None, name: str = "") -> str:
        """Open a campaign one has only looked at, on a branch; returns the branch."""
        course = self._sitting.course
        if file is not None:
            self.keep(file)
        if course.parent is None or course.week > course.start:
            return self.rewind(self.week, name)
        self.read_only = False
        return course.id

    def switch(self, branch: str) -> None:
        """Go to another branch; each stands where it was left."""
        place = {"branch": self.branch, "week": self.week + 1}
        if branch != self.branch:
            self._sitting.switch(branch)
            self._log.add({"kind": "switch", **place, "at": now(), "to": branch})

    # --- the log --------------------------------------------------------------------------------
    def _writable(self) -> None:
        if self.read_only:
            raise ExerciseError("this campaign is open to look at; play from here to change it")

    def _desk(self, seat: str) -> Any:
        self._writable()
        if self.over:
            raise ExerciseError(f"the exercise ended with week {self.week}")
        return self._sitting.desk(seat)

    def _say(self, kind: str, **what: Any) -> None:
        """A line about the coming week of this branch."""
        place = {"branch": self.branch, "week": self.week + 1}
        self._log.add({"kind": kind, **place, "at": now(), **what})
