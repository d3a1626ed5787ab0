"""A councillor: a seat of the tutorial, with eyes, a memory, expectations and nerves."""

from typing import TYPE_CHECKING

from benchmarks.plain_mesa.seat import Seat

if TYPE_CHECKING:
    from benchmarks.plain_mesa.world import World


def clip(value: float, low: float, high: float) -> float:
    """A value brought back into a range."""
    return low if value < low else high if value > high else value


def sigmoid(x: float) -> float:
    """The engine's rational stand-in for 1/(1+e^-x)."""
    y = clip(0.5 * x, -3.0, 3.0)
    square = y * y
    return 0.5 + 0.5 * y * (27.0 + square) / (27.0 + 9.0 * square)


class Councillor(Seat):
    """A seat that lives through the weeks."""

    age: list[float]  # weeks since each feature was seen
    nerve: float
    recent_threats: float

    def __init__(self, model: "World", number: int) -> None:
        super().__init__(model, number)
        self.own = model.book.owned[number]
        self.rung, self.arms_rung, self.severity = 0.0, 0.0, 0.0

    def learn(self, moved: list[float]) -> None:
        """What last week's acts brought, beside what was hoped of them."""
        world = self.world
        for number in self.last_act:
            for lesson, feature, hoped in world.book.taught[int(number)]:
                if hoped:
                    ratio = clip(moved[feature] / hoped, -1.0, 3.0)
                    old = world.learned[lesson]
                    fresh = old + world.n["choice.learning"] * (ratio - old)
                    world.learned[lesson] = clip(fresh, 0.2, 1.5)

    def look(self, truth: list[float]) -> None:
        """One's own affairs each week, others' with chance `intel`, both with noise."""
        sheet, world = self.sheet, self.world
        blur, foe = world.n["perception.noise"] * (1.0 - sheet.intel), world.n["perception.foe"]
        for row, name in enumerate(world.book.table.features):
            own = self.own[row]
            if own or world.roll(f"fog/{sheet.id}/{name}") < sheet.intel:
                noise = world.bell(f"noise/{sheet.id}/{name}") * blur * (1.0 if own else foe)
                self.seen[row], self.age[row] = truth[row] + noise, 0.0
            else:
                self.age[row] = min(self.age[row] + 1.0, 200.0)

    def expect(self, now: list[float]) -> None:
        """Gains are taken for granted fast, losses accepted slowly."""
        book = self.world.book
        fast, slow = book.of("reference.better", self.sheet.id), self._slow()
        for goal in self.goals:
            row, want = goal.feature, goal.sign
            gap = want * (now[row] - self.reference[row])
            rate = fast if gap > 0.0 else slow
            if gap < 0.0 and book.measures[row] == "ground" and book.table.camp[self.number] == 0:
                rate *= 1.0 - max(self.world.annexed)
            self.reference[row] = clip(self.reference[row] + want * rate * gap, -20.0, 120.0)

    def _slow(self) -> float:
        rate = self.world.book.of("reference.worse", self.sheet.id)
        return rate * (1.0 + self.world.n["reference.elastic"] * self.flexibility)

    def despair(self) -> None:
        """Desperation moves part of the way to what the board gives cause for."""
        sheet = self.sheet.desperation
        if sheet is not None:
            moods = self.world.book.despair[self.number]
            index = sheet.base + sum(self.world.mood(mood, self.reference) for mood in moods)
            goal = sigmoid(index + self.nerve)
            step = sheet.speed * (goal - self.desperation)
            self.desperation = clip(self.desperation + step, 0.0, 1.0)

    def feel(self, danger: float, grave: bool) -> None:
        """Stress follows danger and grave weeks; anger fades."""
        n = self.world.n
        keep, fright = n["stress.memory"], n["stress.grave_week"] if grave else 0.0
        fear = (1.0 - keep) * danger / 100.0 + fright
        self.stress = clip(keep * self.stress + fear, 0.0, 1.0)
        self.anger = clip(n["anger.memory"] * self.anger, 0.0, 1.0)


