"""Tables: what a batch found, a sentence first, every share with its interval."""

from collections.abc import Iterator

import numpy as np
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

from sim.narrate.figures import margin, plain, rounded, share, told
from sim.results import Results
from sim.schema import Scenario
from sim.state import EVENTS

NAMES = {  # of kinds of event, where a bare word would not do
    "waves": "wave of strikes on society", "strikes": "long-range strike on forces",
    "offensives": "offensive", "raids": "raid", "retreats": "withdrawal",
    "threats": "threat in words", "alerts": "alert of forces", "covert": "covert act",
    "exposed": "covert act exposed", "ally_struck": "open strike on an ally's soil",
    "patrons_strike": "strike by a patron's forces", "detonations": "nuclear detonation",
    "accidents": "accident, most absorbed", "offers": "offer of terms", "talks": "talks",
    "truces": "ceasefire", "protests": "wave of protest", "mutinies": "armed mutiny",
    "removals": "leader removed", "refusals": "order refused", "packages": "new aid package",
    "mobilisations": "call-up", "salvos": "salvo of 25 missiles or more",
    "large_raids": "raid of 50 missiles and drones or more", "missiles_fired": "missile fired",
    "missiles_stopped": "missile shot down", "drones_fired": "drone fired",
    "drones_stopped": "drone shot down",
}  # fmt: skip
HARM = {"killed": "civilians killed", "displaced": "civilians displaced"}


def finding(results: Results) -> str:
    """One sentence: the commonest ending and the commonest summit of the ladder."""
    scenario = results.scenario
    outcomes, peaks = results.outcomes(), results.peaks()
    first = max(outcomes, key=lambda name: outcomes[name].count)
    summit = max(peaks, key=lambda rung: peaks[rung].count)
    name = next(o.name for o in scenario.outcomes if o.id == first)
    killed = plain(float(np.median(results.columns["killed"])), 2)
    lives = "no" if killed == "0" else f"about {killed}"
    return (
        f'Of {len(results):,} campaigns, {told(outcomes[first])} end as "{name}"; '
        f"{told(peaks[summit])} climb to rung {summit}, {scenario.ladder.rungs[summit].name}, and "
        f"no higher; the middle campaign costs {lives} civilian lives."
    )


def show(results: Results, console: Console) -> None:
    """The finding, then endings, summits, events and harm."""
    console.print(finding(results), style="bold")
    for part in (_endings(results), _summits(results), _events(results)):
        console.print()
        console.print(part)
    console.print(_never(results))
    if results.folder is not None:
        console.print(_columns(results.scenario))
    console.print()
    console.print(_harm(results))
    console.print()
    for line in closing(results):
        console.print(line)


def _grid(title: str, *columns: str) -> Table:
    """A plain table whose first column takes what room there is."""
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold",
                  pad_edge=False, show_edge=False, header_style="")  # fmt: skip
    table.add_column(columns[0], overflow="fold")
    for name in columns[1:]:
        table.add_column(name, justify="right", overflow="fold")
    return table


def _endings(results: Results) -> RenderableType:
    table = _grid("How campaigns end", "Outcome", "Share", "95% interval")
    names = {o.id: o.name for o in results.scenario.outcomes}
    for outcome, part in results.outcomes().items():
        table.add_row(names[outcome], share(part), margin(part))
    return table


def _summits(results: Results) -> RenderableType:
    table = _grid("Gravest rung reached", "Rung", "Share", "95% interval")
    peaks = results.peaks()
    lowest = min((rung for rung, part in peaks.items() if part.count), default=0)
    for rung, part in peaks.items():
        if rung >= lowest:
            name = results.scenario.ladder.rungs[rung].name
            table.add_row(f"{rung} {name}", share(part), margin(part))
    return table


def _events(results: Results) -> RenderableType:
    table = _grid("Events", "At least one", "Share", "95% interval", "Mean number")
    for event in EVENTS:
        part = results.at_least_once(event)
        if part.count:
            name = event_name(event, results.scenario)
            table.add_row(name, share(part), margin(part), _mean(results, event))
    return table


def _never(results: Results) -> str:
    """The kinds of event no campaign saw, and how rare they may still be."""
    unseen = [event for event in EVENTS if not results.at_least_once(event).count]
    if not unseen:
        return "Every kind of event was seen."
    names = ", ".join(event_name(event, results.scenario) for event in unseen)
    return f"Seen in no campaign (each {margin(results.at_least_once(unseen[0]))}): {names}."


def _columns(scenario: Scenario) -> str:
    """Where the kinds of event stand among the columns of a results folder."""
    named = ((event, event_name(event, scenario)) for event in EVENTS)
    told = "; ".join(f"{event}: {name}" for event, name in named if name != event)
    return f"Columns of campaigns/: {told}."


def event_name(event: str, scenario: Scenario) -> str:
    """A kind of event in the scenario's words, else in the program's own."""
    return scenario.words.get(f"event.{event}", NAMES.get(event, event.replace("_", " ")))


def _mean(results: Results, event: str) -> str:
    mean = float(np.mean(results.columns[event]))
    return f"{rounded(mean, 2 if mean >= 0.1 else 1):.10g}"


def _harm(results: Results) -> RenderableType:
    """Civilians, and soldiers of both sides: the middle campaign and four in five around it."""
    table = _grid("Human cost", "Of a campaign", "Median", "10% to 90% of campaigns")
    rows = [(label, results.columns[column]) for column, label in HARM.items()]
    for polity in results.scenario.polities[:2]:
        label = f"soldiers killed or wounded in the whole war, {polity.name}"
        rows.append((label, 1000.0 * results.columns[f"casualties_{polity.id}"]))
    for label, column in rows:
        low, middle, high = np.percentile(column, (10, 50, 90))
        table.add_row(label, plain(middle, 2), f"{plain(low, 2)} to {plain(high, 2)}")
    return table


def closing(results: Results) -> Iterator[str]:
    """How it was counted: intervals, what they leave out, seed, speed, and what it is not."""
    sampled = results.settings.get("sample")
    drawn = "drawn within its range" if sampled else "at its value"
    yield (
        f"Intervals cover the luck of {len(results):,} campaigns with every number {drawn}; not "
        "errors of the model. Civilian harm is a cost, and known within a factor of about two."
    )
    yield f"Seed {results.seed}, campaigns 0 to {len(results) - 1}; {_speed(results)} campaigns/s."
    yield " ".join(results.scenario.not_a_forecast.split())


def _speed(results: Results) -> str:
    return f"{rounded(results.rate, 2):,.10g}"
