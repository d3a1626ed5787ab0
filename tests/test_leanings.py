"""Leanings: which way minds, factions and whole campaigns go when one number is turned.

The directions of model 5.20 are read at the opening, in chances before luck (errata 11, step 6);
those of errata 12 on whole campaigns. Numbers in the docstrings: measured here (in the trial).
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from sim import CrisisModel
from sim.dice import Dice
from sim.menu import legal
from sim.state import Numbers, State
from tests.campaigns import Changes, happened, kerch, played
from tests.test_invariants import GAMBLER


# --- one mind at the opening ----------------------------------------------------------------------
@cache
def opened(off: tuple[str, ...], changes: tuple[tuple[str, float], ...]) -> CrisisModel:
    return CrisisModel(kerch(), off=off, set=dict(changes))


def chances(
    seat: str, slot: str, board: Changes | None = None, *, off: tuple[str, ...] = (),
    drift: Changes | None = None, changes: Changes | None = None, all_open: bool = False,
) -> Mapping[str, float]:  # fmt: skip
    """How likely each act of a slot is at the opening, everything seen as it is.

    `board` fills whole arrays, `drift` the drift of features.
    """
    model = opened(off, tuple((changes or {}).items()))
    table, state = model.table, _changed(model, drift or {}, board or {})
    actor = next(a for a in model.actors if a.name == seat)
    row = actor.sheet.slots.index(slot)
    may = np.ones((len(table.acts), 1), bool) if all_open else legal(state, table, 1)
    prices = model.judgement.price(state)
    score = actor.scores(prices, state, may, Dice(model.keys, 1))[0][actor.card.slots[row], 0]
    weight = np.exp(score - score.max())
    return dict(zip((a.action.id for a in actor.menu(row)), weight / weight.sum(), strict=True))


def _changed(model: CrisisModel, drift: Changes, board: Changes) -> State:
    state = model.state
    arrays: dict[str, Numbers] = {"drift": state.drift.copy()}
    for name, points in drift.items():
        arrays["drift"][model.table.row("F", name)] = points
    for name, value in board.items():
        arrays[name] = np.full_like(getattr(state, name), value)
    return state.but(**arrays)


def rung(found: Mapping[str, float]) -> float:
    """Mean rung of a slot."""
    rungs = {a.id: a.rung for a in kerch().actions}
    return sum(share * rungs[name] for name, share in found.items())


OPEN = ("unlock",)


def test_who_plays_not_to_lose_strikes_cities() -> None:
    """C2: win to keep .47 to .63 (the trial .17 to .25); the offensive falls, .152 to .129."""
    win, keep = (chances("moscow", "fires", {"win_mode": m})["ru_strike_city"] for m in (1, 0))
    assert keep > win + 0.05
    win, keep = (chances("moscow", "military", {"win_mode": m})["ru_offensive"] for m in (1, 0))
    assert keep < win


def test_annexed_land_is_harder_to_leave() -> None:
    """C4: withdrawal .032 with no land annexed and an elastic aim, .008 at the opening."""
    free = chances("moscow", "military", {"annexed": 0, "flexibility": 0.75})["ru_withdraw"]
    assert chances("moscow", "military")["ru_withdraw"] < 0.6 * free


def test_a_leader_who_is_slipping_climbs() -> None:
    """C7: mean rung of the political slot 4.52 with a steady hold, 4.68 losing 10 points."""
    calm, slipping = (
        rung(chances("moscow", "political", drift={"kremlin_hold": x})) for x in (0, -10)
    )
    assert slipping > calm + 0.08


def test_who_minds_hawks_strikes_and_does_not_offer() -> None:
    """C16: their weight .05 to .25: city strikes .49 to .79, offers .029 to .002."""
    def leaning(weight: float, slot: str) -> Mapping[str, float]:
        names = ("goal.moscow.hawks_content", "goal_keep.moscow.hawks_content")
        return chances("moscow", slot, changes=dict.fromkeys(names, weight))

    assert leaning(0.25, "fires")["ru_strike_city"] > leaning(0.05, "fires")["ru_strike_city"] + 0.1
    offers = [leaning(w, "political")["ru_offer"] for w in (0.05, 0.25)]
    assert offers[1] < 0.5 * offers[0]


def test_anger_strikes() -> None:
    """C17: anger .1 to .9: the open strike on allied soil 13 times as likely, cities .33 to .69."""
    calm, angry = (chances("moscow", "fires", {"anger": x}, off=OPEN) for x in (0.1, 0.9))
    assert angry["ru_interdict"] > 3 * calm["ru_interdict"]
    assert angry["ru_strike_city"] > calm["ru_strike_city"] + 0.1
    assert angry["ru_s_hold"] < calm["ru_s_hold"]


def test_despair_opens_the_menu() -> None:
    """C18: allied soil out of the question at .3, not at .8; C28: covert acts .160 to .175."""
    calm, lost = (chances("moscow", "fires", {"desperation": x}) for x in (0.3, 0.8))
    assert calm["ru_interdict"] == 0 < lost["ru_interdict"]
    few, many = (chances("moscow", "covert", {"desperation": x}) for x in (0.2, 0.6))
    assert many["ru_c_hold"] < few["ru_c_hold"] - 0.005


def test_a_word_that_is_trusted_shields_allied_soil() -> None:
    """C27: credibility .9 to .1: 13 times as likely; with `deter_art5` off it is all one."""
    def hub(trust: float, *off: str) -> float:
        found = chances("moscow", "fires", {"credibility": trust}, off=(*OPEN, *off))
        return found["ru_interdict"] / found["ru_s_hold"]

    assert hub(0.1) > 5 * hub(0.9)
    assert hub(0.1, "deter_art5") == pytest.approx(hub(0.9, "deter_art5"), rel=1e-9)


def test_a_resolved_leader_would_show_the_bomb() -> None:
    """C29: 3.4e-6 to 2.6e-3; C30: to 1.4e-2 when hold and ground slip away under him."""
    def show(board: Changes, drift: Changes | None = None) -> float:
        return chances("moscow", "political", board, off=OPEN, drift=drift)["ru_ndemo"]

    bluff, real = (show({"resolved": x}) for x in (0, 1))
    assert real > 50 * bluff
    going = {"kremlin_hold": -10.0, "held_ground": -8.0}
    cornered = show({"resolved": 1}, going)
    assert cornered > 3 * real


def test_who_minds_losses_concedes_less() -> None:
    """Loss aversion 1 to 2.25: offers .031 to .015 (.060 to .043), withdrawal .084 to .008."""
    for slot, act in (("political", "ru_offer"), ("military", "ru_withdraw")):
        bold, usual = (
            chances("moscow", slot, changes={"choice.loss_aversion": x})[act] for x in (1, 2.25)
        )
        assert usual < 0.8 * bold, act


# --- factions (decisions 8) -----------------------------------------------------------------------
MOODS = {  # seat -> a board at the bad end of its moods
    "hawks": {"pressure": 0.95, "reference": 100.0}, "generals": {"contempt": 0.8, "loyalty": 0.3},
    "security": {"loyalty": 0.3}, "russians": {"touched": 1.0}, "ukrainians": {"will": 0.4},
    "westerners": {"economy": 30.0, "danger": 90.0},
}  # fmt: skip


@pytest.mark.parametrize("seat", MOODS)
def test_a_bad_mood_moves_a_faction(seat: str) -> None:
    """No move above 60% at the opening; at the bad end each 1.5 times as likely as there."""
    held = {a.id for a in kerch().actions if a.hold}
    moods = next(a.drives for a in kerch().actors if a.id == seat)
    assert all(x <= 0.6 for name, x in chances(seat, "faction_move").items() if name not in held)
    usual = chances(seat, "faction_move", all_open=True)
    bad = chances(seat, "faction_move", MOODS[seat], all_open=True)
    for name in moods:
        assert bad[name] >= 1.5 * usual[name], name


# --- whole campaigns ------------------------------------------------------------------------------
def test_loss_aversion_keeps_allied_soil_safe() -> None:
    """Measured over 20 weeks: .28, .09 and .045 of campaigns at 1, 2.25 and 3."""
    bold, timid = (
        (happened(played(weeks=12, worlds=300, set={**GAMBLER, "choice.loss_aversion": x}),
                  "ally_struck") > 0).mean() for x in (1, 3)
    )  # fmt: skip
    assert bold > timid + 0.05, (bold, timid)


def test_accidents_reach_the_tripwire_and_move_nothing_else() -> None:
    """Base hazard .01 and .06: rung 11 in .02 and .10 of campaigns, and little else moves.

    Measured over 20 weeks: hits on allies by order .0025 and .0025, no detonation, removals .0275
    and .025, waves 13.3 and 13.3, threats 2.1 and 2.1.
    """
    calm, tense = (played(weeks=12, worlds=400, set={"accidents.hazard": x}) for x in (0.01, 0.06))
    assert (tense.state.peak >= 11).mean() > (calm.state.peak >= 11).mean() + 0.03
    for event in ("ally_struck", "detonations", "removals"):
        ever = [(happened(m, event) > 0).mean() for m in (calm, tense)]
        assert abs(ever[0] - ever[1]) < 0.01, event
    for event in ("waves", "threats"):
        many = [happened(m, event).mean() for m in (calm, tense)]
        assert many[1] == pytest.approx(many[0], rel=0.03), event


@pytest.mark.full
def test_more_resolved_leaders_mean_more_detonations() -> None:
    """Prior .03, .15, .40 (errata 6: p_nuc .0025, .0185, .055): each step shows at 4000 worlds."""
    shares = [
        (happened(played(weeks=20, worlds=4000, set={**GAMBLER, "init.resolved.moscow": x}),
                  "detonations") > 0).mean() for x in (0.03, 0.15, 0.4)
    ]  # fmt: skip
    assert shares[0] < shares[1] - 0.005 < shares[2] - 0.01, shares
