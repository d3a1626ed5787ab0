"""A mind: an agent that knows what each option is worth to it, by prospect value."""

from typing import TYPE_CHECKING, NamedTuple

import mesa

from benchmarks.plain_mesa.book import Branch, Option, Special

if TYPE_CHECKING:
    from benchmarks.plain_mesa.world import World

STRIKES = ("strike_society", "strike_grid", "strike_forces", "strike_roads", "strike_ally")


def felt(z: float, aversion: float) -> float:
    """Prospect value of a distance from the reference: losses loom larger."""
    return (z if z > 0.0 else z * aversion) / (1.0 + 0.05 * abs(z))


class Outlook(NamedTuple):
    """What a share of the drift would bring: by feature where it leads and its worth, and all."""

    ahead: dict[int, float]
    still: dict[int, float]
    base: float


class Price(NamedTuple):
    """What an option is worth, and the believed chance that it works."""

    value: float
    chance: float


class Mind(mesa.Agent):
    """One actor of one world: what it sees, feels and wants."""

    seen: list[float]
    reference: list[float]
    last_act: list[float]  # by slot
    belief_resolved: list[float]  # about each actor
    belief_covert: list[float]
    win_mode: float
    resolved: float
    anger: float
    stress: float
    desperation: float
    flexibility: float
    pride: float
    credibility: float
    called_bluffs: float
    pressure: float
    beholden: float
    incident: float
    offer: float
    terms: float

    def __init__(self, model: "World", number: int) -> None:
        super().__init__(model)
        self.world, self.number = model, number
        self.sheet = model.book.scenario.actors[number]
        self.goals, self.menus = model.book.goals[number], model.book.options[number]
        self.prices: dict[int, Price] = {}
        self.front: list[bool] = []  # regions where both sides stand, this week
        self.ratio: list[list[float]] = []  # own power over what must be beaten, by side and region
        self.reach_of: dict[int, list[int]] = {}  # rows an option may be aimed at, this week

    # --- value ------------------------------------------------------------------------------------
    def look_ahead(self) -> None:
        """Weights and distances of the week; what sitting still brings, by share of the drift."""
        world, aversion = self.world, self.world.n["choice.loss_aversion"]
        self.weight: dict[int, float] = {}
        self.z: dict[int, float] = {}
        self.heading: dict[int, float] = {}
        hardliner = world.book.hardliner[self.number]
        for feature, sign, win, keep, factor, hawkish in self.goals:
            if hawkish and hardliner >= 0:
                keep *= 1.0 + world.seats[hardliner].beholden
            weight = self.win_mode * win + (1.0 - self.win_mode) * keep
            self.weight[feature] = weight * (1.0 + self.resolved * (factor - 1.0))
            self.z[feature] = (self.seen[feature] - self.reference[feature]) * sign * 0.1
            self.heading[feature] = world.drift[feature] * sign * 0.1
        self.now = {f: felt(z, aversion) * self.weight[f] for f, z in self.z.items()}
        self.outlooks: dict[float, Outlook] = {}
        self.learned = self._factors(world.learned)

    def _factors(self, learned: list[float]) -> list[float]:
        """What was learned. A threat moves a public the less the more bluffs were called, and
        guarding is worth the more the likelier the foe's hidden hand is thought."""
        words, guards = self.world.book.words[self.number], self.world.book.guards[self.number]
        if words or guards:
            learned, bluffs = list(learned), self.called_bluffs
            for lesson in words:
                n = self.world.n
                wear, square = n["signals.wear"], n["signals.wear_square"]
                norm = n["choice.bluff_norm"]
                then, now = (1.0 + wear * k + square * k * k for k in (norm, bluffs))
                learned[lesson] *= then / now
            for lesson, foe, usual in guards:
                learned[lesson] *= self.belief_covert[foe] / max(usual, 0.01)
        return learned

    def outlook(self, share: float) -> Outlook:
        """What sitting still brings if this share of the drift stays."""
        known = self.outlooks.get(share)
        if known is None:
            ahead = {f: z + share * self.heading[f] for f, z in self.z.items()}
            aversion = self.world.n["choice.loss_aversion"]
            still = {f: felt(z, aversion) * self.weight[f] for f, z in ahead.items()}
            base = sum(worth - self.now[f] for f, worth in still.items())
            known = self.outlooks[share] = Outlook(ahead, still, base)
        return known

    def price(self, option: Option) -> Price:
        """Expected felt value of an option, and what anger, the ladder and habit add or take."""
        chance, feared = self.chance(option), self.feared(option)
        good, bad = self.worth(option, option.good), self.worth(option, option.bad)
        value = chance * (1.0 - feared) * good + (1.0 - chance) * (1.0 - feared) * bad
        if option.answer is not None:
            value += feared * self.worth(option, option.answer)
        if option.action.help and value > 0.0:
            value *= 1.0 - self.pride
        return Price(value + self.cost(option), chance)

    def worth(self, option: Option, branch: Branch) -> float:
        """Felt change in one branch of an option, all features together."""
        ahead, still, total = self.outlook(branch.share)
        weight, learned = self.weight, self.learned
        aversion = self.world.n["choice.loss_aversion"]
        for feature, hoped, lesson, plain in branch.touches:
            if hoped:
                plain += hoped * learned[lesson]
            total += felt(ahead[feature] + plain, aversion) * weight[feature] - still[feature]
        for special in branch.specials:
            f = special.feature
            stays = self._stays(option, special) * self.heading[f]
            sign = next(goal.sign for goal in self.goals if goal.feature == f)
            points = sign * self._points(option, special) / 10.0
            total += felt(self.z[f] + stays + points, aversion) * weight[f] - still[f]
        return total

    def _points(self, option: Option, special: Special) -> float:
        """Believed points of ways out: the land, and what a dropped claim costs at home."""
        rule, world = option.action.rule, self.world
        stated = special.stated
        if special.lesson >= 0:
            stated *= self.learned[special.lesson]
        if rule == "withdraw":
            pocket = self.reachable(option)
            if special.measure == "ground":
                held = sum(w * world.control[r] for w, r in
                           zip(world.ground_weights(), world.book.table.claimed, strict=True)
                           if r in pocket)  # fmt: skip
                at_stake = 100.0 * held / sum(world.ground_weights())
                return -(0.5 if special.good else 1.0) * at_stake
            cost = self._audience(any(world.annexed[r] > 0.0 for r in pocket))
            return -0.5 - 0.6 * cost if special.good else -2.0 - cost
        if rule in ("offer_terms", "accept_terms"):
            part = world.n["talks.audience_offer"] if rule == "offer_terms" else 1.0
            cost = part * self._audience(any(a > 0.0 for a in world.annexed))
            return stated - (0.3 if special.good else 0.6) * cost
        return stated

    def _audience(self, annexed: bool) -> float:
        return self.world.n["talks.audience"] * (1.0 - self.flexibility) if annexed else 0.0

    def _stays(self, option: Option, special: Special) -> float:
        """Share of the drift that stays; a way out saves the leader only if terms suffice."""
        if not special.good:
            return 1.0
        if special.measure == "ground":
            return 1.0 - option.stop
        table, measures = self.world.book.table, self.world.book.measures
        due = self.reference[measures.index("ground")] if "ground" in measures else float("inf")
        enough = self.world.n["choice.exit_stop"]
        for leader in table.leaders:
            other = self.world.seats[leader]
            if table.camp[leader] != table.camp[self.number] and other.offer > 0.0:
                enough = 1.0 if other.terms >= due else enough
        return 1.0 - option.stop * enough

    # --- belief -----------------------------------------------------------------------------------
    def chance(self, option: Option) -> float:
        """Believed chance that an act works."""
        rule, chance, side = option.action.rule, option.chance, option.act.side
        if rule == "attack":
            best = max((self.ratio[side][row] for row in self.reachable(option)), default=0.0)
            cubed = best * best * best
            chance *= 2.0 * cubed / (1.0 + cubed)
        elif rule == "redefine":
            chance *= self.flexibility / self.world.n["choice.flex_norm"]
        elif rule in STRIKES:
            leak = 1.0 - self.world.air_defence[option.act.foe]
            chance *= leak / self.world.n["choice.leak_norm"]
        if option.action.severity == "NU":
            chance += 0.25 * self.resolved
        return min(max(chance, 0.02), 0.95)

    def feared(self, option: Option) -> float:
        """Believed chance of the feared answer."""
        if not option.fears:
            return 0.0
        trust = 0.0
        for other in option.fears:
            word = self.world.seats[other].credibility
            if option.feared_rung >= 10 and self.world.book.table.polity_of[other] < 2:
                word *= 1.0 - 0.5 * (1.0 - self.belief_resolved[other])
            trust += word
        return min(0.95, option.react * trust / len(option.fears))

    def cost(self, option: Option) -> float:
        """Anger, the step up the ladder, stocks, inertia, a pocket in danger and moods."""
        world, n, action = self.world, self.world.n, option.action
        cost = n["choice.anger"] * action.rung / 15.0 * option.punish * self.anger - action.effort
        step = action.rung - 2.0 - world.level
        if step > 0.0:
            cost -= n["choice.ladder"] * step * (1.0 - 0.7 * self.resolved)
        if self.last_act[option.act.slot] == option.number:
            cost += n["choice.inertia"]
        if "missiles" in action.cost:
            left = max(world.missiles[option.act.side], 40.0)
            cost -= n["choice.missile"] * action.cost["missiles"] / left
        if "drones" in action.cost:
            left = max(world.drones[option.act.side], 40.0)
            share = max(action.cost["drones"] / left, n["strikes.swarm_share"])
            cost -= n["choice.drone"] * share
        if action.rule == "withdraw":
            odds = self.ratio[option.act.foe]
            pressed = max((min(odds[r], 5.0) for r in self.reachable(option)), default=0.0)
            cost += n["choice.pocket"] * max(pressed - 1.5, 0.0)
        if option.moods:
            mood = sum(world.mood(mood, self.reference) for mood in option.moods)
            cost += min(max(mood, -0.4), 0.4)
        return cost

    # --- places -----------------------------------------------------------------------------------
    def reachable(self, option: Option) -> list[int]:
        """Rows of the regions or nodes an option may be aimed at this week."""
        rows, aim = self.reach_of.get(option.number), option.action.target
        if rows is None:
            nodes = aim is None or aim.kind == "node"
            rows = [row for row in option.places if nodes or self._fits(option, row)]
            self.reach_of[option.number] = rows
        return rows

    def _fits(self, option: Option, row: int) -> bool:
        world, side, aim = self.world, option.act.side, option.action.target
        assert aim is not None
        region = world.regions[row]
        own = world.control[row] if side == 0 else 1.0 - world.control[row]
        if aim.filter == "contact":
            return self.front[row] and not region.sacred and own < 1.0
        if aim.filter == "sacred":
            return region.sacred and own < 1.0
        if aim.filter == "pocket":
            thin = world.supply[side][row] < world.n["ground.pocket_supply"]
            return region.pocket and own > 0.0 and thin
        if aim.filter == "claimable":
            home = region.claim in ("home", "ally")
            return world.annexed[row] == 0.0 and own >= (aim.at_least or 0.0) and not home
        return own < 1.0 if aim.filter == "hostile" else True
