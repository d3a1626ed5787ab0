"""What a scenario may say: closed, frozen sheets. Every key is here; anything else is an error."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from sim.catalogue import Action
from sim.sheets import (
    Condition,
    Effects,
    Id,
    Label,
    Name,
    Role,
    Share,
    Sheet,
    Text,
    Uncertain,
    Weight,
    Words,
)  # fmt: skip


class Polity(Sheet):
    """A state: the first two in the file are the belligerents, sides 0 and 1."""

    id: Id
    name: Name
    bloc: Id | None = None
    backs: Id | None = None  # the belligerent it supplies
    share: dict[Literal["arms", "energy"], float] = {}  # its part in the bloc's doings
    election_week: int | None = None  # of the vote that may turn the house hostile
    energy_exposure: float = 0.0  # 1 = feels an energy cut in full
    energy_source: Id | None = None  # the polity whose gas it burns
    corruption_norm: Share = 0.0  # the corruption its opening quality was judged at
    nuclear: bool = False


class Bloc(Sheet):
    """Polities that act together."""

    id: Id
    name: Name


class Pillar(Sheet):
    """A group that keeps a regime in power."""

    id: Id
    name: Name
    polity: Id
    role: Literal["elites", "military", "services"]
    weight: Share  # in the leader's hold on power


class Term(Sheet):
    """weight * (measure - start) / per: one term of a drive or of desperation, in order."""

    measure: str
    of: str | None = None
    start: float | Literal["reference"] = 0.0
    per: float = 1.0
    weight: float
    positive: bool = False  # only the part above zero counts
    switch: str | None = None  # a mechanism whose switch turns the term off


class Desperation(Sheet):
    """How despair grows: s(base + terms) approached at `speed`, or a clipped straight line."""

    base: float
    terms: tuple[Term, ...] = ()
    exit: float = 0.0  # subtracted when an acceptable offer is on the table
    speed: Share = 0.4
    straight: bool = False


class Brief(Sheet):
    """What a seat reads before the first turn."""

    public: Text
    private: Text


class Actor(Sheet):
    """A seat at the table."""

    id: Id
    name: Name
    office: Label = ""  # how the narration names it
    polity: Id
    voices: tuple[Id, ...] = ()  # other polities a faction speaks for
    role: Role
    slots: tuple[Id, ...]
    intel: Share
    temper: Annotated[float, Field(gt=0)] = 10.0  # rationality of choice, higher = less noise
    goals: Effects  # feature -> signed weight
    goals_keep: Effects = {}  # the weights of an actor that plays not to lose
    resolved: Effects = {}  # feature -> factor on the weights of a resolved leader
    references: Effects = {}  # feature -> points; others open at the state
    pillars: tuple[Id, ...] = ()  # that a faction speaks for
    desperation: Desperation | None = None
    drives: dict[Id, tuple[Term, ...]] = {}  # action -> its mood terms
    colour: dict[Literal["dark", "light"], Label] = {}
    letter: Label = ""
    brief: Brief


class Feature(Sheet):
    """Something an actor can care about, in points 0..100."""

    id: Id
    name: Name
    short: Label = ""
    measure: str
    of: str | None = None
    weights: dict[Id, float] = {}


class Region(Sheet):
    """A theatre on the board."""

    id: Id
    name: Name
    kind: Literal["land", "link", "sea", "polity", "node", "market"] = "land"
    owner: Id  # the polity whose soil it is by law (a sea's: whom an attack there would touch)
    claim: Literal["none", "annexed", "claimed", "home", "ally"] = "none"
    symbolic: tuple[Weight, Weight] = (1.0, 1.0)  # weight for side 0, for side 1
    defence: Annotated[float, Field(gt=0)] = 1.0
    barrier: bool = False  # a river or an isthmus: advance is halved
    pocket: bool = False  # a river behind side 0: supply can be cut
    links: tuple[Id, ...] = ()
    retreat: tuple[Id | None, Id | None] = (None, None)  # where a beaten force of each side goes
    garrison: tuple[float, float] = (0.0, 0.0)  # thousand men of each side that stay
    sacred: bool = False  # its loss would touch the side-0 leader's survival
    fed_by: Id | None = None  # a link whose damage cuts this region's supply for side 0
    repair: Share = 0.0  # of its damage, each week
    outline: tuple[str, ...] | tuple[tuple[float, float], ...] = ()
    push: float = 90.0  # bearing in degrees along which side 0 advances


class Node(Sheet):
    """Something off the battlefield that covert acts can hit."""

    id: Id
    name: Name
    kind: Literal["bank", "cables", "depot", "vote", "energy"]
    region: Id | None = None
    heals: Share  # of its damage, each week


class Rung(Sheet):
    """A step of the ladder, gravest last; `threshold` names the line crossed on entering it."""

    id: Id
    name: Name
    test: Text
    threshold: Id | None = None
    threshold_name: Label = ""
    crossed: bool = False  # already before the first week


class Ladder(Sheet):
    """The ladder and where it comes to rest."""

    rungs: tuple[Rung, ...]
    rest_at_war: float = 7.0
    rest_at_peace: float = 2.0


class Event(Sheet):
    """Something that happens by date or by condition; `set` adds to the board."""

    id: Id
    name: Name
    week: int | None = None
    when: tuple[Condition, ...] = ()
    chance: Share = 1.0
    add: dict[str, float] = {}  # dotted board name -> change
    act: Id | None = None  # an action carried out as if its actor had chosen it
    by: Id | None = None
    at: Id | None = None  # its target
    suspect: Id | None = None  # whose work it may be taken for; who did it stays unknown
    guilt: Share = 0.5  # chance that it was the suspect's; drawn, and told to nobody
    text: Text
    source: Words = ""


class RedLine(Sheet):
    """A line an actor drew, and what counts as testing it."""

    id: Id
    name: Name
    drawn_by: Id
    trigger: Literal["advance", "raid", "ground_attack", "range", "patron_troops", "home"]
    weight: Share
    declared: bool = True
    answered_by: Literal["nuclear", "society"] = "nuclear"


class Outcome(Sheet):
    """A class of ending, in order of precedence."""

    id: Id
    name: Name
    ends: bool = False
    needs: tuple[Condition, ...] = ()
    weeks: Annotated[int, Field(ge=1)] = 1  # in a row
    at_horizon: bool = False  # the test is read only when the last week is over
    sentence: Text


class Turn(Sheet):
    """What one of the program's weeks stands for, where it is minutes of a single day."""

    name: Label = "turn"  # what is said in place of "week"
    minutes: Annotated[int, Field(ge=1, le=720)]
    clock: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "00:00"  # it begins

    def begins(self, start: dt.date, week: int) -> dt.datetime:
        """The moment of a turn, counted from 1."""
        first = dt.datetime.combine(start, dt.time.fromisoformat(self.clock))
        return first + dt.timedelta(minutes=self.minutes * (week - 1))


class Scenario(Sheet):
    """A whole scenario: every file of its folder, joined."""

    id: Id
    name: Name
    summary: Text
    not_a_forecast: Text
    start: dt.date
    weeks: Annotated[int, Field(ge=1, le=520)] = 26
    turn: Turn | None = None
    seed: int = 20221010
    weather: dict[Literal["mud", "frost"], tuple[int, ...]] = {}  # week numbers, repeated yearly
    proper_names: tuple[Label, ...] = ()
    polities: Annotated[tuple[Polity, ...], Field(min_length=2)]
    blocs: tuple[Bloc, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    actors: Annotated[tuple[Actor, ...], Field(min_length=1)]
    features: Annotated[tuple[Feature, ...], Field(min_length=1)]
    regions: tuple[Region, ...] = ()
    nodes: tuple[Node, ...] = ()
    ladder: Ladder
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    red_lines: tuple[RedLine, ...] = ()
    opening: dict[str, Uncertain | dict[str, Uncertain | dict[str, Uncertain]]] = {}
    tunings: dict[str, Uncertain] = {}
    events: tuple[Event, ...] = ()
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    words: dict[str, Label] = {}
