"""When it is: the days of a week; in a game of turns, the day and the hour."""

from __future__ import annotations

import datetime as dt

from sim.schema import Scenario
from ui.kit.words import DASH, Words


def dates(scenario: Scenario, week: int, words: Words) -> str:
    """The days of a week, counted from 1; the moment of a turn."""
    if scenario.turn is not None:
        return words.moment(scenario.turn.begins(scenario.start, week))
    first = scenario.start + dt.timedelta(weeks=week - 1)
    return words.days(first, first + dt.timedelta(days=6))


def dawn(scenario: Scenario, week: int, words: Words) -> str:
    """When a week begins, in short: its first day; the hour of a turn."""
    if scenario.turn is not None:
        return f"{scenario.turn.begins(scenario.start, week):%H:%M}"
    return words.day(scenario.start + dt.timedelta(weeks=week - 1), year=False)


def whole(scenario: Scenario, words: Words) -> str:
    """From the first day to the last; an evening is told by its hours."""
    turn, weeks = scenario.turn, scenario.weeks
    if turn is None:
        last = scenario.start + dt.timedelta(weeks=weeks, days=-1)
        return words.days(scenario.start, last)
    first, end = (turn.begins(scenario.start, week) for week in (1, weeks + 1))
    if first.date() == end.date():
        return f"{words.moment(first)}{DASH}{end:%H:%M}"
    return f"{words.moment(first)} {DASH} {words.moment(end)}"
