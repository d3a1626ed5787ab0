"""The end of a game: how it came out, what it cost, who foresaw it, and how it might have gone."""

from __future__ import annotations

from dataclasses import dataclass

from sim.exercise import Exercise, Spread, ending, told
from sim.exercise.estimate import wilson
from sim.exercise.played import harm_of
from ui.kit.words import Words
from ui.present.changes import Path, path
from ui.present.cost import killed_by_week
from ui.present.dates import dawn
from ui.present.head import Cost, HarmLine, figure, figures, toll
from ui.present.week import leaders, week_of

BATCHES = (60, 250, 1000)  # futures behind the spread, batch after batch


@dataclass(frozen=True)
class Score:
    """Forecasts of a seat: how many, and their mean Brier score."""

    actor: str
    name: str
    mean: float
    count: int
    weeks: tuple[tuple[int, float, bool], ...]  # week, said, came true


@dataclass(frozen=True)
class End:
    """The whole of the end screen but for the spread."""

    outcome: str
    name: str
    sentence: str
    why: str
    path: Path
    peak: int
    peak_week: int
    harm: tuple[Cost, ...]
    scores: tuple[Score, ...]


def end_of(exercise: Exercise, seat: str | None, words: Words) -> End:
    """As if the game stopped after the last week played."""
    read, scenario = ending(exercise, seat), exercise.scenario
    names = {actor.id: actor.name for actor in scenario.actors}
    peak = max(read.path, default=round(read.levels[0]))
    past = _said(exercise, seat)
    scores = [Score(name, names[name], mean, read.said[name], tuple(past[name]))
              for name, mean in read.scores.items()]  # fmt: skip
    return End(
        read.outcome, read.name, read.sentence, words.told(read.why),
        _path(exercise, seat, words), peak, read.path.index(peak) + 1 if read.path else 0,
        _harm(exercise, words),
        tuple(sorted(scores, key=lambda one: one.mean)),
    )  # fmt: skip


def _said(exercise: Exercise, seat: str | None) -> dict[str, list[tuple[int, float, bool]]]:
    """Every forecast of every seat, with the week it was for."""
    found: dict[str, list[tuple[int, float, bool]]] = {}
    for week in range(1, exercise.week + 1):
        for name, (chance, came, _) in told(exercise, week, seat).forecasts.items():
            found.setdefault(name, []).append((week, chance, came))
    return found


def _path(exercise: Exercise, seat: str | None, words: Words) -> Path:
    if exercise.week:
        return path(week_of(exercise, exercise.week, seat, words), exercise.weeks)
    names = {actor.id: actor.name for actor in exercise.scenario.actors}
    lines = tuple((name, names[name], ()) for name in leaders(exercise.scenario))
    return Path(tuple(ending(exercise).levels), (), lines, exercise.weeks)


def _harm(exercise: Exercise, words: Words) -> tuple[Cost, ...]:
    """Civilian harm in full: the dead, the worst week, the displaced, the dark."""
    harms = [harm_of(exercise, week) for week in range(exercise.week + 1)]
    worst = max(range(len(harms)), key=lambda week: harms[week].killed.value)
    dark = max(harms, key=lambda harm: harm.without_power.value).without_power
    rows = [("killed", harms[-1].killed_since, 0), ("worst", harms[worst].killed, worst),
            ("displaced", harms[-1].displaced_since, 0), ("dark", dark, 0),
            ("dark_now", harms[-1].without_power, 0)]  # fmt: skip
    return tuple(
        Cost(words.t(f"ending.harm.{key}", week=week), figure(span.value, words),
             figures(span.low, span.high, words))
        for key, span, week in rows if key == "killed" or span.high >= 0.5
    )  # fmt: skip


def end_cost(exercise: Exercise, words: Words) -> HarmLine:
    """The strip at the end: the whole campaign, week by week."""
    harm, since = harm_of(exercise, exercise.week), dawn(exercise.scenario, 1, words)
    spans = (("since", harm.killed_since), ("displaced", harm.displaced_since),
             ("power", harm.without_power))  # fmt: skip
    costs = []
    for key, span in spans:
        said = (toll if key == "since" else figure)(span.value, words)
        low_high = f"({figures(span.low, span.high, words)})" if span.high >= 0.5 else ""
        costs.append(Cost(words.t(f"board.harm.{key}", since=since), said, low_high))
    return HarmLine(tuple(costs), words.t("board.harm.note"),
                    killed_by_week(exercise, exercise.week))  # fmt: skip


# --- how it might have gone -----------------------------------------------------------------------
@dataclass(frozen=True)
class OutcomeRow:
    """A class of ending: its share of the futures with a 95% interval, and whether it came."""

    id: str
    name: str
    share: float
    low: float
    high: float
    mine: bool


@dataclass(frozen=True)
class Might:
    """Futures from the board after a week, with other luck."""

    week: int
    runs: int
    rows: tuple[OutcomeRow, ...]
    bars: tuple[float, ...]
    higher: tuple[float, float, float]  # share that climbed above this campaign's peak


def might(found: Spread, end: End, exercise: Exercise) -> Might:
    """The likeliest endings first; the one that came is among them whatever its share."""
    names = {outcome.id: outcome.name for outcome in exercise.scenario.outcomes}
    rows = []
    for name, share in found.outcomes.items():
        if share > 0 or name == end.outcome:
            _, low, high = wilson(round(share * found.runs), found.runs)
            rows.append(OutcomeRow(name, names[name], share, low, high, name == end.outcome))
    above = round(sum(found.bars[end.peak + 1 :]) * found.runs)
    return Might(found.week, found.runs, tuple(sorted(rows, key=lambda row: -row.share)),
                 found.bars, wilson(above, found.runs))  # fmt: skip
