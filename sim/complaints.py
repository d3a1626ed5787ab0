"""Complaints: what pydantic found wrong with a sheet, in words an author can act on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import ValidationError

from sim.errors import did_you_mean
from sim.marks import Fault, Path, Written, shown
from sim.sheets import Number, Sheet

Kind: TypeAlias = Any  # a type as annotated in `schema`
MOST = 200  # complaints told at once; a longer list helps nobody


class Step(NamedTuple):
    """Where one of pydantic's errors leads: the place, what is there and what should be."""

    path: Path
    owner: Kind  # of what holds it
    kind: Kind  # that it should be
    found: Any


@dataclass(frozen=True)
class Problem:
    """One error at one place."""

    step: Step
    type: str
    context: dict[str, Any]
    message: str

    def under(self, path: Path) -> "Problem":
        """The same problem in a sheet that lies deeper."""
        step = self.step._replace(path=(*path, *self.step.path))
        return Problem(step, self.type, self.context, self.message)

    @property
    def about_key(self) -> bool:
        """Whether the key is at fault, not its value."""
        return self.type == "extra_forbidden" or self.message.startswith("[key]")


def origin(kind: Kind) -> Kind:
    """`tuple` of `tuple[int, ...]`; None of a plain type."""
    return get_origin(kind)


def _is_union(kind: Kind) -> bool:
    return origin(kind) in (Union, UnionType)


def bare(kind: Kind) -> Kind:
    """A type without its bounds and without `None`."""
    while origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if _is_union(kind):
        rest = [k for k in get_args(kind) if k is not type(None)]
        return bare(rest[0]) if len(rest) == 1 else kind
    return kind


def inside(kind: Kind, token: str | int) -> Kind:
    """The type of an entry of a sheet, a mapping or a list; None for an unknown key."""
    if isinstance(kind, type) and issubclass(kind, Sheet):
        found = kind.model_fields.get(str(token))
        if found is None:
            return None
        return Annotated[found.annotation, *found.metadata] if found.metadata else found.annotation
    given = get_args(kind)
    if not given:  # pydantic names its own validator steps: nothing of the file lies below
        return None
    if origin(kind) is dict:
        return given[1]
    return given[0] if given[-1] is Ellipsis else given[int(token)]


def _branch(kind: Kind, found: Any) -> Kind:
    """The alternative of a union its author most likely meant."""
    branches = get_args(kind)
    mappings = [b for b in branches if origin(b) is dict]
    if isinstance(found, dict):
        as_number = bool(found.keys() & Number.model_fields.keys()) or not mappings
        return Number if as_number and Number in branches else (mappings or branches)[0]
    if isinstance(found, list) and found and isinstance(found[0], list):
        return branches[-1]
    return branches[0]


def _tagged(kind: Kind, tag: str | int) -> bool:
    """Whether pydantic's name of a union's alternative stands for this one."""
    if origin(kind) is dict:
        return str(tag).startswith("dict[")
    if origin(kind) is tuple:
        return str(tag).startswith(f"tuple[{get_args(kind)[0].__name__}")
    return kind.__name__ in str(tag)


def _followed(kind: Kind, found: Any, loc: tuple[str | int, ...]) -> Step | None:
    """Walk pydantic's location down the data; None when it is a branch the author did not mean."""
    path: Path = ()
    owner: Kind = None if loc else kind
    for token in loc:
        kind = bare(kind)
        if _is_union(kind):
            kind = _branch(kind, found)
            if not _tagged(kind, token):
                return None
        elif token != "[key]":
            owner, kind, path = kind, inside(kind, token), (*path, token)
            try:
                found = found[token]
            except (KeyError, IndexError, TypeError):
                found = None
    return Step(path, owner, kind, found)


def problems(sheet: type[Sheet], value: Any, error: ValidationError) -> list[Problem]:
    """Every error that is about something the author wrote, or left out."""
    found = []
    for each in error.errors(include_url=False, include_input=False):
        step = _followed(sheet, value, each["loc"])
        if step is not None:
            message = ("[key]" if each["loc"][-1:] == ("[key]",) else "") + each["msg"]
            found.append(Problem(step, each["type"], dict(each.get("ctx", {})), message))
    return found


def place(root: Any, path: Path) -> str:
    """A path in words: `actions[3] (strike): needs[0].of`."""
    cut = 2 if len(path) > 1 and isinstance(path[1], int) else 1
    head, rest = _dotted(path[:cut]), _dotted(path[cut:])
    if name := _id_at(root, path[:cut]):
        head += f" ({name})"
    return f"{head}: {rest}" if rest else head


def _dotted(path: Path) -> str:
    text = "".join(f"[{p}]" if isinstance(p, int) else f".{shown(p)[1:-1]}" for p in path)
    return text.removeprefix(".")


def _id_at(root: Any, path: Path) -> str:
    """The id of the item a path leads to, if it has one."""
    try:
        for token in path:
            named = isinstance(root, Sheet) and isinstance(token, str)
            root = getattr(root, str(token)) if named else root[token]
    except (KeyError, IndexError, TypeError, AttributeError):
        return ""
    name = root.get("id") if isinstance(root, dict) else getattr(root, "id", None)
    return shown(name)[1:-1] if isinstance(name, str) else ""


def told(problem: Problem, written: Written) -> Fault:
    """A problem as a complaint: place, what is wrong, and the nearest right word."""
    step = problem.step
    text = _words(problem, written)
    path = step.path
    if problem.about_key or problem.type == "missing":
        path = path[:-1]
    spot = written.where(step.path, key=problem.about_key)
    return Fault(spot, f"{place(written.value, path)}: {text}" if path else text)


def _words(problem: Problem, written: Written) -> str:
    step, context = problem.step, problem.context
    last = step.path[-1] if step.path else ""
    if problem.type == "extra_forbidden":
        return f"unknown key {shown(last)}{did_you_mean(str(last), step.owner.model_fields)}"
    if problem.type == "missing":
        return f'key "{last}" is missing'
    if problem.type == "value_error":
        return problem.message.removeprefix("Value error, ")
    wrong = shown(last) if problem.about_key else _found(step, written)
    said = "key: " if problem.about_key else ""
    if problem.type == "literal_error":
        known = re.findall(r"'([^']*)'", context["expected"])
        named = ", ".join(k for k in known if k)
        near = did_you_mean(str(step.found if not problem.about_key else last), known)
        return f"{said}must be one of {named}; is {wrong}{near}"
    wording = _WORDING.get(problem.type)
    wants = wording(step, context) if wording else problem.message
    return f"{said}{wants}, is {wrong}{_hint(problem, written)}"


def _found(step: Step, written: Written) -> str:
    """What stands there, as its author wrote it."""
    if isinstance(step.found, list | tuple):
        return f"a list of {len(step.found)}"
    if isinstance(step.found, dict):
        return "a mapping"
    raw = written.raw.get(step.path, "")
    if isinstance(step.found, str):
        return shown(step.found)
    return shown(raw)[1:-1] if raw else "nothing"


def _hint(problem: Problem, written: Written) -> str:
    found, raw = problem.step.found, written.raw.get(problem.step.path, "")
    if problem.type == "string_type" and found is not None and not isinstance(found, list | dict):
        return f"; put it in quotes: {shown(raw)}"
    quoted = isinstance(found, str) and raw.startswith('"')
    if quoted and problem.type in ("float_type", "int_type", "bool_type", "date_type"):
        return "; drop the quotes"
    odd = next((c for c in found if not c.isascii()), "") if isinstance(found, str) else ""
    if problem.type == "string_pattern_mismatch" and odd:
        return f"; {odd} is not a Latin letter" if odd.isprintable() else ""
    return ""


def _pattern(step: Step, context: dict[str, Any]) -> str:
    if "a-z" in context["pattern"]:
        return "must be 4 to 32 small Latin letters, digits or _, with a letter first"
    if "d{2,4}" in context["pattern"]:
        return 'must be a code of 2 to 4 digits in quotes, like "190"'
    return f"must look like {context['pattern']}"


def _number(step: Step, context: dict[str, Any]) -> str:
    allowed = bare(inside(step.owner, step.path[-1])) if step.owner else None
    either = Number in get_args(allowed)
    return "must be a number" + (" or a mapping with value, low, high" if either else "")


_WORDING: dict[str, Callable[[Step, dict[str, Any]], str]] = {
    "float_type": _number,
    "finite_number": _number,
    "int_type": lambda s, c: "must be a whole number",
    "int_from_float": lambda s, c: "must be a whole number",
    "bool_type": lambda s, c: "must be true or false",
    "string_type": lambda s, c: "must be text",
    "string_too_short": lambda s, c: "must not be empty",
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": lambda s, c: f"must be at least {c['ge']:g}",
    "greater_than": lambda s, c: f"must be more than {c['gt']:g}",
    "less_than_equal": lambda s, c: f"must be at most {c['le']:g}",
    "tuple_type": lambda s, c: "must be a list",
    "too_long": lambda s, c: f"must have at most {c['max_length']} items",
    "too_short": lambda s, c: f"must have at least {c['min_length']} items",
    "dict_type": lambda s, c: "must be a mapping (key: value)",
    "model_type": lambda s, c: "must be a mapping (key: value)",
    "date_type": lambda s, c: "must be a date like 2022-10-10",
}


def literals(kind: Kind) -> set[str]:
    """Every word a type lets an author choose from."""
    if origin(kind) is Literal:
        return {word for word in get_args(kind) if isinstance(word, str)}
    return {word for part in get_args(kind) for word in literals(part)}
