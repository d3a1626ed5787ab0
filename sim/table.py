"""The table: what stays fixed during a campaign: who is who, what is where, and the numbers.

Rules read relations here (`table.patrons[side]`) and numbers by their dotted name
(`table["ground.attrition"]`, shape (worlds,) when sampled, (1,) otherwise).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from sim.acts import Lessons, acts_of, hopes
from sim.schema import Scenario
from sim.state import DELIVERIES, EVENTS, FIELDS, WEEKS_AHEAD, WEEKS_BACK, Numbers

SWITCHES = (
    "retaliation", "aspiration", "annex_stakes", "flex_aims", "mobil_touch", "bluff_credit",
    "survival", "cas_insens", "train_quality", "corruption", "aid_quality", "spirit", "blame",
    "contempt", "hawk", "anger", "unlock", "terror_will", "two_paths", "hybrid", "cyber",
    "energy_food", "warning_signal", "seabed", "elect", "deter_art5", "covert_subst", "type_mix",
    "sacred_ground", "sacred_fatal", "verify_bluff", "bluff_deplete", "inadvertent", "learn",
)  # fmt: skip


class Table:
    """A scenario laid out: ids became rows, names became arrays."""

    def __init__(
        self, scenario: Scenario, numbers: Mapping[str, Numbers], off: Sequence[str] = ()
    ) -> None:
        self.scenario, self._numbers, self.off = scenario, dict(numbers), frozenset(off)
        self._layered: dict[tuple[str, str], Numbers] = {}
        self._rows: dict[str, dict[str, int]] = {}
        self.actors = tuple(a.id for a in scenario.actors)
        self.polities = tuple(p.id for p in scenario.polities)
        self.sides = self.polities[:2]
        self.blocs = tuple(b.id for b in scenario.blocs)
        self.pillars = tuple(k.id for k in scenario.pillars)
        self.regions = tuple(r.id for r in scenario.regions)
        self.nodes = tuple(n.id for n in scenario.nodes)
        self.features = tuple(f.id for f in scenario.features)
        self.lines = tuple(x.id for x in scenario.red_lines)
        self.events = tuple(v.id for v in scenario.events)
        self.outcomes = tuple(o.id for o in scenario.outcomes)
        self.thresholds = tuple(r.threshold for r in scenario.ladder.rungs if r.threshold)
        self.acts = acts_of(scenario)
        self.act_labels = tuple(act.label for act in self.acts)
        self.lessons = tuple(
            (act.number, self.features.index(name), points) for act in self.acts
            for name, points in hopes(scenario.actors[act.actor], act.action).items()
        )  # fmt: skip

    def __getitem__(self, name: str) -> Numbers:
        return self._numbers[name]

    def of(self, name: str, owner: str) -> Numbers:
        """A number that may differ by owner: `name.owner` if the scenario gives it, else `name`."""
        found = self._layered.get((name, owner))
        if found is None:
            found = self._numbers.get(f"{name}.{owner}", self._numbers.get(name))
            if found is None:
                raise KeyError(name)
            self._layered[name, owner] = found
        return found

    def on(self, switch: str) -> bool:
        """Whether a mechanism is switched on."""
        return switch not in self.off

    def axis(self, letter: str) -> tuple[str, ...]:
        """The ids along one axis of the board, in order (see `state`)."""
        return self._axes[letter]

    @cached_property
    def lessons_of(self) -> tuple[Lessons, ...]:
        """The acts something is learned from, each with all its lessons."""
        of: dict[int, list[int]] = {}
        for row, (act, _, _) in enumerate(self.lessons):
            of.setdefault(act, []).append(row)
        return tuple(
            Lessons(
                act, slice(rows[0], rows[-1] + 1),
                np.array([self.lessons[row][1] for row in rows], np.intp),
                np.array([[self.lessons[row][2]] for row in rows]),
            ) for act, rows in of.items()
        )  # fmt: skip

    @cached_property
    def _axes(self) -> dict[str, tuple[str, ...]]:
        return {
            "A": self.actors, "P": self.polities, "S": self.sides, "K": self.pillars,
            "R": self.regions, "N": self.nodes, "F": self.features, "C": self.act_labels,
            "B": self.blocs, "Z": self.thresholds, "X": self.lines, "O": self.outcomes,
            "V": self.events,
            "D": tuple(a.label for a in self.acts if a.action.attribution < 1),
            "L": tuple(f"{self.acts[c].label}.{self.features[f]}" for c, f, _ in self.lessons),
        }  # fmt: skip

    def row(self, letter: str, name: str) -> int:
        """The row an id has along an axis."""
        rows = self._rows.get(letter)
        if rows is None:
            rows = self._rows[letter] = {one: n for n, one in enumerate(self.axis(letter))}
        return rows[name]

    # --- who is who ---------------------------------------------------------------------------
    @cached_property
    def polity_of(self) -> tuple[int, ...]:
        """Actor -> polity."""
        return tuple(self.row("P", a.polity) for a in self.scenario.actors)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Actor -> role."""
        return tuple(a.role for a in self.scenario.actors)

    @cached_property
    def leader_of(self) -> tuple[int, ...]:
        """Polity -> the actor that leads it, -1 none."""
        return tuple(self.faction(p, "leader") for p in range(len(self.polities)))

    @cached_property
    def leaders(self) -> tuple[int, ...]:
        """The actors that lead a polity."""
        return tuple(a for a, role in enumerate(self.roles) if role == "leader")

    def faction(self, polity: int, role: str) -> int:
        """The actor of that role in (or speaking for) a polity, -1 when nobody is."""
        name = self.polities[polity]
        for number, actor in enumerate(self.scenario.actors):
            if actor.role == role and name in (actor.polity, *actor.voices):
                return number
        return -1

    @cached_property
    def side_of(self) -> tuple[int, ...]:
        """Polity -> the side it fights as, -1 none."""
        return tuple(p if p < 2 else -1 for p in range(len(self.polities)))

    @cached_property
    def backs(self) -> tuple[int, ...]:
        """Polity -> the side it backs from outside, -1 none."""
        return tuple(
            -1 if p.backs is None else self.row("S", p.backs) for p in self.scenario.polities
        )

    @cached_property
    def patrons(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Side -> polities that back it."""
        of = [tuple(p for p, s in enumerate(self.backs) if s == side) for side in (0, 1)]
        return of[0], of[1]

    @cached_property
    def camp(self) -> tuple[int, ...]:
        """Actor -> the side it belongs to or backs, -1 none."""
        return tuple(
            self.side_of[p] if self.side_of[p] >= 0 else self.backs[p] for p in self.polity_of
        )

    @cached_property
    def watchers(self) -> tuple[tuple[int, ...], ...]:
        """Actor -> the leaders who judge it: the foe's, and those of the foe's patrons."""
        across = [(1 - s, *self.patrons[1 - s]) if s >= 0 else () for s in self.camp]
        led = self.leader_of
        return tuple(tuple(led[p] for p in polities if led[p] >= 0) for polities in across)

    @cached_property
    def bloc_of(self) -> tuple[int, ...]:
        """Polity -> bloc, -1 none."""
        return tuple(
            -1 if p.bloc is None else self.row("B", p.bloc) for p in self.scenario.polities
        )

    @cached_property
    def regimes(self) -> tuple[int, ...]:
        """The polities whose leader rests on pillars and can be removed."""
        held = {k.polity for k in self.scenario.pillars}
        return tuple(p for p, name in enumerate(self.polities) if name in held)

    def pillar(self, polity: int, role: str) -> int:
        """The pillar of that role in a polity, -1 when it has none."""
        for number, pillar in enumerate(self.scenario.pillars):
            if (pillar.polity, pillar.role) == (self.polities[polity], role):
                return number
        return -1

    # --- what is where ------------------------------------------------------------------------
    @cached_property
    def claimed(self) -> tuple[int, ...]:
        """Regions that count for ground: claimed or annexed by side 0."""
        return tuple(
            r for r, region in enumerate(self.scenario.regions)
            if region.claim in ("annexed", "claimed")
        )  # fmt: skip

    @cached_property
    def symbolic(self) -> Numbers:
        """(2, regions, 1): symbolic weight of each region for each side."""
        pairs = [region.symbolic for region in self.scenario.regions] or [(0.0, 0.0)]
        return np.array(pairs, np.float64).T[:, :, None]

    @cached_property
    def prized(self) -> Numbers:
        """The same as felt: with `sacred_ground` off, sacred land is worth the mean claimed one."""
        weight, rows = self.symbolic, list(self.claimed)
        if not rows or self.on("sacred_ground"):
            return weight
        sacred = np.array([[region.sacred] for region in self.scenario.regions])
        mean = np.cumsum(weight[:, rows], axis=1)[:, -1:] / len(rows)
        return np.where(sacred, mean, weight)

    @cached_property
    def owners(self) -> tuple[int, ...]:
        """Region -> the polity whose soil it is."""
        return tuple(self.row("P", r.owner) for r in self.scenario.regions)

    def weather(self, week: int) -> str:
        """'mud', 'frost' or 'fair' in a week of the campaign (the pattern repeats yearly)."""
        of_year = (week - 1) % 52 + 1
        for kind, weeks in self.scenario.weather.items():
            if of_year in weeks:
                return kind
        return "fair"

    def threshold_rung(self, threshold: str) -> int:
        """The rung on whose entry a threshold is crossed."""
        rungs = self.scenario.ladder.rungs
        return next(n for n, rung in enumerate(rungs) if rung.threshold == threshold)


def shape_of(table: Table, name: str) -> tuple[int, ...]:
    """The shape of a board array before its world axis."""
    sizes = {"T": max(len(a.slots) for a in table.scenario.actors)}
    axes: str = FIELDS[name].metadata["axes"]
    return tuple(_size(table, letter, sizes) for letter in axes if letter != "-")


def _size(table: Table, letter: str, sizes: Mapping[str, int]) -> int:
    fixed = {"J": len(DELIVERIES), "Q": WEEKS_AHEAD, "H": WEEKS_BACK, "E": len(EVENTS)}
    known = {**fixed, **sizes}
    return known[letter] if letter in known else len(table.axis(letter))
