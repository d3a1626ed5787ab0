"""Validation that goes on after the first fault: broken values give way to stand-ins.

With stand-ins in place the rest of a scenario can still be cross-checked, so that its author
hears every fault at once. A mended scenario is never handed out.
"""

import copy
import datetime as dt
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from sim.complaints import MOST, Kind, Problem, bare, inside, origin, problems, told
from sim.marks import Fault, Path, Written
from sim.sheets import Condition, Number, Sheet

AnySheet = TypeVar("AnySheet", bound=Sheet)
_EXAMPLES: dict[type[Sheet], dict[str, Any]] = {Condition: {"measure": "week", "at_least": 0.0}}
_TRIALS: tuple[Any, ...] = ("unknown", "0100", 0.5, 1, False, (), {}, dt.date(2022, 10, 10))


@dataclass(frozen=True)
class Checked(Generic[AnySheet]):
    """A sheet (None when beyond mending), what was wrong, and where stand-ins were put."""

    sheet: AnySheet | None
    faults: list[Fault]
    mended: set[Path]


def validated(kind: type[AnySheet], written: Written) -> Checked[AnySheet]:
    """What was written as a sheet, strictly typed, with every complaint of its schema."""
    given = written.value if isinstance(written.value, dict) else {}
    sheet, found = _tried(kind, given)
    if sheet is not None and not found:
        return Checked(sheet, [], set(written.refused))
    found = [problem for problem in found if _worth_telling(problem, written)]
    faults = [told(problem, written) for problem in found[: MOST + 1]]
    if written.broken:
        return Checked(None, faults, set())
    return _mended(kind, written, given, found, faults)


def _tried(kind: type[AnySheet], given: Any) -> tuple[AnySheet | None, list[Problem]]:
    """The sheet, if it can be made at all, and what is wrong with it."""
    loose = _loose_numbers(("opening",), given.get("opening"))
    try:
        return kind.model_validate(_frozen(given), strict=True), loose
    except ValidationError as error:
        return None, problems(kind, given, error) + loose


def _loose_numbers(path: Path, given: Any) -> list[Problem]:
    """Numbers with a slip in them that pass for ids with a number each: {value: 1, lwo: 0}."""
    if not isinstance(given, dict):
        return []
    if not given.keys() & Number.model_fields.keys():
        return [p for key, value in given.items() for p in _loose_numbers((*path, key), value)]
    try:
        Number.model_validate(given, strict=True)
    except ValidationError as error:
        return [p.under(path) for p in problems(Number, given, error)]
    return []


def _worth_telling(problem: Problem, written: Written) -> bool:
    """Not what follows from a fault already told: an alias, a number too large, a lost file."""
    path = problem.step.path
    if problem.type == "missing" and len(path) == 1 and written.broken:
        return False
    return not any(path[:n] in written.refused for n in range(len(path) + 1))


def _mended(
    kind: type[AnySheet], written: Written, given: Any, found: list[Problem], faults: list[Fault]
) -> Checked[AnySheet]:
    value = copy.deepcopy(given)
    for problem in _tried(kind, value)[1]:
        _mend(value, problem)
    whole, left = _tried(kind, value)
    if whole is None or left:
        return Checked(None, faults, set())
    paths = {problem.step.path for problem in found} | written.refused
    return Checked(whole, faults, paths)


def _mend(value: Any, problem: Problem) -> None:
    """Put a stand-in where a problem is."""
    if not problem.step.path:
        return
    *way, last = problem.step.path
    for token in way:
        try:
            value = value[token]
        except (KeyError, IndexError, TypeError):
            return
    owner = problem.step.owner
    spare = isinstance(owner, type) and issubclass(owner, Sheet) and last in owner.model_fields
    optional = spare and not owner.model_fields[str(last)].is_required()
    if isinstance(value, dict) and (problem.about_key or optional):
        value.pop(last, None)
    elif isinstance(value, dict) or last in range(len(value)):
        value[last] = stand_in(problem.step.kind)


def stand_in(kind: Kind) -> Any:
    """The plainest value a type lets through."""
    plain = bare(kind)
    if isinstance(plain, type) and issubclass(plain, Sheet):
        needed = [name for name, field in plain.model_fields.items() if field.is_required()]
        return _EXAMPLES.get(plain) or {name: stand_in(inside(plain, name)) for name in needed}
    if origin(plain) is Literal:
        return get_args(plain)[0]
    return next((trial for trial in _TRIALS if _fits(kind, trial)), None)


def _fits(kind: Kind, trial: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(trial, strict=True)
    except ValidationError:
        return False
    return True


def _frozen(value: Any) -> Any:
    """Lists as tuples, for strict validation takes nothing else where a sheet says tuple."""
    if isinstance(value, dict):
        return {key: _frozen(entry) for key, entry in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
