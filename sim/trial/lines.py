"""Lines: one guard each, from what a run's watchers added up to words and a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from sim.table import Table
from sim.trial import judging
from sim.trial.judging import Both
from sim.trial.nuclear import ENOUGH, shares, told
from sim.trial.watchers import NEAR, Sums

QUIET_WEEKS, MIRROR_WEEKS, NUCLEAR_WEEKS = 26, 20, 29
Details: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Guard:
    """One line."""

    id: str
    name: str
    measured: str
    bound: str
    passed: bool | None  # None: told, not judged
    how: str
    details: Details = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {"id": self.id, "name": self.name, "measured": self.measured, "bound": self.bound,
                "passed": self.passed, "how": self.how, "details": dict(self.details)}  # fmt: skip


def placebo_line(quiet: Both) -> Guard:
    """The ladder is flat where nobody has a reason."""
    found = {draw: judging.quiet(one) for draw, one in quiet.items()}
    slope = judging.worst(found, "slope")
    threats = judging.worst(found, "threats")
    force = sum(one["open_force"] + one["detonations"] for one in found.values())
    flat = abs(slope) <= judging.FLAT and force == 0 and threats < judging.THREATS
    return Guard(
        "placebo", "Placebo flat",
        f"slope {slope:+.4f} a week, {threats:.2f} threats a run, "
        f"open force or detonations in {force:g} campaigns",
        f"slope within +-{judging.FLAT:g}, no open force, no detonation, "
        f"fewer than {judging.THREATS:g} threats a run",
        bool(flat),
        "no war, no grievance, nothing scheduled; mean gravest rung of the campaigns under way, "
        f"least squares over weeks 2 to {QUIET_WEEKS}; threats and alerts together",
        found,
    )  # fmt: skip


def mirror_line(sums: Sums) -> Guard:
    """Nothing in the rules favours one side."""
    ahead, decided = float(sums["ahead.ahead"]), float(sums["ahead.decided"])
    share = ahead / max(decided, 1.0)
    error = 1.5 / np.sqrt(max(decided, 1.0))  # three standard errors of a fair coin
    return Guard(
        "mirror", "Sides swapped, board swapped",
        f"side 0 ahead in {share:.3f} of {decided:g} decided campaigns",
        f".5 within {error:.3f} (three standard errors)",
        bool(decided > 0 and abs(share - 0.5) <= error),
        f"a board built in code with two identical sides, {MIRROR_WEEKS} weeks; that every single "
        "rule gives the swapped board when the sides are swapped is held by the tests of the "
        "mirror, which run with every change",
        {"ahead": ahead, "decided": decided, "share": share},
    )  # fmt: skip


def shares_line(table: Table, run: Both) -> Guard:
    """No feature alone decides what a leader does."""
    found = {draw: judging.value_shares(table, one) for draw, one in run.items()}
    judged = [row for one in found.values() for row in one if row["judged"]]
    top = max(judged, key=lambda row: row["share"], default=None)
    return Guard(
        "value_share", "No feature outweighs all others",
        "no leader weighs anything" if top is None else
        f"{top['share']:.2f} ({top['feature']} in {top['actor']}'s slot {top['slot']})",
        f"at most {judging.HALF:g} in any leader's slot; its own hold on power is not judged",
        top is not None and top["share"] <= judging.HALF,
        "mean over weeks and campaigns of |what the feature adds to the felt value of the chosen "
        "act| / sum over features of the same; factions weigh few features: told, not judged",
        found,
    )  # fmt: skip


def tracks_line(table: Table, run: Both) -> Guard:
    """No scale is worn out."""
    found = {draw: judging.tracks(table, one) for draw, one in run.items()}
    stuck = [row for one in found.values() for row in one["stuck"]]
    high = max(found.values(), key=lambda one: one["worst"]["share"])["worst"]
    names = ", ".join(sorted({row["cell"] for row in stuck}))
    return Guard(
        "tracks", "No track at a stop",
        f"{high['share']:.0%} of weeks ({high['cell']} at its {high['end']} end)"
        + (f"; stuck: {names}" if names else ""),
        f"at most {judging.HALF:.0%} of weeks at an end of the range", not stuck,
        f"feelings, beliefs and loyalties that move at all, within {NEAR:g} of an end; what rests "
        "at an end by meaning (no alert, no damage, no suspicion) is told, not judged",
        found,
    )  # fmt: skip


def caps_line(table: Table, run: Both) -> Guard:
    """Expected changes are hardly ever cut."""
    found = {draw: judging.caps(table, one) for draw, one in run.items()}
    share = judging.worst(found, "share")
    tops = [one["features"][0] for one in found.values() if one["features"]]
    none: judging.Row = {"feature": "nothing", "share": 0.0}
    top = max(tops, key=lambda row: row["share"], default=none)
    return Guard(
        "drift_cap", "Drift rarely cut",
        f"{share:.2%} of seat-feature-weeks; most in {top['feature']}, {top['share']:.1%}",
        f"below {judging.RARELY:.0%}", share < judging.RARELY,
        "weeks in which the expected drift of a feature is cut at its cap, each counted once for "
        "every seat that minds the feature",
        found,
    )  # fmt: skip


def nuclear_line(rare: Both) -> Guard:
    """Detonations by type and channel, from enough campaigns."""
    found = {draw: shares(one) for draw, one in rare.items()}
    least = min(one["worlds"] for one in found.values())
    return Guard(
        "nuclear", "Nuclear results as ratios, from enough campaigns",
        "; ".join(f"{draw}: {told(one)}" for draw, one in found.items()),
        f"at least {ENOUGH:,} campaigns of {NUCLEAR_WEEKS} weeks", least >= ENOUGH,
        "plain campaigns, no splitting; 95% intervals (Wilson; ratio: Katz); they hold luck alone, "
        "not that nobody knows how many leaders are resolved",
        found,
    )  # fmt: skip


def one_act_line(table: Table, run: Both) -> Guard:
    """No seat does one thing all the time."""
    found = {draw: judging.chosen(table, one) for draw, one in run.items()}
    none: judging.Row = {"act": "none", "share": 0.0}
    tops = [one[0] for one in found.values() if one]
    top = max(tops, key=lambda row: row["share"], default=none)
    return Guard(
        "one_act", "No seat does one thing all the time",
        f"{top['share']:.0%} of weeks ({top['act']})",
        f"at most {judging.MOST_WEEKS:.0%} of weeks for an act that is no hold",
        top["share"] <= judging.MOST_WEEKS,
        "share of campaign-weeks in which the act is what its seat's slot does",
        {draw: one[:10] for draw, one in found.items()},
    )  # fmt: skip


def unreachable_line(table: Table, run: Both) -> Guard:
    """Acts that nobody ever could take, or did."""
    found = judging.unused(table, run)
    return Guard(
        "unreachable", "Acts out of reach",
        f"{len(found['never_legal'])} never legal, "
        f"{len(found['never_done'])} legal but never carried out",
        "none: told", None,
        "over all campaigns of both runs; answers to orders count as carried out when given",
        found,
    )  # fmt: skip


def brier_line(run: Both) -> Guard:
    """What watchers believe of a nuclear leader, against its hidden type."""
    found = {draw: judging.brier(one) for draw, one in run.items()}
    one = found["sampled"]
    return Guard(
        "brier", "Belief of the watchers against the true type",
        "nobody watches a nuclear leader" if one is None else
        f"Brier {one['brier']:.3f}; always saying the true share would give {one['base']:.3f}",
        "none: told", None,
        "mean squared distance of the belief that a nuclear leader is resolved from its hidden "
        "type, over weeks, campaigns and watchers (sampled run)",
        {draw: x for draw, x in found.items() if x is not None},
    )  # fmt: skip
