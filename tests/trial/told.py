"""Verdicts and targets made up for tests: as many as there are, and as awkward as they come."""

from typing import Any

HOSTILE = '<script>alert("x")</script> & "quotes" $x^2$ -1 {{ 7*7 }}'
WORDS = "Attacks on the isle could leave him with nothing at all to lose, and so make the worst of "
WORDS += "the options thinkable that were locked before the first of them"


def interval(middle: float, half: float) -> dict[str, Any]:
    return {"effect": middle, "low": middle - half, "high": middle + half}


def test_row(number: int, unit: str) -> dict[str, Any]:
    return {
        "id": f"t{number}", "says": "the second reading", "sign": "-", "least": 0.1, "unit": unit,
        "verdict": "undecided", "p": 0.04, **interval(-0.04, 0.05), "control": 0.021,
        "treatment": 0.005,
    }  # fmt: skip


def verdict(number: int, kind: str = "C") -> dict[str, Any]:
    """Every shape of result in turn: tiny, huge, one-sided, without figures, a share."""
    third = number % 3
    size = (0.003, 0.3, 4.0, 70.0, 4000.0)[number % 5] * (-1 if number % 2 else 1)
    unit = ("strike waves in four weeks", "share of campaigns", "points")[third]
    whole = interval(size, abs(size) / 5.0)
    written = {"as_written": {**whole, "verdict": "undecided"}}
    return {
        "id": f"{kind}{number}", "says": WORDS if number % 4 else f"Claim {number} {HOSTILE}",
        "verdict": ("supported", "contradicted", "undecided")[third],
        **(whole if number != 7 else dict.fromkeys(whole)),
        "least": 0.1, "unit": unit, "sign": ("+", "-", "two-sided")[third],
        "p": 0.0001, "p_adjusted": 0.003,
        "mechanism_says": f"loss, then anger {HOSTILE}",
        "mechanism": ("confirmed", "not confirmed", "not tested")[third],
        "ablated": interval(size / 30.0, abs(size) / 10.0) if number % 5 else None,
        "built": ("assumed", "emergent")[number % 2], "n": 4000, "control": 0.02,
        "treatment": 0.31, "tests": [test_row(1, unit), test_row(2, unit)],
        "versions": written if f"{kind}{number}" in ("C1", "C4") else {},
        "note": HOSTILE if number % 4 == 0 else "",
    }  # fmt: skip


def level(number: int) -> dict[str, Any]:
    """A claim about a level, not a difference."""
    bound = {"level": True, "below": 0.02, "above": None, "sign": "-", **interval(0.008, 0.004)}
    one = verdict(number) | bound | {"least": 0.005, "unit": "share of threats"}
    return one | {"tests": [one["tests"][0] | bound | {"unit": one["unit"]}]}


ROBUST = [
    {"id": "C2", "keeps": 0.96, "draws": 50, "verdicts": {"supported": 40, "undecided": 10}},
]
VERDICTS = [level(n) if n == 29 else verdict(n) for n in range(1, 35)]
VERDICTS += [verdict(n, "Q") for n in range(1, 6)]


def target(number: int, group: str) -> dict[str, Any]:
    """Bands with two ends, one and none; shares, counts, tiny and far-off numbers."""
    unit = ("days", "share of campaigns", "% of the country", "men a week")[number % 4]
    size = (14.0, 0.03, 18.59, 4230.0)[number % 4]
    far = (1.0, 1.3, 40.0)[number % 3]
    counted = number % 7 != 6
    return {
        "id": f"t{number:02}", "group": group,
        "says": f"Target {number} {WORDS if number % 2 else HOSTILE}",
        "observed": None if number % 5 == 4 else size, "median": size * far,
        "low": size * far * 0.7, "high": size * far * 1.4,
        "band": [(0.8 * size, 1.2 * size), (None, 1.2 * size), (size, size)][number % 3],
        "inside": far < 2.0 if counted else None, "counted": counted,
        "why": "" if counted else f"a week is too long {HOSTILE}", "unit": unit,
        "source": f"the archive, row {number % 6}",
    }  # fmt: skip


def series(number: int) -> dict[str, Any]:
    weeks = list(range(1, 53))
    size = (0.4, 20.0, 116_000.0)[number % 3]
    return {
        "name": f"Weekly number {number} {HOSTILE}", "unit": "of some kind",
        "weeks": weeks, "p10": [size * 0.5 * w for w in weeks], "p50": [size * w for w in weeks],
        "p90": [size * 1.6 * w for w in weeks], "observed": [(1, size), (26, 30 * size)],
    }  # fmt: skip


def group(number: int, name: str) -> dict[str, Any]:
    return {"id": name, "counted": 4 * min(number, 1), "inside": number, "targets": [],
            "passed": (None, True, False)[number % 3]}  # fmt: skip


GROUPS = ("air", "ground", "losses", "west", "section_8")
BACKTEST: dict[str, Any] = {
    "targets": [target(n, GROUPS[n // 8]) for n in range(40)],
    "groups": [group(k, one) for k, one in enumerate(GROUPS)],
    "series": [series(n) for n in range(4)],
}
GUARDS: dict[str, Any] = {
    "guards": [
        {"id": f"g{k}", "name": f"Guard {k} {HOSTILE}", "measured": f"0.41 of weeks {WORDS}",
         "bound": "at most 50% of weeks at an end", "passed": passed, "how": WORDS}
        for k, passed in enumerate((True, False, None))
    ],
}  # fmt: skip
BENCH: dict[str, Any] = {
    "label": "comparison, not validation", "n": 500, "weeks": 26,
    "runs": [{"name": name, "mean": 12.34, "per_polity": 3.085} for name in ("isle", "placebo")],
    "published": [
        {"who": f"Somebody {k} {HOSTILE}", "human": k == 1, "crisis": WORDS, "figure": "points",
         "value": 4.56, "low": low, "high": high, "spread": spread, "runs": 10,
         "unit": "points a nation and turn", "rivera": k == 0, "source": "a paper"}
        for k, (low, high, spread) in enumerate(((None, None, 1.2), (3.9, 5.2, None), (None,) * 3))
    ],
}  # fmt: skip
CALIBRATION: dict[str, Any] = {
    "plausible": 40, "wanted": 200, "waves": [{"points": 1000, "plausible": 12}],
    "scores": {"before": 0.4, "plausible": 0.71},
    "tunings": [{"name": "aid.rate", "stands_for": f"how much arrives {HOSTILE}", "low": 0.1,
                 "high": 0.9, "median": 0.4, "p10": 0.3, "p90": 0.5}],
    "check": [{"id": f"t{k}", "used": k == 0, "median": 14.0, "low": 9.0, "high": 20.0,
               "inside": 0.7, "draws": 40} for k in range(2)],
    "left_out": [{"id": "t0", "inside": 0.5, "draws": 30}],
}  # fmt: skip
