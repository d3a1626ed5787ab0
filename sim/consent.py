"""Consent: what happens between a choice and its execution: replies, partners, officers."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.agents import Actor, Choice
from sim.dice import Dice
from sim.errors import OrderError
from sim.judgement import Prices
from sim.rules.nuclear import obeyed_chance
from sim.rungs import SHOWN, TRIPWIRE, USED
from sim.state import Mask, Numbers, State
from sim.table import Table

Answers = Mapping[tuple[str, str], Choice]  # (actor, "consent" or "answer") -> yes/no, obey/refuse


def copies(act: Act, table: Table) -> list[Act]:
    """Every actor's copy of the same action, this one included."""
    return [other for other in table.acts if other.action.id == act.action.id]


def _recent(state: State, table: Table, rung: int, weeks: Numbers, week: int) -> Mask:
    """Whether the line at a rung was crossed, on purpose, within so many weeks."""
    for row, name in enumerate(table.thresholds):
        if table.threshold_rung(name) == rung:
            crossed = state.crossed_week[row]
            return (crossed > 0) & (week - crossed <= weeks) & (state.crossed_by[row] >= 0)
    return np.zeros(state.worlds(), bool)


def reply_hazards(state: State, table: Table, week: int) -> dict[str, Numbers]:
    """Weekly chance of each kind of reply by programs, once triggered (E30).

    Elicited: .58 for a conventional and .11 for a nuclear answer within 90 days of nuclear use.
    """
    long, short = table["reply.weeks"], table["reply.ally_weeks"]
    used = _recent(state, table, USED, long, week)
    shown = _recent(state, table, SHOWN, long, week)
    ally = _recent(state, table, TRIPWIRE, short, week)
    strike = np.maximum(used * table["reply.used"], shown * table["reply.shown"])
    strike = np.maximum(strike, ally * table["reply.ally"])
    return {"reply": strike, "nuclear_reply": used * table["reply.nuclear"]}


def replies(
    chosen: NDArray[np.int64], state: State, table: Table, legal: NDArray[np.bool_],
    dice: Dice, human: set[tuple[int, int]],
) -> None:  # fmt: skip
    """Programs answer a crossed threshold with elicited chances, all partners at once."""
    hazards = reply_hazards(state, table, dice.week)
    for action in table.scenario.actions:
        if not action.hazard:
            continue
        luck = dice.roll(f"reply/{action.id}")
        own = [act for act in table.acts if act.action.id == action.id]
        trust = sum((state.credibility[act.actor] for act in own), np.zeros(state.worlds()))
        chance = hazards[action.hazard] * trust / max(len(own), 1) / table["reply.credibility_norm"]
        where = luck < chance
        for act in own:
            where = where & legal[act.number]
        for act in own:
            if (act.actor, act.slot) not in human:
                seat = chosen[act.actor, act.slot]
                chosen[act.actor, act.slot] = np.where(where, act.number, seat)


def partners(
    chosen: NDArray[np.int64], actors: list[Actor], prices: Prices, table: Table,
    legal: NDArray[np.bool_], answers: Answers,
) -> dict[int, Mask]:  # fmt: skip
    """Joint acts need every partner: without consent the proposer's slot is a hold.

    A program consents if it values the act above its hold; returns who was let down, where.
    """
    let_down: dict[int, Mask] = {}
    before = chosen.copy()
    for act in table.acts:
        if not act.action.joint or not (before[act.actor, act.slot] == act.number).any():
            continue
        agreed = np.ones(legal.shape[1], bool)
        for other in copies(act, table):
            if other.actor != act.actor:
                same = before[other.actor, other.slot] == other.number
                agreed &= same | _agrees(actors[other.actor], other, prices, legal, answers)
        alone = (before[act.actor, act.slot] == act.number) & ~agreed
        hold = actors[act.actor].hold(act.slot).number
        chosen[act.actor, act.slot] = np.where(alone, hold, chosen[act.actor, act.slot])
        if alone.any():
            let_down[act.number] = alone
    return let_down


def _agrees(
    actor: Actor, act: Act, prices: Prices, legal: NDArray[np.bool_], answers: Answers
) -> Mask:
    said = answers.get((actor.name, "consent"))
    if said is not None:
        return np.full(legal.shape[1], _yes(said, "yes", "no"))
    better = prices.value[act.number] > prices.value[actor.hold(act.slot).number]
    agrees: Mask = legal[act.number] & better
    return agrees


def _yes(said: Choice, yes: str, no: str) -> bool:
    if said not in (yes, no):
        raise OrderError(f"an answer is {yes!r} or {no!r}, not {said!r}")
    return bool(said == yes)


def obeyed(act: Act, state: State, table: Table, dice: Dice, answers: Answers) -> Mask:
    """Whether the officers carry an order out (5.18): a program obeys a nuclear order with a
    chance and always obeys any other; a person answers `obey` or `refuse`."""
    luck = dice.roll(f"officers/{act.label}")
    officer = table.faction(act.polity, "officer")
    said = answers.get((table.actors[officer], "answer")) if officer >= 0 else None
    if said is not None:
        return np.full(state.worlds(), _yes(said, "obey", "refuse"))
    if officer < 0 or act.action.severity != "NU":
        return np.ones(state.worlds(), bool)
    return luck < obeyed_chance(state, table, act.polity)
