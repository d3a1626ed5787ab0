"""The world: one campaign's board in lists of floats, and what is read off it."""

from collections.abc import Callable

import mesa

from benchmarks.plain_mesa.book import Book, Mood, Need
from benchmarks.plain_mesa.seat import Seat
from sim.schema import Feature

Row = list[float]


class World(mesa.Model):
    """One campaign. Lists run over polities, sides, regions ... in the order of the scenario."""

    control: Row
    annexed: Row
    works: Row
    damage: Row
    force: list[Row]  # side, region
    supply: list[Row]
    quality: Row
    morale: Row
    drill: Row
    corruption: Row
    called: Row
    training: Row
    ammo: Row
    missiles: Row
    drones: Row
    air_defence: Row
    reach: Row
    will: Row
    approval: Row
    true_approval: Row
    economy: Row
    touched: Row
    shock: Row
    cohesion: Row
    hostile_house: Row
    tier_given: Row
    loyalty: Row
    contempt: Row
    hardness: Row
    crossed_week: Row
    crossed_by: Row
    drift: Row
    learned: Row  # by lesson
    wait: Row  # by act
    used: Row
    level: float
    danger: float
    truce: float
    settled: float

    def __init__(self, book: Book, seed: int | None = None, seat: type[Seat] = Seat) -> None:
        super().__init__(rng=seed)
        self.book, self.n, self.week = book, book.n, 0
        self.regions = book.scenario.regions
        self.seats = [seat(self, number) for number in range(len(book.scenario.actors))]

    # --- chance -----------------------------------------------------------------------------------
    def roll(self, label: str) -> float:
        """A number in (0, 1)."""
        return self.random.random()

    def bell(self, label: str) -> float:
        """A number with mean 0 and sd 1."""
        return self.random.gauss(0.0, 1.0)

    # --- field power ------------------------------------------------------------------------------
    def fronts(self) -> list[bool]:
        """Regions where both sides stand with more than 500 men, and no truce."""
        if self.truce >= 0.5 or self.settled >= 0.5:
            return [False] * len(self.regions)
        own, foe = self.force
        return [a > 0.5 and b > 0.5 for a, b in zip(own, foe, strict=True)]

    def unready(self, side: int) -> float:
        """Share of a side's line that is called-up and untrained."""
        men = max(sum(self.force[side]), 1.0)
        share = min(max((self.called[side] - self.training[side]) / men, 0.0), 1.0)
        return share * (1.0 - self.drill[side])

    def power(self, side: int) -> Row:
        """Field power of a side by region."""
        norm = self.book.scenario.polities[side].corruption_norm
        n = self.n
        cost, bare, numb = n["power.corruption"], n["power.no_shells"], n["power.no_spirit"]
        skill = self.quality[side] * (1.0 - cost * self.corruption[side]) / (1.0 - cost * norm)
        shells = bare + (1.0 - bare) * min(1.0, self.ammo[side] / n["power.shells_enough"])
        worth = skill * (numb + (1.0 - numb) * self.morale[side]) * shells
        worth *= 1.0 - n["forces.unready_power"] * self.unready(side)
        power = [men * worth * fed for men, fed in
                 zip(self.force[side], self.supply[side], strict=True)]  # fmt: skip
        if side == 0:
            for row, link in self.book.feeds:
                power[row] *= 1.0 - self.n["ground.link_loss"] * self.damage[link]
        return power

    def ratios(self) -> list[Row]:
        """Own power over what must be beaten, by side and region."""
        powers = [self.power(0), self.power(1)]
        return [
            [powers[side][row] / max(powers[1 - side][row] * (region.defence + works), 1e-9)
             for row, (region, works) in enumerate(zip(self.regions, self.works, strict=True))]
            for side in (0, 1)
        ]  # fmt: skip

    def ground_weights(self) -> Row:
        """What each claimed region weighs for side 0, dearer once annexed."""
        dearer, symbolic = self.n["annex.k"] - 1.0, self.book.symbolic[0]
        return [symbolic[r] * (1.0 + dearer * self.annexed[r]) for r in self.book.table.claimed]

    def ground(self) -> float:
        """Side 0's share of the claimed land, points."""
        weights, claimed = self.ground_weights(), self.book.table.claimed
        held = sum(w * self.control[r] for w, r in zip(weights, claimed, strict=True))
        return 100.0 * held / sum(weights)

    # --- features ---------------------------------------------------------------------------------
    def feature(self, row: int) -> float:
        """One outcome feature, points 0..100."""
        feature = self.book.scenario.features[row]
        value = self._weighted(feature) if feature.weights else self._plain(feature)
        return min(max(value, 0.0), 100.0)

    def _plain(self, feature: Feature) -> float:
        if feature.measure == "ground":
            return self.ground()
        if feature.measure == "danger":
            return self.danger
        polity = self.book.table.row("P", feature.of or "")
        if feature.measure in ("resolve", "support"):
            return 100.0 * self.will[polity]
        return float({"approval": self.approval, "economy": self.economy}[feature.measure][polity])

    def _weighted(self, feature: Feature) -> float:
        table, value = self.book.table, 0.0
        for name, weight in feature.weights.items():
            if name in table.blocs:
                value += weight * 100.0 * self.cohesion[table.row("B", name)]
            else:
                row = table.row("P", name)
                source = {"support": 100.0 * self.will[row], "economy": self.economy[row],
                          "incumbents": self.approval[row]}[feature.measure]  # fmt: skip
                value += weight * source
        return value

    # --- conditions and moods ---------------------------------------------------------------------
    def holds(self, need: Need) -> bool:
        """Whether a condition is true."""
        if need.any:
            return any(self.holds(part) for part in need.any)
        if not need.asked:
            return False
        value = READINGS[need.measure](self, need.row)
        return (need.low is None or value >= need.low) and (
            need.high is None or value <= need.high
        )

    def mood(self, mood: Mood, reference: Row) -> float:
        """weight * (measure - start) / per."""
        if not mood.need.asked:
            return 0.0
        start = reference[mood.feature] if mood.start is None else mood.start
        lift = (READINGS[mood.need.measure](self, mood.need.row) - start) / mood.per
        return mood.weight * (max(lift, 0.0) if mood.positive else lift)

    def votes_in(self, polity: int) -> float:
        """Weeks until a polity votes, 999 when no vote is ahead."""
        vote = self.book.scenario.polities[polity].election_week
        return 999.0 if vote is None or vote < self.week else float(vote - self.week)

    def offer_by_others(self, number: int) -> float:
        """Weeks the longest offer of leaders of another camp stays on the table."""
        camp = self.book.table.camp
        others = [a for a in self.book.table.leaders if camp[a] != camp[number]]
        return max((self.seats[a].offer for a in others), default=0.0)

    def weakest_pillar(self, number: int) -> float:
        """The least loyal pillar a faction speaks for."""
        rows = [self.book.table.row("K", k) for k in self.book.scenario.actors[number].pillars]
        return min((self.loyalty[row] for row in rows), default=1.0)

    def officers(self, polity: int, of: Row, nobody: float) -> float:
        """A number of the officers' pillar of a polity."""
        row = self.book.table.pillar(polity, "military")
        return of[row] if row >= 0 else nobody


READINGS: dict[str, Callable[[World, int], float]] = {
    "week": lambda w, _: float(w.week),
    "weeks_to_election": lambda w, p: w.votes_in(p),
    "feature": lambda w, f: w.feature(f),
    "drift": lambda w, f: w.drift[f],
    "ammo": lambda w, s: w.ammo[s],
    "missiles": lambda w, s: w.missiles[s],
    "drones": lambda w, s: w.drones[s],
    "training": lambda w, s: w.training[s],
    "reach": lambda w, s: w.reach[s],
    "control": lambda w, r: w.control[r],
    "ground": lambda w, _: w.ground(),
    "settled": lambda w, _: w.settled,
    "flexibility": lambda w, a: w.seats[a].flexibility,
    "pressure": lambda w, a: w.seats[a].pressure,
    "incident": lambda w, a: w.seats[a].incident,
    "offer_by_others": lambda w, a: w.offer_by_others(a),
    "offer_by_anyone": lambda w, _: max(seat.offer for seat in w.seats),
    "weakest_pillar": lambda w, a: w.weakest_pillar(a),
    "officers_loyalty": lambda w, p: w.officers(p, w.loyalty, 1.0),
    "officers_contempt": lambda w, p: w.officers(p, w.contempt, 0.0),
    "true_approval": lambda w, p: w.true_approval[p],
    "touched": lambda w, p: w.touched[p],
    "shock": lambda w, p: w.shock[p],
    "hostile_house": lambda w, p: w.hostile_house[p],
    "tier_given": lambda w, p: w.tier_given[p],
    "cohesion": lambda w, b: 100.0 * w.cohesion[b],
}
