"""What the person at the keyboard can mend: each error says what, where, and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches
from operator import index


class OfframpError(Exception):
    """Something the user can mend; the command line prints it and exits with code 2."""


class ScenarioError(OfframpError):
    """A scenario that cannot be played; `faults` holds every complaint, one line each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class OrderError(OfframpError):
    """A choice handed in for a seat that the rules do not allow."""


class NameUnknown(OfframpError):
    """A name (`--set`, `--off`, a week, an actor) that the scenario does not have."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'; did you mean X?' for the nearest known word, or nothing when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.55)
    return f"; did you mean {near[0]}?" if near else ""


def whole(what: str, value: object, low: int, high: int) -> int:
    """A whole number within bounds (NumPy's own integers count); anything else is refused."""
    try:
        number = index(value)  # type: ignore[arg-type]  # it says so itself when it cannot
    except TypeError:
        number = low - 1
    if isinstance(value, bool) or not low <= number <= high:
        raise OfframpError(f"{what} must be a whole number from {low:,} to {high:,}, not {value!r}")
    return number
