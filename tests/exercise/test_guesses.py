"""Guessed boards: exact where the seat knows, within its intervals elsewhere, blind to the rest."""

import numpy as np
import pytest

from sim.exercise.fog import FOG, knows, own_feature, picture
from sim.measures import features
from sim.state import FIELDS
from tests.exercise.stillness import DESKS, Table, cards, fork, last, played, same


def at_its_ends(name: str, old: np.ndarray, unknown: np.ndarray, end: int) -> np.ndarray:
    """An array with everything unknown at one end of its range."""
    meta = FIELDS[name].metadata
    most = 400.0 if np.isinf(meta["high"]) else meta["high"]
    value = (meta["low"], most)[end]
    return np.where(unknown[..., None], value, old)


def planted(table: Table, seat: str, end: int) -> tuple[Table, set[str]]:
    """The same game with all that a seat cannot know at an end of its range; what was left out.

    Left out: openly done deeds, men (seen between two marks), where own features are heading, and
    what one of the seat's own features is measured by.
    """
    game, number = table.model.table, table.model.table.row("A", seat)
    own = np.array([own_feature(game, number, f) for f in game.scenario.features])
    truth = features(table.now(), game)
    openly = np.array([a.actor != number and a.action.attribution == 1 for a in game.acts])
    left = {"force", "last_act"}
    for name in FIELDS:
        old = getattr(table.now(), name)
        blind = ~knows(game, number, name) if name in FOG else np.ones(old.shape[:-1], bool)
        if name in ("used", "done"):
            blind = blind & ~openly
        if name == "drift":
            blind = blind & ~own
        there = table.swapped(**{name: at_its_ends(name, old, blind, end)})
        if name in left or not np.array_equal(features(there.now(), game)[own], truth[own]):
            left.add(name)
        elif name not in ("ended", "settled"):
            table = there
    return table, left


@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize("seat", DESKS)
def test_nothing_hidden_enters(seat: str, end: int) -> None:
    slot, table = DESKS[seat], played()
    other, left = planted(table, seat, end)
    assert left <= {"force", "last_act", "pressure", "will", "economy", "approval", "cohesion",
                    "credibility", "morale"}  # fmt: skip
    assert len(same(table.now(), other.now())) > (20 if end else 8)
    some = cards(table, seat, slot)
    assert not same(fork(table, seat, slot, *some).state, fork(other, seat, slot, *some).state)
    assert last(table, seat, slot) == last(other, seat, slot)


def test_the_secrets_of_others_by_name() -> None:
    table = played()
    game, board = table.model.table, table.now()
    moscow = game.row("A", "moscow")

    def one(name: str, row: int | None, value: float) -> Table:
        array = getattr(board, name).copy()
        array[slice(None) if row is None else row] = value
        return table.swapped(**{name: array})

    plain = last(table, "kyiv", "military")
    for name, row, value in (
        ("desperation", moscow, 1.0), ("resolved", moscow, 1.0), ("nerve", None, 1.0),
        ("missiles", 0, 0.0), ("missiles", 0, 400.0), ("author", None, 1.0), ("loyalty", None, 0.0),
        ("anger", moscow, 1.0), ("stress", moscow, 1.0), ("deceit", moscow, 30.0),
    ):  # fmt: skip
        assert last(one(name, row, value), "kyiv", "military") == plain, name
    acts = [act.number for act in game.acts if act.actor == moscow]
    wait, learned = board.wait.copy(), board.learned.copy()
    wait[acts] = 50.0
    learned[[n for n, row in enumerate(game.lessons) if row[0] in acts]] = 1.5
    assert last(table.swapped(wait=wait, learned=learned), "kyiv", "military") == plain
    # and the test can tell: what it may know does enter
    own = board.desperation.copy()
    own[game.row("A", "kyiv")] = 1.0
    assert same(fork(table.swapped(desperation=own), "kyiv", "military").state,
                fork(table, "kyiv", "military").state) == ["desperation"]  # fmt: skip


@pytest.mark.parametrize("seat", DESKS)
def test_own_features_are_exact_and_others_lie_in_their_intervals(seat: str) -> None:
    table = played()
    game, number = table.model.table, table.model.table.row("A", seat)
    guessed = fork(table, seat, DESKS[seat], runs=200)
    now, truth = features(guessed.state, guessed.table), features(table.now(), game)
    for row, feature in enumerate(game.scenario.features):
        if own_feature(game, number, feature) or np.ptp(now[row]) == 0.0:
            assert now[row] == pytest.approx(truth[row, 0], abs=0.01), feature.id
            continue
        seen = picture(table.model, table.now(), number, row)
        inside = (now[row] >= seen.low - 0.01) & (now[row] <= seen.high + 0.01)
        if feature.measure != "grip":  # a hold with no blows to lift cannot be raised
            assert inside.mean() > 0.9, (feature.id, seen, now[row].min(), now[row].max())
        assert now[row].std() > 0.1 * (seen.high - seen.low), feature.id


def test_hidden_types_are_drawn_by_belief() -> None:
    table = played()
    washington, moscow = (table.model.table.row("A", a) for a in ("washington", "moscow"))
    belief = table.now().belief_resolved.copy()
    belief[washington, moscow] = 0.4
    guessed = fork(table.swapped(belief_resolved=belief), "washington", "military", runs=400)
    assert guessed.state.resolved[moscow].mean() == pytest.approx(0.4, abs=0.1)
    guessed = fork(table.swapped(resolved=np.ones_like(table.now().resolved)), "moscow", "fires")
    assert guessed.state.resolved[moscow].min() == 1.0


def test_a_sampled_game_does_not_tell_its_numbers() -> None:
    table = played(sample=True)
    futures = fork(table, "kyiv", "military", runs=6)
    drawn = futures.table["init.nerve.moscow"]
    assert drawn.shape == (6,)
    assert table.model.table["init.nerve.moscow"][0] not in drawn
    assert last(table, "kyiv", "military")
