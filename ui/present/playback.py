"""The clock of a replay: which beat is on show, how far it has run, and when the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ui.present.week import Beat

ARC, FACTOR, HOLD, DRAW = 0.5, 0.18, 0.3, 0.4  # seconds at 1x
COUNT, QUIET = 0.8, 1.2  # the harm strip counts up, and then nothing else moves
SETTLE, LINK = 0.4, 0.25
READ, LETTER = 0.9, 0.009  # time to read, and for each letter more
AT_ONCE = 3


def length(beat: Beat) -> float:
    """Seconds a beat takes at 1x."""
    if beat.kind == "harm":
        return COUNT + QUIET
    if beat.kind == "end":
        return SETTLE + 1.0
    letters = sum(map(len, beat.said)) + (60 if beat.kind == "orders" else 0)
    read = READ + LETTER * min(letters, 200)
    if beat.deed is not None and beat.deed.factors:
        return drawn_at(beat) + DRAW + read
    return ARC + read


def drawn_at(beat: Beat) -> float:
    """When the drawn number comes in."""
    return ARC + FACTOR * (len(beat.deed.factors) if beat.deed else 0) + HOLD


@dataclass
class Playback:
    """Where a replay stands. Stepping by hand shows a beat as it ends, and pauses."""

    beats: Sequence[Beat]
    speed: int = 1
    at: int = 0
    since: float = 0.0
    playing: bool = True
    lengths: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.lengths = [length(beat) for beat in self.beats]
        if self.speed >= AT_ONCE:
            self.to_end()

    @property
    def last(self) -> int:
        return len(self.beats) - 1

    @property
    def done(self) -> bool:
        """Whether all has been told."""
        return self.at == self.last and (not self.playing or self.since >= self.lengths[self.at])

    def tick(self, seconds: float) -> bool:
        """Let time pass; True when something may have moved."""
        if not self.playing or not self.beats:
            return False
        self.since += seconds * self.speed
        while self.since >= self.lengths[self.at] and self.at < self.last:
            self.since -= self.lengths[self.at]
            self.at += 1
        if self.at == self.last and self.since >= self.lengths[self.at]:
            self.since, self.playing = self.lengths[self.at], False
        return True

    def share(self, start: float, lasts: float) -> float:
        """How much of a movement is done that begins `start` seconds into the beat."""
        return min(1.0, max(0.0, (self.since - start) / lasts))

    def go(self, beat: int) -> None:
        """To the end of a beat, and wait there."""
        self.at = min(max(beat, 0), self.last)
        self.since, self.playing = self.lengths[self.at], False

    def step(self, by: int) -> None:
        self.go(self.at + by)

    def to_end(self) -> None:
        self.go(self.last)

    def again(self) -> None:
        self.at, self.since, self.playing = 0, 0.0, True
        if self.speed >= AT_ONCE:
            self.speed = 1

    def pause(self) -> None:
        """Stop or go on; at the end, from the beginning."""
        if self.done:
            self.again()
        else:
            self.playing = not self.playing

    def paced(self, speed: int) -> None:
        self.speed = speed
        if speed >= AT_ONCE:
            self.to_end()
