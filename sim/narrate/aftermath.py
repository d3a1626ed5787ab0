"""Aftermath: what followed from a week's deeds, read off the boards before and after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from sim.model import CrisisModel
from sim.narrate.deeds import office
from sim.narrate.figures import plain
from sim.narrate.needs import SUCCESSORS
from sim.rungs import TRIPWIRE
from sim.state import EVENTS, State

MOVED = 0.01  # share of a region that must change hands to be told
WORDS = {  # event -> what is said when chance or the week itself brought it about
    "talks": "Talks began.",
    "truces": "The guns fell silent: a ceasefire began.",
}
CLIMBED = "By accident, the week went a step further than anybody had ordered."
GRAVE = "By accident, the week went further than anybody had ordered, to rung {}, {}: {}."
ABSORBED = "An accident between the forces was explained and went no further."


@dataclass(frozen=True)
class Happening:
    """Something that happened in a week, and its text."""

    kind: str
    text: str


def happenings(model: CrisisModel) -> list[Happening]:
    """The scenario's own events of the week."""
    events = {event.id: event for event in model.table.scenario.events}
    return [
        Happening(name, events[name].text) for name, where in model.happened.items() if where[0]
    ]


def followed(model: CrisisModel, before: State) -> list[Happening]:
    """What the week brought: lines crossed, land, chance, power at home, talks, losses."""
    parts = (
        _lines, _thresholds, _chance, _land, _cases, _counted, _power, _votes, _peace, _losses,
    )  # fmt: skip
    return list(chain.from_iterable(part(model, before) for part in parts))


def _lines(model: CrisisModel, before: State) -> Iterator[Happening]:
    """Red lines that were tested this week."""
    now = model.state.line_state[:, 0] - before.line_state[:, 0]
    for row, line in enumerate(model.table.scenario.red_lines):
        if now[row] > 0 and model.state.line_state[row, 0] > 1.5:
            drawn = {a.id: office(a) for a in model.table.scenario.actors}[line.drawn_by]
            yield Happening("red_line", f"A red line of {drawn} was tested: {line.name}.")


def _thresholds(model: CrisisModel, before: State) -> Iterator[Happening]:
    """Lines of the ladder crossed for the first time."""
    state, table = model.state, model.table
    for row, name in enumerate(table.thresholds):
        if state.crossed[row, 0] > before.crossed[row, 0]:
            by = int(state.crossed_by[row, 0])
            who = office(model.table.scenario.actors[by]) if by >= 0 else "an accident"
            rung = model.table.scenario.ladder.rungs[table.threshold_rung(name)]
            line = f'A line was crossed for the first time, by {who}: "{rung.threshold_name}"'
            yield Happening("threshold", f"{line} ({rung.test}).")


def _chance(model: CrisisModel, before: State) -> Iterator[Happening]:
    """An accident: absorbed, or a step further than anybody had ordered; grave ones by name."""
    row, state = EVENTS.index("accidents"), model.state
    if state.counts[row, 0] > before.counts[row, 0]:
        text, number = ABSORBED, int(state.rung[0])
        if state.rung[0] > state.rungs[:, 0].max():
            rung = model.table.scenario.ladder.rungs[number]
            text = GRAVE.format(number, rung.name, rung.test) if number >= TRIPWIRE else CLIMBED
        yield Happening("accidents", text)


def _land(model: CrisisModel, before: State) -> Iterator[Happening]:
    """Regions where the share held by the first side changed, or an attack changed nothing."""
    holder, attacked = model.table.scenario.polities[0].name, model.state.attacking.max(axis=0)
    for row, region in enumerate(model.table.scenario.regions):
        was, now = float(before.control[row, 0]), float(model.state.control[row, 0])
        if abs(now - was) >= MOVED:
            text = f"{region.name}: {holder} held {100 * was:.0f}%, now {100 * now:.0f}%."
            yield Happening("land", text)
        elif attacked[row, 0] > 0.0:
            yield Happening("land", f"{region.name}: the line did not move.")


def _cases(model: CrisisModel, before: State) -> Iterator[Happening]:
    """Covert acts of earlier weeks that were traced to their author; a new one tells its own."""
    table = model.table
    opened = {
        order.act.label for order, words in model.told
        if order.where[0] and "through" in words and not words.get("attributed", [1])[0]
    }  # fmt: skip
    for row, label in enumerate(table.axis("D")):
        if model.state.open_cases[row, 0] < before.open_cases[row, 0] + (label in opened):
            act = table.acts[table.row("C", label)]
            who = office(table.scenario.actors[act.actor])
            text = f'A covert act of earlier weeks was traced to {who}: "{act.action.name}".'
            yield Happening("exposed", text)


def _counted(model: CrisisModel, before: State) -> Iterator[Happening]:
    for event, text in WORDS.items():
        row = EVENTS.index(event)
        if model.state.counts[row, 0] > before.counts[row, 0]:
            yield Happening(event, text)


def _power(model: CrisisModel, before: State) -> Iterator[Happening]:
    """Leaders who fell, and power that is contested."""
    for row, polity in enumerate(model.table.scenario.polities):
        heir = int(model.state.leader[row, 0])
        removed = EVENTS.index("removals")
        fell = model.state.counts[removed, 0] > before.counts[removed, 0]
        if heir and (heir != before.leader[row, 0] or (fell and row in model.table.regimes)):
            text = f"{polity.name}: the leader fell, and power passed to {SUCCESSORS[heir]}."
            yield Happening("removals", text)
        if model.state.turmoil[row, 0] > 0.0 and before.turmoil[row, 0] <= 0.0:
            yield Happening("turmoil", f"{polity.name}: power is contested.")


def _votes(model: CrisisModel, before: State) -> Iterator[Happening]:
    change = model.state.hostile_house[:, 0] - before.hostile_house[:, 0]
    for row, polity in enumerate(model.table.scenario.polities):
        if change[row] > 0:
            yield Happening("vote", f"{polity.name}: the vote returned a house that opposes aid.")


def _peace(model: CrisisModel, before: State) -> Iterator[Happening]:
    state = model.state
    if state.settled[0] > before.settled[0]:
        yield Happening("settled", "A settlement was signed.")
    elif state.talks[0] < before.talks[0]:
        yield Happening("talks_over", "Talks ended.")
    if before.truce[0] > 0.0 and state.truce[0] == 0.0:
        yield Happening("broken", "The ceasefire broke down.")
    elif state.truce[0] > 1.0:
        yield Happening("truce", f"The ceasefire has held for {state.truce[0]:.0f} weeks.")


def _losses(model: CrisisModel, before: State) -> Iterator[Happening]:
    """Soldiers killed and wounded this week."""
    lost = model.state.casualties[:, 0] - before.casualties[:, 0]
    named = [
        f"{model.table.scenario.polities[side].name} about {plain(1000 * thousand)}"
        for side, thousand in enumerate(lost) if thousand >= 0.05
    ]  # fmt: skip
    if named:
        yield Happening("losses", f"Soldiers killed or wounded this week: {', '.join(named)}.")
