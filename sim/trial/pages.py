"""Pages: the claims and the back-test as one HTML file each, which needs nothing beside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sim.trial import amounts, phrases
from sim.trial.bands import bands, fan, points
from sim.trial.charts import forest
from sim.trial.drawing import tokens
from sim.trial.lettering import faces
from sim.trial.phrases import Data

HERE = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Meta:
    """What a page says of the run it tells of."""

    scenario: str  # its name
    not_a_forecast: str
    command: str  # that does it once more
    seed: int
    worlds: int  # of each arm
    version: str


# --- the claims -------------------------------------------------------------------------------
def claims_page(verdicts: Sequence[Data], meta: Meta, robust: Sequence[Data] = ()) -> str:
    """Every claim with its verdict; `robust`: how verdicts fare over plausible settings."""
    claims = [one for one in verdicts if not phrases.is_rival(one)]
    rivals = [one for one in verdicts if phrases.is_rival(one)]
    counting = phrases.counting(claims)
    return _page(
        "claims.html", meta, claims=claims, rivals=rivals, counting=counting,
        many=phrases.counted(counting, "verdict"),
        finding=phrases.claims_finding(verdicts), caution=phrases.claims_caution(claims),
        rival_finding=phrases.rivals_finding(rivals), emergent=_emergent(counting),
        robust={one["id"]: one for one in robust},
        forest=Markup(forest(claims)) if claims else "",
        rival_forest=Markup(forest(rivals, "rivals")) if rivals else "",
    )  # fmt: skip


def _emergent(claims: Sequence[Data]) -> int:
    borne = [one for one in claims if one["verdict"] == "supported"]
    return phrases.counted(borne, "built")["emergent"]


# --- the back-test ----------------------------------------------------------------------------
def backtest_page(backtest: Data, meta: Meta) -> str:
    """Every target with its band, what was observed and what the model says."""
    targets = list(backtest["targets"])
    counted = [one for one in targets if phrases.outcome(one) != "not counted"]
    return _page(
        "backtest.html", meta, counted=counted,
        finding=phrases.backtest_finding(backtest), caution=phrases.backtest_caution(backtest),
        misses=[one for one in counted if not one["inside"]],
        uncounted=[one for one in targets if phrases.outcome(one) == "not counted"],
        groups=_groups(backtest), bands=Markup(bands(counted)), sources=_sources(targets),
        fans=[_fan(series, number) for number, series in enumerate(backtest["series"])],
    )  # fmt: skip


def _groups(backtest: Data) -> list[dict[str, Any]]:
    """The groups in their order, each with its targets and how it did."""
    return [
        {"name": phrases.group_name(group["id"]), "told": phrases.group_told(group),
         "word": phrases.group_word(group),
         "rows": [one for one in backtest["targets"] if one["group"] == group["id"]]}
        for group in backtest["groups"]
    ]  # fmt: skip


def _sources(targets: Sequence[Data]) -> list[tuple[str, str]]:
    """(source, the targets that rest on it), each source once."""
    named: dict[str, list[str]] = {}
    for one in targets:
        named.setdefault(str(one["source"]), []).append(str(one["id"]))
    return [(source, ", ".join(ids)) for source, ids in named.items()]


def _fan(series: Data, number: int) -> dict[str, Any]:
    """The picture of a weekly number, and the numbers of every fourth week and every point."""
    seen = dict(points(series))
    weeks = [int(week) for week in series["weeks"]]
    wanted = {week for week in weeks if week in seen or week % 4 == 0} | {weeks[-1]}
    middle = len(weeks) // 2
    ends = [series[key][middle] or 0.0 for key in ("p10", "p90")]
    places = max(0, amounts.decimals(ends[0], ends[1], ends[1]) + 1)
    rows = [_week(series, at, places, seen) for at, week in enumerate(weeks) if week in wanted]
    return {"svg": Markup(fan(series, f"fan{number}")), "rows": rows}


def _week(series: Data, at: int, places: int, seen: Mapping[float, float]) -> list[str]:
    """One row of numbers beside a fan."""
    week = series["weeks"][at]
    ends = [series[key][at] for key in ("p10", "p50", "p90")]
    cells = [amounts.amount(end, places) if amounts.known(end) else "none" for end in ends]
    return [f"{week}", *cells, f"{seen[week]:,.10g}" if week in seen else ""]


# --- the page ---------------------------------------------------------------------------------
def _page(template: str, meta: Meta, **parts: Any) -> str:
    """A template filled in; every text is escaped."""
    page = _environment().get_template(template)
    bare = page.render(meta=meta, faces="", tokens="", **parts)
    told = "".join(sorted(set(re.sub(r"<[^>]*>", "", bare))))
    return page.render(meta=meta, faces=Markup(faces(told)), tokens=Markup(tokens()), **parts)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=_minus,
    )  # fmt: skip
    made.filters |= {
        "effect": phrases.effect, "unit": phrases.unit, "level": amounts.level,
        "observed": phrases.observed, "band": phrases.band_told, "model": phrases.model_told,
        "outcome": phrases.outcome, "predicted": phrases.predicted, "luck": phrases.luck,
        "mechanism": phrases.mechanism,
        "least": phrases.least, "steadiness": phrases.steadiness,
        "spoken": phrases.group_name, "verbatim": escape, "after_unit": phrases.after_unit,
    }  # fmt: skip
    made.tests["known"] = amounts.known
    return made


def _minus(value: object) -> object:
    """A true minus before figures; never in what a template or a picture has written."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return amounts.true_minus(value)
