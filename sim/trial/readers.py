"""Readers: what a measure reads of a week, and how the weeks of a campaign become one number."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.errors import OfframpError
from sim.model import CrisisModel
from sim.state import EVENTS, TALLY, Numbers, total
from sim.trial.arms import Bounds, board_places, kept
from sim.trial.sheets import SOURCES, Measure

MONTH = 4  # weeks, of a `step`
RASH = 0.3  # felt value below the best legal act from which a choice is called rash
Source: TypeAlias = tuple[str, tuple[str, ...], str | None]  # kind, what it names, by whom
Reader: TypeAlias = Callable[[], Numbers]
Masks: TypeAlias = NDArray[np.bool_]  # (weeks, worlds)


def sources(measures: Iterable[Measure]) -> Iterator[Source]:
    """Everything that has to be read for these measures."""
    for measure in measures:
        if not (measure.outcome or measure.parts or measure.tally):
            yield source_of(measure)
        yield from sources(inside for _, inside in measure.inner())


def source_of(measure: Measure) -> Source:
    """What a measure reads, whatever it makes of it: measures that share it read it once."""
    kind = next(name for name in SOURCES if getattr(measure, name))
    given = getattr(measure, kind)
    names = given if isinstance(given, tuple) else () if given is True else (given,)
    return kind, names, measure.by


class Record:
    """The weekly series that some measures read in one run: row 0 is the opening, row w week w."""

    def __init__(
        self, model: CrisisModel, measures: Iterable[Measure], weeks: int, bounds: Bounds
    ) -> None:
        self.model, self.weeks, self.bounds = model, weeks, bounds
        self.places = board_places(model.table.scenario)
        self.worlds = model.state.worlds()
        self.before = model.state.counts
        self.rungs = len(model.table.scenario.ladder.rungs)
        self.readers = {source: self._reader(source) for source in sources(measures)}
        self.stocks = {s for s in self.readers if self._is_stock(s)}
        shape = (weeks + 1, self.worlds)
        self.played = np.zeros(shape, bool)
        self.rows = {source: np.zeros(shape) for source in self.readers}
        for source in self.stocks:
            self.rows[source][0] = self.readers[source]()

    def _is_stock(self, source: Source) -> bool:
        """Whether it stands at a week's end, rather than happens in a week."""
        kind, names, _ = source
        if kind == "board":
            return self.places[names[0]].field not in TALLY
        return kind in ("feature", "distinct")

    def step(self) -> None:
        """Play one week, hold what is held, and note it.

        What happens is 0 where the campaign was over before the week.
        """
        playing = self.model.state.ended == 0.0
        self.before = self.model.state.counts
        self.model.step()
        self.model.state = kept(self.model.state, self.bounds)
        week = self.model.week
        self.played[week] = playing
        for source, read in self.readers.items():
            now = read()
            self.rows[source][week] = now if source in self.stocks else np.where(playing, now, 0.0)

    def close(self) -> None:
        """All campaigns are over before the last week: their boards stay."""
        for source in self.stocks:
            self.rows[source][self.model.week + 1 :] = self.rows[source][self.model.week]

    # --- one week -------------------------------------------------------------------------------
    def _reader(self, source: Source) -> Reader:
        kind, names, by = source
        if kind == "rung":
            return lambda: self.model.state.rung
        if kind == "acts":
            own = self._acts(lambda act: act.action.id in names, by)
            return lambda: self._total([self.model.state.done[act.number] for act in own])
        made: Callable[[str], Reader] = getattr(self, f"_{kind}")
        return made(names[0])

    def _feature(self, name: str) -> Reader:
        row = self.model.table.row("F", name)
        return lambda: self.model.features()[row]

    def _event(self, name: str) -> Reader:
        row = EVENTS.index(name)
        return lambda: self.model.state.counts[row] - self.before[row]

    def _board(self, name: str) -> Reader:
        place, worlds = self.places[name], self.worlds
        return lambda: getattr(self.model.state, place.field).reshape(-1, worlds)[place.row]

    def _rung_of(self, polity: str) -> Reader:
        own = self._acts(lambda act: True, polity)

        def gravest() -> Numbers:
            most = np.zeros(self.worlds)
            for act in own:
                most = np.maximum(most, self.model.state.done[act.number] * act.action.rung)
            return most

        return gravest

    def _distinct(self, polity: str) -> Reader:
        own = self._acts(lambda act: True, polity)
        touched = np.zeros((self.rungs, self.worlds), bool)

        def different() -> Numbers:
            playing = self.played[self.model.week]
            for act in own:
                touched[act.action.rung] |= (self.model.state.done[act.number] > 0.0) & playing
            return self._total(list(touched.astype(np.float64)))

        return different

    def _rash(self, actor: str) -> Reader:
        seat = self.model.actors[self.model.table.row("A", actor)]
        slots = range(len(seat.sheet.slots))
        return lambda: self._total([self._gap(seat.menu(s)) for s in slots]) / len(slots)

    def _gap(self, menu: list[Act]) -> Numbers:
        """0/1: the act chosen in a slot feels worse by more than `RASH` than the best legal one.

        Answers forced by others' deeds are no choice: elicited replies, and holds for want of a
        partner.
        """
        model = self.model
        assert model.prices is not None
        chosen = model.chosen[menu[0].actor, menu[0].slot]
        best, own = np.full(self.worlds, -np.inf), np.zeros(self.worlds)
        free = np.ones(self.worlds, bool)
        for act in menu:
            value, taken = model.prices.value[act.number], chosen == act.number
            own = np.where(taken, value, own)
            if act.action.hazard:
                free &= ~taken
            else:
                best = np.maximum(best, np.where(model.legal[act.number], value, -np.inf))
            if act.number in model.let_down:
                free &= ~model.let_down[act.number]
        return (free & (best - own > RASH)).astype(np.float64)

    def _acts(self, fits: Callable[[Act], bool], by: str | None) -> list[Act]:
        """The copies of acts that fit, of one actor or of every actor of a polity."""
        table = self.model.table
        return [
            act for act in table.acts if fits(act)
            and by in (None, table.actors[act.actor], table.polities[act.polity])
        ]  # fmt: skip

    def _total(self, rows: list[Numbers]) -> Numbers:
        return total(np.stack(rows)) if rows else np.zeros(self.worlds)

    # --- whole campaigns ------------------------------------------------------------------------
    def series(self, measure: Measure) -> Numbers:
        """(weeks, worlds): week by week, in the measure's unit."""
        return self._scaled(measure, self._rows(measure)[0][1:], self.series)

    def value(self, measure: Measure) -> Numbers:
        """(worlds,): the one number of each campaign."""
        if measure.outcome:
            found = self._ended_in(measure)
        elif measure.tally:
            found = self._total([self.value(part) for part in measure.tally])
        else:
            found = self._taken(measure)
        return self._scaled(measure, found, self.value)

    def _scaled(
        self, measure: Measure, found: Numbers, read: Callable[[Measure], Numbers]
    ) -> Numbers:
        """Scale, `minus`, `per`, `plus` and `within`, in this order."""
        found = measure.scale * found
        if measure.minus is not None:
            found = found - read(measure.minus)
        if measure.per is not None:
            below = read(measure.per)
            some = below != 0.0
            found = np.where(some, found / np.where(some, below, 1.0), np.nan)
        found = found + measure.plus
        if measure.within is None:
            return found
        low, high = measure.within
        return ((found >= low) & (found <= high)).astype(np.float64)

    def _rows(self, measure: Measure) -> tuple[Numbers, bool]:
        """(weeks + 1, worlds): what is read, unscaled; and whether it stands at a week's end."""
        if measure.outcome or measure.tally:
            raise OfframpError("an outcome or a tally has no weeks to draw")
        if not measure.parts:
            source = source_of(measure)
            return self.rows[source], source in self.stocks
        read = [self._rows(part) for part in measure.parts]
        parts = [part.scale * rows for part, (rows, _) in zip(measure.parts, read, strict=True)]
        return self._total(parts), all(stock for _, stock in read)

    def _ended_in(self, measure: Measure) -> Numbers:
        outcomes = self.model.outcomes()
        rows = [self.model.table.row("O", name) for name in measure.outcome]
        return np.isin(outcomes, rows).astype(np.float64)

    def _taken(self, measure: Measure) -> Numbers:
        rows, stock = self._rows(measure)
        first, last = measure.weeks or (1, self.weeks)
        if first > self.weeks:
            raise OfframpError(f"a measure begins in week {first}; the run has {self.weeks} weeks")
        last = min(last, self.weeks)
        weeks, take = slice(first, last + 1), measure.take
        counted = np.ones_like(self.played[weeks]) if stock else self.played[weeks]
        if take in ("last", "change"):
            return rows[last] - (rows[first - 1] if take == "change" else 0.0)
        if take == "step":
            return _largest_step(rows, first, last)
        if take in ("ever", "first", "share"):
            return self._hits(measure, _bounded(rows[weeks], measure) & counted, counted)
        return _boiled(take, rows[weeks], counted)

    def _hits(self, measure: Measure, hit: Masks, counted: Masks) -> Numbers:
        """Weeks in which a series was within bounds: whether any, which first, what share."""
        if measure.take == "share":
            return _boiled("mean", hit.astype(np.float64), counted)
        ever = hit.any(axis=0)
        begin = measure.weeks[0] if measure.weeks else 1
        if measure.take == "ever":
            return np.where(ever, 1.0, 0.0)
        return np.where(ever, hit.argmax(axis=0) + float(begin), self.weeks + 1.0)


def _largest_step(rows: Numbers, first: int, last: int) -> Numbers:
    """The largest change, up or down, over four weeks that end in the window."""
    later, earlier = rows[max(first, MONTH) : last + 1], rows[max(first - MONTH, 0) :]
    moved: Numbers = np.abs(later - earlier[: len(later)])
    largest: Numbers = moved.max(axis=0, initial=0.0)
    return largest


def _bounded(rows: Numbers, measure: Measure) -> Masks:
    low, high = measure.at_least, measure.at_most
    if low is None and high is None:
        low = 1.0
    hit = np.ones(rows.shape, bool)
    if low is not None:
        hit &= rows >= low
    if high is not None:
        hit &= rows <= high
    return hit


def _boiled(take: str, rows: Numbers, counted: Masks) -> Numbers:
    """Sum, mean, most or least of the weeks that count; 0 where none does."""
    if take == "sum":
        return total(rows)
    weeks = total(counted.astype(np.float64))
    if take == "mean":
        return total(rows) / np.maximum(weeks, 1.0)
    edge = -np.inf if take == "most" else np.inf
    inside: Numbers = np.where(counted, rows, edge)
    found = inside.max(axis=0) if take == "most" else inside.min(axis=0)
    return np.where(weeks > 0.0, found, 0.0)


