"""The review of a week: one sentence that is a finding, and who did what and how it came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.exercise import told
from ui.present.changes import changes
from ui.present.head import figure, figures
from ui.present.week import DeedRow, Week


@dataclass(frozen=True)
class Done:
    """A row of the table: a deed with how it came out, or something that followed (no deed)."""

    deed: DeedRow | None
    text: str
    luck: str


@dataclass(frozen=True)
class Finding:
    """The headline, and the line of facts under it."""

    headline: str
    facts: str


def finding(week: Week) -> Finding:
    """What took the week to its rung, and how that compares with the week before."""
    return Finding(_headline(week), "  ".join(_facts(week)))


def _headline(week: Week) -> str:
    words, rung = week.words, week.told.rung
    before = told(week.exercise, week.number - 1, week.seat).rung if week.number > 1 else None
    name = week.scenario.ladder.rungs[rung].name
    made = [row for row in week.orders if row.done and row.rung == rung]
    cause = made[0] if made else None
    who = ", ".join(dict.fromkeys(row.who for row in made if row.title == made[0].title))
    way = ("first" if before is None else "up" if rung > before
           else "down" if rung < before else "same")  # fmt: skip
    key = f"review.finding.{way}" if cause else f"review.finding.{way}_unknown"
    return words.t(key, week=week.number, rung=rung, name=name, before=before or 0,
                   who=who, deed=cause.title if cause else "")  # fmt: skip


def _facts(week: Week) -> Iterator[str]:
    words, killed = week.words, week.told.harm.killed
    if killed.high < 0.5:
        yield words.t("review.fact.none_killed")
    else:
        yield words.t("review.fact.killed", n=figure(killed.value, words),
                      range=figures(killed.low, killed.high, words))  # fmt: skip
    odd = next((row for row in changes(week).rows if row.surprise), None)
    if odd is not None:
        yield words.t("review.fact.surprise", track=odd.name,
                      moved=words.number(odd.moved, 0, sign=True))  # fmt: skip
    old, new = (words.number(level, 1) for level in week.told.level)
    yield words.t("review.fact.level", old=old, new=new)


def table(week: Week) -> tuple[Done, ...]:
    """Deeds seat by seat, then those by unknown hands, then what followed."""
    rows = [Done(row, row.text, luck(week, row)) for row in week.orders]
    rows += [Done(row, row.text, "") for row in week.deeds if not row.actor]
    said = [text for step in week.told.steps for text in step.happenings]
    return (*rows, *(Done(None, text, "") for text in said))


def luck(week: Week, row: DeedRow) -> str:
    """'2 of 45 needed' in words; nothing where it is not for this seat to know."""
    if not row.done:
        return week.words.t("resolve.not_done")
    if row.chance is None or row.draw is None:
        return week.words.t("review.not_known")
    return week.words.t("review.luck", draw=round(100 * row.draw), chance=round(100 * row.chance))


def held(week: Week) -> str:
    """How many slots held, in words."""
    n = sum(row.hold for row in week.deeds)
    return week.words.t("review.held", n=n) if n else ""
