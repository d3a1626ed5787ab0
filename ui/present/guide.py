"""The first session's guide: what it says when, where it points, and what it waits for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

STAGES = ("board", "resolve", "review", "ending")  # of a turn, in the order in which they are seen
ENOUGH = 15  # characters of a reason
LAST = 10**6  # the turn of what comes when the game is over


@dataclass(frozen=True)
class Seen:
    """What the guide may look at: where the player is, and what lies on the desk."""

    stage: str
    turn: int  # the week that is decided, or was just played
    ordered: bool = False  # an order that is more than holding
    aimless: bool = False  # an order that lacks its target
    chance: float | None = None
    reason: str = ""
    committed: bool = False
    places: dict[str, str] = field(default_factory=dict)  # "@name" -> the item that is meant

    @property
    def place(self) -> tuple[int, int]:
        """How far the game is."""
        turn = LAST if self.stage == "ending" else self.turn
        return turn, STAGES.index(self.stage) if self.stage in STAGES else -1


@dataclass(frozen=True)
class Step:
    """One thing said. Without `done` it is only to be read, and the player says when."""

    key: str
    turn: int
    stage: str
    at: str = ""  # an item, the beginning of one's name, or "@name" of `Seen.places`
    done: Callable[[Seen], bool] | None = None
    when: Callable[[Seen], bool] = lambda seen: True  # said only if this holds
    side: str = "above"  # where the words stand, if there is room

    @property
    def place(self) -> tuple[int, int]:
        return LAST if self.stage == "ending" else self.turn, STAGES.index(self.stage)


STEPS = (
    Step("ladder", 1, "board", "@rung", side="right"),
    Step("tracks", 1, "board", "@own", side="left"),
    Step("card", 1, "board", "@first", lambda s: s.ordered),
    Step("target", 1, "board", "desk:target", lambda s: not s.aimless, lambda s: s.aimless,
         side="left"),
    Step("forecast", 1, "board", "forecast", lambda s: s.chance is not None, side="left"),
    Step("staff", 1, "board", "@open"),
    Step("reason", 1, "board", "reason", lambda s: len(s.reason.strip()) >= ENOUGH, side="left"),
    Step("commit", 1, "board", "desk:commit", lambda s: s.committed, side="left"),
    Step("told", 1, "resolve", "step:", side="right"),
    Step("onward", 1, "resolve", "play:done", lambda s: s.stage != "resolve", side="left"),
    Step("review", 1, "review", "review:next", lambda s: s.stage != "review", side="left"),
    Step("fog", 2, "board", "@other", side="left"),
    Step("feed", 2, "board", "feed:0", side="left"),
    Step("signal", 2, "board", "signal:silent", side="left"),
    Step("again", 2, "board", "desk:commit", lambda s: s.committed, side="left"),
    Step("exit", 3, "board", "@low", lambda s: s.committed),
    Step("ending", LAST, "ending", "ending:branch"),
)  # fmt: skip


@dataclass
class Guide:
    """Goes through the steps as the player does; what the player has passed is not said."""

    steps: tuple[Step, ...] = STEPS
    at: int = 0
    over: bool = False

    def now(self, seen: Seen) -> Step | None:
        """What is to be said here and now; moves on past what is done."""
        while not self.over and self.at < len(self.steps):
            step = self.steps[self.at]
            if step.place > seen.place:
                return None
            done = step.done is not None and step.done(seen)
            if step.place == seen.place and not done and step.when(seen):
                return step
            self.at += 1
        self.over = True
        return None

    def read(self) -> None:
        """The player has read it."""
        self.at += 1

    def end(self) -> None:
        """The player needs no guide."""
        self.over = True
