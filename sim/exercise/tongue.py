"""A tongue: an exercise's tables and models as they are read in another language, for show alone.

What is played is never touched: a model seen through a tongue is a copy that shares its boards.
"""

from copy import copy
from dataclasses import replace
from weakref import WeakKeyDictionary

from sim.model import CrisisModel
from sim.schema import Scenario
from sim.table import Table
from sim.translated import Texts, translated


class Tongue:
    """A translation, and what was read through it so far."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._sheets: dict[int, tuple[Scenario, Scenario]] = {}  # by the original's identity
        self._tables: WeakKeyDictionary[Table, Table] = WeakKeyDictionary()
        self._models: WeakKeyDictionary[CrisisModel, CrisisModel] = WeakKeyDictionary()

    def scenario(self, sheet: Scenario) -> Scenario:
        """The scenario in other words."""
        if id(sheet) not in self._sheets:
            self._sheets[id(sheet)] = sheet, translated(sheet, self.texts)
        return self._sheets[id(sheet)][1]

    def table(self, table: Table) -> Table:
        """The same rows and numbers, with the names of another scenario."""
        found = self._tables.get(table)
        if found is None:
            found = self._tables[table] = copy(table)
            found.scenario = self.scenario(table.scenario)
            actions = {action.id: action for action in found.scenario.actions}
            found.acts = tuple(replace(act, action=actions[act.action.id]) for act in table.acts)
        return found

    def model(self, model: CrisisModel) -> CrisisModel:
        """The same boards; never step it."""
        found = self._models.get(model)
        if found is None:
            found = self._models[model] = copy(model)
            found.table = self.table(model.table)
            found.actors = []
            for actor in model.actors:
                other = copy(actor)
                other.table, other.sheet = found.table, found.table.scenario.actors[actor.number]
                other.acts = [act for act in found.table.acts if act.actor == actor.number]
                found.actors.append(other)
        return found
