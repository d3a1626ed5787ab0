"""Nuclear results: shares of campaigns with a detonation, by hidden type and channel, as ratios.

Detonations are rare, and set by numbers nobody knows: so a ratio of types says more than a share,
and both carry a wide interval. Plain campaigns are quick enough (20,000 in well under a minute) to
do without splitting, which would have to carry every campaign's own draw of the tunings along.
"""

from math import isfinite
from typing import Any

from scipy.stats import binomtest
from scipy.stats.contingency import relative_risk

from sim.trial.watchers import Sums

ENOUGH = 20_000  # campaigns: a ratio to some 15 per cent (errata 8)
CHANNELS = ("any", "chosen", "replied", "slipped")
Row = dict[str, Any]


def shares(sums: Sums) -> Row:
    """By channel and by type: shares with intervals; resolved to bluffing as a ratio."""
    bluff, resolved = (int(x) for x in sums["shots.worlds"])
    found: Row = {"worlds": bluff + resolved}
    for channel in CHANNELS:
        fired = [int(x) for x in sums[f"shots.{channel}"]]
        found[channel] = _share(fired[0] + fired[1], bluff + resolved)
    fired = [int(x) for x in sums["shots.any"]]
    found["bluff"], found["resolved"] = _share(fired[0], bluff), _share(fired[1], resolved)
    found["ratio"] = _ratio(fired[1], resolved, fired[0], bluff)
    return found


def _share(count: int, of: int) -> Row:
    """A share with its Wilson interval."""
    if of == 0:
        return {"count": 0, "of": 0, "share": None, "low": None, "high": None}
    band = binomtest(count, of).proportion_ci(0.95, method="wilson")
    return {"count": count, "of": of, "share": count / of, "low": float(band.low),
            "high": float(band.high)}  # fmt: skip


def _ratio(count: int, of: int, other: int, of_other: int) -> Row:
    """A ratio of two shares with its interval; None where one of them cannot be told."""
    if count == 0 or of == 0 or of_other == 0:
        return {"ratio": None, "low": None, "high": None}
    risk = relative_risk(count, of, other, of_other)
    band = risk.confidence_interval(0.95)
    ends = [float(x) for x in (risk.relative_risk, band.low, band.high)]
    ratio, low, high = (x if isfinite(x) else None for x in ends)
    return {"ratio": ratio, "low": low, "high": high}


def told(found: Row) -> str:
    """'1.5% of 20,000 (1.3% to 1.7%) ...; resolved to bluffing 160 to 1 (70 to 360)'."""
    whole, ratio = found["any"], found["ratio"]
    if whole["share"] is None:
        return "no campaigns"
    share, low, high = (f"{100.0 * whole[k]:.2g}%" for k in ("share", "low", "high"))
    text = f"{share} of {whole['of']:,} ({low} to {high}); "
    text += ", ".join(f"{found[c]['count']} {c}" for c in CHANNELS[1:])
    if ratio["ratio"] is None:
        never = [kind for kind in ("bluff", "resolved") if not found[kind]["count"]]
        return text + f"; no ratio of types: none fired of {' and '.join(never)}"
    ends = " to ".join("no end" if ratio[k] is None else _plain(ratio[k]) for k in ("low", "high"))
    return text + f"; resolved to bluffing {_plain(ratio['ratio'])} to 1 ({ends})"


def _plain(value: float) -> str:
    """Two figures, no exponent: '170', '1,200', '2.3'."""
    return f"{float(f'{value:.1e}'):,.{0 if value >= 10 else 1}f}"
