"""The catalogue: what a scenario says of an act, from its codes to what it is believed to do."""

from typing import Annotated, Literal

from pydantic import Field

from sim.sheets import (
    Condition,
    Effects,
    Id,
    Name,
    Severity,
    Share,
    Sheet,
    Stock,
    TargetFilter,
    Text,
)  # fmt: skip


class Target(Sheet):
    """What an act must be aimed at."""

    kind: Literal["region", "node"]
    filter: TargetFilter = "any"
    at_least: float | None = None  # share held, for `claimable`
    only: tuple[Id, ...] = ()  # these alone
    aim: Literal["bank", "cables", "depot", "vote", "energy"] | None = None


class Reaction(Sheet):
    """The strongest answer an actor fears, and the base chance that it comes."""

    act: Id
    chance: Share


class After(Sheet):
    """Legal only for some weeks after others crossed one of these thresholds."""

    threshold: tuple[Id, ...]
    within: Annotated[int, Field(ge=1)]


class Action(Sheet):
    """One line of the catalogue. `good` and `bad` are what the actor believes, in points."""

    id: Id
    name: Name
    by: tuple[Id, ...]
    slot: Id
    rung: int
    cameo: Annotated[str, Field(pattern=r"^\d{2,4}$")]
    goldstein: Annotated[float, Field(ge=-10, le=10)]
    severity: Severity
    hold: bool = False
    needs: tuple[Condition, ...] = ()
    after: After | None = None
    cost: dict[Stock, float] = {}
    cooldown: Annotated[int, Field(ge=0, le=60)] = 0
    once: bool = False
    target: Target | None = None
    good: Effects = {}
    bad: Effects = {}
    chance: Share
    attribution: Share = 1.0
    attribution_late: Share = 0.0
    lock: Share = 0.0
    stop: Share = 0.0  # believed share of the adverse drift that success halts
    punish: Share = 0.0  # how far it satisfies anger
    effort: float = 0.0  # constant cost in felt value
    habit: Annotated[float, Field(gt=0)] = 1.0  # prior weight
    family: str = ""  # near-duplicates share one prior
    react: Reaction | None = None
    rule: str = "nothing"
    numbers: dict[str, float] = {}  # what the rule reads
    joint: bool = False
    hazard: Literal["", "reply", "nuclear_reply"] = ""  # taken by programs with an elicited chance
    consent: Literal["", "officer"] = ""
    answer: bool = False  # given to a consent question, never on the menu
    help: bool = False  # means taking outside help (pride)
    war: bool = False  # needs an active front
    tells: Text  # the words when it is done
