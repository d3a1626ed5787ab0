"""Judging: from what a run's watchers added up to the numbers that guards compare with bounds."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

from sim.names import axes, cells
from sim.state import EVENTS
from sim.table import Table
from sim.trial.watchers import Sums

FLAT, THREATS = 0.02, 0.5  # errata 12: rungs a week; threats and alerts a run
HALF, RARELY, MOST_WEEKS = 0.5, 0.01, 0.6  # model 8
OPEN_FORCE = ("waves", "strikes", "offensives", "raids", "ally_struck", "patrons_strike")
BOTH, LOW, HIGH = ("low", "high"), ("low",), ("high",)
JUDGED = {  # track -> the ends at which it would be stuck; the other end means that there is none
    "loyalty": BOTH, "will": BOTH, "will_slow": BOTH, "morale": BOTH, "cohesion": BOTH,
    "pressure": BOTH, "credibility": BOTH, "belief_resolved": BOTH, "desperation": BOTH,
    "win_mode": BOTH, "blame": BOTH, "anger": HIGH, "stress": HIGH, "belief_covert": HIGH,
    "contempt": HIGH, "safety": LOW, "grid": LOW, "rally": HIGH, "beholden": BOTH,
}  # fmt: skip
Both: TypeAlias = Mapping[str, Sums]  # the same run at the values and sampled
Row: TypeAlias = dict[str, Any]


def worst(found: Mapping[str, Row], key: str) -> float:
    """Of the runs, the number furthest from 0."""
    return float(max((one[key] for one in found.values()), key=abs))


def quiet(sums: Sums) -> Row:
    """The placebo: slope of the mean rung from week 2, open force, threats and alerts a run."""
    rungs = sums["rungs.rung"] / np.maximum(sums["rungs.playing"], 1.0)
    some = np.flatnonzero(sums["rungs.playing"] > 0)[1:]
    slope = float(np.polyfit(some + 1.0, rungs[some], 1)[0]) if len(some) > 1 else 0.0
    worlds = float(sums["rungs.worlds"])
    threats = sum(float(sums["rungs.counts"][EVENTS.index(e)]) for e in ("threats", "alerts"))
    any_of = dict(zip(EVENTS, sums["rungs.any"].tolist(), strict=True))
    return {
        "slope": slope, "first": float(rungs[some[0]]) if some.size else 0.0,
        "last": float(rungs[some[-1]]) if some.size else 0.0, "threats": threats / worlds,
        "open_force": max(any_of[event] for event in OPEN_FORCE),
        "detonations": max(any_of["detonations"], float(sums["rungs.shown"])), "worlds": worlds,
        "rungs": [round(float(x), 4) for x in rungs],
    }  # fmt: skip


def value_shares(table: Table, sums: Sums) -> list[Row]:
    """Each slot's features by their mean share of the chosen act's value, the largest first."""
    found: list[Row] = []
    for a, actor in enumerate(table.scenario.actors):
        for t, slot in enumerate(actor.slots):
            seen = float(sums["shares.seen"][a, t])
            parts = sums["shares.part"][a, t] / max(seen, 1.0)
            for f in np.argsort(-parts, kind="stable")[:5]:
                feature = table.scenario.features[f]
                own_hold = feature.measure == "hold" and feature.of == actor.polity
                found.append({
                    "actor": actor.id, "slot": slot, "feature": feature.id,
                    "share": float(parts[f]), "role": actor.role, "weeks": seen,
                    "judged": actor.role == "leader" and not own_hold and seen > 0,
                })  # fmt: skip
    return found


def tracks(table: Table, sums: Sums) -> Row:
    """Tracks by how often they rest at an end; only those that ever move."""
    along, weeks = axes(table.scenario), max(float(sums["tracks.weeks"]), 1.0)
    rows: list[Row] = []
    for key in sums:
        kind, _, name = key.removeprefix("tracks.").partition(".")
        if not key.startswith("tracks.") or kind not in BOTH:
            continue
        moved = sums[f"tracks.moved.{name}"] > 0
        for cell, share, moves in zip(cells(along, name), sums[key] / weeks, moved, strict=True):
            if moves:
                rows.append({"cell": cell, "end": kind, "share": float(share),
                             "judged": kind in JUDGED.get(name, ())})  # fmt: skip
    rows.sort(key=lambda row: (-row["share"], row["cell"]))
    judged = [row for row in rows if row["judged"]]
    nothing = {"cell": "none", "end": "low", "share": 0.0}
    return {
        "worst": judged[0] if judged else nothing,
        "stuck": [row for row in judged if row["share"] > HALF],
        "resting": [row for row in rows if not row["judged"] and row["share"] > HALF],
    }


def caps(table: Table, sums: Sums) -> Row:
    """Share of seat-feature-weeks in which a drift is cut, and by feature."""
    cut, weeks = sums["caps.cut"], sums["caps.weeks"]
    rows: list[Row] = [
        {"feature": name, "share": float(c / w)}
        for name, c, w in zip(table.features, cut, weeks, strict=True) if w > 0
    ]  # fmt: skip
    rows.sort(key=lambda row: -row["share"])
    return {"share": float(cut.sum() / max(weeks.sum(), 1.0)), "features": rows}


def chosen(table: Table, sums: Sums) -> list[Row]:
    """Acts that are no hold, by the share of weeks in which their slot does them."""
    weeks = max(float(sums["acts.weeks"]), 1.0)
    rows: list[Row] = [
        {"act": act.label, "share": float(sums["acts.chosen"][act.number]) / weeks}
        for act in table.acts if not act.action.hold and not act.action.answer
    ]  # fmt: skip
    return sorted(rows, key=lambda row: -row["share"])


def unused(table: Table, run: Both) -> dict[str, list[str]]:
    """Acts nobody ever could choose, and acts that could be chosen and were never carried out."""
    legal, used = (
        np.add.reduce([one[f"acts.{key}"] for one in run.values()]) for key in ("legal", "used")
    )
    unmade = [act for act in table.acts if used[act.number] == 0 and not act.action.hold]
    return {
        "never_legal": [act.label for act in unmade if legal[act.number] == 0],
        "never_done": [act.label for act in unmade if legal[act.number] > 0],
    }


def brier(sums: Sums) -> Row | None:
    """How far watchers' beliefs lie from the truth; None when there is nobody to watch."""
    pairs, weeks = len(sums["beliefs.miss"]), float(sums["beliefs.weeks"])
    if pairs == 0 or weeks == 0:
        return None
    held, true = (float(sums[f"beliefs.{k}"].sum()) / (weeks * pairs) for k in ("held", "true"))
    return {"brier": float(sums["beliefs.miss"].sum()) / (weeks * pairs), "held": held,
            "true": true, "base": true * (1.0 - true)}  # fmt: skip
