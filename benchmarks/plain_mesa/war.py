"""War in the tutorial: men and shells on their way, digging in, offensives, the week's fighting."""

from benchmarks.plain_mesa.book import Book, Option
from benchmarks.plain_mesa.councillor import Councillor, clip
from benchmarks.plain_mesa.world import Row, World


class War(World):
    """A world with an army on each side."""

    tired: Row
    casualties: Row
    casualties_week: Row
    gained: Row
    lost: Row
    held_at_claim: Row
    killed: Row
    displaced: Row
    movement: float
    attacking: list[list[bool]]  # side, region
    councillors: list[Councillor]

    def __init__(self, book: Book, seed: int | None = None) -> None:
        super().__init__(book, seed, Councillor)
        self.counts: dict[str, int] = {}
        self.sides = book.table.sides

    def of(self, name: str, polity: int) -> float:
        """A number that may differ by polity."""
        return self.book.by_polity[polity][name]

    def weather(self) -> float:
        """How far mud and frost slow the fighting."""
        kind = self.book.table.weather(self.week)
        return 1.0 if kind == "fair" else self.n[f"ground.{kind}"]

    # --- between two weeks ------------------------------------------------------------------------
    def muster(self) -> None:
        """A quarter of the men in the rear above the garrison go where the danger is."""
        front = self.fronts()
        if not any(front):
            return
        powers = [self.power(0), self.power(1)]
        for side, force in enumerate(self.force):
            threat = self._threat(front, powers[side], powers[1 - side])
            sent = 0.0
            for row, region in enumerate(self.regions):
                if not front[row]:
                    spare = max(force[row] - region.garrison[side], 0.0)
                    force[row] -= self.n["forces.redeploy"] * spare
                    sent += self.n["forces.redeploy"] * spare
            for row, part in threat.items():
                force[row] += sent * part

    def _threat(self, front: list[bool], own: Row, foe: Row) -> dict[int, float]:
        """Each front's part in the danger to a side."""
        odds = {}
        for row, region in enumerate(self.regions):
            if front[row]:
                against = (region.defence + self.works[row]) * max(own[row], 1e-9)
                odds[row] = clip(foe[row] / against, 0.01, self.n["forces.threat_cap"])
        most = max(sum(odds.values()), 1e-9)
        return {row: each / most for row, each in odds.items()}

    def industry(self) -> None:
        """Shells are made, less the stolen, and fired; skill and spirit return to rest."""
        war, n = any(self.fronts()), self.n
        for side in (0, 1):
            stock, full = self.ammo[side], 0.01 * self.ammo[side]
            made = self.of("industry.ammo", side)
            made *= 1.0 - n["industry.corruption"] * self.corruption[side]
            eaten = self.of("industry.use", side) * stock * full * full if war else 0.0
            self.ammo[side] = clip(stock + made - eaten, 0.0, 100.0)
            rest = self.of("forces.quality_rest", side) - self.quality[side]
            self.quality[side] = clip(self.quality[side] + n["forces.habit"] * rest, 0.0, 1.5)
            self._rest_spirit(side)

    def _rest_spirit(self, side: int) -> None:
        follows, now = self.of("morale.follows_will", side), self.morale[side]
        resting = self.n["forces.habit"] * (self.of("morale.rest", side) - now)
        change = follows * (self.will[side] - now) + (1.0 - follows) * resting
        self.morale[side] = clip(now + change, 0.0, 1.0)

    # --- deeds ------------------------------------------------------------------------------------
    def dig_in(self, option: Option) -> None:
        """Dig in on every front, up to a cap."""
        for row, front in enumerate(self.fronts()):
            if front:
                room = min(self.n["ground.works"], self.n["ground.works_cap"] - self.works[row])
                self.works[row] = clip(self.works[row] + max(room, 0.0), 0.0, 1.5)

    def attack(self, option: Option, target: int) -> None:
        """Order an offensive; `fight` settles it."""
        side = option.act.side
        if not any(self.attacking[side]):
            self.tired[side] = min(self.tired[side] + 1.0, 60.0)
        self.attacking[side][target] = True
        self.count("offensives")

    def count(self, event: str) -> None:
        """One more event of a kind."""
        self.counts[event] = self.counts.get(event, 0) + 1

    # --- the week's fighting ----------------------------------------------------------------------
    def fight(self) -> None:
        """Settle every front: losses, advance, falls, fatigue, and who was driven out."""
        front = self.fronts()
        rows = [row for row, here in enumerate(front) if here]
        if rows:
            powers = [self.power(0), self.power(1)]
            odds = [{row: self._odds(side, row, powers) for row in rows} for side in (0, 1)]
            burst = [{row: self._bursts(side, row, odds[side][row]) for row in rows}
                     for side in (0, 1)]  # fmt: skip
            self._bleed(rows, powers, burst)
            before, push = list(self.control), self._advance(rows, odds, burst)
            for row in rows:
                self._take_ground(row, before[row], push[row])
            self._tally(rows, before)
        self._rest()

    def _odds(self, side: int, row: int, powers: list[Row]) -> float:
        if not self.attacking[side][row]:
            return 0.0
        region, n = self.regions[row], self.n
        luck = self.bell(f"fight/{region.id}/{self.sides[side]}") * n["ground.luck"]
        half = clip(0.5 * luck, -0.9, 0.9)
        overrun = max(self.tired[side] - n["ground.stamina"], 0.0)
        worth = powers[side][row] / (1.0 + n["ground.culmination"] * overrun)
        worth *= (1.0 + half) / (1.0 - half)
        defence = region.defence + self.works[row]
        return min(worth / (defence * max(powers[1 - side][row], 1e-9)), 100.0)

    def _bursts(self, side: int, row: int, odds: float) -> bool:
        """A breakthrough, possible above odds of three to one."""
        if odds <= self.n["ground.burst_odds"]:
            return False
        label = f"breakthrough/{self.regions[row].id}/{self.sides[side]}"
        return self.roll(label) < self.n["ground.burst_chance"]

    def _advance(
        self, rows: list[int], odds: list[dict[int, float]], burst: list[dict[int, bool]]
    ) -> dict[int, float]:
        """Net share of each region that side 0 wins."""
        net = {}
        for row in rows:
            speed = self.n["ground.speed"] * self.weather()
            speed *= self.n["ground.barrier"] if self.regions[row].barrier else 1.0
            won = []
            for side in (0, 1):
                cube = odds[side][row] ** 3
                gain = max((cube - 1.0) / (cube + 1.0), 0.0)
                won.append(speed * gain * (2.0 if burst[side][row] else 1.0))
            net[row] = won[0] - won[1]
        return net

    def _bleed(self, rows: list[int], powers: list[Row], burst: list[dict[int, bool]]) -> None:
        """The week's losses leave the line; quality wears with them."""
        green = [self.unready(0), self.unready(1)]
        meeting = {row: self._meeting(row) for row in rows}
        for side in (0, 1):
            force, tender = self.force[side], self._tender(side, green[side])
            dead = 0.0
            for row in rows:
                ratio = clip(powers[1 - side][row] / max(powers[side][row], 1e-9), 0.05, 20.0)
                lost = meeting[row] * 2.0 * ratio / (1.0 + ratio) * tender
                lost = min(lost, self.n["ground.worst_week"] * force[row])
                if burst[1 - side][row]:
                    lost += self.n["ground.burst_losses"] * (force[row] - lost)
                force[row] -= lost
                dead += lost
            dead += self._lose_rear(side)
            self.casualties[side] += dead
            self.casualties_week[side] += dead
            worn = self.quality[side] - self.of("forces.quality_wear", side) * dead
            self.quality[side] = clip(worn, 0.0, 1.5)

    def _tender(self, side: int, green: float) -> float:
        """Green men die more, skilled men less."""
        skilled = max(self.quality[side] - self.n["ground.skill_from"], 0.0)
        saved = 1.0 - self.n["ground.skill_saves"] * skilled
        exposed = self.of("ground.exposure", side)
        return (1.0 + self.n["ground.green_losses"] * green) * saved * exposed

    def _lose_rear(self, side: int) -> float:
        """Some are lost in the rear while there is a front."""
        force = self.force[side]
        line = sum(force)
        share = self.of("ground.rear_losses", side) / max(line, 1e-9)
        share = min(share, self.n["ground.rear_worst"])
        for row, men in enumerate(force):
            force[row] = max(men * (1.0 - share), 0.0)
        return share * line

    def _meeting(self, row: int) -> float:
        """Men who would die on a front between equals."""
        men, foes = self.force[0][row], self.force[1][row]
        hot = self.attacking[0][row] or self.attacking[1][row]
        pace = (1.0 if hot else self.n["ground.lull"]) * self.weather()
        common = 2.0 * men * foes / max(men + foes, 1e-9)
        return self.n["ground.attrition"] * pace * common

    def _take_ground(self, row: int, before: float, push: float) -> None:
        """The front moves; a side pushed below the floor is driven out."""
        now, floor = clip(before + push, 0.0, 1.0), self.n["ground.floor"]
        if before >= floor > now:
            now = 0.0
            self._pull_back(0, row)
        elif 1.0 - before >= floor > 1.0 - now:
            now = 1.0
            self._pull_back(1, row)
        self.control[row] = now

    def _pull_back(self, side: int, row: int) -> None:
        """Most men reach the region behind, the rest are lost."""
        going, behind = self.force[side][row], self.regions[row].retreat[side]
        self.force[side][row] = 0.0
        safe = self.n["ground.fall_saved"] * going if behind is not None else 0.0
        if behind is not None:
            self.force[side][self.book.table.row("R", behind)] += safe
        self.casualties[side] += going - safe
        self.casualties_week[side] += going - safe

    def _tally(self, rows: list[int], before: Row) -> None:
        """Ground won and lost, spirit, harm to civilians."""
        for row in rows:
            step, owner = self.control[row] - before[row], self.book.table.owners[row]
            winner = 0 if step > 0.0 else 1
            self.gained[winner] += abs(step)
            self.lost[1 - winner] += self._points(row, abs(step))
            self.movement += abs(step)
            self.held_at_claim[row] = max(self.held_at_claim[row], self.control[row])
            self.displaced[owner] += self.n["ground.displaced"] * abs(step)
            if self.attacking[0][row] or self.attacking[1][row]:
                self.killed[owner] += self.n["ground.killed"]
        for side in (0, 1):
            blow = min(1.0, self.lost[side] / self.n["support.defeat_points"])
            now = self.morale[side] - self.of("morale.defeat", side) * blow
            self.morale[side] = clip(now, 0.0, 1.0)

    def _points(self, row: int, moved: float) -> float:
        """Points of claimed land in a move of one region."""
        claimed = self.book.table.claimed
        if row not in claimed:
            return 0.0
        weights = self.ground_weights()
        return 100.0 * weights[claimed.index(row)] * moved / sum(weights)

    def _rest(self) -> None:
        """Sides that did not attack rest; works wear down where an offensive ran."""
        for side in (0, 1):
            if not any(self.attacking[side]):
                self.tired[side] = max(self.tired[side] - self.n["ground.rest"], 0.0)
        for row in range(len(self.regions)):
            if self.attacking[0][row] or self.attacking[1][row]:
                self.works[row] = max(self.works[row] - self.n["ground.works"], 0.0)
