"""Explanations: what a program saw, wanted and weighed when it chose, in numbers."""

from dataclasses import dataclass

import numpy as np

from sim.acts import Act
from sim.agents import Actor
from sim.dice import Dice
from sim.judgement import Prices, temper
from sim.menu import reasons
from sim.model import CrisisModel
from sim.narrate.deeds import by_events, office
from sim.state import Numbers
from sim.weights import weigh

SHOWN = 6  # options told of each slot, and the chosen one


@dataclass(frozen=True)
class Option:
    """An act that was open, and what its actor thought of it."""

    act: str
    name: str
    chosen: bool
    value: float  # felt value
    by_feature: dict[str, float]  # the parts of it, by feature
    other: float  # anger, the ladder, stocks, habit of course, mood, pride
    works: float  # believed chance that it works
    answered: float  # believed chance of the feared answer
    taken: float  # chance that this very mind takes it
    score: float | None  # before luck; None: programs take it only as a reply
    luck: float


@dataclass(frozen=True)
class Decision:
    """One slot: the options, best first, what was closed and why, and what decided."""

    slot: str
    chosen: str
    options: list[Option]
    closed: dict[str, str]  # act -> why it could not be chosen
    decided: str  # by value, by luck, or by another rule


@dataclass(frozen=True)
class Due:
    """A feature as an actor sees it against what it thinks its due."""

    feature: str
    sees: float
    due: float
    weight: float


@dataclass(frozen=True)
class Mind:
    """An actor in a week: its mood, what it minds, and its decisions."""

    actor: str
    office: str
    wins: float  # 1 plays to win, 0 plays not to lose
    anger: float
    stress: float
    desperation: float
    temper: float  # rationality: how strongly value outweighs luck
    dues: list[Due]
    decisions: list[Decision]


def minds(model: CrisisModel) -> list[Mind]:
    """Every actor's week, in the scenario's order; the model must have been told to explain."""
    return [_mind(model, actor) for actor in model.actors]


def _mind(model: CrisisModel, actor: Actor) -> Mind:
    board, a = model.board_at_choice, actor.number
    return Mind(
        actor.name, office(actor.sheet), float(board.win_mode[a, 0]), float(board.anger[a, 0]),
        float(board.stress[a, 0]), float(board.desperation[a, 0]),
        float(temper(board, model.table, a)[0]), _dues(model, a),
        [_decision(model, actor, slot) for slot in range(len(actor.sheet.slots))],
    )  # fmt: skip


def _dues(model: CrisisModel, actor: int) -> list[Due]:
    """What the actor cares about, what weighs most now first."""
    board, weights = model.board_at_choice, model.judgement.weights
    weighed = weigh(weights, board)
    found = []
    for pair in weights.pairs_of[actor]:
        row = weights.pairs[pair][1]
        weight = float(weights.sign[pair, 0] * weighed.weight[pair, 0])
        sees, due = float(board.seen[actor, row, 0]), float(board.reference[actor, row, 0])
        found.append(Due(model.table.features[row], sees, due, weight))
    return sorted(found, key=lambda one: -abs(one.weight * (one.sees - one.due)))


def _decision(model: CrisisModel, actor: Actor, slot: int) -> Decision:
    acts, chosen = actor.menu(slot), int(model.chosen[actor.number, slot, 0])
    assert model.prices is not None
    dice = Dice(model.keys, model.week)
    scores = actor.scores(model.prices, model.board_at_choice, model.legal, dice)
    score, luck = (part[actor.card.slots[slot], 0] for part in scores)
    drawn = np.stack([score, luck, _odds(score)])
    options = [
        _option(model, act, model.prices, drawn[:, n], chosen)
        for n, act in enumerate(acts) if model.legal[act.number, 0] or act.number == chosen
    ]  # fmt: skip
    options.sort(key=lambda option: -option.value)
    shown = [option for n, option in enumerate(options) if n < SHOWN or option.chosen]
    decided = _decided(model, actor, slot, options)
    if by_events(model).get((actor.number, slot), chosen) != chosen:
        decided += " Events set it aside."
    return Decision(
        actor.sheet.slots[slot], model.table.acts[chosen].action.name, shown,
        _closed(model, acts), decided,
    )  # fmt: skip


def _odds(score: Numbers) -> Numbers:
    """The chance of each act before luck is drawn: a softmax of the scores."""
    weight: Numbers = np.exp(score - score.max())
    odds: Numbers = weight / weight.sum()
    return odds


def _option(
    model: CrisisModel, act: Act, prices: Prices, drawn: Numbers, chosen: int
) -> Option:
    assert prices.detail is not None
    score, luck, taken = map(float, drawn)
    value = float(prices.value[act.number, 0])
    parts = zip(model.table.features, prices.detail[act.number, :, 0], strict=True)
    by_feature = {name: float(part) for name, part in parts if part}
    return Option(
        act.action.id, act.action.name, act.number == chosen, value, by_feature,
        value - sum(by_feature.values()), float(prices.chance[act.number, 0]),
        float(prices.answer[act.number, 0]), taken, score if np.isfinite(score) else None, luck,
    )  # fmt: skip


def _closed(model: CrisisModel, acts: list[Act]) -> dict[str, str]:
    """What could not be chosen, and why; answers to orders are no choices at all."""
    return {
        act.action.name: "; ".join(
            reasons(act, model.board_at_choice, model.table, model.week)
        )
        for act in acts if not model.legal[act.number, 0] and not act.action.answer
    }  # fmt: skip


def _decided(model: CrisisModel, actor: Actor, slot: int, options: list[Option]) -> str:
    """Whether the chosen act had the best score, or luck carried it past a better one."""
    name = model.table.scenario.actors[actor.number].slots[slot]
    if (model.week, actor.name, name) in model.choices:
        return "A person chose it."
    weighed = [option for option in options if option.score is not None]
    best = max(weighed, key=_score, default=None)
    won = max(weighed, key=lambda option: _score(option) + option.luck, default=None)
    chosen = next((option for option in options if option.chosen), None)
    if best is None or chosen is None or won is not chosen:
        return _overruled(model, actor, slot, won)
    if best is chosen:
        return "It scored best before luck."
    other = f'{_sum(best)} of "{best.name}", which scored best'
    return f"Luck carried it: {_sum(chosen)}, against {other}."


def _sum(option: Option) -> str:
    return f"score {_score(option):z.1f} and luck {option.luck:z.1f}"


def _score(option: Option) -> float:
    return -np.inf if option.score is None else option.score


def _overruled(model: CrisisModel, actor: Actor, slot: int, won: Option | None) -> str:
    """A reply to a crossed threshold, or a hold for want of a partner."""
    for number, where in model.let_down.items():
        act = model.table.acts[number]
        if where[0] and (act.actor, act.slot) == (actor.number, slot):
            return f'It had proposed "{act.action.name}"; a partner would not join.'
    instead = f' instead of "{won.name}"' if won is not None else ""
    return f"A reply to a crossed threshold, taken with its elicited chance{instead}."
