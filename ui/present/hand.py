"""The hand: a seat's cards by slot, and what its staff makes of them, as text and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sim.exercise.drafts import Drafts
from sim.exercise.estimate import Estimate, name_of
from sim.exercise.view import Card, SeatView
from sim.schema import Scenario
from ui.kit.words import Words
from ui.present.head import figure

CHIPS, PIPS = 3, 5
NOISE = 0.05  # shares of 200 futures that differ by less may be alike


@dataclass(frozen=True)
class Chip:
    """An effect the act is expected to have."""

    name: str
    points: float
    good: bool


@dataclass(frozen=True)
class CardShown:
    """One card."""

    id: str
    key: str | None
    name: str
    rung: int
    rung_name: str
    hold: bool
    legal: bool
    drafted: bool
    cost: tuple[tuple[str, bool], ...]  # words, and whether there is enough
    chips: tuple[Chip, ...]
    attribution: int
    reaction: int
    feared: str
    reasons: tuple[str, ...]  # why it cannot be played, the first one first
    notes: tuple[str, ...]  # what else there is to know
    tells: str  # what the world would hear


@dataclass(frozen=True)
class Tab:
    """One slot: its name and the order in it."""

    slot: str
    name: str
    order: str
    holds: bool
    aimless: bool  # its target is still to be chosen


@dataclass(frozen=True)
class Hand:
    """The tabs, the cards of the open one, and the stocks cards are paid from."""

    title: str
    tabs: tuple[Tab, ...]
    slot: str
    cards: tuple[CardShown, ...]
    stocks: tuple[tuple[str, str], ...]

    @property
    def hold(self) -> str:
        return next((card.id for card in self.cards if card.hold), "")


def slot_name(scenario: Scenario, slot: str) -> str:
    """As the scenario calls it, or its id in plain letters."""
    plain = slot.replace("_", " ")
    return scenario.words.get(f"slot.{slot}", plain[:1].upper() + plain[1:])


def hand(view: SeatView, drafts: Drafts, slot: str, scenario: Scenario, words: Words,
         aimless: frozenset[str] = frozenset()) -> Hand:  # fmt: skip
    """The hand with one slot open; `aimless` are slots that lack a target."""
    seat = next(actor for actor in scenario.actors if actor.id == view.seat)
    tabs = []
    for name, cards in view.hand.items():
        card = next(c for c in cards if c.id == drafts.orders[name].action)
        tabs.append(Tab(name, slot_name(scenario, name), card.name, card.hold, name in aimless))
    numbers = iter("123456789")
    shown = tuple(
        _card(card, "0" if card.hold else next(numbers, None), view, drafts, scenario, words)
        for card in view.hand[slot]
    )
    paid = {stock for cards in view.hand.values() for card in cards for stock in card.cost}
    stocks = tuple(
        (words.t(f"board.stock.{name}"), words.number(at.middle))
        for name, at in view.stocks.items() if name in paid
    )  # fmt: skip
    return Hand(words.t("board.hand.title", who=seat.name), tuple(tabs), slot, shown, stocks)


def _card(card: Card, key: str | None, view: SeatView, drafts: Drafts, scenario: Scenario,
          words: Words) -> CardShown:  # fmt: skip
    names = {feature.id: feature.short or feature.name for feature in scenario.features}
    rung = scenario.ladder.rungs[card.rung]
    cost = tuple(
        (words.t(f"board.cost.{stock}", n=amount),
         stock not in view.stocks or view.stocks[stock].high >= amount)
        for stock, amount in card.cost.items()
    )  # fmt: skip
    chips = tuple(Chip(names[e.feature], e.points, e.good) for e in card.effects[:CHIPS])
    answer = card.reaction.chance if card.reaction else 0.0
    return CardShown(
        card.id, key, card.name, card.rung, rung.name, card.hold, card.legal,
        drafts.orders[card.slot].action == card.id, cost, chips, round(PIPS * card.attribution),
        ceil(PIPS * answer - 1e-9),
        words.t("board.card.feared", name=card.reaction.name, chance=words.percent(answer))
        if card.reaction else "",
        tuple(sentence(words.told(why)) for why in card.why_not), _notes(card, words),
        words.told(card.tells),
    )  # fmt: skip


def sentence(reason: str) -> str:
    """A reason as the engine gives it, beginning with a capital."""
    return reason[:1].upper() + reason[1:]


def _notes(card: Card, words: Words) -> tuple[str, ...]:
    """What sets the act apart from an ordinary one."""
    said = []
    if len(card.targets) > 1:
        said.append(words.t("board.card.targets", n=len(card.targets)))
    if card.consent:
        said.append(words.t("board.card.consent"))
    if card.joint:
        said.append(words.t("board.card.joint"))
    if card.cooldown:
        said.append(words.t("board.card.cooldown", n=card.cooldown))
    return tuple(said)


# --- what the staff says --------------------------------------------------------------------------
@dataclass(frozen=True)
class Figure:
    """One line of the staff's page; None where it is locked, "" where the next line has it."""

    label: str
    value: str | None


@dataclass(frozen=True)
class StaffPage:
    """What futures of an open card look like, beside those of holding."""

    bars: tuple[float, ...]
    hold: tuple[float, ...]
    mark: int
    figures: tuple[Figure, ...]
    runs: str
    short: str  # the one figure of a closed card


def watched(estimates: Mapping[str, Estimate], question: int) -> int:
    """The rung to print chances of: where the cards differ most, from the question's up.

    The gravest act of two months stands higher than that of a week, so that "or above the rung
    asked for" is near certain on most cards. Where none differs by more than noise, the lowest
    rung that is not likely anyway.
    """
    found = list(estimates.values())
    rungs = range(question, len(found[0].hold) if found else question)
    apart = {rung: _apart([*(one.bars for one in found), found[0].hold], rung) for rung in rungs}
    widest = max(apart, key=lambda rung: apart[rung], default=question)
    if apart.get(widest, 0.0) > NOISE:
        return widest
    return next((rung for rung in rungs if sum(found[0].hold[rung:]) < 0.5), question)


def _apart(bars: Sequence[Sequence[float]], rung: int) -> float:
    """How far the chances of a rung or above lie apart."""
    shares = [sum(one[rung:]) for one in bars]
    return max(shares) - min(shares)


def staff_page(card: tuple[str, str | None], far: Mapping[str, Estimate],
               near: Mapping[str, Estimate], question: int, answered: bool, words: Words,
               names: Mapping[str, str] | None = None) -> StaffPage | None:  # fmt: skip
    """The staff's page on a card; None while nothing has come in. `names` are of the endings."""
    name = name_of(card) if name_of(card) in far else card[0]
    if name not in far:
        return None
    found, mark = far[name], watched(far, question)
    share, low, high = found.at_least(mark)
    figures = [
        Figure(words.t("board.staff.this", n=mark), chance(share, found.runs, words)),
        Figure(words.t("board.staff.hold", n=mark),
               chance(sum(found.hold[mark:]), found.runs, words)),
    ]
    week = near.get(name_of(card)) or near.get(card[0])
    if week is not None or not answered:
        shown = week is not None and answered
        said = chance(week.at_least(question)[0], week.runs, words) if week and shown else None
        figures.append(Figure(words.t("board.staff.week", n=question), said))
    figures += _outcomes(found, names or {}, words)
    margin = max(1, round(50 * (high - low)))
    key = "runs" if found.runs >= found.wanted else "partial"
    runs = words.t(f"board.staff.{key}", n=found.runs, of=found.wanted, margin=margin)
    short = words.t("board.staff.short", n=mark, chance=figures[0].value)
    return StaffPage(found.bars, found.hold, mark, tuple(figures), runs, short)


def _outcomes(found: Estimate, names: Mapping[str, str], words: Words) -> Iterator[Figure]:
    """Civilians killed, and the ending that the order makes likelier or less likely by most."""
    said = [figure(at, words) for at in (found.killed, found.hold_killed)]
    yield Figure(words.t("board.staff.killed"), words.t("board.staff.beside", a=said[0], b=said[1]))
    moved = {name: abs(share - found.hold_outcomes.get(name, 0.0))
             for name, share in found.outcomes.items() if name in names}  # fmt: skip
    name = max(moved, key=lambda one: moved[one], default="")
    if name and moved[name] > NOISE:
        both = (found.outcomes, found.hold_outcomes)
        said = [chance(at[name], found.runs, words) for at in both]
        yield Figure(names[name], "")
        beside = words.t("board.staff.beside", a=said[0], b=said[1])
        yield Figure(words.t("board.staff.ends"), beside)


def chance(share: float, runs: int, words: Words) -> str:
    """A share of so many futures: none and all of them are not never and always."""
    if round(share * runs) == 0:
        return "<" + words.percent(0.01)
    if round(share * runs) >= runs:
        return ">" + words.percent(0.99)
    return words.chance(share)
