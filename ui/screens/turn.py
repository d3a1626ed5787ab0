"""A seat's turn at the board: what lies open, and what pressing things does; nothing is drawn."""

from __future__ import annotations

from collections.abc import Callable

from sim.exercise import Exercise
from sim.exercise.view import Card, SeatView, view
from ui.kit.words import Words
from ui.map.frame import next_layer, next_zoom
from ui.map.theatre import Theatre
from ui.present.hand import StaffPage, staff_page
from ui.present.theatre import places
from ui.screens.card import Staff
from ui.screens.hand import HandState
from ui.screens.picker import Picker
from ui.screens.sheet import Sheet
from ui.screens.staff import WEEKS, StaffWork, Stream


class Turn:
    """The coming week of one seat. `goto` puts the focus on an item of the next picture."""

    def __init__(
        self, exercise: Exercise, seat: str, stream: Stream | None, say: Callable[[str], None],
        theatre: Theatre | None, locked: bool, goto: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.exercise, self.seat, self.scenario = exercise, seat, exercise.scenario
        self.sheet, self.staff = Sheet(exercise, seat, say), StaffWork(exercise, seat, stream)
        self.theatre, self.locked = theatre or Theatre(exercise.scenario), locked
        self.words, self.goto = Words(), goto
        self.view: SeatView = view(exercise, seat)
        self.slot = next(iter(self.view.hand))
        self.states: dict[str, HandState] = {}
        self.picker: Picker | None = None
        self.place, self.zoom, self.layer = "", 1.0, "all"
        self._key: object = self._now()

    # --- what there is --------------------------------------------------------------------------
    def renew(self) -> None:
        """The seat's picture, made anew when the week, the branch or the language is another."""
        key = self._now()
        if key != self._key:
            self.scenario = self.exercise.scenario
            self.theatre.named(self.scenario)
            self._key, self.view, self.states = key, view(self.exercise, self.seat), {}
            self.picker, self.place = None, ""
            self.slot = next(iter(self.view.hand))

    def _now(self) -> tuple[str, int, int]:
        return self.exercise.branch, self.exercise.week, id(self.exercise.scenario)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Of the open slot."""
        return self.view.hand[self.slot]

    @property
    def card(self) -> Card:
        """The card ordered in the open slot."""
        action = self.sheet.drafts.orders[self.slot].action
        return next(card for card in self.cards if card.id == action)

    @property
    def target(self) -> str | None:
        """Where the order of the open slot goes."""
        return self.sheet.drafts.orders[self.slot].target

    @property
    def state(self) -> HandState:
        """Which card of the open slot is open: at first the one that is ordered."""
        return self.states.setdefault(self.slot, HandState(self.card.id))

    @property
    def mode(self) -> str:
        """Silent, private or public."""
        signal = self.sheet.drafts.signal
        if signal is None:
            return "silent"
        return "public" if signal.audience == "public" else "private"

    def aimless(self) -> frozenset[str]:
        """Slots whose order lacks a target."""
        missing = (key.partition(":") for key in self.exercise.missing(self.seat))
        return frozenset(slot for kind, _, slot in missing if kind == "target")

    # --- the staff ------------------------------------------------------------------------------
    def pages(self) -> tuple[dict[str, StaffPage], Staff]:
        """The staff's pages on the cards of the open slot, and how its work stands."""
        orders = self.sheet.drafts.orders
        order = orders[self.slot]
        cards: list[tuple[str, str | None]] = [(c.id, None) for c in self.cards if c.legal]
        if order.target is not None and len(self.card.targets) > 1:
            cards.append((order.action, order.target))
        others = {slot: one for slot, one in orders.items() if slot != self.slot}
        found = self.staff.ask(self.slot, cards, others)
        answered = not self.locked or self.sheet.chance is not None
        pages, endings = {}, {outcome.id: outcome.name for outcome in self.scenario.outcomes}
        for name, _ in cards:
            aimed = (name, order.target if name == order.action else None)
            page = staff_page(aimed, found.far, found.near, self.view.question.rung, answered,
                              self.words, endings)  # fmt: skip
            if page is not None:
                pages[name] = page
        weeks = max(1, min(WEEKS, self.exercise.weeks - self.exercise.week))
        waits = weeks == 1 and not answered  # in the last week it would answer the forecast itself
        return {} if waits else pages, Staff(self.staff.off, found.failed, self.staff.stale, weeks,
                                             waits)  # fmt: skip

    # --- cards ----------------------------------------------------------------------------------
    def open_slot(self, slot: str) -> None:
        self.slot = slot

    def next_slot(self) -> None:
        slots = list(self.view.hand)
        self.slot = slots[(slots.index(self.slot) + 1) % len(slots)]
        self.goto(f"card:{self.state.open}")

    def pick(self, id: str) -> None:
        """Open a card, and order it if it is legal; the second time choose its target."""
        card = next(card for card in self.cards if card.id == id)
        again, self.state.open = self.state.open == id, id
        self.goto(f"card:{id}")
        if self.sheet.drafts.committed or not card.legal:
            return
        if self.card.id != id:
            self.sheet.draft(self.slot, id)
        elif again:
            self.aim()

    def digit(self, number: int) -> None:
        """A card by its number; 0 holds."""
        others = [card.id for card in self.cards if not card.hold]
        if number == 0:
            self.hold()
        elif number <= len(others):
            self.pick(others[number - 1])

    def hold(self) -> None:
        """Nothing in this slot."""
        self.pick(next(card.id for card in self.cards if card.hold))

    # --- targets --------------------------------------------------------------------------------
    def aim(self) -> None:
        """Open the target picker, if there is anything to choose."""
        card = self.card
        if len(card.targets) > 1 and not self.sheet.drafts.committed:
            found = places(self.view, card.targets, self.scenario, self.words)
            self.picker = Picker(card.name, found, self.target or card.targets[0], self.choose,
                                 self.close_picker)  # fmt: skip

    def choose(self, target: str) -> None:
        self.sheet.aim(self.slot, target)
        self.close_picker()

    def close_picker(self) -> None:
        self.picker = None
        self.goto("desk:target")

    def cycle(self, step: int) -> None:
        """The next legal target, without the picker."""
        targets = self.card.targets
        if len(targets) > 1:
            at = targets.index(self.target) + step if self.target in targets else min(0, step)
            self.sheet.aim(self.slot, targets[at % len(targets)])

    def look(self, place: str) -> None:
        """A place of the map was pressed: aim there if the order may go there, or look at it."""
        at = self.theatre.facts.aimed(place, self.card.targets)
        if self.picker is not None:
            self.picker.look(at)
        elif len(self.card.targets) > 1 and at in self.card.targets:
            self.sheet.aim(self.slot, at)
        else:
            self.place = "" if self.place == place else place

    def next_layer(self) -> None:
        self.layer = next_layer(self.layer)

    def near(self, step: int) -> None:
        self.zoom = next_zoom(self.zoom, step)

    # --- the signal -----------------------------------------------------------------------------
    def signal(self, mode: str) -> None:
        """To another leader first, about the order at hand or else the first act there is."""
        others = [a for a in self.scenario.actors if a.id != self.seat]
        hearer = min(others, key=lambda a: a.role != "leader").id
        acts = [card.id for cards in self.view.hand.values() for card in cards if not card.hold]
        self.sheet.signal(mode, self.slot, hearer, acts[0] if self.card.hold else "")

    def next_mode(self) -> None:
        modes = ("silent", "private", "public")
        self.signal(modes[(modes.index(self.mode) + 1) % len(modes)])

    def bluff(self) -> None:
        """Meant, or not."""
        now = self.sheet.drafts.signal
        if now is not None:
            self.sheet.change(bluff=not now.bluff)
