"""The sitting: all that an exercise's log can do to it, done once by people and again by replay."""

from collections.abc import Iterable
from dataclasses import asdict

from sim.errors import did_you_mean
from sim.exercise.asked import Asked, questions
from sim.exercise.courses import MAIN, Course
from sim.exercise.dawn import Dawn, dawn, following
from sim.exercise.drafts import Desk, text_of
from sim.exercise.header import Header, seats
from sim.exercise.log import ExerciseError, Line
from sim.model import CrisisModel

LONGEST_NAME = 80


class Sitting:
    """Branches, desks and answers. It writes no file and asks no menu; `Exercise` does."""

    def __init__(self, header: Header) -> None:
        self.header = header
        humans = seats(header.scenario, header.humans)
        self.course = Course(MAIN, "", None, 0, [header.model()], set(humans))
        self.course.clear()
        self.courses = {MAIN: self.course}
        self._dawn: Dawn | None = None
        self._trial: CrisisModel | None = None

    # --- where it stands ------------------------------------------------------------------------
    @property
    def over(self) -> bool:
        """Whether the last week was played or the campaign has ended."""
        model = self.course.model
        return self.course.week >= self.header.weeks or bool((model.state.ended > 0).all())

    @property
    def dawn(self) -> Dawn:
        """The morning of the coming week."""
        if self._dawn is None:
            self._dawn = dawn(self.course.model)
        return self._dawn

    @property
    def waiting(self) -> tuple[str, ...]:
        """People who have not committed, in the scenario's order."""
        desks = self.course.desks
        everybody = [actor.id for actor in self.header.scenario.actors]
        return tuple(s for s in everybody if s in desks and not desks[s].now.committed)

    def asked(self) -> tuple[Asked, ...]:
        """Questions that are still open, once everybody has committed."""
        if self.over or self.waiting or not self.course.humans:
            return ()
        answered = self.course.answers
        asked = questions(self._tried(), self.course.humans)
        return tuple(q for q in asked if (q.seat, q.kind) not in answered)

    def _tried(self) -> CrisisModel:
        """The coming week as it would be with what has been decided so far."""
        if self._trial is None:
            self._trial = following(
                self.course.model, self.course.choices(), self.course.signals()
            )
        return self._trial

    # --- what changes it ------------------------------------------------------------------------
    def desk(self, seat: str) -> Desk:
        """A person's desk, to be written on."""
        found = self.course.desks.get(seat)
        if found is None:
            seats(self.header.scenario, [seat])
            raise ExerciseError(f"{seat} is played by the program; hand it over first")
        return found

    def commit(self, seat: str) -> None:
        """The seat's week is decided."""
        self.desk(seat).put(committed=True)
        self._trial = None

    def undo(self, seat: str) -> bool:
        """One line back; answers given to a week that is open again are void."""
        desk = self.desk(seat)
        committed = desk.now.committed
        done = desk.undo()
        if committed and done:
            self._reopen()
        return done

    def recall(self, seat: str) -> None:
        """The seat's week is open again."""
        self.desk(seat).recall()
        self._reopen()

    def _reopen(self) -> None:
        self.course.answers, self._trial = {}, None

    def answer(self, seat: str, kind: str, word: str) -> None:
        """What a person says to a question."""
        self.desk(seat)
        words = {"answer": ("obey", "refuse"), "consent": ("yes", "no")}.get(kind, ())
        if word not in words:
            raise ExerciseError(f"{seat}: no such answer: {kind} {word}"
                                f"{did_you_mean(str(word), words)}")  # fmt: skip
        self.course.answers[seat, kind] = word
        self._trial = None

    def hand_over(self, seat: str, human: bool) -> bool:
        """Give a seat to a person or to the program; false when it is theirs already."""
        seats(self.header.scenario, [seat])
        if (seat in self.course.humans) == human:
            return False
        if human:
            self.course.humans.add(seat)
            self.course.desks[seat] = self.course.desk(seat)
        else:
            self.course.humans.discard(seat)
            del self.course.desks[seat]
        self._reopen()
        return True

    def advance(self) -> Line:
        """Play the coming week; returns what the log keeps of it."""
        course = self.course
        answers: dict[str, dict[str, str]] = {}
        for (seat, kind), word in sorted(course.answers.items()):
            answers.setdefault(seat, {})[kind] = word
        people = sorted(course.humans)
        drafts = {seat: course.desks[seat].now for seat in people}
        signals = {seat: asdict(now.signal) for seat, now in drafts.items() if now.signal}
        course.played(self._tried())
        self._moved()
        return {"people": people, "choices": course.chosen(course.week), "signals": signals,
                "answers": answers, "digest": course.model.digest()}  # fmt: skip

    def rewind(self, week: int, name: str) -> str:
        """Begin another branch after a week of this one, and go on there."""
        if type(week) is not int or not 0 <= week <= self.course.week:
            raise ExerciseError(f"week {week!r} was not played; choose 0 to {self.course.week}")
        fresh = f"branch-{len(self.courses)}"
        self.courses[fresh] = self.course.fork(week, fresh, text_of(name, LONGEST_NAME))
        self.switch(fresh)
        return fresh

    def switch(self, branch: str) -> None:
        """Go to another branch."""
        if branch not in self.courses:
            raise ExerciseError(f"no such branch: {branch}{_near(branch, self.courses)}")
        self.course = self.courses[branch]
        self._moved()

    def _moved(self) -> None:
        self._dawn = self._trial = None


def _near(word: str, known: Iterable[str]) -> str:
    return did_you_mean(str(word), known)
