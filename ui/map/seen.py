"""What a seat sees of the theatre in a week: plain facts the map draws, in words already chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.kit.words import DASH


@dataclass(frozen=True)
class Troops:
    """Men of one side in a region; `own` is a count, the rest is an estimate."""

    region: str
    side: int
    low: float  # thousand men
    high: float
    own: bool

    @property
    def figure(self) -> str:
        low, high = round(self.low), round(self.high)
        return f"{low}" if low == high else f"{low}{DASH}{high}"


@dataclass(frozen=True)
class Strike:
    """A place hit last week; `harm` is said in the colour of civilian harm."""

    region: str
    harm: str = ""


@dataclass(frozen=True)
class Arc:
    """Something sent from one region to another by an actor."""

    origin: str
    target: str
    actor: str
    drafted: bool = False  # ordered but not carried out: dashed
    label: str = ""


@dataclass(frozen=True)
class Town:
    """A city square, in degrees."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class MapSeen:
    """Everything of one week on the map, from one seat's view; nothing it may not know."""

    sides: tuple[str, str]  # the actors whose marks and colours stand for sides 0 and 1
    control: Mapping[str, float] = field(default_factory=dict)  # share of side 0; 0 if not named
    damage: Mapping[str, float] = field(default_factory=dict)  # region or node -> 0..1
    status: Mapping[str, str] = field(default_factory=dict)  # region or node -> one short line
    hints: Mapping[str, str] = field(default_factory=dict)  # region or node -> words on hovering
    strikes: tuple[Strike, ...] = ()
    arcs: tuple[Arc, ...] = ()
    troops: tuple[Troops, ...] = ()
    towns: tuple[Town, ...] = ()
    caption: str = ""  # said beside the selected region
    title: str = ""  # whose picture, of when
