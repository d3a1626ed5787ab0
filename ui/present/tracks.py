"""Tracks and feed: what moved and by how much, what was heard, each as uncertain as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.exercise.fog import Value
from sim.exercise.view import SeatView, Track
from sim.schema import Actor, Scenario
from ui.kit.words import Words

STILL = 0.5  # points: less than this is no change
FIRST = (5, 4)  # own and others' rows that stand above the rest
Range = tuple[float, float]


@dataclass(frozen=True)
class TrackRow:
    """A number of 0 to 100 points: value or interval, change, the last weeks, the bound."""

    id: str
    name: str
    now: Range
    value: str
    change: float | None  # None when it did not move, or nobody can say
    good: bool | None
    trail: tuple[Range, ...]
    threshold: float | None
    near: bool  # within five points of its threshold
    hint: str


@dataclass(frozen=True)
class ThreatRow:
    """What an actor's threats were worth so far."""

    actor: str
    words: str


@dataclass(frozen=True)
class Tracks:
    """Rows by group: own, others', the seat's own mind, threats heard."""

    groups: tuple[tuple[str, tuple[TrackRow, ...]], ...]
    threats: tuple[ThreatRow, ...]


@dataclass(frozen=True)
class FeedRow:
    """Something heard: when, from whom, what."""

    week: str
    source: str
    text: str
    fresh: bool


def tracks(view: SeatView, scenario: Scenario, words: Words) -> Tracks:
    """Own values as points and others' as bands, what weighs most for the seat first."""
    weights = weights_of(next(a for a in scenario.actors if a.id == view.seat))
    order = sorted(view.tracks, key=lambda track: -weights.get(track.id, 0.0))
    own = [_track(track, words) for track in order if track.own]
    others = [_track(track, words) for track in order if not track.own]
    few, some = _shares(len(own), len(others))
    groups = [
        (words.t("board.tracks.own"), own[:few]),
        (words.t("board.tracks.others"), others[:some]),
        (words.t("board.tracks.more_own"), own[few:]),
        (words.t("board.tracks.more_others"), others[some:]),
        (words.t("board.tracks.self"), _minds(view, scenario, words)),
    ]
    names = {actor.id: actor.name for actor in scenario.actors}
    threats = tuple(
        ThreatRow(one.actor, words.t("board.tracks.threats_made", who=names[one.actor],
                                     n=one.threats, done=one.carried_out))
        for one in view.ledger
    )  # fmt: skip
    return Tracks(tuple((title, tuple(rows)) for title, rows in groups if rows), threats)


def _shares(own: int, others: int) -> tuple[int, int]:
    """How many rows of each come first: what one group lacks the other may fill."""
    few, some = FIRST
    return few + max(0, some - others), some + max(0, few - own)


def weights_of(actor: Actor) -> dict[str, float]:
    """How much a seat cares about each feature, whichever mode it is in."""
    names = {**actor.goals, **actor.goals_keep}
    return {name: max(abs(actor.goals.get(name, 0.0)), abs(actor.goals_keep.get(name, 0.0)))
            for name in names}  # fmt: skip


def _track(track: Track, words: Words) -> TrackRow:
    now, moved = track.now, 0.0 if track.before is None else track.now.middle - track.before.middle
    change = moved if abs(moved) >= STILL else None
    good = None if change is None or not track.wanted else change * track.wanted > 0
    at = track.threshold
    return TrackRow(
        track.id, track.short, _range(now), words.span(now.low, now.high), change, good,
        tuple(map(_range, track.trail)), at, at is not None and abs(now.middle - at) <= 5,
        _hint(track, words),
    )  # fmt: skip


def _range(value: Value) -> Range:
    return value.low, value.high


def _hint(track: Track, words: Words) -> str:
    want = {1: "more", -1: "less", 0: "neither"}[track.wanted]
    said = [track.name, words.t(f"board.tracks.want_{want}")]
    if not track.now.known:
        said.append(words.t("board.tracks.estimate", n=track.now.age))
    if track.threshold is not None:
        said.append(words.t("board.tracks.bound", n=round(track.threshold)))
    return ". ".join(said) + "."


def _minds(view: SeatView, scenario: Scenario, words: Words) -> list[TrackRow]:
    """The seat's own temper and its pillars, in points as all the rest."""
    return [_mind(key, 100 * share, scenario, words) for key, share in view.mood.items()]


def _mind(key: str, points: float, scenario: Scenario, words: Words) -> TrackRow:
    kind, _, whose = key.partition(".")
    name = words.t(f"board.mood.{kind}")
    if whose:
        who: Mapping[str, str] = {pillar.id: pillar.name for pillar in scenario.pillars}
        name = words.t("board.mood.loyalty", who=who[whose])
    return TrackRow(key, name, (points, points), words.number(points), None, None, (), None, False,
                    words.t("board.mood.hint", name=name))  # fmt: skip


def feed(view: SeatView, words: Words) -> tuple[FeedRow, ...]:
    """What was heard, the latest week first and in it the deeds in their order."""
    latest = max((news.week for news in view.events), default=0)
    weeks = sorted({news.week for news in view.events}, reverse=True)
    return tuple(
        FeedRow(words.t("board.feed.week", n=week), news.source, words.told(news.text),
                week == latest)
        for week in weeks for news in view.events if news.week == week
    )  # fmt: skip
