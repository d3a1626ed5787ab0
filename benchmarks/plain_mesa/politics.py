"""Politics in the tutorial: offers, threats, talks, opinion, the ladder and how it all ends."""

from math import exp, floor

from benchmarks.plain_mesa.book import Option
from benchmarks.plain_mesa.councillor import Councillor, clip, sigmoid
from benchmarks.plain_mesa.war import War
from benchmarks.plain_mesa.world import Row
from sim.rungs import OPEN_FORCE, PATRON_WAR, TRIPWIRE, USED


class Politics(War):
    """A world with councils, publics and a ladder."""

    will_slow: Row
    level_trail: Row
    crossed: Row
    danger_jump: float
    hotline: float
    peak: float
    talks: float
    rung: float

    # --- deeds ------------------------------------------------------------------------------------
    def offer_terms(self, option: Option) -> None:
        """Put the present lines on the table."""
        seat = self.councillors[option.act.actor]
        seat.offer = option.act.number_of("weeks", 3.0)
        seat.terms = self.ground()
        self.count("offers")

    def accept_terms(self, option: Option) -> None:
        """Say yes to the best offer of others; a deal follows if both can bear it."""
        live = [other.terms for other in self._others(option.act.side) if other.offer > 0.0]
        firm = self.n["talks.settle"] * self._bearable(0.0)
        loose = self.n["talks.accept"] * self._bearable(self.n["talks.overlap_short"])
        lucky = self.roll(f"accept/{option.act.label}") < max(firm, loose)
        if live and lucky and self.settled < 0.5:
            self._sign(min(live) if option.act.side == 1 else max(live))

    def threaten(self, option: Option) -> None:
        """Threaten in words: felt as far as the speaker is believed."""
        seat, n = self.councillors[option.act.actor], self.n
        ratio = 1.0 / (1.0 + self.n["signals.inflation"] * seat.recent_threats)
        bluffs, points = seat.called_bluffs, option.action.good
        worn = 1.0 + self.n["signals.wear"] * bluffs + self.n["signals.wear_square"] * bluffs**2
        for watcher in self._others(option.act.side):
            old = watcher.belief_resolved[seat.number]
            force = (1.0 + n["signals.doubt"]) * old / (n["signals.doubt"] + old) / worn
            force *= n["signals.scale"] * n["effects.danger"]
            for feature, measure in zip(self.book.table.features, self.book.measures, strict=True):
                if measure == "danger":
                    self.danger_jump += points.get(feature, 0.0) * force
            watcher.belief_resolved[seat.number] = old * ratio / (1.0 - old + old * ratio)
        seat.recent_threats += 1.0
        self.count("threats")

    # --- talks ------------------------------------------------------------------------------------
    def _others(self, side: int) -> list[Councillor]:
        """The leaders who do not stand on this side."""
        table = self.book.table
        return [self.councillors[a] for a in table.leaders if table.camp[a] != side]

    def hurt(self, side: int) -> float:
        """How much the war hurts a side, 0..1."""
        tired = clip(self.n["grip.tired"] * self.tired[side], 0.0, 1.0)
        spent = self.n["grip.offensives"] * tired
        level = 50.0 + 50.0 * self.will[side] - spent
        pain = self.n["talks.hurt_level"] * (self.n["talks.hurt_pivot"] - level)
        return sigmoid(pain + self.n["talks.hurt_casualties"] * self.casualties_week[side])

    def overlap(self) -> float:
        """Points of ground between the worst deals both sides could bear."""
        return self.n["talks.hurt_worth"] * (self.hurt(0) + self.hurt(1))

    def _bearable(self, short: float) -> float:
        """How far a deal, or one that falls short by so much, lies within what both can bear."""
        return clip((self.overlap() + short) / self.n["talks.overlap_full"], 0.0, 1.0)

    def ripeness(self, side: int) -> float:
        """Hurt, stalemate and a way out, for one side."""
        moved = self.n["talks.stalemate"] * self.movement
        leader = self.councillors[self.book.table.leader_of[side]]
        offered = max((min(seat.offer, 1.0) for seat in self._others(side)), default=0.0)
        way = self.n["talks.way"] + self.n["talks.way_offer"] * offered
        way = min(1.0, way + self.n["talks.way_flex"] * leader.flexibility)
        return self.hurt(side) * way / (1.0 + moved * moved)

    def negotiate(self) -> None:
        """Talks start when both sides are ripe, and may bring a settlement or a ceasefire."""
        n, old, truce = self.n, self.truce, self.truce
        if truce > 0.0 and self._broken():
            truce = 0.0
        fighting = any(self.fronts()) or old > 0.0
        ripe = min(self.ripeness(0), self.ripeness(1)) > n["talks.ripe"]
        held, quiet = ripe and fighting and self.settled < 0.5, False
        if held:
            loose = n["talks.truce"] * n["talks.settle"]
            loose *= self._bearable(n["talks.overlap_short"])
            if self.roll("talks/settle") < n["talks.settle"] * self._bearable(0.0):
                self._sign(self._midway())
            elif old < 0.5:
                quiet = self.roll("talks/truce") < loose
            if self.talks < 0.5:
                self.count("talks")
        if quiet:
            self.count("truces")
        self.truce = 1.0 if quiet else truce + 1.0 if truce > 0.0 else 0.0
        self.talks = float(held)

    def _broken(self) -> bool:
        """A ceasefire ends, by open force or by chance."""
        relapse = self.roll("talks/relapse") < self.n["talks.relapse"]
        return relapse or any(seat.arms_rung >= OPEN_FORCE for seat in self.councillors)

    def _midway(self) -> float:
        """A deal half-way between the worst each side could bear."""
        row = self.book.measures.index("ground")
        expected = clip(self.ground() + self.drift[row], 0.0, 100.0)
        lean = 0.5 * self.n["talks.hurt_worth"] * (self.hurt(1) - self.hurt(0))
        return clip(expected + lean, 0.0, 100.0)

    def _sign(self, terms: float) -> None:
        self.settled = 1.0
        for leader in self.book.table.leaders:
            self.councillors[leader].terms = terms

    # --- at home ----------------------------------------------------------------------------------
    def turn_opinion(self) -> None:
        """Approval follows the will and returns to rest; shock fades."""
        for polity in (0, 1):
            keener = self.will[polity] - self.of("support.will_rest", polity)
            rest = self.of("opinion.incumbents_rest", polity)
            rest += 100.0 * self.n["opinion.will_pull"] * keener
            change = self.n["opinion.incumbents_speed"] * (rest - self.approval[polity])
            now = clip(self.approval[polity] + change, 0.0, 100.0)
            self.approval[polity] = self.true_approval[polity] = now
            self.shock[polity] *= self.n["opinion.shock_keep"]

    def turn_wills(self) -> None:
        """Wills turn with victory and defeat; each keeps a slow mean of itself."""
        n = self.n
        for side in (0, 1):
            will, rest = self.will[side], self.of("support.will_rest", side)
            won = min(1.0, self.lost[1 - side] / n["support.defeat_points"])
            setback = 0.5 * min(1.0, n["support.setback"] * self.gained[1 - side])
            change = self.of("support.will_speed", side) * (rest - will)
            change -= self.of("support.defeat", side) * setback
            change += self.of("support.victory", side) * won
            slow = self.will_slow[side]
            pull = n["support.slow_speed"] * (will - slow) + n["support.slow_back"] * (rest - slow)
            self.will[side] = clip(will + change, 0.0, 1.0)
            self.will_slow[side] = clip(slow + pull, 0.0, 1.0)

    def turn_economies(self) -> None:
        """Economies return to what the war leaves them."""
        for side in (0, 1):
            gap = self.of("economy.rest", side) - self.economy[side]
            self.economy[side] += self.n["economy.speed"] * gap

    # --- the ladder -------------------------------------------------------------------------------
    def accidents(self) -> None:
        """Chance may take a tense week a step further than anybody ordered."""
        n = self.n
        tense = exp(n["accidents.slope"] * (self.level - n["accidents.level"]))
        stress = sum(seat.stress for seat in self.councillors) / len(self.councillors)
        nerves = 1.0 + n["accidents.stress"] * stress
        calm = 1.0 - n["accidents.hotline"] * self.hotline
        chance = n["accidents.hazard"] * tense * nerves * calm
        if self.roll("accidents/any") < chance:
            self.count("accidents")
            self.rung = max(self.rung, self._accident_rung(self.roll("accidents/severity")))

    def _accident_rung(self, severity: float) -> float:
        n, up, fighting = self.n, 1.0 - severity, self.level >= PATRON_WAR
        tail = n["accidents.top"] if fighting else 0.0
        use = tail + (n["accidents.use"] if fighting else 0.0)
        wire = use + n["accidents.tripwire"]
        top = len(self.book.scenario.ladder.rungs) - 1.0
        if up < tail:
            return top
        if up < use:
            return min(float(USED), top)
        if up < wire:
            return min(float(TRIPWIRE), top)
        week = max(self.rung, self.gravest())
        small = up < wire + n["accidents.step"]
        return min(floor(self.level + 1.5), max(float(PATRON_WAR), week), top) if small else 0.0

    def gravest(self) -> float:
        """The gravest rung the week's acts reached."""
        return max(seat.rung for seat in self.councillors)

    def climb(self) -> None:
        """Close the week's ladder: rung, level, thresholds, peak and felt danger."""
        n, ladder = self.n, self.book.scenario.ladder
        rung = max(self.rung, self.gravest())
        rest = ladder.rest_at_war if any(self.fronts()) else ladder.rest_at_peace
        calm = n["ladder.memory"] * self.level + (1.0 - n["ladder.memory"]) * rest
        self.level = clip(max(calm, rung), 0.0, 15.0)
        self.level_trail = [self.level, *self.level_trail[:-1]]
        self.peak = max(self.peak, rung)
        self._cross(rung)
        self.rung = rung
        felt = n["danger.base"] + n["danger.level"] * self.level
        felt += n["danger.belief"] * self._dread()
        moved = n["danger.rate"] * (felt - self.danger) + self.danger_jump
        self.danger = clip(self.danger + moved, 0.0, 100.0)

    def _dread(self) -> float:
        """How resolved a leader is held to be by the other, the graver of the two."""
        first, second = (self.councillors[a] for a in self.book.table.leader_of[:2])
        return max(first.belief_resolved[second.number], second.belief_resolved[first.number])

    def _cross(self, rung: float) -> None:
        """Thresholds the week's rung reached: crossed, when, and by whom."""
        for row, name in enumerate(self.book.table.thresholds):
            entry = self.book.table.threshold_rung(name)
            first = rung >= entry and self.crossed[row] < 0.5
            who, grave = self._author(entry)
            act = grave == entry or (first and who >= 0)
            if act or first:
                self.crossed_week[row] = float(self.week)
                self.crossed_by[row] = who if act else -1.0
            if first:
                self.crossed[row] = 1.0

    def _author(self, entry: float) -> tuple[float, float]:
        """Who crossed the line at a rung, and how grave the act was; -1, 0 when nobody did."""
        seats = sorted(self.councillors, key=lambda seat: (seat.rung, seat.sheet.id))
        for seat in seats:
            if seat.rung >= entry:
                return float(seat.number), seat.rung
        return -1.0, 0.0
