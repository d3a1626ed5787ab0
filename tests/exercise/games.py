"""games: a campaign as the view and the telling read it, without anybody at the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim import CrisisModel, load
from sim.agents import Choices
from sim.exercise.dawn import Dawn, dawn, following
from sim.schema import Scenario
from sim.state import State


@dataclass(frozen=True)
class Played:
    """A played week."""

    before: State
    after: State
    model: CrisisModel


@dataclass
class Game:
    """A campaign played by programs, but for the choices handed in."""

    scenario: Scenario
    models: list[CrisisModel]
    coming: list[Dawn] = field(default_factory=list)

    @property
    def model(self) -> CrisisModel:
        return self.models[-1]

    @property
    def week(self) -> int:
        return len(self.models) - 1

    @property
    def dawn(self) -> Dawn:
        if not self.coming:
            self.coming.append(dawn(self.model))
        return self.coming[0]

    def boards(self) -> Sequence[State]:
        return [model.state for model in self.models]

    def step_of(self, week: int) -> Played:
        before, after = self.models[week - 1], self.models[week]
        return Played(before.state, after.state, after)


def played(
    name: str, weeks: int, choices: Choices | None = None, set: Mapping[str, float] | None = None
) -> Game:
    """So many weeks of a shipped scenario, its own seed."""
    scenario = load(name)
    models = [CrisisModel(scenario, set=set)]
    for week in range(1, weeks + 1):
        now = {key: choice for key, choice in (choices or {}).items() if key[0] == week}
        models.append(following(models[-1], now))
    return Game(scenario, models)
