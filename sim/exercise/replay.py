"""Replay: the lines of a log, played again; every week must come out as it did."""

from collections.abc import Callable, Mapping
from typing import Any

from sim.errors import OfframpError, OrderError
from sim.exercise.drafts import Order, Signal, chance_of, signal_of, text_of
from sim.exercise.log import ExerciseError, Line, Log, ReplayError, broken
from sim.exercise.sitting import Sitting
from sim.results import code_version


def replayed(sitting: Sitting, log: Log) -> None:
    """Do everything a log says, after its header."""
    for number, line in enumerate(log.lines[1:], start=2):
        try:
            _here(sitting, line)
            _DO[line["kind"]](sitting, line)
        except ReplayError as error:
            raise ReplayError(f"{log.file or 'log'}, line {number}: {error}", error.week) from None
        except KeyError as error:
            raise broken(log.file, number, f"has no {error}, or not a known one") from None
        except (OfframpError, TypeError, ValueError, AttributeError) as error:
            raise broken(log.file, number, str(error)) from None


def _here(sitting: Sitting, line: Line) -> None:
    """A line belongs to the branch and week it says; else one before it is missing."""
    place = (sitting.course.id, sitting.course.week + 1)
    said = (line["branch"], line["week"])
    if said != place:
        raise ExerciseError(f"belongs to branch {said[0]!r}, week {said[1]!r}, but stands in "
                            f"branch {place[0]!r}, week {place[1]}")  # fmt: skip


def _order(sitting: Sitting, line: Line) -> None:
    """An order as it was drafted; whether it is legal shows when its week is played."""
    seat, slot, action = line["seat"], line["slot"], line["action"]
    acts = sitting.header.scenario.actions
    if not any(a.id == action and a.slot == slot and seat in a.by for a in acts):
        raise OrderError(f"{seat}, {slot}: no act {action!r}")
    target = None if line["target"] is None else str(line["target"])
    sitting.desk(seat).order(slot, Order(action, target))


def _signal(sitting: Sitting, line: Line) -> None:
    seat, said = line["seat"], line["signal"]
    signal = None if said is None else signal_of(
        Signal(**said), seat, sitting.header.scenario, sitting.course.week + 1
    )  # fmt: skip
    sitting.desk(seat).put(signal=signal)


def _forecast(sitting: Sitting, line: Line) -> None:
    sitting.desk(line["seat"]).put(forecast=chance_of(line["chance"]))


def _reason(sitting: Sitting, line: Line) -> None:
    sitting.desk(line["seat"]).put(reason=text_of(line["text"]))


def _branch(sitting: Sitting, line: Line) -> None:
    if sitting.rewind(line["after"], line["name"]) != line["id"]:
        raise ExerciseError(f"begins branch {line['id']!r} out of order")


def _week(sitting: Sitting, line: Line) -> None:
    """The week again: programs decide anew, and must agree with what was written down."""
    week, branch = line["week"], line["branch"]
    if sitting.over or sitting.waiting:
        raise ExerciseError(f"plays week {week}, which could not be played")
    try:
        found = sitting.advance()
    except OrderError as error:
        why = f"week {week} of {branch} cannot be played again: {error}"
        raise ReplayError(why, week) from None
    for seat, slots in found["choices"].items():
        for slot, choice in slots.items():
            said = _said(line["choices"], seat, slot)
            if said != choice:
                raise ReplayError(f"{_first(sitting, line)} ({seat}, {slot}: recorded "
                                  f"{_shown(said)}, now {_shown(choice)})", week)  # fmt: skip
    if any(found[key] != line[key] for key in ("people", "signals", "answers", "digest")):
        raise ReplayError(f"{_first(sitting, line)} (its board, {found['digest']}, "
                          f"is not the recorded one, {line['digest']})", week)  # fmt: skip


def _said(choices: Mapping[str, Any], seat: str, slot: str) -> object:
    return choices[seat][slot]


def _shown(choice: object) -> str:
    named = choice if isinstance(choice, list) else [choice]
    return " at ".join(str(part) for part in named if part is not None)


def _first(sitting: Sitting, line: Line) -> str:
    """How a differing week is named; another version of the program is the likely cause."""
    made, here = sitting.header.version, code_version()
    versions = "" if made == here else f", made with version {made}, this is {here}"
    week = f"week {line['week']} of {line['branch']}"
    return f"{week} is the first that comes out otherwise{versions}"


_DO: Mapping[str, Callable[[Sitting, Line], object]] = {
    "order": _order, "signal": _signal, "forecast": _forecast, "reason": _reason,
    "undo": lambda sitting, line: sitting.undo(line["seat"]),
    "commit": lambda sitting, line: sitting.commit(line["seat"]),
    "recall": lambda sitting, line: sitting.recall(line["seat"]),
    "answer": lambda sitting, line: sitting.answer(line["seat"], line["ask"], line["word"]),
    "hand_over": lambda sitting, line: sitting.hand_over(line["seat"], line["human"] is True),
    "branch": _branch, "switch": lambda sitting, line: sitting.switch(line["to"]),
    "week": _week,
}  # fmt: skip
