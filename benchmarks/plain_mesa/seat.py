"""A seat: a mind that reads its menu, picks one option per slot by program, and aims it."""

from math import log
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.book import Option
from benchmarks.plain_mesa.mind import Mind

if TYPE_CHECKING:
    from benchmarks.plain_mesa.world import World


class Seat(Mind):
    """One actor of one world, and what it chose this week."""

    def __init__(self, model: "World", number: int) -> None:
        super().__init__(model, number)
        self.chosen = [-1] * len(self.menus)
        self.targets = [-1] * len(self.menus)

    # --- the week ---------------------------------------------------------------------------------
    def choose(self, front: list[bool], ratio: list[list[float]], price_all: bool = False) -> None:
        """Fill every slot: what is legal, what it is worth, and a draw in proportion."""
        self.front, self.ratio = front, ratio
        self.prices, self.reach_of = {}, {}
        self.look_ahead()
        temper = self.temper()
        for slot, menu in enumerate(self.menus):
            legal = [option for option in menu if self.legal(option)]
            for option in menu if price_all else legal:
                self.prices[option.number] = self.price(option)
            choice = self._pick(legal, temper)
            self.chosen[slot] = choice.number
            self.targets[slot] = self.aim(choice)

    def temper(self) -> float:
        """Rationality of choice, less in anger and stress."""
        base = self.world.n["choice.temper"] * self.sheet.temper / 10.0
        return base * (1.0 - 0.35 * self.anger) * (1.0 - 0.3 * self.stress)

    def _pick(self, legal: list[Option], temper: float) -> Option:
        """Quantal response with a habit prior, by the Gumbel trick."""
        alike: dict[str, int] = {}
        for option in legal:
            alike[option.family] = alike.get(option.family, 0) + 1
        best, most = legal[0], float("-inf")
        for option in legal:
            if not option.action.hazard:
                prior = option.log_habit - log(alike[option.family])
                score = temper * self.prices[option.number].value + prior
                score -= log(-log(self.world.roll(option.luck)))
                if score > most:
                    best, most = option, score
        return best

    # --- legality ---------------------------------------------------------------------------------
    def legal(self, option: Option) -> bool:
        """Whether an act may be chosen this week."""
        action, world, side = option.action, self.world, option.act.side
        if action.answer or world.wait[option.number] > 0.0:
            return False
        if action.once and world.used[option.number] > 0.0:
            return False
        if action.war and not any(self.front):
            return False
        if self.desperation < option.lock:
            return False
        for stock, amount in action.cost.items():
            if stock != "economy" and getattr(world, stock)[side] < amount:
                return False
        if not all(world.holds(need) for need in option.needs):
            return False
        if action.after is not None and not self._after(option):
            return False
        aim = action.target
        return aim is None or aim.filter == "claimable" or bool(self.reachable(option))

    def _after(self, option: Option) -> bool:
        after, world = option.action.after, self.world
        assert after is not None
        table = world.book.table
        for name in after.threshold:
            row = table.row("Z", name)
            crossed, by = world.crossed_week[row], int(world.crossed_by[row])
            theirs = by < 0 or table.camp[by] != table.camp[self.number]
            if crossed > 0 and world.week - crossed <= after.within and theirs:
                return True
        return False

    def aim(self, option: Option) -> int:
        """A target for the chosen act: a logit on worth times chance; -1 when it needs none."""
        aim, world, side = option.action.target, self.world, option.act.side
        if aim is None:
            return -1
        table, best, most = world.book.table, -1, float("-inf")
        names = table.nodes if aim.kind == "node" else table.regions
        for row in self.reachable(option):
            if aim.kind == "node":
                worth = 1.0 - world.hardness[row]
            elif aim.filter in ("contact", "sacred"):
                odds = min(self.ratio[side][row], world.n["choice.target_cap"])
                worth = odds * world.book.symbolic[side][row] ** 0.5
            elif aim.filter == "claimable":
                worth = world.control[row]
            else:
                worth = world.book.symbolic[option.act.foe][row] ** 0.5
            luck = world.roll(f"target/{option.act.label}/{names[row]}")
            score = world.n["choice.focus"] * worth - log(-log(luck))
            if score > most:
                best, most = row, score
        return best
