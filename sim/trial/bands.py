"""Bands and fans: where the model lands beside each target, and week by week."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.trial.amounts import amount, known, true_minus
from sim.trial.charts import (
    HEAD,
    PLOT,
    ROW,
    SCALE,
    WIDTH,
    Scale,
    Span,
    figures,
    heading,
    interval,
    said,
)
from sim.trial.drawing import SMALL, TOKENS, Picture, settled
from sim.trial.phrases import Data, band, group_name, model_told, observed, outcome

OUTCOMES = {"inside": "good", "outside": "bad", "not counted": "text3"}
FAN = (480.0, 252.0)  # pixels of one fan


def bands(targets: Sequence[Data], name: str = "bands") -> str:
    """Where the model's middle and its interval lie beside each target's band, as SVG."""
    with settled():
        return bands_picture(targets, name).svg(
            "Targets, their bands and the model",
            "For every target the band in which the model's number is accepted, the model's "
            "median with the range of four campaigns in five, and what was observed, each on a "
            "scale of its own. The table below holds the same numbers.",
        )


def bands_picture(targets: Sequence[Data], name: str = "bands") -> Picture:
    """The picture itself, before it is written."""
    groups: dict[str, list[Data]] = {}
    for target in targets:
        groups.setdefault(str(target["group"]), []).append(target)
    top = 46.0
    height = top + sum(HEAD + ROW * len(rows) for rows in groups.values()) + 8.0
    picture = Picture(name, WIDTH, height)
    _bands_key(picture)
    y = top
    for group, rows in groups.items():
        heading(picture, y + HEAD / 2.0, group_name(group))
        y += HEAD
        for one in rows:
            _target(picture, y + ROW / 2.0, one)
            y += ROW
    return picture


def _bands_key(picture: Picture) -> None:
    picture.box(8.0, 6.0, 22.0, 16.0, "raised")
    picture.text(36.0, 14.0, "band in which the model is accepted", size=SMALL)
    x = 60.0 + picture.wide("band in which the model is accepted", SMALL)
    keys = (("o", "model: median, four campaigns in five", False), ("D", "observed", True),
            (">", "beyond the scale", False))  # fmt: skip
    for shape, words, hollow in keys:
        picture.mark(x, 14.0, shape, "text2", 7.0, hollow)
        picture.text(x + 12.0, 14.0, words, size=SMALL)
        x += 36.0 + picture.wide(words, SMALL)


def _target(picture: Picture, y: float, one: Data) -> None:
    """One row: the band is the middle third of the scale."""
    role = OUTCOMES[outcome(one)]
    picture.sign(12.0, y, role)
    said(picture, y, one["says"], 28.0)
    middle, half = _frame(one)
    scale = Scale(PLOT, SCALE, 10.0)
    ends = [_placed(bound, middle, half, side * 10.0)
            for bound, side in zip(band(one), (-1.0, 1.0), strict=True)]  # fmt: skip
    picture.box(scale.at(ends[0]), y - 14.0, scale.at(ends[1]) - scale.at(ends[0]), 28.0, "raised")
    picture.line((scale.left, scale.left + scale.width), (y, y), "line")
    if all(known(one.get(key)) for key in ("median", "low", "high")):
        at, low, high = (_placed(one[key], middle, half) for key in ("median", "low", "high"))
        interval(picture, scale, y - 5.0, Span(at, low, high), "o", role)
    if known(one.get("observed")):
        at = _placed(one["observed"], middle, half)
        shape = "D" if abs(at) <= scale.reach else "<" if at < 0.0 else ">"
        picture.mark(scale.at(at), y + 7.0, shape, "text", 6.5, True)
    figures(picture, y, model_told(one), f"observed: {observed(one)}; {one['unit']}")


def _frame(one: Data) -> tuple[float, float]:
    """The middle of a target's band and half its width; a missing end is put at nothing."""
    low, high = band(one)
    if low is None and high is None:
        near = float(one["observed"]) if known(one.get("observed")) else 0.0
        return near, abs(near) or 1.0
    if low is None:
        low = min(0.0, 2.0 * (high or 0.0))
    if high is None:
        high = low + 2.0 * (abs(low) or 1.0)
    middle = (low + high) / 2.0
    return middle, (high - middle) or abs(middle) / 2.0 or 1.0


def _placed(value: object, middle: float, half: float, missing: float = 0.0) -> float:
    """In half-widths of the band from its middle."""
    return (float(value) - middle) / half if known(value) else missing  # type: ignore[arg-type]


# --- fans -------------------------------------------------------------------------------------
def fan(series: Data, name: str) -> str:
    """One weekly number: the model's middle and range, and what was observed, as SVG."""
    with settled():
        return fan_picture(series, name).svg(
            str(series["name"]),
            f"{series['name']}, {series['unit']}, week by week: the model's median, the range of "
            "four campaigns in five, and the observed points. The table beside it holds numbers.",
        )


def fan_picture(series: Data, name: str) -> Picture:
    """The picture itself, before it is written."""
    picture = Picture(name, *FAN)
    width, height = FAN
    title = picture.fitted(str(series["name"]), width - 16.0, bold=True)[0]
    picture.text(8.0, 14.0, title, "text", bold=True)
    picture.text(8.0, 33.0, picture.fitted(str(series["unit"]), width - 16.0, 1, SMALL)[0],
                 "text3", SMALL)  # fmt: skip
    axes = picture.axes(58.0, 50.0, width - 74.0, height - 92.0)
    _fan(axes, series)
    _dressed(axes)
    picture.text(width - 16.0, height - 10.0, "week", "text3", SMALL, side="right")
    return picture


def _fan(axes: Axes, series: Data) -> None:
    colour = TOKENS["fan"][0]
    weeks = np.asarray(series["weeks"], float)
    low, middle, high = (np.asarray(series[key], float) for key in ("p10", "p50", "p90"))
    axes.fill_between(weeks, low, high, color=colour, alpha=0.2, lw=0)
    for edge in (low, high):
        axes.plot(weeks, edge, color=colour, lw=0.8, ls=(0, (3, 2)))
    axes.plot(weeks, middle, color=colour, lw=2.0)
    for week, value in points(series):
        axes.plot([week], [value], marker="D", ms=6.0, mfc=TOKENS["card"][0], mew=1.3,
                  mec=TOKENS["text"][0], ls="none", zorder=3, clip_on=False)  # fmt: skip


def _dressed(axes: Axes) -> None:
    """Few ticks, thin lines, no frame."""
    axes.patch.set_visible(False)
    axes.margins(x=0.02, y=0.08)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(TOKENS["ctl"][0])
    axes.grid(axis="y", color=TOKENS["line"][0], lw=0.8)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, steps=[1, 2, 4, 5, 10]))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    axes.tick_params(length=0, pad=6, labelsize=SMALL, labelcolor=TOKENS["text3"][0])


def _tick(value: float, _: int | None = None) -> str:
    if abs(value) >= 1_000_000.0:
        return true_minus(f"{value / 1_000_000.0:g}m")
    places = 0 if abs(value) >= 10.0 or value == round(value) else 1 if abs(value) >= 1.0 else 2
    return true_minus(amount(value, places))


def points(series: Data) -> list[tuple[float, float]]:
    """(week, value) of what was observed."""
    return [(float(week), float(value)) for week, value in series["observed"]]
