"""News: what was done and said in the weeks played, and which seat gets to know of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sim.acts import Act
from sim.dice import Dice
from sim.exercise.drafts import Signal
from sim.exercise.played import Game, dawn_of, said
from sim.model import CrisisModel
from sim.narrate.aftermath import Happening, followed, happenings
from sim.narrate.deeds import LET_DOWN, REFUSED, Deed, all_deeds, office, sentence, target_name
from sim.narrate.figures import plain
from sim.narrate.lines import capital
from sim.state import State
from sim.table import Table

ALL, ACTORS, PERPETRATOR = "all", "actors", "perpetrator"
THREATS = ("threaten", "alert_forces", "warn")  # the rules that say what one might do
FOLLOW = 8  # weeks in which a threat must be followed by a graver act to count as carried out
LUCK = ("heard", "gain", "patrolled", "moved")  # what a rule tells its owner alone
NOBODY = "unknown hands"


@dataclass(frozen=True)
class News:
    """Something a seat heard of. `week` is the week it happened in; nobody dates it closer."""

    week: int
    day: int | None
    source: str  # an actor, "" when it is nobody's or nobody knows whose
    text: str
    known_to: str  # all, actors (those it concerns), perpetrator
    kind: str = "deed"  # deed, signal, event, or the kind of what followed


@dataclass(frozen=True)
class Sender:
    """How much an actor's threats were worth so far, as far as the seat heard of them."""

    actor: str
    threats: int
    carried_out: int


@dataclass(frozen=True)
class Record:
    """A deed of a week, the act behind it, where it was aimed, and who knows whose it was."""

    deed: Deed
    act: Act
    target: str | None  # id of the region or node
    known_to: str

    @property
    def shows(self) -> bool:
        """Whether those who do not know the author can see that somebody did something."""
        if self.deed.fate in (REFUSED, LET_DOWN) or self.act.action.rule == "meddle":
            return False
        return self.deed.told.get("through", float(self.act.action.severity == "VI")) > 0.0


_RECORDS: WeakKeyDictionary[CrisisModel, tuple[int, list[Record]]] = WeakKeyDictionary()


def records(model: CrisisModel) -> list[Record]:
    """Every deed of the week the model has just played."""
    week, found = _RECORDS.get(model, (-1, []))
    if week != model.week:
        acts = {act.label: act for act in model.table.acts}
        pairs = [(deed, acts[f"{deed.actor}.{deed.act}"]) for deed in all_deeds(model)]
        found = [Record(d, a, aimed_at(model, a), _known_to(model, d, a)) for d, a in pairs]
        _RECORDS[model] = model.week, found
    return found


def aimed_at(model: CrisisModel, act: Act) -> str | None:
    """The id of the region or node an act is aimed at this week."""
    aim, row = act.action.target, int(model.target[act.actor, act.slot, 0])
    if aim is None or row < 0:
        return None
    return (model.table.nodes if aim.kind == "node" else model.table.regions)[row]


def _known_to(model: CrisisModel, deed: Deed, act: Act) -> str:
    """Who knows whose deed it is: by the rule where it says so, else by the act's attribution.

    Orders not obeyed, and proposals a partner declined, stay with those who were asked.
    """
    if deed.fate in (REFUSED, LET_DOWN):
        return ACTORS
    if "attributed" in deed.told:
        return ALL if deed.told["attributed"] > 0.0 else PERPETRATOR
    if act.action.attribution >= 1.0 or not model.table.on("covert_subst"):
        return ALL
    chance = float(model.table[f"act.{act.action.id}.attribution"].flat[0])
    luck = float(Dice(model.keys, model.week).roll(f"attribution/{act.label}")[0])
    return ALL if luck < chance else PERPETRATOR


def knows_author(record: Record, seat: str | None, table: Table) -> bool:
    """Whether a seat knows whose deed it was; the facilitator (None) knows all."""
    if seat in (None, record.deed.actor) or record.known_to == ALL:
        return True
    if record.known_to != ACTORS:
        return False
    if record.deed.fate == LET_DOWN:
        return seat in record.act.action.by
    return table.polity_of[table.row("A", str(seat))] == record.act.polity


def told_to(model: CrisisModel, record: Record, seat: str | None) -> str:
    """A deed in words: its luck is its owner's to know; a hidden hand stays hidden."""
    deed, act = record.deed, record.act
    if seat in (None, deed.actor):
        return deed.text
    target = target_name(model, act)
    if not knows_author(record, seat, model.table):
        nowhere = f"A strike by {NOBODY} was reported."
        return f"{target} was struck by {NOBODY}." if target else nowhere
    words = {name: number for name, number in deed.told.items() if name not in LUCK}
    return sentence(act, deed.fate, target, words)


# --- what followed ----------------------------------------------------------------------------
def follows(model: CrisisModel, before: State, seat: str | None) -> list[Happening]:
    """What a week brought, as far as a seat may know: no hidden author, no foreign losses."""
    found = followed(model, before)
    return found if seat is None else list(_fogged(model, before, seat, found))


def _fogged(
    model: CrisisModel, before: State, seat: str, found: Sequence[Happening]
) -> Iterator[Happening]:
    for one in found:
        text = one.text
        if one.kind == "losses":
            text = _own_losses(model, before, seat)
        if one.kind == "threshold":
            text = _crossed(model, seat, text)
        if text:
            yield Happening(one.kind, text)


def _crossed(model: CrisisModel, seat: str, text: str) -> str:
    """Who crossed a line, unless all the seat could know it by is a deed of unknown hands."""
    for name in model.table.actors:
        reach = [r for r in records(model) if r.deed.actor == name
                 and f", by {r.deed.office}: " in text
                 and f"({_test_of(model, r.deed.rung)})" in text]  # fmt: skip
        if reach and not any(knows_author(r, seat, model.table) for r in reach):
            return text.replace(f", by {reach[0].deed.office}: ", f", by {NOBODY}: ")
    return text


def _test_of(model: CrisisModel, rung: int) -> str:
    return model.table.scenario.ladder.rungs[rung].test


def _own_losses(model: CrisisModel, before: State, seat: str) -> str:
    """A seat that leads a side counts its own men alone."""
    leads = model.table.leader_of
    for row, polity in enumerate(model.table.scenario.polities[:2]):
        if leads[row] >= 0 and model.table.actors[leads[row]] == seat:
            lost = float(model.state.casualties[row, 0] - before.casualties[row, 0])
            return f"Soldiers of {polity.name} killed or wounded: about {plain(1000 * lost, 2)}."
    return ""


# --- the feed ---------------------------------------------------------------------------------
def news(game: Game, seat: str, week: int) -> tuple[News, ...]:
    """All a seat has heard of up to the start of the week after `week`, newest last."""
    found: list[News] = []
    for number in range(1, week + 1):
        step = game.step_of(number)
        model = step.model
        found += _events(model, number)
        found += _deeds(model, seat, number)
        found += _signals(game, seat, number)
        found += [News(number, None, "", one.text, ALL, one.kind)
                  for one in follows(model, step.before, seat)]  # fmt: skip
    events = {event.id: event.text for event in game.scenario.events}
    coming = [name for name, where in dawn_of(game, week).happened.items() if where[0]]
    return (*found, *(News(week + 1, None, "", events[name], ALL, "event") for name in coming))


def _events(model: CrisisModel, week: int) -> Iterator[News]:
    for one in happenings(model):
        yield News(week, None, "", one.text, ALL, "event")


def _deeds(model: CrisisModel, seat: str, week: int) -> Iterator[News]:
    """Deeds the seat knows of; holds are no news."""
    for record in records(model):
        if record.deed.hold:
            continue
        if knows_author(record, seat, model.table):
            text = told_to(model, record, seat)
            yield News(week, None, record.deed.actor, text, record.known_to)
        elif record.shows:
            yield News(week, None, "", told_to(model, record, seat), ALL)


def _signals(game: Game, seat: str, week: int) -> Iterator[News]:
    """Intentions people stated: in public to all, in private to sender and addressee."""
    for sender, signal in signals(game, seat, week):
        known = ALL if signal.audience == "public" else ACTORS
        yield News(week, None, sender, announced(game, sender, signal), known, "signal")


def announced(game: Game, sender: str, signal: Signal) -> str:
    """A stated intention in words; whether it was meant is nobody's to read."""
    names = {action.id: action.name for action in game.scenario.actions}
    places = {region.id: region.name for region in game.scenario.regions}
    places |= {node.id: node.name for node in game.scenario.nodes}
    offices = {actor.id: office(actor) for actor in game.scenario.actors}
    heard = "in public" if signal.audience == "public" else f"to {offices[signal.audience]}"
    where = f" ({places[signal.target]})" if signal.target else ""
    what = f'"{names[signal.action]}"{where} by week {signal.by_week}'
    return capital(f"{offices[sender]} announced {heard}: {what}.")


def signals(game: Game, seat: str | None, week: int) -> Iterator[tuple[str, Signal]]:
    """(sender, signal) of a week, as far as the seat was to hear of it."""
    for sender, drafts in said(game, week).items():
        signal = drafts.signal
        if signal is not None and (
            signal.audience == "public" or seat in (None, sender, signal.audience)
        ):
            yield sender, signal


# --- the ledger ---------------------------------------------------------------------------------
def ledger(game: Game, seat: str, week: int) -> tuple[Sender, ...]:
    """One line per actor that threatened: how often, and how often force followed.

    A threat counts as carried out when within eight weeks its sender used force on a graver rung,
    and the seat knows of it; a stated intention, when that very act was done by its week.
    """
    known = {number: _known(game, seat, number) for number in range(1, week + 1)}
    made: dict[str, list[bool]] = {}
    for number, deeds in known.items():
        for one in deeds:
            if one.act.action.rule in THREATS:
                rung, who = one.deed.rung, one.deed.actor
                later = _between(known, number + 1, number + FOLLOW)
                force = [r for r in later if r.act.action.severity in ("VI", "NU")]
                kept = any(r.deed.actor == who and r.deed.rung > rung for r in force)
                made.setdefault(who, []).append(kept)
        for who, signal in signals(game, seat, number):
            due = _between(known, number, signal.by_week)
            kept = any(
                r.deed.actor == who and r.deed.act == signal.action
                and signal.target in (None, r.target) for r in due
            )  # fmt: skip
            made.setdefault(who, []).append(kept)
    return tuple(
        Sender(name, len(made[name]), made[name].count(True))
        for name in game.model.table.actors if name in made
    )  # fmt: skip


def _between(known: Mapping[int, list[Record]], first: int, last: int) -> list[Record]:
    return [r for number, deeds in known.items() if first <= number <= last for r in deeds]


def _known(game: Game, seat: str, week: int) -> list[Record]:
    """The deeds of a week that were carried out and whose author the seat knows."""
    model = game.step_of(week).model
    return [r for r in records(model)
            if r.deed.worked is not None and knows_author(r, seat, model.table)]  # fmt: skip
