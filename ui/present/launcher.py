"""What the launcher shows: the scenarios, a brief, who sits where, and what may begin."""

from dataclasses import dataclass, replace

from sim.exercise import Exercise, SeatView, Shelved, Tongue, view
from sim.schema import Actor, Scenario

MODES = ("solo", "hot", "watch")
MOST_SEEDS = 2**63
LEAD, LINE = 90, 50  # characters of a brief that are set larger; the least a row of the shelf says


@dataclass(frozen=True)
class Setup:
    """What a person has chosen so far."""

    name: str
    mode: str = "solo"
    seats: tuple[str, ...] = ()
    seed: str = ""

    @property
    def seed_fault(self) -> bool:
        """Whether the seed as typed is no number that can be used."""
        return bool(self.seed) and not (self.seed.isdecimal() and int(self.seed) < MOST_SEEDS)

    def chosen(self, seat: str) -> "Setup":
        """With the seat taken or left: one at a time alone, any number around one screen."""
        if self.mode == "solo":
            return replace(self, seats=(seat,))
        if seat in self.seats:
            return replace(self, seats=tuple(s for s in self.seats if s != seat))
        return replace(self, seats=(*self.seats, seat))

    def played(self, mode: str, first: str) -> "Setup":
        """In another mode; whoever was seated stays where the mode lets them."""
        seats = {"watch": (), "solo": self.seats[:1] or (first,)}.get(mode, self.seats or (first,))
        return replace(self, mode=mode, seats=tuple(seats))

    @property
    def humans(self) -> tuple[str, ...]:
        return () if self.mode == "watch" else self.seats

    @property
    def ready(self) -> bool:
        """Whether the exercise may begin."""
        return not self.seed_fault and (self.mode == "watch" or bool(self.seats))


@dataclass(frozen=True)
class SeatRow:
    """A seat that can be taken."""

    id: str
    name: str
    line: str  # who it speaks for
    leads: bool
    taken: bool


@dataclass(frozen=True)
class Bar:
    """A track at the opening, as the brief shows it."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Cover:
    """A scenario opened on the launcher."""

    scenario: Scenario  # as it is shown
    played: Scenario  # as it was written
    first: str  # the seat that is taken first
    title: str
    lead: str
    body: str
    warning: str
    weeks: int
    level: int
    level_name: str
    lines: dict[int, tuple[str, ...]]  # rung -> who has drawn a red line there
    bars: tuple[Bar, ...]
    control: dict[str, float]  # region -> share of side 0, as everybody can see it
    endings: tuple[str, ...]  # how it can end, in the scenario's order

    def brief(self, seat: str) -> tuple[str, str]:
        """The name of a seat and what everybody may read of it."""
        actor = next((a for a in self.scenario.actors if a.id == seat), None)
        return ("", "") if actor is None else (actor.name, actor.brief.public.strip())


def leaders(scenario: Scenario) -> tuple[Actor, ...]:
    return tuple(actor for actor in scenario.actors if actor.role == "leader")


def cover(sheet: Scenario, seat: str = "", tongue: Tongue | None = None) -> Cover:
    """The brief of a scenario, its ladder and tracks as a seat sees them at the opening."""
    game = Exercise.new(sheet)
    game.speak(tongue)
    scenario = game.scenario
    first = leaders(scenario)[0].id if leaders(scenario) else scenario.actors[0].id
    seen = view(game, seat or first)
    lead, body = _opened(scenario.summary.strip())
    return Cover(
        scenario, sheet, first, scenario.name, lead, body, scenario.not_a_forecast,
        scenario.weeks, seen.rung, scenario.ladder.rungs[seen.rung].name,
        _lines(seen), tuple(Bar(t.short or t.name, t.now.low, t.now.high) for t in seen.tracks[:4]),
        dict(seen.control), tuple(outcome.name for outcome in scenario.outcomes),
    )  # fmt: skip


def _lines(seen: SeatView) -> dict[int, tuple[str, ...]]:
    """The rungs at which somebody has drawn a red line, and who."""
    drawn: dict[int, dict[str, None]] = {}
    for line in seen.red_lines:
        drawn.setdefault(line.rung, {})[line.drawn_by] = None
    return {rung: tuple(actors) for rung, actors in sorted(drawn.items())}


def _opened(summary: str) -> tuple[str, str]:
    """The opening sentences, set larger, and the rest."""
    sentences, lead = summary.split(". "), ""
    while sentences and len(lead) < LEAD:
        lead += f"{sentences.pop(0).rstrip('.')}. "
    return lead.strip(), ". ".join(sentences)


def seat_rows(scenario: Scenario, setup: Setup) -> tuple[SeatRow, ...]:
    """Every seat, leaders first, in the scenario's order."""
    polities = {polity.id: polity.name for polity in scenario.polities}
    rows = [
        SeatRow(a.id, a.name, polities.get(a.polity, ""), a.role == "leader", a.id in setup.humans)
        for a in scenario.actors
    ]
    return tuple(sorted(rows, key=lambda row: not row.leads))


def listed(shelf: tuple[Shelved, ...]) -> tuple[tuple[str, str, str], ...]:
    """Name, title and first words of each scenario on the shelf."""
    return tuple((one.name, one.title, _opening(one.summary)) for one in shelf)


def _opening(summary: str) -> str:
    """As many sentences as make a line."""
    said = ""
    for sentence in summary.split(". "):
        if len(said) >= LINE:
            break
        said = f"{said}{'. ' if said else ''}{sentence.rstrip('.')}"
    return said
