"""The end: how a campaign came out, why, how high it went, what it cost, who foresaw it."""

from copy import copy
from dataclasses import dataclass

from sim.exercise.played import Game, dawn_of, harm_of, said
from sim.exercise.view import in_force, question
from sim.narrate.ending import Watch
from sim.narrate.harm import Harm


@dataclass(frozen=True)
class Ended:
    """A campaign, read as if it stopped after the last week played."""

    outcome: str
    name: str
    sentence: str
    why: str  # what on the board decided it; "" for a seat while weeks are left
    path: tuple[int, ...]  # the gravest rung of each week
    levels: tuple[float, ...]  # the level in force from the opening on
    harm: Harm
    scores: dict[str, float]  # seat -> mean Brier score, of those who forecast
    said: dict[str, int]  # seat -> how many forecasts that is


def ending(exercise: Game, seat: str | None = None) -> Ended:
    """The class of the campaign. Once it is over nothing is secret, before that the reasons are."""
    boards = exercise.boards()[: exercise.week + 1]
    watch = Watch(copy(exercise.model))
    for week in range(1, exercise.week + 1):
        watch.model = exercise.step_of(week).model
        watch.look()
    watch.model = exercise.model
    read = watch.ending()
    open_ = seat is None or _over(exercise)
    scores = {name: given for name, given in _scores(exercise).items() if open_ or name == seat}
    return Ended(
        read.outcome, read.name, read.sentence, read.why if open_ else "",
        tuple(int(board.rung[0]) for board in boards[1:]),
        tuple(float(board.level[0]) for board in boards), harm_of(exercise, exercise.week),
        {name: sum(given) / len(given) for name, given in scores.items()},
        {name: len(given) for name, given in scores.items()},
    )  # fmt: skip


def _over(game: Game) -> bool:
    """Whether there is no week left to play."""
    ended = bool(game.model.state.ended[0] > 0)
    return bool(getattr(game, "over", ended or game.week >= game.scenario.weeks))


def _scores(game: Game) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for week in range(1, game.week + 1):
        for seat, (_, _, score) in forecasts(game, week).items():
            found.setdefault(seat, []).append(score)
    return found


def forecasts(game: Game, week: int) -> dict[str, tuple[float, bool, float]]:
    """Seat -> what it said, whether it came true, and (said - truth)^2 (Brier 1950)."""
    asked = question(game.scenario, in_force(dawn_of(game, week - 1).state)).rung
    true = bool(game.step_of(week).after.rung[0] >= asked)
    given = {seat: drafts.forecast for seat, drafts in said(game, week).items()}
    return {
        seat: (chance, true, (chance - true) * (chance - true))
        for seat, chance in given.items() if chance is not None
    }  # fmt: skip
