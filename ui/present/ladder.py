"""The ladder as a seat sees it: the rung in force, who stood where, who pulls, lines drawn."""

from __future__ import annotations

from dataclasses import dataclass

from sim.exercise.view import LineSeen, SeatView
from sim.schema import Rung, Scenario
from ui.kit.words import Words

DONE, PULL = "done", "pull"


@dataclass(frozen=True)
class Stand:
    """An actor on the ladder: what it did last week, or where a faction pulls."""

    actor: str
    kind: str
    low: int
    high: int  # above `low` when it is an estimate

    @property
    def known(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class RungShown:
    """One row."""

    rung: int
    name: str
    in_force: bool
    line: str  # the actor that drew a red line below this rung, or ""
    tested: bool  # every line here was tested already
    threshold: str  # "" where the step crosses no line all see
    crossed: bool
    test: str  # what an act on it looks like
    hint: str


@dataclass(frozen=True)
class Ladder:
    """All rungs, gravest first, and who stands on them."""

    rows: tuple[RungShown, ...]
    stands: tuple[Stand, ...]


def ladder(view: SeatView, scenario: Scenario, words: Words) -> Ladder:
    """Nothing was done before the first week, so nobody stands anywhere then."""
    rows = tuple(
        _row(view, scenario, number, rung, words)
        for number, rung in reversed(list(enumerate(scenario.ladder.rungs)))
    )
    acts = view.rungs if view.week else {}
    stands = [Stand(name, DONE, round(at.low), round(at.high)) for name, at in acts.items()]
    stands += [Stand(name, PULL, rung, rung) for name, rung in view.pulls.items()]
    return Ladder(rows, tuple(stands))


def _row(view: SeatView, scenario: Scenario, number: int, rung: Rung, words: Words) -> RungShown:
    lines = [line for line in view.red_lines if line.rung == number]
    crossed = rung.crossed or any(
        news.kind == "threshold" and f'"{rung.threshold_name}"' in news.text
        for news in view.events
    )
    return RungShown(
        number, rung.name, number == view.rung, lines[0].drawn_by if lines else "",
        bool(lines) and all(line.tested for line in lines),
        rung.threshold_name if rung.threshold else "", crossed,
        rung.test, _hint(view, scenario, number, rung, lines, crossed, words),
    )  # fmt: skip


def _hint(view: SeatView, scenario: Scenario, number: int, rung: Rung, lines: list[LineSeen],
          crossed: bool, words: Words) -> str:  # fmt: skip
    """What the rung means, and everything that stands on it, in words."""
    names = {actor.id: actor.name for actor in scenario.actors}
    said = [words.t("board.ladder.means", n=number, name=rung.name, test=rung.test)]
    if number == view.rung:
        said.append(words.t("board.ladder.force_hint", n=words.number(view.level, 1)))
    if rung.threshold:
        key = "crossed" if crossed else "ahead"
        said.append(words.t(f"board.ladder.{key}", name=rung.threshold_name))
    for line in lines:
        key = "tested" if line.tested else "drawn"
        said.append(words.t(f"board.ladder.{key}", who=names[line.drawn_by], name=line.name))
    pulling = ", ".join(names[who] for who, at in view.pulls.items() if at == number)
    if pulling:
        said.append(words.t("board.ladder.pulls", who=pulling))
    return "\n".join(said)
