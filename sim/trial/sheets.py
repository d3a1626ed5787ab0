"""Sheets of the trial: what a claim and a target may say; every key is here, others are errors."""


import re
from collections.abc import Callable, Iterator
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from sim.errors import did_you_mean
from sim.schema import Event
from sim.sheets import Id, Label, Sheet, Text, Words

Board: TypeAlias = str  # dotted board name, `will.ukraine`
Span: TypeAlias = tuple[Annotated[int, Field(ge=1, le=520)], Annotated[int, Field(ge=1, le=520)]]
TAKES = ("sum", "mean", "last", "most", "least", "ever", "first", "share", "change", "step")
SOURCES = ("feature", "event", "board", "acts", "rung_of", "rung", "rash", "distinct", "outcome",
           "parts", "tally")  # fmt: skip
SIGNS = ("+", "-", "two-sided", "zero")


def one_of(*known: str) -> Callable[[str], str]:
    """A check that a word is one of these. No `Literal`: those words would be barred as ids."""
    def checked(word: str) -> str:
        if word not in known:
            raise ValueError(f"must be one of {', '.join(known)}; is {word}"
                             f"{did_you_mean(word, known)}")  # fmt: skip
        return word

    return checked


def _key(word: str) -> str:
    if not (0 < len(word) <= 32 and re.fullmatch("[A-Za-z0-9_.-]+", word)):
        raise ValueError(f"must be 1 to 32 Latin letters, digits, _, - or .; is {word}")
    return word


def _claim_id(word: str) -> str:
    if not (word[:1] in ("C", "Q") and word[1:2].isdigit() and len(_key(word)) <= 4):
        raise ValueError(f"must be C or Q and a number, like C7 or Q1; is {word}")
    return word


Key: TypeAlias = Annotated[str, AfterValidator(_key)]
ClaimId: TypeAlias = Annotated[str, AfterValidator(_claim_id)]


class Measure(Sheet):
    """One number for each campaign of a run: a weekly series, and how it is boiled down.

    Exactly one key says what is read (`SOURCES`). Boards and features are read at the week's end
    and stay as they are when a campaign is over; all others happen in weeks: 0 when it is over,
    and their mean and share are taken over the weeks played.
    """

    feature: Id | None = None  # points
    event: str | None = None  # of `sim.state.EVENTS`: how many that week
    board: Board | None = None  # one number of the board, by its whole dotted name
    acts: tuple[Id, ...] = ()  # how many of these were carried out that week
    by: Id | None = None  # by this actor, or the actors of this polity, alone (with `acts`)
    rung_of: Id | None = None  # polity: gravest rung its actors' acts reached that week
    rung: bool = False  # gravest rung of the week, accidents included
    rash: Id | None = None  # actor: share of its slots that chose > .3 below the best legal act
    distinct: Id | None = None  # polity: number of different rungs its acts have touched so far
    outcome: tuple[Id, ...] = ()  # 1 if the campaign falls into one of these classes at its end
    parts: "tuple[Measure, ...]" = ()  # sum of these weekly series, each times its own scale
    tally: "tuple[Measure, ...]" = ()  # sum of these numbers, each with weeks of its own
    weeks: Span | None = None  # first and last week, both included; none: the whole run
    take: Annotated[str, AfterValidator(one_of(*TAKES))] = "sum"
    at_least: float | None = None  # for ever, share, first; with neither bound: at least 1
    at_most: float | None = None
    scale: float = 1.0  # multiplied in, to the unit people read
    minus: "Measure | None" = None  # subtracted, after its own scale
    per: "Measure | None" = None  # then divided by; not a number where that is 0
    plus: float = 0.0  # then added
    within: tuple[float, float] | None = None  # last of all: 1 between these, ends included, else 0
    unit: Words = ""

    @model_validator(mode="after")
    def _one_source(self) -> "Measure":
        given = [name for name in SOURCES if getattr(self, name)]
        if len(given) != 1:
            which = " and ".join(given) or "none"
            raise ValueError(f"needs exactly one of {', '.join(SOURCES)}; has {which}")
        if self.by is not None and not self.acts:
            raise ValueError("`by` needs `acts`")
        if self.weeks is not None and self.weeks[0] > self.weeks[1]:
            raise ValueError(f"week {self.weeks[0]} comes after week {self.weeks[1]}")
        if self.outcome and self.weeks is not None:
            raise ValueError("an outcome is read at the end: drop `weeks`")
        if self.tally and (self.weeks is not None or self.take != "sum"):
            raise ValueError("a tally adds numbers: give `weeks` and `take` to each of them")
        return self


    def inner(self) -> "Iterator[tuple[tuple[str, ...] | tuple[str, int], Measure]]":
        """The measures inside it, each with where it stands."""
        for key in ("parts", "tally"):
            for number, measure in enumerate(getattr(self, key)):
                yield (key, number), measure
        for key in ("minus", "per"):
            if getattr(self, key) is not None:
                yield (key,), getattr(self, key)


class Script(Sheet):
    """An act carried out in every week of a span, as an event would, whatever its seat chose."""

    act: Id
    by: Id | None = None  # needed where several may take it
    at: Id | None = None  # its target
    weeks: Span


class Arm(Sheet):
    """How a run differs from the default."""

    set: dict[str, float] = {}
    off: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()  # added to the scenario's own; an act in one is forced
    scripts: tuple[Script, ...] = ()  # short for one event a week
    without: tuple[Id, ...] = ()  # acts nobody can choose; no other luck moves
    keep: dict[Board, tuple[float, float]] = {}  # held within low and high at every week's end


class Test(Sheet):
    """One comparison of two arms (or one level) with what was predicted."""

    id: Key
    says: Words = ""
    measure: Measure
    per: Measure | None = None  # ratio of means over campaigns
    slope_on: Measure | None = None  # slope of the measure on this one across campaigns
    given: Measure | None = None  # only campaigns where this is above 0 in every arm compared
    sign: Annotated[str, AfterValidator(one_of(*SIGNS))]
    least: Annotated[float, Field(ge=0)]  # smallest effect of interest, in the measure's unit
    level: bool = False  # the control arm's level, to lie between `above` and `below`
    above: float | None = None
    below: float | None = None

    __test__ = False  # not a test of pytest's

    @model_validator(mode="after")
    def _whole(self) -> "Test":
        if self.per is not None and self.slope_on is not None:
            raise ValueError("either `per` or `slope_on`, not both")
        if self.level and self.above is None and self.below is None:
            raise ValueError("a level needs `above` or `below`")
        if not self.level and (self.above is not None or self.below is not None):
            raise ValueError("`above` and `below` need `level: true`")
        return self


class Claim(Sheet):
    """A claim as a paired experiment, written down before anything is played."""

    id: ClaimId
    says: Words
    mechanism: Words
    built: Annotated[str, AfterValidator(one_of("assumed", "emergent"))]
    rare: bool = False  # judged on rare events: five times the campaigns
    scenario: Id | None = None  # another one than its folder's
    weeks: Annotated[int, Field(ge=1, le=520)] | None = None
    control: Arm = Arm()
    treatment: Arm
    square: tuple[Arm, Arm] | None = None  # the effect is treatment's under the second less first
    tests: Annotated[tuple[Test, ...], Field(min_length=1)]  # the first decides; others are told
    ablation: Arm = Arm()  # added to every arm: the mechanism is gone
    versions: dict[Id, Arm] = {}  # added to every arm: told beside the default, never the verdict
    note: Words = ""


class Point(Sheet):
    """What was observed in one week."""

    week: Annotated[int, Field(ge=0, le=520)]
    value: float
    source: Words = ""


class Target(Sheet):
    """Something that was observed, and the band in which the model's own number is accepted."""

    id: Key
    group: Key  # targets of a group count once
    says: Words
    measure: Measure
    over: Annotated[str, AfterValidator(one_of("median", "mean"))] = "median"  # campaigns
    weeks: Annotated[int, Field(ge=1, le=520)] = 52  # of the run it is read from
    observed: float | None = None
    low: float | None = None  # none: no bound on that side
    high: float | None = None
    unit: Words = ""
    source: Text
    confidence: Words = ""
    counted: bool = True  # false: a weekly turn cannot express it; `why`
    why: Words = ""
    series: Label = ""  # name of the fan chart its `points` are drawn in
    chart: Measure | None = None  # the weekly series of that chart; none: the measure's own
    points: tuple[Point, ...] = ()

    @model_validator(mode="after")
    def _banded(self) -> "Target":
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:g} lies above high {self.high:g}")
        if self.counted and self.low is None and self.high is None:
            raise ValueError("a counted target needs low or high")
        if not self.counted and not self.why:
            raise ValueError("a target that is not counted needs `why`")
        return self


class Claims(Sheet):
    """The file of claims; `measures` and `arms` are places for what several share by alias."""

    measures: dict[Id, Measure] = {}
    arms: dict[Id, Arm] = {}
    claims: tuple[Claim, ...]


class Targets(Sheet):
    """The file of targets."""

    measures: dict[Id, Measure] = {}
    targets: tuple[Target, ...]
