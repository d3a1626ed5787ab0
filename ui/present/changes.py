"""What a week changed: tracks against what was expected, moves on the ladder, forecasts scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sim.exercise import told
from sim.exercise.telling import SURPRISE, Change
from sim.exercise.view import Question
from ui.present.week import Beat, Week, leaders

STILL = 0.5  # points: less than this is no change
SMALLEST, STEP = 8, 4  # points the axis shows at least to either side, and its finer ticks


@dataclass(frozen=True)
class ChangeRow:
    """A track as a dumbbell, in points from where it stood before the week."""

    id: str
    name: str
    low: float  # what was to be expected
    high: float
    moved: float
    known: bool  # a number, not an estimate
    value: str
    good: bool | None
    surprise: bool
    hint: str


@dataclass(frozen=True)
class Changes:
    """The tracks that moved, most first; how many did not, and how far the axis reaches."""

    rows: tuple[ChangeRow, ...]
    still: int
    reach: int
    surprises: int


def changes(week: Week) -> Changes:
    """All that moved by half a point or more, as the seat sees it."""
    moved = [one for one in week.told.changes if _moved(one) >= STILL]
    rows = [_row(one, week) for one in sorted(moved, key=_moved, reverse=True)]
    far = max((max(abs(row.moved), -row.low, row.high) for row in rows), default=0.0)
    reach = max(SMALLEST, ceil(far / STEP) * STEP)
    return Changes(tuple(rows), len(week.told.changes) - len(rows), reach,
                   sum(row.surprise for row in rows))  # fmt: skip


def _moved(change: Change) -> float:
    return abs(change.after.middle - change.before.middle)


def _row(change: Change, week: Week) -> ChangeRow:
    words, start = week.words, change.before.middle
    moved = change.after.middle - start
    short = next(f.short or f.name for f in week.scenario.features if f.id == change.feature)
    said = [words.t("resolve.changed_hint", name=change.name, before=_value(change, week, False),
                    after=_value(change, week, True))]  # fmt: skip
    if not change.after.known:
        said.append(words.t("resolve.estimate_hint"))
    return ChangeRow(
        change.feature, short, change.before.low - SURPRISE - start,
        change.before.high + SURPRISE - start, moved, change.after.known,
        words.number(change.after.middle), change.good, change.surprise, " ".join(said),
    )  # fmt: skip


def _value(change: Change, week: Week, now: bool) -> str:
    value = change.after if now else change.before
    return week.words.span(value.low, value.high)


# --- the ladder ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Move:
    """A leader on the ladder: the week before, and as the replay has told it (None: not yet)."""

    actor: str
    name: str
    before: int | None
    now: int | None


def moves(week: Week, beat: int | None = None) -> tuple[Move, ...]:
    """Where each leader stood and stands; with a beat, as far as it was told by then."""
    whole = beat is None or week.beats[beat].kind == "end"
    seen = {} if whole else _told_by(week, week.beats[: (beat or 0) + 1])
    found = []
    for actor, (before, now) in week.told.moves.items():
        shown = now if whole else min(seen[actor], now) if actor in seen else None
        found.append(Move(actor, week.names[actor], before if week.number > 1 else None, shown))
    return tuple(found)


def _told_by(week: Week, beats: Sequence[Beat]) -> dict[str, int]:
    """The gravest rung of each actor among the deeds told so far, holds included."""
    told_now = {number for beat in beats for number in beat.numbers}
    seen: dict[str, int] = {}
    for row in week.deeds:
        if row.done and row.number in told_now:
            seen[row.actor] = max(seen.get(row.actor, 0), row.rung)
    return seen


# --- forecasts ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Said:
    """A seat's forecast of the week, its score, and its mean score so far."""

    actor: str
    name: str
    chance: float
    score: float
    mean: float
    count: int


@dataclass(frozen=True)
class Forecasts:
    """What was asked, what came, and who had said what."""

    question: Question
    came: bool
    rows: tuple[Said, ...]
    reason: str = ""  # of the seat that looks back


def forecasts(week: Week) -> Forecasts:
    """A seat sees its own, the room everybody's."""
    question = week.before.question
    mine = {seat: given for seat, given in week.told.forecasts.items()
            if week.seat in (None, seat)}  # fmt: skip
    past = _scores(week) if mine else {}
    rows = tuple(
        Said(seat, week.names[seat], chance, score, sum(past[seat]) / len(past[seat]),
             len(past[seat]))
        for seat, (chance, _, score) in mine.items()
    )  # fmt: skip
    return Forecasts(question, week.told.rung >= question.rung, rows, _reason(week))


def _reason(week: Week) -> str:
    """Why the seat chose as it did, in its own words; nobody else's."""
    said = week.exercise.said(week.number).get(week.seat or "")
    return said.reason if said else ""


def _scores(week: Week) -> Mapping[str, list[float]]:
    """Brier scores of every week up to this one."""
    found: dict[str, list[float]] = {}
    for number in range(1, week.number + 1):
        one = week.told if number == week.number else told(week.exercise, number, week.seat)
        for seat, (_, _, score) in one.forecasts.items():
            found.setdefault(seat, []).append(score)
    return found


# --- the path on the ladder ---------------------------------------------------------------------
@dataclass(frozen=True)
class Path:
    """The campaign on the ladder: level in force, the gravest act, and each leader, by week."""

    levels: tuple[float, ...]  # from the opening on
    gravest: tuple[int, ...]  # of each week
    leaders: tuple[tuple[str, str, tuple[int | None, ...]], ...]  # actor, name, rung by week
    weeks: int  # the axis


def path(week: Week, weeks: int) -> Path:
    """Up to this week, as the seat knows it."""
    tales = [told(week.exercise, n, week.seat) for n in range(1, week.number)] + [week.told]
    levels = (tales[0].level[0], *(one.level[1] for one in tales))
    lines = tuple(
        (name, week.names[name], tuple(one.moves[name][1] for one in tales))
        for name in leaders(week.scenario) if name in week.told.moves
    )  # fmt: skip
    return Path(levels, tuple(one.rung for one in tales), lines, weeks)

