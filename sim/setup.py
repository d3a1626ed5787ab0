"""Setting up: every number by its dotted name, and the changes asked for.

`init.<array>.<ids>` opening values; `goal.<actor>.<feature>`, `goal_keep...` what actors want;
`act.<action>.<part>` what they believe of an act; `mech.<switch>` the mechanisms; all others are
tunings of the rules, `name` or `name.<id>`.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf, isfinite

import numpy as np

from sim.dice import Bits, Dice, keys
from sim.errors import NameUnknown, OfframpError, did_you_mean
from sim.loading import rulebook
from sim.names import as_number, board_names, given_at_opening
from sim.opening import opening
from sim.schema import Scenario
from sim.sheets import Number
from sim.state import FIELDS, Numbers, State
from sim.table import SWITCHES, Table
from sim.tunings import OPTIONS, unfit, unread

GOAL_SPREAD = 0.3  # a goal's weight is sampled within this share of itself
PARTS = {  # of an action, by dotted name -> the range it must keep
    "chance": (0.0, 1.0), "lock": (0.0, 1.0), "stop": (0.0, 1.0), "attribution": (0.0, 1.0),
    "punish": (0.0, inf), "habit": (1e-9, inf),
}  # fmt: skip


# --- numbers ------------------------------------------------------------------------------------
def numbers(scenario: Scenario) -> dict[str, Number]:
    """Every number that is given, by its dotted name."""
    found: dict[str, Number] = dict(rulebook())
    for name, given in scenario.tunings.items():
        found[name] = _tuned(found.get(name), as_number(given), isinstance(given, Number))
    for actor in scenario.actors:
        for feature, points in actor.references.items():
            found[f"init.reference.{actor.id}.{feature}"] = Number(value=points, unit="points")
    found |= {f"init.{name}": as_number(x) for _, name, x in given_at_opening(scenario)}
    found |= dict(_goals(scenario))
    found |= dict(_beliefs(scenario))
    return found | {f"mech.{switch}": Number(value=1.0, unit="1 on, 0 off") for switch in SWITCHES}


def _tuned(usual: Number | None, given: Number, whole: bool) -> Number:
    """The scenario's number in place of the rulebook's; a bare one keeps the rulebook's range."""
    if whole or usual is None:
        return given
    low, high = usual.low, usual.high
    kept = low is not None and high is not None and low <= given.value <= high
    return usual.model_copy(update={"value": given.value} | ({} if kept else _NO_RANGE))


_NO_RANGE: dict[str, None] = {"low": None, "high": None}


def _goals(scenario: Scenario) -> Iterator[tuple[str, Number]]:
    for actor in scenario.actors:
        for kind, goals in (("goal", actor.goals), ("goal_keep", actor.goals_keep)):
            for feature, weight in goals.items():
                spread = GOAL_SPREAD * abs(weight)
                yield f"{kind}.{actor.id}.{feature}", Number(
                    value=weight, low=weight - spread, high=weight + spread, unit="weight"
                )


def _beliefs(scenario: Scenario) -> Iterator[tuple[str, Number]]:
    for action in scenario.actions:
        for part in PARTS:
            yield f"act.{action.id}.{part}", Number(value=getattr(action, part))
        for branch, effects in (("good", action.good), ("bad", action.bad)):
            for feature, points in effects.items():
                yield f"act.{action.id}.{branch}.{feature}", Number(value=points, unit="points")


# --- changes asked for --------------------------------------------------------------------------
def resolve(
    scenario: Scenario, set: Mapping[str, float], off: Sequence[str]
) -> tuple[dict[str, Number], frozenset[str]]:
    """The numbers with changes made, and the switches that are off; a set number has no range.

    Setting all of an array (`init.will`) also replaces what the scenario gives its parts.
    """
    found = numbers(scenario)
    off = [off] if isinstance(off, str) else off
    dark = {_switch(scenario, name.removeprefix("mech.")) for name in off}
    parts = board_names(scenario)
    for name, value in set.items():
        usual = _named(name, found, parts, scenario)
        _check(name, value, usual)
        for finer in [n for n in found if n.startswith(f"{name}.") and n not in set]:
            if name.startswith("init."):
                del found[finer]
        found[name] = usual.model_copy(update={"value": float(value), **_NO_RANGE})
        if name.startswith("mech.") and value == 0:
            dark.add(_switch(scenario, name.removeprefix("mech.")))
    for name in OPTIONS:
        if why := unfit(name, found[name]):
            raise OfframpError(f"{name} {why}")
    found |= {f"mech.{switch}": Number(value=0.0, unit="1 on, 0 off") for switch in dark}
    return found, frozenset(dark)


def _switch(scenario: Scenario, name: str) -> str:
    if name not in SWITCHES:
        near = did_you_mean(name, SWITCHES) or f"; the switches are {', '.join(SWITCHES)}"
        raise NameUnknown(f"no switch is called {name}{near}")
    bluffs = any(action.rule == "face_down" for action in scenario.actions)
    if name == "verify_bluff" and not bluffs:
        raise NameUnknown(
            f"{scenario.id} cannot feed the switch {name}: no action uses the rule face_down"
        )
    return name


def _named(
    name: str, found: Mapping[str, Number], parts: frozenset[str], scenario: Scenario
) -> Number:
    """The number a name stands for before it is set; a name nobody knows is refused."""
    if name in found:
        return found[name]
    if name.startswith("init.") and name.removeprefix("init.") in parts:
        meta = FIELDS[name.split(".")[1]].metadata
        return Number(value=meta["opening"], unit=meta["unit"])
    base, hint = name.rpartition(".")[0], unread(name, rulebook(), scenario)
    if hint is None:
        return found[base]
    if base not in rulebook():
        hint = did_you_mean(name, [*found, *(f"init.{part}" for part in parts)])
    raise NameUnknown(f"no number is called {name}{hint}")


def _check(name: str, value: float, usual: Number) -> None:
    """A number asked for must be finite and in the range of what it sets."""
    if not isfinite(value):
        raise OfframpError(f"{name} must be a finite number, not {value}")
    kind, _, rest = name.partition(".")
    low, high = -inf, inf
    if kind == "init":
        meta = FIELDS[rest.partition(".")[0]].metadata
        low, high = meta["low"], meta["high"]
    elif kind == "act":
        low, high = PARTS.get(rest.partition(".")[2], (low, high))
    elif kind not in ("goal", "goal_keep", "mech") and name not in OPTIONS:
        low, high = span(usual)
    elif kind == "mech" and value not in (0, 1):
        raise OfframpError(f"{name} is 1 (on) or 0 (off), not {value:g}")
    if not low <= value <= high:
        raise OfframpError(f"{name} must lie within {low:g} to {high:g}, not be {value:g}")


def span(usual: Number) -> tuple[float, float]:
    """How far a rule's number may be set: its sign is kept, a share stays a share."""
    low, high = _low(usual), _high(usual)
    share = high <= 1.0 and any(word in usual.unit for word in ("share", "chance"))
    return (0.0 if low >= 0.0 else 100.0 * low), 1.0 if share else 1000.0 * max(abs(high), 1.0)


def draw(found: Mapping[str, Number], keys: Bits, sample: bool) -> dict[str, Numbers]:
    """Each number as an array: (1,), or with `sample` (worlds,) drawn evenly within its range."""
    drawn = {name: np.array([number.value], np.float64) for name, number in found.items()}
    ranges = {name: (_low(n), _high(n)) for name, n in found.items() if _low(n) < _high(n)}
    if sample and ranges:
        rolls = Dice(keys, 0).rolls([f"tuning/{name}" for name in ranges])
        for roll, (name, (low, high)) in zip(rolls, ranges.items(), strict=True):
            drawn[name] = low + (high - low) * roll
    return drawn


def _low(number: Number) -> float:
    return number.value if number.low is None else number.low


def _high(number: Number) -> float:
    return number.value if number.high is None else number.high


# --- laying it out ------------------------------------------------------------------------------
def lay(
    scenario: Scenario, seed: int, first: int, worlds: int,
    set: Mapping[str, float], off: Sequence[str], sample: bool,
) -> tuple[Table, State, Bits]:  # fmt: skip
    """A scenario ready to play: its table, its opening board, and the worlds' keys."""
    found, dark = resolve(scenario, set, off)
    worlds_keys = keys(seed, first, worlds)
    table = Table(scenario, draw(found, worlds_keys, sample), sorted(dark))
    return table, opening(table, worlds, Dice(worlds_keys, 0)), worlds_keys
