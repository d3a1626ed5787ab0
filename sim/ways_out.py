"""Ways out: what withdrawing, yielding and offering cost, and what they save (model 4.4, E23).

The effects of most acts are numbers of the catalogue. Those of a way out on the land and on the
leader's hold depend on the board: what is given up, and whether the terms there are suffice.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.bargaining import audience_cost
from sim.measures import ground_weights
from sim.menu import targets
from sim.state import Numbers, State, total
from sim.table import Table
from sim.weights import Weights

GOOD, BAD = 0, 1  # branches of an act: it works, it goes wrong
Special: TypeAlias = tuple[int, int, int, Numbers, Numbers]  # act, branch, pair, points, share


class WaysOut:
    """The fixed part: which effects of which acts differ by world."""

    def __init__(self, table: Table, weights: Weights, lesson: Callable[[Act, str], int]) -> None:
        self.table, self._lesson = table, lesson
        self.measures = {f.id: f.measure for f in table.scenario.features}
        self.priced = table["choice.land_price"].item() > 0.5  # 0: before E23, for the review
        self.special = [
            (act, feature, branch, pair)
            for act in table.acts for pair in weights.pairs_of[act.actor] for branch in (GOOD, BAD)
            if self.covers(act, feature := table.features[weights.pairs[pair][1]], branch)
        ]  # fmt: skip

    def covers(self, act: Act, feature: str, branch: int) -> bool:
        """Whether an effect is worked out here: withdrawal costs the land itself (E23)."""
        measure, rule = self.measures[feature], act.action.rule
        if measure == "ground":
            return rule == "withdraw" and self.priced
        leaving = rule in ("offer_terms", "accept_terms") or (rule == "withdraw" and self.priced)
        retreat = act.action.severity == "DE" and act.action.stop > 0 and branch == GOOD
        return measure == "hold" and (leaving or retreat)

    def specials(self, state: State, scale: Numbers) -> Iterator[Special]:
        """Effects whose size or share of drift differs by world; `scale` is what was learned."""
        for act, feature, branch, pair in self.special:
            points = self._points(act, feature, branch, state, scale)
            yield act.number, branch, pair, points, self._share(act, feature, branch, state)

    def _points(
        self, act: Act, feature: str, branch: int, state: State, scale: Numbers
    ) -> Numbers:
        """Believed points of a special effect (E23; a = 6(1-flex) where the land is annexed).

        Land, times what is at stake: -.5 if it works, else -1. Hold: -.5 - .6a, else -2 - a. Terms:
        what the catalogue says less .3a, else .6a, times .4 for an offer.
        """
        rule, branch_name = act.action.rule, "good" if branch == GOOD else "bad"
        table = self.table
        stated = np.zeros(state.worlds())
        if feature in getattr(act.action, branch_name):
            stated = stated + self.table[f"act.{act.action.id}.{branch_name}.{feature}"]
        if branch == GOOD and (lesson := self._lesson(act, feature)) >= 0:
            stated = stated * scale[lesson]
        if rule == "withdraw" and self.priced:
            pocket = targets(act, state, table)
            if self.measures[feature] == "ground":
                lost = -1.0 if act.side != 1 else 1.0  # ground is counted for side 0
                share = table[f"retreat.land_{branch_name}"]
                return lost * share * self._at_stake(act, pocket, state)
            annexed = (pocket & (state.annexed > 0)).any(axis=0)
            cost = audience_cost(state, table, act.actor, annexed)
            paid = table[f"retreat.audience_{branch_name}"] * cost
            return -table[f"retreat.hold_{branch_name}"] - paid
        if rule in ("offer_terms", "accept_terms"):
            part = table["talks.audience_offer"] if rule == "offer_terms" else np.ones(1)
            annexed = (state.annexed > 0).any(axis=0)
            cost = part * audience_cost(state, table, act.actor, annexed)
            return stated - table[f"terms.audience_{branch_name}"] * cost
        return stated

    def _at_stake(self, act: Act, pocket: NDArray[np.bool_], state: State) -> Numbers:
        """Points of ground in the pockets that could be left."""
        rows = list(self.table.claimed)
        weight = ground_weights(state, self.table)
        own = state.control[rows] if act.side != 1 else 1.0 - state.control[rows]
        held = weight * own * pocket[rows]
        return 100.0 * total(held) / total(weight)

    def _share(self, act: Act, feature: str, branch: int, state: State) -> Numbers:
        """Share of the drift that stays; a way out saves the leader only if terms suffice (4.4)."""
        stop = self.table[f"act.{act.action.id}.stop"]
        if branch == BAD:
            return np.ones(state.worlds())
        if self.measures[feature] == "ground":
            return np.broadcast_to(1.0 - stop, (state.worlds(),))
        enough = self.table["choice.exit_stop"] * np.ones(state.worlds())
        for other in self.table.leaders:
            if self.table.camp[other] != self.table.camp[act.actor]:
                terms, due = state.terms[other], self._due(act, state)
                generous = terms <= due if act.side == 1 else terms >= due  # ground left to side 0
                enough = np.where((state.offer[other] > 0) & generous, 1.0, enough)
        return 1.0 - stop * enough

    def _due(self, act: Act, state: State) -> Numbers:
        """The ground an actor thinks is its due, in points held by side 0."""
        for row, feature in enumerate(self.table.scenario.features):
            if feature.measure == "ground":
                return state.reference[act.actor, row]
        return np.full(state.worlds(), -np.inf if act.side == 1 else np.inf)
