"""What a seat does at the board, passed on to the exercise; typing is kept when it pauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.errors import OfframpError
from sim.exercise import Drafts, Exercise, Signal

PAUSE = 1.0  # seconds without a keystroke after which what was typed is kept
SOON = 2  # weeks ahead: the first date offered for an intention


class Sheet:
    """A seat's desk in the coming week. Errors are said in the exercise's own words."""

    def __init__(self, exercise: Exercise, seat: str, say: Callable[[str], None]) -> None:
        self.exercise, self.seat, self.say = exercise, seat, say
        self._text: str | None = None
        self._chance: float | None = None
        self._still = 0.0

    @property
    def drafts(self) -> Drafts:
        return self.exercise.drafts(self.seat)

    # --- what is typed ------------------------------------------------------------------------
    @property
    def reason(self) -> str:
        """As it stands in the box."""
        return self.drafts.reason if self._text is None else self._text

    @property
    def chance(self) -> float | None:
        """As the slider stands, 0 to 1."""
        return self.drafts.forecast if self._chance is None else self._chance

    def write(self, text: str) -> None:
        self._text, self._still = text, 0.0

    def slide(self, percent: float) -> None:
        self._chance, self._still = percent / 100.0, 0.0

    def tick(self, seconds: float) -> None:
        """Keep what was typed once the hands rest."""
        if self._text is not None or self._chance is not None:
            self._still += seconds
            if self._still >= PAUSE:
                self.keep()

    def keep(self) -> None:
        """Pass on what was typed and set."""
        self.keep_text()
        chance, self._chance = self._chance, None
        if chance is not None:
            self._try(lambda: self.exercise.forecast(self.seat, chance))

    def keep_text(self) -> None:
        """The box was left."""
        text, self._text = self._text, None
        if text is not None and text.strip() != self.drafts.reason:
            self._try(lambda: self.exercise.reason(self.seat, text))

    # --- orders -------------------------------------------------------------------------------
    def draft(self, slot: str, action: str, target: str | None = None) -> bool:
        return self._try(lambda: self.exercise.draft(self.seat, slot, action, target))

    def aim(self, slot: str, target: str) -> bool:
        """The same order at another place."""
        return self.draft(slot, self.drafts.orders[slot].action, target)

    def undo(self) -> bool:
        self.keep()
        return self._try(lambda: self.exercise.undo(self.seat))

    def commit(self) -> bool:
        self.keep()
        return self._try(lambda: self.exercise.commit(self.seat))

    def recall(self) -> bool:
        return self._try(lambda: self.exercise.recall(self.seat))

    # --- the signal ---------------------------------------------------------------------------
    def signal(self, mode: str, slot: str, hearer: str, other: str) -> None:
        """Silent, private or public; begins with the order at hand, or `other` if that holds."""
        if mode == "silent":
            self._try(lambda: self.exercise.sign(self.seat, None))
            return
        audience = "public" if mode == "public" else hearer
        now = self.drafts.signal
        if now is None:
            order = self.drafts.orders[slot]
            act, at = (other, None) if other else (order.action, order.target)
            week = self.exercise.week + SOON
            now = Signal(act, at, week, audience, False)
        self._sign(replace(now, audience=audience))

    def change(self, **what: object) -> None:
        """Change one part of what is signalled."""
        now = self.drafts.signal
        if now is not None:
            self._sign(replace(now, **what))  # type: ignore[arg-type]

    def _sign(self, signal: Signal) -> None:
        self._try(lambda: self.exercise.sign(self.seat, signal))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except OfframpError as error:
            self.say(str(error))
            return False
        return True
