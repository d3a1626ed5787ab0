"""What a replayed week cost civilians: the strip counts from the week before to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.exercise import Exercise
from sim.exercise.played import harm_of
from ui.present.dates import dawn
from ui.present.head import Cost, HarmLine, figure, figures, harm_line
from ui.present.week import Week


def week_cost(week: Week, share: float = 1.0) -> HarmLine:
    """The strip, `share` of the way from the week before to the end of this one."""
    old, new = week.before.harm, week.told.harm
    harm = replace(
        new, killed=_part(new.killed, share), displaced=_part(new.displaced, share),
        killed_since=_between(old.killed_since, new.killed_since, share),
        displaced_since=_between(old.displaced_since, new.displaced_since, share),
        without_power=_between(old.without_power, new.without_power, share),
    )  # fmt: skip
    seen = replace(week.before, harm=harm, week=week.number)
    past = killed_by_week(week.exercise, week.number)
    line = harm_line(seen, week.scenario, week.words, weeks=(*past[:-1], past[-1] * share))
    first = replace(line.costs[0], label=week.words.t("resolve.harm.week"))
    return replace(line, costs=(first, *line.costs[1:]))


def killed_by_week(exercise: Exercise, week: int) -> tuple[float, ...]:
    return tuple(harm_of(exercise, number).killed.value for number in range(1, week + 1))


def harm_rows(week: Week) -> tuple[Cost, ...]:
    """This week's harm in full, a row for each kind."""
    harm, words = week.told.harm, week.words
    spans = (("killed", harm.killed), ("killed_since", harm.killed_since),
             ("displaced", harm.displaced), ("displaced_since", harm.displaced_since),
             ("power", harm.without_power))  # fmt: skip
    since = dawn(week.scenario, 1, words)
    return tuple(Cost(words.t(f"resolve.harm.{key}", since=since), figure(span.value, words),
                      figures(span.low, span.high, words)) for key, span in spans)  # fmt: skip


def _part(span: Any, share: float) -> Any:
    """A share of a count with its range."""
    return replace(span, value=span.value * share, low=span.low * share, high=span.high * share)


def _between(old: Any, new: Any, share: float) -> Any:
    """Part of the way from one count to another, ranges too."""
    return replace(old, **{end: getattr(old, end) + share * (getattr(new, end) - getattr(old, end))
                           for end in ("value", "low", "high")})  # fmt: skip
