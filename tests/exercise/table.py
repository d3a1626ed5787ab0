"""A table at which every test sits: short scenarios, people who commit, and a log read back."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from sim import load
from sim.exercise import Exercise
from sim.schema import Scenario

OSTMERE, CALDER, SLOT = "ostmere_council", "calder_cabinet", "council_order"
WHY = "because it has to be tried once"


@cache
def ford() -> Scenario:
    return load("tutorial")


@cache
def kerch() -> Scenario:
    return load("kerch_2022")


def decide(exercise: Exercise, seat: str, **orders: str | tuple[str, str]) -> None:
    """A seat's whole week: its orders by slot, a forecast and a reason, committed."""
    for slot, order in orders.items():
        action, target = order if isinstance(order, tuple) else (order, None)
        exercise.draft(seat, slot, action, target)
    exercise.forecast(seat, 0.25)
    exercise.reason(seat, WHY)
    exercise.commit(seat)


def play_held(exercise: Exercise) -> int:
    """A week in which every person holds."""
    for seat in exercise.waiting:
        decide(exercise, seat)
    return exercise.play()


def digests(exercise: Exercise) -> dict[str, list[str]]:
    """Every board of every branch, by its fingerprint."""
    here, found = exercise.branch, {}
    for branch in exercise.branches:
        exercise.switch(branch.id)
        steps = [exercise.step_of(week) for week in range(1, exercise.week + 1)]
        found[branch.id] = [step.model.digest() for step in steps]
    exercise.switch(here)
    return found


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]
