"""The ending: which class a campaign falls in, and what on the board decided it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.conditions import holds
from sim.model import CrisisModel
from sim.narrate.needs import found, missed
from sim.schema import Outcome


@dataclass(frozen=True)
class Ending:
    """A campaign's class, its sentence, and why it is that class."""

    outcome: str
    name: str
    sentence: str
    why: str


class Watch:
    """Remembers when each class was reached, and what the board said then."""

    def __init__(self, model: CrisisModel) -> None:
        self.model = model
        self.reached: dict[int, str] = {}

    def look(self) -> None:
        """After a week: note the classes reached in it."""
        for row, outcome in enumerate(self.model.table.scenario.outcomes):
            if row not in self.reached and self.model.state.reached[row, 0] > 0.5:
                self.reached[row] = self._reason(outcome)

    def _reason(self, outcome: Outcome) -> str:
        return f"{self._week()}: {self._needs(outcome)}{_lasting(outcome)}."

    def _week(self) -> str:
        return f"Week {self.model.week}"

    def _needs(self, outcome: Outcome) -> str:
        model = self.model
        said = [found(c, model.state, model.table, model.week) for c in outcome.needs]
        return "; ".join(said) or "nothing else was reached"

    def ending(self) -> Ending:
        """The class the campaign falls in now."""
        row = int(self.model.outcomes()[0])
        outcome = self.model.table.scenario.outcomes[row]
        return Ending(outcome.id, outcome.name, outcome.sentence, self._why(row, outcome))

    def _why(self, row: int, outcome: Outcome) -> str:
        if row in self.reached:
            went_on = " The run went on to its last week, and nothing graver was reached."
            return self.reached[row] + ("" if outcome.ends else went_on)
        why = f"By week {self.model.week} nothing had ended the crisis"
        more = [self._needs(outcome)] if outcome.needs else list(self._missed())
        return "; ".join([why, *more]) + "."

    def _missed(self) -> Iterator[str]:
        """What the other classes that are read at the horizon had needed."""
        model = self.model
        for other in model.table.scenario.outcomes:
            for need in other.needs if other.at_horizon else ():
                if not holds(need, model.state, model.table, -1, model.week)[0]:
                    yield missed(need, model.state, model.table, model.week, other.name)


def _lasting(outcome: Outcome) -> str:
    return f", for {outcome.weeks} weeks in a row" if outcome.weeks > 1 else ""
