"""Tracks: every feature as a seat sees it, its last weeks, and the bound an ending sets."""

from dataclasses import dataclass

from sim.exercise.dawn import Dawn
from sim.exercise.fog import Value, owners, picture
from sim.exercise.hand import wants
from sim.exercise.played import Game, dawn_of
from sim.model import CrisisModel
from sim.schema import Feature, Scenario
from sim.sheets import Condition
from sim.state import State

TRAIL = 8  # weeks a spark shows


@dataclass(frozen=True)
class Track:
    """A feature as the seat sees it, now and in the last weeks."""

    id: str
    name: str
    short: str
    now: Value
    before: Value | None
    wanted: int  # +1 more of it, -1 less, 0 indifferent
    own: bool
    trail: tuple[Value, ...]
    threshold: float | None  # the first bound that an ending sets on it


def tracks(game: Game, actor: int, dawn: Dawn) -> tuple[Track, ...]:
    """Every feature as the seat sees it, with the last weeks' pictures."""
    now = dawn.week - 1
    earlier = range(max(0, now - TRAIL + 1), now)
    boards = [*(dawn_of(game, week).state for week in earlier), dawn.state]
    features = game.model.table.scenario.features
    return tuple(
        _track(game.model, actor, row, feature, boards) for row, feature in enumerate(features)
    )


def _track(
    model: CrisisModel, actor: int, row: int, feature: Feature, boards: list[State]
) -> Track:
    trail = tuple(picture(model, board, actor, row) for board in boards)
    goal = wants(model.table, actor).get(feature.id, 0.0)
    return Track(
        feature.id, feature.name, feature.short or feature.name, trail[-1],
        trail[-2] if len(trail) > 1 else None, (goal > 0) - (goal < 0),
        bool(owners(model.table, actor, "F")[row]), trail,
        _threshold(feature, model.table.scenario),
    )  # fmt: skip


def _threshold(feature: Feature, scenario: Scenario) -> float | None:
    """The bound the first ending that reads the feature sets on it."""
    for outcome in scenario.outcomes:
        for need in outcome.needs:
            for part in need.any or (need,):
                if _reads(part, feature):
                    return part.at_most if part.at_least is None else part.at_least
    return None


def _reads(part: Condition, feature: Feature) -> bool:
    if part.measure == "feature":
        return part.of == feature.id
    return part.measure == feature.measure and part.of == feature.of
