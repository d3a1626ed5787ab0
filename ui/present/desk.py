"""The order desk: an order's target, the signal, the forecast, the reason, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.exercise.drafts import LONGEST, SHORTEST, Drafts, Signal
from sim.exercise.view import Card, SeatView
from sim.schema import Scenario
from ui.kit.words import Words
from ui.present.hand import slot_name

MODES = ("silent", "private", "public")
PHRASES = ("costs", "open", "signal", "pressure", "lives", "exit", "time")
AHEAD = 8  # weeks within which an intention can be stated
Option = tuple[str, str]


@dataclass(frozen=True)
class Aim:
    """Where an order goes: words, and what it could be aimed at."""

    words: str
    target: str | None
    options: tuple[Option, ...]
    missing: bool


@dataclass(frozen=True)
class SignalShown:
    """What is signalled, and what could be."""

    mode: str
    modes: tuple[Option, ...]
    actions: tuple[Option, ...]
    action: str | None
    weeks: tuple[Option, ...]
    week: str | None
    hearers: tuple[Option, ...]
    hearer: str | None
    bluff: bool


@dataclass(frozen=True)
class Desk:
    """The whole desk with one slot's order on it."""

    title: str
    order: str
    aim: Aim
    signal: SignalShown
    question: str
    forecast: int | None  # per cent
    reason: str
    phrases: tuple[Option, ...]  # ready-made, for hands that have no keyboard
    longest: int
    done: tuple[str, ...]  # of target, forecast, reason
    missing: str  # a sentence, "" when the week may be committed
    committed: bool
    slots: int
    summary: tuple[tuple[str, str], ...]  # what was decided, slot by slot


def desk(view: SeatView, drafts: Drafts, slot: str, scenario: Scenario, words: Words,
         missing: Sequence[str], reason: str, forecast: float | None) -> Desk:  # fmt: skip
    """The desk; `reason` and `forecast` as they stand on the screen, kept or not yet."""
    slots = list(view.hand)
    order = drafts.orders[slot]
    card = next(c for c in view.hand[slot] if c.id == order.action)
    gaps = [key for key in missing if key not in ("forecast", "reason")]
    gaps += ["forecast"] * (forecast is None) + ["reason"] * (len(reason.strip()) < SHORTEST)
    done = tuple(key for key in ("forecast", "reason") if key not in gaps)
    if f"target:{slot}" not in gaps and len(card.targets) > 1:
        done = ("target", *done)
    title = words.t("board.desk.order", n=slots.index(slot) + 1, of=len(slots),
                    slot=slot_name(scenario, slot))  # fmt: skip
    asked = view.question
    return Desk(
        title if len(slots) > 1 else words.t("board.desk.one"), card.name,
        aim(card, order.target, scenario, words),
        signal_shown(view, drafts.signal, scenario, words),
        words.t("board.desk.question", n=asked.rung, name=asked.rung_name),
        None if forecast is None else round(100 * forecast), reason, phrases(words), LONGEST, done,
        _missing(gaps, scenario, words), drafts.committed, len(slots),
        _summary(view, drafts, scenario, words),
    )  # fmt: skip


def phrases(words: Words) -> tuple[Option, ...]:
    """Reasons that fit many weeks, to begin with or to take as they are."""
    return tuple((name, words.t(f"board.phrase.{name}")) for name in PHRASES)


def _summary(view: SeatView, drafts: Drafts, scenario: Scenario,
             words: Words) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """Every slot's order and where it goes, and the forecast."""
    places = place_names(scenario)
    rows = []
    for slot, order in drafts.orders.items():
        name = next(card.name for card in view.hand[slot] if card.id == order.action)
        where = f" ({places[order.target]})" if order.target else ""
        rows.append((slot_name(scenario, slot), name + where))
    if drafts.forecast is not None:
        rows.append((words.t("board.desk.forecast"), words.percent(drafts.forecast)))
    return tuple(rows)


def place_names(scenario: Scenario) -> dict[str, str]:
    """Regions and nodes by id."""
    regions = {region.id: region.name for region in scenario.regions}
    return regions | {node.id: node.name for node in scenario.nodes}


def aim(card: Card, target: str | None, scenario: Scenario, words: Words) -> Aim:
    """Where an order goes."""
    names = place_names(scenario)
    options = tuple((one, names[one]) for one in card.targets)
    if target is not None:
        return Aim(names[target], target, options, False)
    if len(options) > 1:
        return Aim(words.t("board.desk.choose"), None, options, True)
    said = names[options[0][0]] if options else words.t("board.desk.no_target")
    return Aim(said, None, options, False)


def signal_shown(view: SeatView, signal: Signal | None, scenario: Scenario,
                 words: Words) -> SignalShown:  # fmt: skip
    """Every act of the seat that is more than holding can be announced, legal today or not."""
    modes = tuple((mode, words.t(f"board.desk.{mode}")) for mode in MODES)
    cards = [card for cards in view.hand.values() for card in cards if not card.hold]
    actions = tuple((card.id, card.name) for card in cards)
    coming = view.week + 1
    weeks = tuple((str(week), words.t("board.desk.by_week", n=week))
                  for week in range(coming, coming + AHEAD))  # fmt: skip
    hearers = tuple((a.id, a.name) for a in scenario.actors if a.id != view.seat)
    if signal is None:
        return SignalShown("silent", modes, actions, None, weeks, None, hearers, None, False)
    public = signal.audience == "public"
    return SignalShown(
        "public" if public else "private", modes, actions, signal.action, weeks,
        str(signal.by_week), hearers, None if public else signal.audience, signal.bluff,
    )  # fmt: skip


def _missing(gaps: Sequence[str], scenario: Scenario, words: Words) -> str:
    """What keeps the week from being committed, in a sentence."""
    parts = []
    for gap in gaps:
        kind, _, slot = gap.partition(":")
        parts.append(words.t(f"board.missing.{kind}", slot=slot_name(scenario, slot)))
    return words.t("board.missing.all", what="; ".join(parts)) if parts else ""
