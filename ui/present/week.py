"""A played week as the screens after it show it: deeds with their chances, and beats to step by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sim.exercise import Exercise, SeatView, WeekTold, told, view
from sim.exercise.telling import DeedTold, Step
from sim.schema import Scenario
from ui.kit.words import Words
from ui.present.desk import place_names

ORDERS, LAST = "orders", "ladder"
COSTLY = "ground"  # the step after which the week's civilian harm is told: strikes and fighting


@dataclass(frozen=True)
class FactorRow:
    """One reason in the waterfall of a chance: it leads from `start` to `end`."""

    words: str
    start: float
    end: float

    @property
    def adds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class EffectRow:
    """What an act was expected to do to a track, good or bad for whoever did it."""

    track: str
    points: float
    good: bool


@dataclass(frozen=True)
class DeedRow:
    """A deed in words and figures; chance, draw and reasons only where the seat may know them."""

    number: int  # its place among the week's deeds and happenings
    actor: str  # "" when nobody knows whose it was
    who: str
    title: str
    text: str
    slot: str
    rung: int
    target: str
    place: str
    hold: bool
    done: bool
    chance: float | None
    draw: float | None
    factors: tuple[FactorRow, ...]
    nuclear: bool
    effects: tuple[EffectRow, ...] = ()

    @property
    def well(self) -> bool | None:
        """Whether the drawn number lay below what was needed."""
        if self.chance is None or self.draw is None:
            return None
        return self.draw < self.chance


@dataclass(frozen=True)
class Beat:
    """One moment of the replay: the orders, a deed, what followed, the harm, or where it ends."""

    kind: str  # orders, deed, news, harm, end
    step: int
    deed: DeedRow | None = None
    said: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()  # of the deeds and happenings it tells


@dataclass(frozen=True)
class StepRow:
    """One of the ten steps, and the beats it is told in."""

    kind: str
    title: str
    note: str
    first: int
    beats: int


@dataclass(frozen=True)
class Week:
    """A played week, for a seat or for the room (None)."""

    exercise: Exercise
    seat: str | None
    told: WeekTold
    words: Words
    _hands: dict[str, SeatView] = field(default_factory=dict, compare=False, repr=False)

    @property
    def scenario(self) -> Scenario:
        return self.exercise.scenario

    @property
    def number(self) -> int:
        return self.told.week

    @cached_property
    def eyes(self) -> str:
        """The seat whose view stands for what everybody can see."""
        return self.seat or leaders(self.scenario)[0]

    @cached_property
    def before(self) -> SeatView:
        return view(self.exercise, self.eyes, self.number - 1)

    @cached_property
    def after(self) -> SeatView:
        return view(self.exercise, self.eyes, self.number)

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {actor.id: actor.name for actor in self.scenario.actors}

    @cached_property
    def deeds(self) -> tuple[DeedRow, ...]:
        """Every deed known to the seat, in the order of the telling."""
        return tuple(row for step, start in numbered(self.told.steps)
                     for row in self._deeds(step, start))  # fmt: skip

    def _deeds(self, step: Step, start: int) -> Iterator[DeedRow]:
        for n, deed in enumerate(step.deeds):
            row = deed_row(deed, start + n, self.scenario, self.words, self.names)
            yield replace(row, effects=tuple(self._effects(deed))) if deed.factors else row

    def _effects(self, deed: DeedTold) -> Iterator[EffectRow]:
        """As the card said, the largest first; told to those alone who may know the chance."""
        if deed.actor not in self._hands:
            self._hands[deed.actor] = view(self.exercise, deed.actor, self.number - 1)
        cards = self._hands[deed.actor].hand.get(deed.slot, ())
        shorts = {f.id: f.short or f.name for f in self.scenario.features}
        found = next((card.effects for card in cards if card.id == deed.action), ())
        for one in sorted(found, key=lambda effect: -abs(effect.points)):
            yield EffectRow(shorts[one.feature], one.points, one.good)

    @cached_property
    def orders(self) -> tuple[DeedRow, ...]:
        """What was ordered, holds left out: the gravest first within each seat, in their order."""
        rank = {name: n for n, name in enumerate(self.names)}
        moved = [row for row in self.deeds if not row.hold and row.actor]
        return tuple(sorted(moved, key=lambda row: (rank[row.actor], -row.rung)))

    @cached_property
    def beats(self) -> tuple[Beat, ...]:
        return tuple(_beats(self))

    @cached_property
    def steps(self) -> tuple[StepRow, ...]:
        return tuple(_steps(self))


def week_of(exercise: Exercise, number: int, seat: str | None, words: Words) -> Week:
    """A week as a seat is told of it; None: all of it, for the room."""
    tale = told(exercise, number, seat)
    return Week(exercise, seat, replace(tale, steps=tuple(_worded(tale.steps, words))), words)


def _worded(steps: Sequence[Step], words: Words) -> Iterator[Step]:
    """The sentences of the engine in the window's language."""
    for step in steps:
        deeds = tuple(replace(deed, text=words.told(deed.text)) for deed in step.deeds)
        yield replace(step, deeds=deeds, happenings=tuple(map(words.told, step.happenings)))


def leaders(scenario: Scenario) -> tuple[str, ...]:
    found = tuple(actor.id for actor in scenario.actors if actor.role == "leader")
    return found or (scenario.actors[0].id,)


def numbered(steps: Sequence[Step]) -> Iterator[tuple[Step, int]]:
    """Each step with the number of its first deed, as `WeekTold.links` counts."""
    start = 0
    for step in steps:
        yield step, start
        start += len(step.deeds) + len(step.happenings)


# --- deeds --------------------------------------------------------------------------------------
def deed_row(deed: DeedTold, number: int, scenario: Scenario, words: Words,
             names: Mapping[str, str]) -> DeedRow:  # fmt: skip
    """One deed; one by unknown hands has no name and no rung."""
    sheet = next((one for one in scenario.actions if one.id == deed.action), None)
    return DeedRow(
        number, deed.actor, names.get(deed.actor, words.t("resolve.unknown")),
        deed.name or words.t("resolve.unknown_deed"), deed.text, deed.slot, deed.rung,
        deed.target or "", place_names(scenario).get(deed.target or "", ""),
        sheet is not None and sheet.hold, deed.fate not in ("refused", "let down"),
        deed.chance, deed.draw, tuple(_factors(deed, words)),
        sheet is not None and sheet.severity == "NU",
    )  # fmt: skip


def _factors(deed: DeedTold, words: Words) -> Iterator[FactorRow]:
    so_far = 0.0
    for factor in deed.factors:
        key = f"resolve.factor.{factor.key}"
        said = words.t(key) if words.has(key) else factor.name
        yield FactorRow(said, so_far, so_far + factor.value)
        so_far += factor.value


# --- beats --------------------------------------------------------------------------------------
def _beats(week: Week) -> Iterator[Beat]:
    rows = {row.number: row for row in week.deeds}
    for place, (step, start) in enumerate(numbered(week.told.steps)):
        here = [rows[start + n] for n in range(len(step.deeds))]
        first = start + len(step.deeds)
        after = tuple(range(first, first + len(step.happenings)))
        if step.kind == ORDERS:
            yield Beat("orders", place, None, step.happenings,
                       (*(row.number for row in here), *after))  # fmt: skip
        else:
            yield from (Beat("deed", place, row, (row.text,), (row.number,))
                        for row in here if not row.hold)  # fmt: skip
            if step.happenings:
                yield Beat("news", place, None, step.happenings, after)
        if step.kind == COSTLY and _hurt(week):
            yield Beat("harm", place)
        if step.kind == LAST:
            yield Beat("end", place)


def _hurt(week: Week) -> bool:
    harm = week.told.harm
    return max(harm.killed.high, harm.displaced.high) >= 0.5


def _steps(week: Week) -> Iterator[StepRow]:
    words = week.words
    for place, step in enumerate(week.told.steps):
        mine = [n for n, beat in enumerate(week.beats) if beat.step == place]
        yield StepRow(step.kind, words.t(f"resolve.step.{step.kind}"), _note(week, step, place),
                      mine[0] if mine else -1, len(mine))  # fmt: skip


def _note(week: Week, step: Step, place: int) -> str:
    """What a step holds, in a few words."""
    words, beats = week.words, [beat for beat in week.beats if beat.step == place]
    if step.kind == ORDERS:
        seats = len({row.actor for row in week.orders})
        return words.t("resolve.note.orders", n=len(week.orders), seats=seats)
    deeds = sum(beat.kind == "deed" for beat in beats)
    said = []
    if deeds:
        said.append(words.t("resolve.note.deeds", n=deeds))
    if step.happenings:
        said.append(words.t("resolve.note.news", n=len(step.happenings)))
    if any(beat.kind == "harm" for beat in beats):
        said.append(words.t("resolve.note.harm"))
    if step.kind == LAST and not said:
        said.append(words.t("resolve.note.end"))
    return ", ".join(said) or words.t("resolve.note.none")
