"""The story: one campaign told week by week, as plain data."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sim.model import CrisisModel
from sim.narrate.aftermath import Happening, followed, happenings
from sim.narrate.deeds import Deed, all_deeds
from sim.narrate.ending import Ending, Watch
from sim.narrate.explain import Mind, minds
from sim.narrate.harm import Harm, Ranges, week_of
from sim.schema import Scenario
from sim.sheets import Number


@dataclass(frozen=True)
class Week:
    """One week of one campaign: what was done, what followed, where it left the board."""

    week: int
    date: dt.date  # its first day
    orders: list[Deed]
    events: list[Happening]  # the scenario's own
    followed: list[Happening]
    rung: int
    rung_name: str
    level: float
    features: dict[str, float]
    before: dict[str, float]  # the features a week ago
    harm: Harm
    minds: list[Mind]  # empty unless asked to explain


class Story:
    """Plays a campaign of one world and tells it; the model stays the caller's to read."""

    def __init__(self, model: CrisisModel, numbers: Mapping[str, Number], weeks: int) -> None:
        self.model, self.weeks = model, weeks
        self.ranges = Ranges(numbers, model.table)
        self.watch = Watch(model)
        self.harm: Harm | None = None

    def play(self) -> Iterator[Week]:
        """Week after week, until the horizon or an ending."""
        while self.model.running and self.model.week < self.weeks:
            yield self.turn()

    def turn(self) -> Week:
        """Play one week and tell it."""
        model, before = self.model, self.model.state
        known = self.features()
        model.step()
        self.watch.look()
        self.harm = week_of(before, model.state, self.ranges, self.harm)
        rung = int(model.state.rung[0])
        return Week(
            model.week, first_day(model.table.scenario, model.week), all_deeds(model),
            happenings(model), followed(model, before), rung,
            model.table.scenario.ladder.rungs[rung].name, float(model.state.level[0]),
            self.features(), known, self.harm, minds(model) if model.explain else [],
        )  # fmt: skip

    def features(self) -> dict[str, float]:
        """Every feature of the one world, in points."""
        values = self.model.features()[:, 0]
        return {name: float(x) for name, x in zip(self.model.table.features, values, strict=True)}

    def ending(self) -> Ending:
        """How the campaign is classed, were it read now, and why."""
        return self.watch.ending()


def first_day(scenario: Scenario, week: int) -> dt.date:
    """The first day of a week of the campaign."""
    if scenario.turn is not None:  # all of it in one day
        return scenario.start
    return scenario.start + dt.timedelta(weeks=week - 1)


def as_data(week: Week) -> dict[str, Any]:
    """A week for `--json`; `minds` only when there are any."""
    data = asdict(week)
    data["date"] = week.date.isoformat()
    data["events"] += data.pop("followed")
    del data["before"]
    if not week.minds:
        del data["minds"]
    return data
