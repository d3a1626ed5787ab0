"""The rulebook: the name a scenario uses for a rule, the function that plays it, and its time.

A *deed* is an act carried out; a *tide* is what a week does by itself. `PHASES` and the five lists
of tides are the order of a week (model 5.0); `OWNS` names the measures a deed writes itself, so
that the general effects of an act (errata E12) leave them alone.
"""

from sim.dice import Dice
from sim.order import Deed, Order, Tide, Told
from sim.rules import (
    aid,
    bluff,
    clocks,
    commitments,
    covert,
    economy,
    endings,
    forces,
    ground,
    guards,
    ladder,
    minds,
    nuclear,
    opinion,
    palace,
    promises,
    signals,
    strikes,
    succession,
    support,
    talks,
)  # fmt: skip
from sim.state import State
from sim.table import Table


def nothing(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A hold: nothing beyond the general effects of the act."""
    return state, {}


PHASES: dict[str, dict[str, Deed]] = {
    "factions": {
        "press_hawk": palace.press_hawk, "mutiny": succession.mutiny, "grumble": palace.grumble,
        "plot": palace.plot, "flee": opinion.flee, "protest": opinion.protest,
        "sway": support.sway,
    },
    "covert": {
        "sabotage": covert.sabotage, "meddle": covert.meddle, "harden": guards.harden,
        "cyber_reply": covert.cyber_reply, "expose": guards.expose,
    },
    "political": {
        "nothing": nothing, "dig_in": ground.dig_in, "call_up": forces.call_up,
        "drill": forces.drill, "annex": commitments.annex, "redefine": commitments.redefine,
        "purge": palace.purge, "repress": opinion.repress, "cut_energy": economy.cut_energy,
        "close_corridor": economy.close_corridor, "sanction": economy.sanction,
        "appeal": support.appeal, "accept_terms": talks.accept_terms,
        "offer_terms": talks.offer_terms, "back_channel": talks.back_channel,
        "offer_relief": talks.offer_relief, "aid": aid.aid, "cut_aid": aid.cut_aid,
        "send_air_defence": aid.send_air_defence, "train_abroad": aid.train_abroad,
    },
    "signals": {
        "threaten": signals.threaten, "alert_forces": signals.alert_forces, "warn": signals.warn,
        "reinforce": signals.reinforce, "guarantee": signals.guarantee, "feint": forces.feint,
        "face_down": bluff.face_down,
    },
    "strikes": {
        "strike_society": strikes.strike_society, "strike_grid": strikes.strike_grid,
        "strike_forces": strikes.strike_forces, "strike_roads": strikes.strike_roads,
        "strike_ally": strikes.strike_ally, "strike_deep": strikes.strike_deep,
        "raid": strikes.raid, "intervene": strikes.intervene,
    },
    "ground": {
        "attack": ground.attack, "withdraw": ground.withdraw, "rush": forces.rush,
        "press_in": bluff.press_in,
    },
    "nuclear": {
        "demonstrate": nuclear.demonstrate, "detonate": nuclear.detonate,
        "nuclear_reply": nuclear.nuclear_reply,
    },
}  # fmt: skip
DEEDS: dict[str, Deed] = {name: deed for phase in PHASES.values() for name, deed in phase.items()}

OPENING: tuple[Tide, ...] = (  # the week begins
    clocks.count_down, talks.lapse, aid.deliver, forces.supply_and_works, forces.muster,
    forces.industry, strikes.repair_grid, guards.repair_nodes,
)  # fmt: skip
MINDS: tuple[Tide, ...] = (minds.shift_references, minds.ease, minds.aspire, minds.despair)
DEEDS_BEGIN: tuple[Tide, ...] = (clocks.clear_tally,)
BATTLE: tuple[Tide, ...] = (ground.fight,)  # after strikes, before nuclear acts
HOME: tuple[Tide, ...] = (  # news, opinion and wills, beliefs, hazards, talks, ladder, endings
    covert.attribute_late, strikes.count_harm,
    opinion.touch_families, opinion.shake_opinion, opinion.shift_approval, opinion.calm_streets,
    palace.stir_hawks, palace.fade_blows, palace.shift_loyalty,
    support.turn_wills, support.hold_together, support.hold_election,
    economy.burn_energy, economy.trade_food, economy.turn_economies, economy.mend_standing,
    nuclear.keep_word, signals.test_red_lines, promises.settle_promises, signals.settle_beliefs,
    covert.settle_suspicion, signals.fade_signals, succession.remove_leader,
    ladder.accidents, talks.negotiate, ladder.climb, minds.feel, endings.close,
)  # fmt: skip
TIDES: tuple[Tide, ...] = (*OPENING, minds.take_stock, *MINDS, *DEEDS_BEGIN, *BATTLE, *HOME)
AIMS: dict[str, str] = {  # the deeds that must be aimed, and at what
    "attack": "region", "withdraw": "region", "raid": "region", "annex": "region",
    "strike_ally": "region", "sabotage": "node", "press_in": "region",
}  # fmt: skip
OWNS: dict[str, tuple[str, ...]] = {
    "threaten": ("danger",), "alert_forces": ("danger",), "warn": ("credibility",),
    "sabotage": ("economy",), "demonstrate": ("danger", "standing"),
    "detonate": ("danger", "standing", "economy"), "nuclear_reply": ("danger",),
    "mutiny": ("content", "hold"), "attack": ("hold",), "withdraw": ("hold",),
    "offer_terms": ("hold",), "accept_terms": ("hold",), "face_down": ("danger", "credibility"),
}  # fmt: skip
