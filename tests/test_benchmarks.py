"""The plain Mesa version does what the engine does: campaign by campaign, and in distribution."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.plain_mesa.book import Book
from benchmarks.plain_mesa.decisions import Decision
from benchmarks.plain_mesa.tutorial import BOARD, SEAT, Opening, Tutorial, play
from sim.dice import Dice
from sim.loading import load
from sim.model import CrisisModel
from sim.state import EVENTS, State

LATE = ("casualties_week", "gained", "lost", "danger_jump", "rung", "attacking")


# --- the tutorial ---------------------------------------------------------------------------------
class Keyed(Tutorial):
    """A plain campaign that throws the engine's dice."""

    keys: NDArray[np.uint64]

    def roll(self, label: str) -> float:
        return float(Dice(self.keys, self.week).roll(label)[0])

    def bell(self, label: str) -> float:
        return float(Dice(self.keys, self.week).normals([label])[0, 0])


def differing(plain: Tutorial, state: State, world: int) -> Iterator[str]:
    """Every array of the board that the two versions disagree about."""
    for name in (*BOARD, *LATE):
        if not _same(getattr(plain, name), getattr(state, name)[..., world]):
            yield name
    for name in SEAT:
        values = [getattr(seat, name) for seat in plain.seats]
        if not _same(values, getattr(state, name)[..., world]):
            yield name
    for row, event in enumerate(EVENTS):
        if plain.counts.get(event, 0) != state.counts[row, world]:
            yield event


def _same(plain: Any, engine: Any) -> bool:
    return bool(np.allclose(np.asarray(plain, np.float64), engine, rtol=0.0, atol=1e-9))


def test_with_the_same_dice_every_campaign_of_the_tutorial_is_the_same() -> None:
    """Not just in distribution: every number of the board, every week, with the engine's dice."""
    book, worlds = Book(load("tutorial")), 60
    engine, opening = CrisisModel(book.scenario, worlds=worlds), Opening(book)
    campaigns = [Keyed(book, opening, 0) for _ in range(worlds)]
    for world, campaign in enumerate(campaigns):
        campaign.keys = engine.keys[world : world + 1]
    while engine.running and engine.week < book.scenario.weeks:
        engine.step()
        for world, campaign in enumerate(campaigns):
            if campaign.running:
                campaign.step()
            assert list(differing(campaign, engine.state, world)) == [], (engine.week, world)
    assert [campaign.outcome() for campaign in campaigns] == engine.outcomes().tolist()


def test_no_array_moves_in_the_tutorial_that_the_plain_version_does_not_keep() -> None:
    """Equal work: what the plain version leaves out never changes in this scenario."""
    model = CrisisModel(load("tutorial"), worlds=2000)
    before, moved = model.state, set()
    while model.running and model.week < model.table.scenario.weeks:
        model.step()
        for name, array in vars(model.state).items():
            if not np.array_equal(array, getattr(before, name)):
                moved.add(name)
    seats = {"rungs", "arms_rung", "severity", "done"}  # kept by seat, under other names
    endings = {"ended", "ended_week", "counts"}
    assert moved <= {*BOARD, *LATE, *SEAT} | seats | endings


def agree(plain: NDArray[np.float64], engine: NDArray[np.float64]) -> bool:
    """Whether means differ by no more than four standard errors, row by row."""
    error = plain.var(axis=-1) / plain.shape[-1] + engine.var(axis=-1) / engine.shape[-1]
    gap = np.abs(plain.mean(axis=-1) - engine.mean(axis=-1))
    return bool((gap <= 4.0 * np.sqrt(error) + 1e-9).all())


def by_engine(n: int) -> NDArray[np.float64]:
    """(figures, n): outcome, acts chosen week by week, features and harm at the end."""
    model, rows = CrisisModel(load("tutorial"), worlds=n), []
    for _ in range(model.table.scenario.weeks):
        over = model.state.ended > 0
        model.step()
        for act in model.table.acts:
            rows.append((model.state.last_act[act.actor, act.slot] == act.number) & ~over)
    rows += [model.outcomes() == row for row in range(len(model.table.outcomes))]
    state = model.state
    rows += [*model.features(), *state.casualties, *state.will, *state.desperation, state.level]
    return np.array(rows, np.float64)


def by_plain(n: int) -> NDArray[np.float64]:
    """The same figures of n plain campaigns, each with luck of its own."""
    book = Book(load("tutorial"))
    opening, columns = Opening(book), []
    for campaign in range(n):
        chosen: list[list[int]] = []

        class Watched(Tutorial):
            def step(self, chosen: list[list[int]] = chosen) -> None:
                super().step()
                chosen.append([seat.chosen[0] for seat in self.seats])

        model = play(book, opening, campaign, Watched)
        weeks = chosen + [[-1]] * (book.scenario.weeks - len(chosen))
        column = [float(act.number in week) for week in weeks for act in book.table.acts]
        column += [float(model.outcome() == row) for row in range(len(book.table.outcomes))]
        column += [model.feature(row) for row in range(len(book.measures))]
        column += [*model.casualties, *model.will, *(s.desperation for s in model.seats)]
        columns.append([*column, model.level])
    return np.array(columns).T


def test_with_luck_of_its_own_the_tutorial_agrees_in_distribution() -> None:
    assert agree(by_plain(600), by_engine(4096))


@pytest.mark.full
def test_with_luck_of_its_own_the_tutorial_agrees_in_distribution_closely() -> None:
    assert agree(by_plain(6000), by_engine(40_000))


# --- the decision layer ---------------------------------------------------------------------------
def drawn(book: Book, dice: Dice) -> list[dict[str, float]]:
    """Every draw of a week's decisions, world by world."""
    labels = [option.luck for menus in book.options for menu in menus for option in menu]
    for act in book.table.acts:
        if act.action.target is not None:
            node = act.action.target.kind == "node"
            names = book.table.nodes if node else book.table.regions
            labels += [f"target/{act.label}/{name}" for name in names]
    rolls = dice.rolls(labels)
    return [dict(zip(labels, column, strict=True)) for column in rolls.T.tolist()]


@pytest.mark.parametrize("week", [1, 9, 20])
def test_kerch_decisions_are_the_same_in_both_versions(week: int) -> None:
    """Menus equal, values within 1e-9, the same act and target in 99.9% of slots and more."""
    book, worlds = Book(load("kerch_2022")), 40
    model = CrisisModel(book.scenario, worlds=worlds)
    model.play(week)
    board, prices, dice = model.board_at_choice, model.prices, Dice(model.keys, model.week)
    assert prices is not None
    luck, same, slots = drawn(book, dice), 0, 0
    picks = {
        (actor.number, slot): pick for actor in model.actors
        for slot, pick in enumerate(actor.choose(prices, board, model.legal, dice, {}))
    }  # fmt: skip
    for world in range(worlds):
        plain = Decision(book, 0)
        plain.copy_board(board, world, model.week)
        plain.given = luck[world]
        plain.step()
        for seat in plain.seats:
            for slot, menu in enumerate(seat.menus):
                pick = picks[seat.number, slot]
                asked = (seat.chosen[slot], seat.targets[slot])
                same += asked == (pick.act[world], pick.target[world])
                slots += 1
                for option in menu:
                    assert seat.legal(option) == model.legal[option.number, world], option.luck
                    price = seat.prices[option.number]
                    felt = prices.value[option.number, world]
                    assert abs(price.value - felt) <= 1e-6  # the engine feels in single precision
                    assert abs(price.chance - prices.chance[option.number, world]) <= 1e-9
    assert same >= 0.999 * slots
