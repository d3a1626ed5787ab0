"""Judgement: how actors see the board, and what each act is worth to them (model 5.1, 5.4).

All actors' acts are priced in one block of rows, a row being one branch (it works, it goes
wrong, it is answered) of one act. A row is worth

    sum over features f of |g_f| [ v(z_f + (effect + drift) / 10) - v(z_f) ]

with z the distance from the reference point and v steeper for losses (Tversky & Kahneman 1992;
feature by feature: Koszegi & Rabin 2006). Only the features an act touches are priced act by act;
what drift alone does is priced once per actor and share of the drift (a *future*).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.beliefs import Belief, Beliefs
from sim.catalogue import Action
from sim.curves import value
from sim.state import Numbers, State, blocks
from sim.table import Table
from sim.ways_out import BAD, GOOD
from sim.weights import Weighed, Weights, weigh

ANSWERED = 2
FELT = np.float32  # seven digits of a feeling suffice, at half the cost; no board holds one
Felt: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Touch:
    """What a branch does to one feature: `hoped` points times what was learned, plus `plain`."""

    pair: int
    hoped: float
    lesson: int
    plain: float


@dataclass(frozen=True, slots=True)
class Row:
    """One branch of one act: what it touches, and the share of drift it leaves."""

    act: int
    branch: int
    share: float
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """Touch number k of the rows that have one (a prefix), as arrays over those rows."""

    look: NDArray[np.intp]
    pair: NDArray[np.intp]
    hoped: Felt  # (rows, 1) tens of points in the good direction
    lesson: NDArray[np.intp]
    plain: Felt  # (rows, 1)


@dataclass(frozen=True, slots=True)
class Prices:
    """What every act is worth in every world, and why."""

    value: Numbers  # (C, worlds) felt value U
    chance: Numbers  # (C, worlds) believed chance that it works
    true: Numbers  # (C, worlds) the chance that it does
    answer: Numbers  # (C, worlds) believed chance of the feared answer
    cost: Numbers  # (C, worlds) what anger, the ladder, stocks and habit add or take
    detail: Numbers | None  # (C, F, worlds) expected value by feature, when asked for


class Judgement:
    """The fixed part of pricing: rows, ranks and look-ups, made once per table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.weights = Weights(table)
        self.beliefs = Beliefs(table, self.weights)
        rows = [row for act in table.acts for row in self._rows_of(act)]
        self.rows = sorted(rows, key=lambda row: -len(row.touches))
        self._lay_futures()
        self._lay_ranks()
        self.row_of = np.full((len(table.acts), 3), -1)
        for number, row in enumerate(self.rows):
            self.row_of[row.act, row.branch] = number

    # --- laying out -----------------------------------------------------------------------------
    def _rows_of(self, act: Act) -> list[Row]:
        """The branches of an act, each with its touched features (errata E2 for the answer)."""
        action = act.action
        good, bad = self.effects(action, "good"), self.effects(action, "bad")
        stop = self.table[f"act.{action.id}.stop"].item()
        rows = [
            self._row(act, GOOD, 1.0 - stop, [(good, 1.0, True)]),
            self._row(act, BAD, 1.0, [(bad, 1.0, False)]),
        ]
        feared = self.beliefs.feared(act)
        if feared is not None:
            answer = self.effects(feared, "good")
            parts = [(good, 0.5, True), (bad, 0.5, False), (answer, 1.0, False)]
            rows.append(self._row(act, ANSWERED, 1.0 - 0.3 * stop, parts))
        return rows

    def effects(self, action: Action, branch: str) -> dict[str, float]:
        """Believed points by feature; one value for all worlds, `--set` may change it."""
        named = action.good if branch == "good" else action.bad
        return {
            f: self.table[f"act.{action.id}.{branch}.{f}"].item() for f in named
            if not self.beliefs.harmless(action, f)
        }  # fmt: skip

    def _row(
        self, act: Act, branch: int, share: float, parts: list[tuple[dict[str, float], float, bool]]
    ) -> Row:
        touched: dict[str, Touch] = {}
        for effects, factor, hoped in parts:
            for feature, points in effects.items():
                pair = self.weights.pair(act.actor, self.table.row("F", feature))
                if pair < 0 or self.beliefs.silent(act, feature, branch):
                    continue
                old = touched.get(feature, Touch(pair, 0.0, 0, 0.0))
                lesson = self.beliefs.lesson(act, feature) if hoped else -1
                touched[feature] = (
                    Touch(pair, old.hoped + points * factor, lesson, old.plain) if lesson >= 0
                    else Touch(pair, old.hoped, old.lesson, old.plain + points * factor)
                )  # fmt: skip
        return Row(act.number, branch, share, tuple(touched.values()))

    def _lay_futures(self) -> None:
        """Every (actor, share of drift) that some row looks ahead to, richest actor first."""
        acts, pairs_of = self.table.acts, self.weights.pairs_of
        wanted = {(acts[row.act].actor, row.share) for row in self.rows}
        futures = sorted(wanted, key=lambda f: (-len(pairs_of[f[0]]), f))
        self.future = {future: n for n, future in enumerate(futures)}
        self.looks = [(n, pair) for n, f in enumerate(futures) for pair in pairs_of[f[0]]]
        self.look = {key: n for n, key in enumerate(self.looks)}
        self.look_pair = np.array([pair for _, pair in self.looks], np.intp)
        self.look_share = np.array([[futures[n][1]] for n, _ in self.looks], FELT)
        longest = max(len(pairs_of[a]) for a, _ in futures)
        self.future_ranks = []
        for k in range(longest):
            deep = [n for n, (a, _) in enumerate(futures) if len(pairs_of[a]) > k]
            self.future_ranks.append(
                np.array([self.look[n, pairs_of[futures[n][0]][k]] for n in deep], np.intp)
            )
        self.row_future = np.array(
            [self.future[acts[r.act].actor, r.share] for r in self.rows], np.intp
        )

    def _lay_ranks(self) -> None:
        """Touch number k of every row that has one: rows are sorted, so they form a prefix."""
        self.ranks: list[Rank] = []
        for k in range(len(self.rows[0].touches)):
            deep = [r for r in self.rows if len(r.touches) > k]
            touch = [r.touches[k] for r in deep]
            looks = [
                self.look[self.future[self.table.acts[r.act].actor, r.share], r.touches[k].pair]
                for r in deep
            ]
            pairs = np.array([t.pair for t in touch], np.intp)
            tenth = self.weights.sign[pairs] / 10.0
            hoped = tenth * np.array([[t.hoped] for t in touch])
            plain = tenth * np.array([[t.plain] for t in touch])
            self.ranks.append(Rank(
                np.array(looks, np.intp),
                pairs,
                hoped.astype(FELT),
                np.array([t.lesson for t in touch], np.intp),
                plain.astype(FELT),
            ))  # fmt: skip

    # --- pricing --------------------------------------------------------------------------------
    def price(
        self, state: State, detail: bool = False, legal: NDArray[np.bool_] | None = None
    ) -> Prices:
        """The value of every act in every world; `legal` (C, worlds) bounds foreseen answers."""
        weighed, belief = weigh(self.weights, state), self.beliefs.believe(state)
        rows, parts = self._rows(state, weighed, belief, detail)
        open_to = np.ones(belief.chance.shape, np.bool_) if legal is None else legal
        belief = self.foresee(state, open_to, weighed, belief, rows, parts)
        expected = self._expected(rows, belief.chance, belief.answer)
        expected = self.beliefs.proud(expected, state)
        if parts is not None:
            parts = self._expected(parts, belief.chance[:, None], belief.answer[:, None])
        return Prices(expected + belief.cost, belief.chance, belief.true, belief.answer,
                      belief.cost, parts)  # fmt: skip

    def foresee(
        self, state: State, legal: NDArray[np.bool_], weighed: Weighed, belief: Belief,
        rows: Numbers, parts: Numbers | None,
    ) -> Belief:  # fmt: skip
        """Answers as the catalogue fears them; `foresight` thinks one step further."""
        return belief

    def worth(self, state: State, weighed: Weighed, belief: Belief) -> Numbers:
        """(C, worlds): felt value of every act, seen from such a place."""
        rows, _ = self._rows(state, weighed, belief, detail=False)
        expected = self._expected(rows, belief.chance, belief.answer)
        return self.beliefs.proud(expected, state) + belief.cost

    def _rows(
        self, state: State, weighed: Weighed, belief: Belief, detail: bool
    ) -> tuple[Numbers, Numbers | None]:
        """(rows, worlds): what every branch is worth, and (rows, F, worlds) by feature if asked.

        Worlds go through in blocks.
        """
        table, worlds = self.table, state.worlds()
        rows = np.empty((len(self.rows), worlds))
        parts = np.zeros((len(self.rows), len(table.features), worlds)) if detail else None
        for cut in blocks(worlds):
            seen = (weighed.z, weighed.drift, weighed.weight, belief.scale)
            z, drift, weight, scale = (numbers[:, cut].astype(FELT) for numbers in seen)
            some = None if parts is None else parts[:, :, cut]
            rows[:, cut] = self._price_rows(z, drift, weight, scale, self._aversion(cut), some)
        for act, branch, pair, points, share in self.beliefs.ways_out.specials(state, belief.scale):
            number = int(self.row_of[act, branch])
            felt = self._special(number, pair, points, share, weighed.z[pair],
                                 weighed.drift[pair], weighed.weight[pair])  # fmt: skip
            rows[number] += felt
            if parts is not None:
                parts[number, self.weights.pairs[pair][1]] += felt
        return rows, parts

    def _aversion(self, cut: slice) -> Felt:
        lam = self.table["choice.loss_aversion"].astype(FELT)
        return lam if lam.size == 1 else lam[cut]

    def _price_rows(
        self, z: Felt, drift: Felt, weight: Felt, scale: Felt, lam: Felt, parts: Numbers | None
    ) -> Felt:
        """(rows, worlds of the block): futures first, then what each row touches."""
        ahead = drift.take(self.look_pair, axis=0)
        ahead *= self.look_share
        ahead += z.take(self.look_pair, axis=0)
        plain = value(ahead, lam)
        plain *= weight.take(self.look_pair, axis=0)
        moved = plain - (value(z, lam) * weight).take(self.look_pair, axis=0)
        base = np.zeros((len(self.future), z.shape[1]), FELT)
        for look in self.future_ranks:
            base[: len(look)] += moved[look]
        rows = base.take(self.row_future, axis=0)
        if parts is not None:
            for number, row in enumerate(self.rows):
                for pair in self.weights.pairs_of[self.table.acts[row.act].actor]:
                    ahead_row = self.look[int(self.row_future[number]), pair]
                    parts[number, self.weights.pairs[pair][1]] += moved[ahead_row]
        for rank in self.ranks:
            gain = scale.take(rank.lesson, axis=0)
            gain *= rank.hoped
            gain += rank.plain
            gain += ahead.take(rank.look, axis=0)
            gain = value(gain, lam)
            gain *= weight.take(rank.pair, axis=0)
            gain -= plain.take(rank.look, axis=0)
            rows[: len(gain)] += gain
            if parts is not None:
                for number, touched in enumerate(rank.pair):
                    parts[number, self.weights.pairs[touched][1]] += gain[number]
        return rows

    def _special(
        self, number: int, pair: int, points: Numbers, share: Numbers | float,
        z: Numbers, drift: Numbers, weight: Numbers,
    ) -> Numbers:  # fmt: skip
        """A touch whose size differs by world, with its own share of the drift."""
        lam, sign = self.table["choice.loss_aversion"], self.weights.sign[pair]
        plain = value(z + self.rows[number].share * drift, lam)
        return (value(z + share * drift + sign * points / 10.0, lam) - plain) * weight

    def _expected(self, rows: Numbers, chance: Numbers, answer: Numbers) -> Numbers:
        """Branches weighed by their chances: (1-q)(p good + (1-p) bad) + q answered; (C, ...).

        `choice.prelec` below 1 weighs each chance P as e^(-(-ln P)^gamma) (Prelec 1998).
        """
        good, bad, feared = self.row_of.T
        if self.table["choice.prelec"].item() < 1.0:
            gamma = self.table["choice.prelec"].item()
            odds = (chance * (1.0 - answer), (1.0 - chance) * (1.0 - answer), answer)
            felt = [np.exp(-np.power(-np.log(np.maximum(p, 1e-12)), gamma)) for p in odds]
            return felt[0] * rows[good] + felt[1] * rows[bad] + np.where(
                (feared >= 0).reshape(-1, *[1] * (rows.ndim - 1)), felt[2] * rows[feared], 0.0
            )  # fmt: skip
        mixed = rows[bad]
        mixed += chance * (rows[good] - mixed)
        some = np.flatnonzero(feared >= 0)
        mixed[some] += answer[some] * (rows[feared[some]] - mixed[some])
        return mixed


def temper(state: State, table: Table, actor: int) -> Numbers:
    """Rationality of choice: beta0 (1 - .35 anger)(1 - .3 stress) (McKelvey & Palfrey 1995)."""
    base = table["choice.temper"] * table.scenario.actors[actor].temper / 10.0
    angry = state.anger[actor] if table.on("anger") else 0.0
    return base * (1.0 - 0.35 * angry) * (1.0 - 0.3 * state.stress[actor])
