"""The tutorial, whole campaigns week by week, as one Mesa model per world."""

from collections.abc import Mapping
from typing import Any, cast

import mesa

from benchmarks.plain_mesa.book import Book, Option
from benchmarks.plain_mesa.councillor import Councillor, clip
from benchmarks.plain_mesa.decisions import plain
from benchmarks.plain_mesa.politics import Politics
from sim.resolution import SEVERITY
from sim.setup import lay

BOARD = (
    "control", "annexed", "works", "force", "supply", "quality", "morale", "drill", "corruption",
    "called", "training", "ammo", "will", "will_slow", "approval", "true_approval", "shock",
    "economy", "tired", "casualties", "held_at_claim", "killed", "displaced", "movement", "wait",
    "used", "drift", "learned", "level", "level_trail", "danger", "peak", "hotline", "crossed",
    "crossed_week", "crossed_by", "talks", "truce", "settled", "features_past", "fired", "streak",
    "reached",
)  # fmt: skip
SEAT = (
    "seen", "age", "reference", "last_act", "belief_resolved", "win_mode", "resolved", "anger",
    "stress", "desperation", "nerve", "flexibility", "pride", "credibility", "called_bluffs",
    "recent_threats", "offer", "terms",
)  # fmt: skip


class Opening:
    """The board before the first week, read once and copied by every world."""

    def __init__(self, book: Book) -> None:
        _, state, _ = lay(book.scenario, 0, 0, 1, {}, (), False)
        self.board: Mapping[str, Any] = {name: plain(getattr(state, name), 0) for name in BOARD}
        seats = {name: plain(getattr(state, name), 0) for name in SEAT}
        self.seats: list[Mapping[str, Any]] = [
            {name: rows[a] for name, rows in seats.items()} for a in range(len(book.table.actors))
        ]


def copied(value: Any) -> Any:
    """A list of its own (of lists of their own), or the number."""
    if not isinstance(value, list):
        return value
    return [part[:] if isinstance(part, list) else part for part in value]


class Tutorial(Politics):
    """One campaign of the tutorial."""

    features_past: list[float]
    fired: list[float]
    streak: list[float]
    reached: list[float]

    def __init__(self, book: Book, opening: Opening, seed: int | None = None) -> None:
        super().__init__(book, seed)
        self.councillors = cast(list[Councillor], self.seats)
        self.ended, self.ended_week, self.rung = 0, 0, 0.0
        for name, value in opening.board.items():
            setattr(self, name, copied(value))
        for seat, given in zip(self.seats, opening.seats, strict=True):
            for name, value in given.items():
                setattr(seat, name, copied(value))

    # --- one week ---------------------------------------------------------------------------------
    def step(self) -> None:
        """Play one week, in the order of the engine."""
        self.week += 1
        self._clocks()
        self.muster()
        self.industry()
        self._happenings()
        self._minds()
        front, ratio = self.fronts(), self.ratios()
        for seat in self.councillors:
            seat.choose(front, ratio)
            seat.last_act = [float(number) for number in seat.chosen]
        self._carry_out()
        self.turn_opinion()
        self.turn_wills()
        self.turn_economies()
        for seat in self.councillors:
            seat.recent_threats *= 1.0 - self.n["signals.threat_fade"]
        self.accidents()
        self.negotiate()
        self.climb()
        grave = max(self.rung, self.gravest()) >= 10
        for seat in self.councillors:
            seat.feel(self.danger, grave)
        self._close()

    def _clocks(self) -> None:
        self.wait = [max(weeks - 1.0, 0.0) for weeks in self.wait]
        for seat in self.councillors:
            seat.offer = max(seat.offer - 1.0, 0.0)
        self.movement *= self.n["forces.movement_keeps"]

    def _happenings(self) -> None:
        """Events of the scenario: the tutorial's add to a number of the board."""
        for row, event in enumerate(self.book.scenario.events):
            due = event.week == self.week and not self.fired[row]
            if due and self.roll(f"event/{event.id}") < event.chance:
                self.fired[row] = 1.0
                self.danger = clip(self.danger + event.add.get("danger", 0.0), 0.0, 100.0)

    def _minds(self) -> None:
        """Stock is taken, deeds teach, seats look, get used to things and despair."""
        now = [self.feature(row) for row in range(len(self.book.measures))]
        moved = [new - old for new, old in zip(now, self.features_past, strict=True)]
        memory, ahead = self.n["drift.memory"], self.n["drift.weeks"]
        self.drift = [
            clip(memory * drift + (1.0 - memory) * ahead * step, -30.0, 30.0)
            for drift, step in zip(self.drift, moved, strict=True)
        ]
        self.features_past = now
        for seat in self.councillors:
            seat.learn(moved)
        for seat in self.councillors:
            seat.look(now)
            seat.expect(now)
            seat.despair()

    def _carry_out(self) -> None:
        """Orders are paid for and resolved, phase by phase."""
        orders = [(o, s.targets[slot]) for s in self.councillors for slot, menu in
                  enumerate(s.menus) for o in menu if o.number == s.chosen[slot]]  # fmt: skip
        self.casualties_week, self.gained, self.lost = [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
        self.attacking = [[False] * len(self.regions), [False] * len(self.regions)]
        self.danger_jump, self.rung = 0.0, 0.0
        for option, _ in orders:
            self._record(option)
        self.shock = [clip(points, 0.0, 100.0) for points in self.shock]
        for option, _ in orders:
            if option.action.rule == "dig_in":
                self.dig_in(option)
            elif option.action.rule == "offer_terms":
                self.offer_terms(option)
            elif option.action.rule == "accept_terms":
                self.accept_terms(option)
        for option, target in orders:
            if option.action.rule == "threaten":
                self.threaten(option)
            elif option.action.rule == "attack":
                self.attack(option, target)
        self.fight()

    def _record(self, option: Option) -> None:
        """An act is paid for and noted, and has its general effects."""
        seat, action = self.councillors[option.act.actor], option.action
        worked = self.roll(f"outcome/{option.act.label}") < seat.prices[option.number].chance
        self.wait[option.number] = float(action.cooldown)
        self.used[option.number] += 1.0
        seat.rung, seat.severity = float(action.rung), SEVERITY[action.severity]
        seat.arms_rung = seat.rung if action.war or action.severity == "VI" else 0.0
        self.ammo[option.act.side] -= action.cost.get("ammo", 0.0)
        for field, row, good, bad in self.book.effects[option.number]:
            points = good if worked else bad
            if field == "danger_jump":
                self.danger_jump += points
            elif field == "shock" and isinstance(row, int):
                self.shock[row] += points
            else:
                raise NotImplementedError(field)

    # --- endings ----------------------------------------------------------------------------------
    def _close(self) -> None:
        """Test every class of ending; some end the campaign at once."""
        for row, outcome in enumerate(self.book.scenario.outcomes):
            if outcome.at_horizon:
                continue
            true = all(self.holds(need) for need in self.book.endings[row])
            self.streak[row] = self.streak[row] + 1.0 if true else 0.0
            if self.streak[row] >= outcome.weeks:
                self.reached[row] = 1.0
                if outcome.ends and not self.ended:
                    self.ended, self.ended_week = row + 1, self.week
        self.running = not self.ended

    def outcome(self) -> int:
        """Row of the class of ending the campaign falls in."""
        if self.ended:
            return self.ended - 1
        outcomes = self.book.scenario.outcomes
        if 1.0 in self.reached:
            return self.reached.index(1.0)
        for row, outcome in enumerate(outcomes):
            if outcome.at_horizon and all(self.holds(need) for need in self.book.endings[row]):
                return row
        return len(outcomes) - 1


def play(
    book: Book, opening: Opening, seed: int, kind: type["Tutorial"] | None = None
) -> Tutorial:
    """One whole campaign."""
    model = (kind or Tutorial)(book, opening, seed)
    while model.running and model.week < book.scenario.weeks:
        model.step()
    getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa <= 3.4.1 keeps every model
    return model
