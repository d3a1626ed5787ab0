"""Switches: a mechanism that is off reads its neutral value on every path (decisions 6, E40).

Each switch is tried on whole campaigns: with it off, two runs that differ only in the mechanism's
own inputs give the same board, to the bit, but for those inputs themselves; with it on they part.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from sim.catalogue import Action
from sim.errors import NameUnknown
from sim.schema import Scenario
from sim.table import SWITCHES
from tests.campaigns import asked, differing, holds, kerch, played

KERCH_SWITCHES = [name for name in SWITCHES if name != "verify_bluff"]
LAND = ("luhansk", "donetsk", "zapor", "kherson_w", "kherson_e")
STRIKES = ("ru_strike_city", "ru_drone_grid")


@dataclass(frozen=True)
class Pair:
    """The two arms of a switch's own experiment, and the arrays that are its input."""

    low: Mapping[str, float]
    high: Mapping[str, float]
    inputs: tuple[str, ...] = ()
    both: Mapping[str, float] = field(default_factory=dict)


def pair(inputs: str = "", both: Mapping[str, float] | None = None, **arms: tuple[float, float],
         ) -> Pair:  # fmt: skip
    """Names with `__` for the dot: (low, high)."""
    names = {name.replace("__", "."): values for name, values in arms.items()}
    low = {name: values[0] for name, values in names.items()}
    high = {name: values[1] for name, values in names.items()}
    return Pair(low, high, tuple(inputs.split()), dict(both or {}))


def many(names: list[str], low: float, high: float, inputs: str = "") -> Pair:
    return Pair(dict.fromkeys(names, low), dict.fromkeys(names, high), tuple(inputs.split()))


TERROR = {f"act.{a}.good.ukrainian_will": 0.0 for a in STRIKES}
TERRIBLE = {f"act.{a}.good.ukrainian_will": -15.0 for a in STRIKES}
LOCKED = [a.id for a in kerch().actions if a.lock > 0 and "moscow" in a.by]
DENIABLE = [a.id for a in kerch().actions if a.attribution < 1]
NUMBERS = {  # switch -> the inputs that numbers can move
    "retaliation": pair(strikes__symbolic_hit=(0, 1)),
    "aspiration": pair(init__win_mode__moscow=(0, 1), asp__rate=(0.05, 0.5),
                       init__reference__moscow__held_ground=(60, 110), reference__better=(0, 0.4)),
    "annex_stakes": Pair(
        {f"init.annexed.{r}": 0 for r in LAND} | {"annex.k": 1.0, "talks.audience": 0},
        {f"init.annexed.{r}": 1 for r in LAND} | {"annex.k": 2.5, "talks.audience": 9},
        ("annexed",)),
    "flex_aims": pair("flexibility", init__flexibility__moscow=(0.05, 0.9),
                      flexibility__rest__moscow=(0.1, 1)),
    "mobil_touch": pair("casualties", opinion__touch_scale__russia=(200, 900),
                        init__casualties__russia=(70, 120)),
    "bluff_credit": pair(signals__test_odds=(0, 0.5), signals__test_credit=(0, 0.3)),
    "survival": pair(goal__moscow__kremlin_hold=(0.08, 0.24),
                     goal_keep__moscow__kremlin_hold=(0.17, 0.51)),
    "cas_insens": pair("pride", goal__moscow__soldiers_lives=(0.005, 0.4),
                       goal_keep__moscow__soldiers_lives=(0.005, 0.4),
                       init__pride__moscow=(0.1, 0.9), pride__rest__moscow=(0.1, 0.9)),
    "train_quality": pair("drill train_rate", mob__train_wk__russia=(2, 18),
                          init__train_rate__america=(0, 2.5), init__drill__russia=(0.1, 0.9),
                          ground__green_losses=(0, 2), forces__drill_gain=(0, 0.2)),
    "corruption": pair("corruption deceit", init__corruption__russia=(0.15, 0.5),
                       forces__corruption_rest__russia=(0.15, 0.6), perception__deceit=(0, 36)),
    "aid_quality": pair(aid__craft_1=(0, 0.1), aid__craft_2=(0, 0.3), aid__craft_3=(0, 0.4)),
    "spirit": pair("morale", init__morale__russia=(0.2, 0.9), morale__rest__russia=(0.2, 0.9),
                   morale__defeat__russia=(0, 0.2)),
    "blame": pair("blame", init__blame__russia=(0.2, 0.8), blame__rest__russia=(0.2, 0.8)),
    "contempt": pair("contempt", init__contempt__high_command=(0.05, 0.5),
                     contempt__rest=(0.05, 0.3)),
    "hawk": pair("beholden", init__beholden__hawks=(0.1, 0.8), loyalty__hawk=(0, 0.2)),
    "anger": pair("anger", init__anger__moscow=(0, 1), anger__memory=(0, 1)),
    "unlock": many([f"act.{a}.lock" for a in LOCKED], 0.0, 1.0),
    "terror_will": Pair(TERROR | {"support.outrage": 0, "support.blackout": 0},
                        TERRIBLE | {"support.outrage": 2, "support.blackout": 0.3},
                        both={"support.patron_outrage": 0}),
    "two_paths": pair(aid__will_full__america=(0.3, 0.9), aid__will_full__europe=(0.3, 0.9)),
    "hybrid": pair(covert__contagion=(1, 9), comfort__bank=(0, 50), comfort__seabed=(0, 50)),
    "cyber": pair(covert__contagion=(1, 9), comfort__bank=(0, 50)),
    "energy_food": pair(comfort__cut=(0, 40), comfort__food=(0, 20), energy__cut=(0, 0.05),
                        corridor__price=(0.01, 0.5)),
    "warning_signal": pair(covert__belief_step=(0, 0.25), covert__belief_pull=(0, 0.5)),
    "seabed": pair(comfort__seabed=(0, 50)),
    "elect": pair(covert__sway=(0, 1), covert__backlash=(0, 1), election__meddling=(0, 5)),
    "covert_subst": many([f"act.{a}.attribution" for a in DENIABLE], 0.1, 1.0),
    "type_mix": pair(init__resolved__moscow=(0, 1), succession__resolved=(0, 1)),
    "sacred_ground": pair(strikes__sacred_raid=(0, 9), ground__sacred_week=(0, 9),
                          removal__sacred=(0, 9), pressure__sacred=(0, 0.3),
                          pressure__raid=(0, 0.3)),
    "sacred_fatal": pair(both={"init.control.crimea": 0.2, "init.held_at_claim.crimea": 1.0},
                         removal__sacred=(0, 9)),
    "bluff_deplete": pair("called_bluffs", init__called_bluffs__moscow=(0, 5),
                          signals__wear=(0, 1), signals__wear_square=(0, 0.5)),
    "inadvertent": pair(accidents__hazard=(0, 0.06), accidents__slope=(0.1, 0.6)),
    "learn": pair("learned", init__learned=(0.3, 1.5), choice__learning=(0, 0.5)),
}  # fmt: skip


@pytest.mark.parametrize("switch", NUMBERS)
def test_off_its_inputs_move_nothing(switch: str) -> None:
    arms = NUMBERS[switch]
    low, high = (played(set={**arms.both, **arm}, off=[switch]) for arm in (arms.low, arms.high))
    assert not differing(low, high, but=arms.inputs)


@pytest.mark.parametrize("switch", NUMBERS)
def test_on_its_inputs_matter(switch: str) -> None:
    arms = NUMBERS[switch]
    low, high = (played(set={**arms.both, **arm}) for arm in (arms.low, arms.high))
    assert differing(low, high, but=arms.inputs)


# --- inputs that stand in the scenario's sheets ---------------------------------------------------
def redrawn(weight: float) -> Scenario:
    lines = tuple(x.model_copy(update={"weight": weight}) for x in kerch().red_lines)
    return kerch().model_copy(update={"red_lines": lines})


def redrawn_at_sacred_ground(weight: float) -> Scenario:
    lines = tuple(
        x.model_copy(update={"weight": weight}) if x.trigger in ("raid", "ground_attack") else x
        for x in kerch().red_lines
    )
    return kerch().model_copy(update={"red_lines": lines})


def changed(rule: str, **update: object) -> Scenario:
    """The scenario with the actions of one rule changed."""
    actions = tuple(
        a.model_copy(update=update) if a.rule == rule else a for a in kerch().actions
    )
    return kerch().model_copy(update={"actions": actions})


def harming(target: str, scale: float) -> Scenario:
    """The scenario with the harm of covert acts against one kind of node scaled ("" all)."""

    def scaled(action: Action) -> Action:
        aim = action.target.aim if action.target else None
        if action.rule != "sabotage" or target not in ("", aim):
            return action
        numbers = {name: scale * x for name, x in action.numbers.items()}
        return action.model_copy(update={"numbers": numbers})

    actions = tuple(scaled(a) for a in kerch().actions)
    return kerch().model_copy(update={"actions": actions})


def feared(chance: float) -> Scenario:
    """Another base chance of a reprisal for a strike on allied soil, which is always on offer."""
    found = next(a for a in kerch().actions if a.rule == "strike_ally")
    assert found.react is not None
    reprisal = found.react.model_copy(update={"chance": chance})
    return changed("strike_ally", react=reprisal, lock=0.0, habit=5.0)


SHEETS = {
    "bluff_credit": (redrawn(0.0), redrawn(1.0)),
    "sacred_ground": (redrawn_at_sacred_ground(0.0), redrawn_at_sacred_ground(1.0)),
    "hybrid": (harming("", 0.1), harming("", 5.0)),
    "cyber": (harming("bank", 0.1), harming("bank", 5.0)),
    "seabed": (harming("cables", 0.1), harming("cables", 5.0)),
    "deter_art5": (feared(0.0), feared(0.75)),
}


@pytest.mark.parametrize("switch", SHEETS)
def test_off_its_sheets_move_nothing(switch: str) -> None:
    low, high = SHEETS[switch]
    assert not differing(played(low, off=[switch]), played(high, off=[switch]))
    assert differing(played(low), played(high))


# --- dice ---------------------------------------------------------------------------------------
EACH_WEEK = ("choice", "outcome", "fog", "noise", "event", "officers", "reply", "removal", "talks",
             "accidents", "election", "successor", "successor_type", "type", "tuning")  # fmt: skip


def rolled(patch: pytest.MonkeyPatch, off: tuple[str, ...], hold: bool) -> dict[int, set[str]]:
    with asked(patch) as labels:
        played(weeks=5, worlds=6, off=off, choices=holds(kerch(), 5) if hold else None)
    return labels


def each_week(labels: dict[int, set[str]]) -> set[tuple[int, str]]:
    return {(w, x) for w, found in labels.items() for x in found if x.split("/")[0] in EACH_WEEK}


def test_a_switch_changes_no_label_while_all_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same acts done, exactly the same dice are asked for: no skip hides a draw."""
    usual = rolled(monkeypatch, (), hold=True)
    for switch in KERCH_SWITCHES:
        assert rolled(monkeypatch, (switch,), hold=True) == usual, switch


def test_a_switch_changes_no_label_of_the_week(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws of the week itself are the same; others belong to acts that only one run chose."""
    usual = rolled(monkeypatch, (), hold=False)
    labels = {a.id for a in kerch().actions}
    for switch in KERCH_SWITCHES:
        now = rolled(monkeypatch, (switch,), hold=False)
        assert each_week(now) == each_week(usual), switch
        for week, found in usual.items():
            for label in found ^ now[week]:
                about_an_act = any(part.split(".")[-1] in labels for part in label.split("/"))
                assert about_an_act, f"{switch}, week {week}: {label}"


def test_a_switch_that_cannot_be_fed_is_refused() -> None:
    with pytest.raises(NameUnknown, match="cannot feed the switch verify_bluff"):
        played(weeks=0, off=["verify_bluff"])


def test_every_switch_is_tried() -> None:
    assert set(KERCH_SWITCHES) == NUMBERS.keys() | SHEETS.keys()
