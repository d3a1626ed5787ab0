"""Watchers: each looks at one thing in every week of a run and adds it up over worlds."""

from typing import ClassVar, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.model import CrisisModel
from sim.rungs import SHOWN
from sim.state import EVENTS, FIELDS, Mask, Numbers, State
from sim.trial.shots import Added, Beliefs, Shots

Sums: TypeAlias = dict[str, NDArray[np.float64]]
EDGE = 1e-9
NEAR = 0.005  # of a track's range: what rounds to 0 or 100 per cent is at its end


class Watcher(Protocol):
    """Sees a model after each week, with the worlds that were still playing in it."""

    explained: ClassVar[bool]  # needs the prices of every feature

    def __init__(self, model: CrisisModel, weeks: int) -> None: ...

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Add a week."""

    def sums(self) -> Added:
        """What was added up."""


class Rungs:
    """The gravest rung of each week, and how often each event happened."""

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        self.rung, self.playing = np.zeros(weeks), np.zeros(weeks)
        self.worlds, self.shown = float(model.state.worlds()), 0.0
        self.counts, self.any = np.zeros(len(EVENTS)), np.zeros(len(EVENTS))

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Rungs of the campaigns under way; events as counted so far."""
        state = model.state
        self.rung[model.week - 1] = state.rung[playing].sum()
        self.playing[model.week - 1] = playing.sum()
        self.counts = state.counts.sum(axis=1)
        self.any = (state.counts > 0).sum(axis=1).astype(np.float64)
        self.shown = float((state.peak >= SHOWN).sum())

    def sums(self) -> Added:
        """By week; events in all worlds, and `any`: the worlds in which they happened at all."""
        return {"rung": self.rung, "playing": self.playing, "worlds": self.worlds,
                "counts": self.counts, "any": self.any, "shown": self.shown}  # fmt: skip


class Shares:
    """What part of the felt value of the chosen act each feature makes up, slot by slot.

    A feature's part is |its contribution| / sum of |contributions|; weeks in which nothing was at
    stake for the seat (all 0) are left out.
    """

    explained: ClassVar[bool] = True

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        slots = model.chosen.shape[:2]
        self.part = np.zeros((*slots, len(model.table.features)))
        self.seen = np.zeros(slots)

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Every seat's slots."""
        assert model.prices is not None
        assert model.prices.detail is not None
        worlds = np.arange(len(playing))
        for actor in model.actors:
            for slot in range(len(actor.sheet.slots)):
                chosen = model.chosen[actor.number, slot]
                felt = np.abs(model.prices.detail[chosen, :, worlds])  # (worlds, features)
                whole = felt.sum(axis=1)
                some = playing & (whole > EDGE)
                self.part[actor.number, slot] += (felt[some] / whole[some, None]).sum(axis=0)
                self.seen[actor.number, slot] += some.sum()

    def sums(self) -> Added:
        """`part` (actors, slots, features) over `seen` (actors, slots) is the mean share."""
        return {"part": self.part, "seen": self.seen}


class Tracks:
    """How often each number of the board that has two ends rests at one of them."""

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        self.opening, self.weeks = model.state, 0.0
        names = [n for n in FIELDS if two_ended(n) and getattr(model.state, n).size]
        self.low = {name: np.zeros(len(rows(model.state, name))) for name in names}
        self.high, self.moved = ({name: x.copy() for name, x in self.low.items()} for _ in "12")

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """At an end, or away from where it opened."""
        self.weeks += playing.sum()
        for name in self.low:
            now, meta = rows(model.state, name)[:, playing], FIELDS[name].metadata
            near = NEAR * (meta["high"] - meta["low"])
            self.low[name] += (now <= meta["low"] + near).sum(axis=1)
            self.high[name] += (now >= meta["high"] - near).sum(axis=1)
            self.moved[name] += (now != rows(self.opening, name)[:, playing]).sum(axis=1)

    def sums(self) -> Added:
        """World-weeks at the low end, at the high end, and away from the opening, by array."""
        found: dict[str, NDArray[np.float64] | float] = {"weeks": self.weeks}
        for kind in ("low", "high", "moved"):
            found |= {f"{kind}.{name}": array for name, array in getattr(self, kind).items()}
        return found


def two_ended(name: str) -> bool:
    """Whether an array is a share that may move freely between its ends: no flag, no count."""
    meta = FIELDS[name].metadata
    if name == "learned":
        return True  # a factor on a hope; its ends are the rule's own
    return meta["low"] == 0 and meta["high"] == 1 and not meta["unit"].startswith("0/1")


def rows(state: State, name: str) -> Numbers:
    """(cells, worlds): an array laid flat."""
    flat: Numbers = getattr(state, name).reshape(-1, state.worlds())
    return flat


class Caps:
    """How often a drift is cut at the end of its range, for those who mind the feature."""

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        size = len(model.table.features)
        minded = np.bincount(model.judgement.weights.feature, minlength=size)
        self.minded = minded.astype(np.float64)
        self.cut, self.weeks = np.zeros(size), 0.0

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Within rounding of the cap."""
        cap = FIELDS["drift"].metadata["high"] - EDGE
        self.cut += ((np.abs(model.state.drift) >= cap) & playing).sum(axis=1)
        self.weeks += playing.sum()

    def sums(self) -> Added:
        """World-weeks by feature, times the seats that mind it (the same in every chunk)."""
        return {"cut": self.cut * self.minded, "weeks": self.weeks * self.minded}


class Acts:
    """How often each act was chosen, when it might be, and whether it was ever carried out."""

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        size = len(model.table.acts)
        self.chosen, self.legal, self.used = np.zeros(size), np.zeros(size), np.zeros(size)
        self.weeks = 0.0

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Choices as they stood after replies and partners' answers."""
        self.weeks += playing.sum()
        self.legal += (model.legal & playing).sum(axis=1)
        self.used = (model.state.used > 0).sum(axis=1).astype(np.float64)
        for act in model.table.acts:
            mine = model.chosen[act.actor, act.slot] == act.number
            self.chosen[act.number] += (mine & playing).sum()

    def sums(self) -> Added:
        """World-weeks chosen and legal by act; worlds in which it was carried out."""
        return {"chosen": self.chosen, "legal": self.legal, "used": self.used, "weeks": self.weeks}


class Ahead:
    """Which side holds more ground when the run ends."""

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        measures = [feature.measure for feature in model.table.scenario.features]
        self.row = measures.index("ground") if "ground" in measures else -1
        self.ahead = self.decided = 0.0

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """As it stands now; the last week counts."""
        if self.row >= 0:
            land = model.features()[self.row]
            self.ahead = float((land > 50.0 + EDGE).sum())
            self.decided = float((np.abs(land - 50.0) > EDGE).sum())

    def sums(self) -> Added:
        """Worlds in which side 0 is ahead, and those in which anybody is."""
        return {"ahead": self.ahead, "decided": self.decided}


class Severity:
    """Rivera points of the acts carried out, by week and actor."""

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        self.points, self.square = np.zeros((weeks, len(model.actors))), np.zeros(weeks)
        self.worlds = np.zeros(weeks)

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Campaigns that are over score nothing and do not count."""
        points = model.state.severity[:, playing]
        self.points[model.week - 1] = points.sum(axis=1)
        self.square[model.week - 1] = np.square(points.sum(axis=0)).sum()
        self.worlds[model.week - 1] = playing.sum()

    def sums(self) -> Added:
        """Points (weeks, actors), squared totals and campaigns under way, by week."""
        return {"points": self.points, "square": self.square, "worlds": self.worlds}


WATCHERS: dict[str, type[Watcher]] = {
    "rungs": Rungs, "shares": Shares, "tracks": Tracks, "caps": Caps, "acts": Acts,
    "ahead": Ahead, "beliefs": Beliefs, "shots": Shots, "severity": Severity,
}  # fmt: skip
