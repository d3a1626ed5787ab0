"""Cross-checks: what a scenario's data shows to be wrong though every sheet of it is right."""

from collections.abc import Callable, Collection, Iterator, Mapping

from sim.complaints import place
from sim.errors import did_you_mean
from sim.marks import Path
from sim.menu import STOCKS
from sim.names import as_number, board_names, given_at_opening, ids
from sim.possible import all_impossible
from sim.references import Complaint, all_references
from sim.schema import Scenario
from sim.sheets import Number, Tuning
from sim.state import FIELDS
from sim.tunings import unfit, unread

SIDED = ("contact", "sacred", "pocket", "claimable", "hostile")  # filters read from one side


def faults(
    scenario: Scenario, where: Callable[[Path], object], rulebook: Mapping[str, Tuning]
) -> list[str]:
    """Every fault as `file:line:col: where in the scenario: what, did you mean`."""
    found = complaints(scenario, rulebook)
    return [f"{where(c.path)}: {spoken(scenario, c)}" for c in found]


def spoken(scenario: Scenario, complaint: Complaint) -> str:
    """A complaint with its place in the scenario before it."""
    path = complaint.path[:-1] if complaint.about_key else complaint.path
    return f"{place(scenario, path)}: {complaint.text}"


def complaints(scenario: Scenario, rulebook: Mapping[str, Tuning]) -> Iterator[Complaint]:
    """Everything wrong that no single sheet can see."""
    yield from all_references(scenario)
    yield from all_impossible(scenario)
    yield from _cares(scenario)
    yield from _people(scenario)
    yield from _sides(scenario)
    yield from _events(scenario)
    yield from _opening(scenario)
    yield from _tunings(scenario, rulebook)


def _cares(scenario: Scenario) -> Iterator[Complaint]:
    """Every feature has somebody who cares, every actor something to care about."""
    for number, actor in enumerate(scenario.actors):
        if not any(actor.goals.values()):
            yield Complaint(("actors", number, "goals"), "no goals: the actor cares about nothing")
    cared = {
        feature
        for actor in scenario.actors
        for feature, weight in (*actor.goals.items(), *actor.goals_keep.items())
        if weight
    }
    for number, feature in enumerate(scenario.features):
        if feature.id not in cared:
            text = f"nobody cares about {feature.id}: no actor's goals name it"
            yield Complaint(("features", number, "id"), text)


def _people(scenario: Scenario) -> Iterator[Complaint]:
    """Briefs, drives, officers and pillars fit their actors and polities."""
    actions = {action.id: action for action in scenario.actions}
    for number, actor in enumerate(scenario.actors):
        for part in ("public", "private"):
            if not getattr(actor.brief, part).strip():
                yield Complaint(("actors", number, "brief", part), "the brief is blank")
        for action_id in actor.drives:
            if action_id in actions and actor.id not in actions[action_id].by:
                text = f"{actor.id} cannot take {action_id}: its `by` does not name the actor"
                yield Complaint(("actors", number, "drives", action_id), text, True)
    for number, action in enumerate(scenario.actions):
        for actor in scenario.actors:
            if action.consent and actor.id in action.by and not _has(scenario, actor.polity):
                text = f"no actor of role {action.consent} in {actor.polity} could consent"
                yield Complaint(("actions", number, "consent"), text)
    for polity in ids(scenario, "polity"):
        pillars = [(n, k) for n, k in enumerate(scenario.pillars) if k.polity == polity]
        if sum(pillar.weight for _, pillar in pillars) > 1 + 1e-9:
            text = f"the pillars of {polity} weigh more than 1 together"
            yield Complaint(("pillars", pillars[-1][0], "weight"), text)


def _has(scenario: Scenario, polity: str) -> bool:
    """Whether an officer speaks for a polity."""
    return any(a.role == "officer" and polity in (a.polity, *a.voices) for a in scenario.actors)


def _sides(scenario: Scenario) -> Iterator[Complaint]:
    """Stocks, fronts and pockets are a side's: nobody else can spend them or aim by them."""
    sides = ids(scenario, "side")
    alone = {p.id for p in scenario.polities if p.id not in sides and p.backs is None}
    homes = {actor.id: actor.polity for actor in scenario.actors if actor.polity in alone}
    for number, action in enumerate(scenario.actions):
        aim, spent = action.target, [stock for stock in STOCKS if action.cost.get(stock)]
        for name in (name for name in action.by if name in homes):
            remedy = f"give {homes[name]} `backs`, or drop {name} from `by`"
            if spent:
                text = f"{name} stands on no side and has no {spent[0]}: {remedy}"
                yield Complaint(("actions", number, "cost"), text)
            if aim is not None and aim.filter in SIDED:
                text = f"{name} stands on no side, and {aim.filter} is what a side sees: {remedy}"
                yield Complaint(("actions", number, "target", "filter"), text)


def _events(scenario: Scenario) -> Iterator[Complaint]:
    """Events come at a time or on a condition, and change what is on the board."""
    known = board_names(scenario)
    actions = {action.id: action for action in scenario.actions}
    for number, event in enumerate(scenario.events):
        at = ("events", number)
        if event.week is None and not event.when:
            yield Complaint(at, "never happens: give `week` or `when`")
        if event.week is not None and not 1 <= event.week <= 520:
            yield Complaint((*at, "week"), f"week {event.week} is not between 1 and 520")
        for name in event.add:
            if name not in known:
                yield _no_number((*at, "add", name), name, known)
        if event.suspect is None and "guilt" in event.model_fields_set:
            yield Complaint((*at, "guilt"), "`guilt` needs a `suspect`")
        if event.act in actions and event.by is None and len(actions[event.act].by) > 1:
            who = ", ".join(actions[event.act].by)
            yield Complaint((*at, "act"), f"says not who does it: `by` is one of {who}")
        elif event.act in actions and event.by is not None:
            if event.by not in actions[event.act].by:
                yield Complaint((*at, "by"), f"{event.by} cannot take {event.act}")
        elif event.act is None and event.by is not None:
            yield Complaint((*at, "by"), "`by` needs an `act`")
        if event.act in actions and actions[event.act].target and event.at is None:
            yield Complaint((*at, "act"), f"{event.act} needs a target: say `at`")


def _opening(scenario: Scenario) -> Iterator[Complaint]:
    """Opening values name numbers of the board and lie in the range of each."""
    known = board_names(scenario)
    for path, name, given in given_at_opening(scenario):
        field = name.partition(".")[0]
        if name not in known:
            yield _no_number(path, name, known)
            continue
        meta, number = FIELDS[field].metadata, as_number(given)
        for key in ("value", "low", "high"):
            value = getattr(number, key)
            if value is not None and not meta["low"] <= value <= meta["high"]:
                at = (*path, key) if isinstance(given, Number) else path
                span = f"{meta['low']:g} to {meta['high']:g} ({meta['unit']})"
                yield Complaint(at, f"{value:g} lies outside {span}")


def _no_number(path: Path, name: str, known: Collection[str]) -> Complaint:
    near = did_you_mean(name, known)
    return Complaint(path, f"no number on the board is called {name}{near}", True)


def _tunings(scenario: Scenario, rulebook: Mapping[str, Tuning]) -> Iterator[Complaint]:
    """Tunings are the rulebook's, alone or for one id of the kind it names, within its range."""
    for name, given in scenario.tunings.items():
        path, hint = ("tunings", name), unread(name, rulebook, scenario)
        if hint is not None:
            yield Complaint(path, f"no rule reads {name}{hint}", True)
        elif why := unfit(name, as_number(given)):
            yield Complaint(path, why)
        elif name in rulebook and not isinstance(given, Number):
            low, high = rulebook[name].low, rulebook[name].high
            if low is not None and high is not None and not low <= given <= high:
                text = f"{given:g} lies outside the rulebook's range {low:g} to {high:g}"
                yield Complaint(path, f"{text}; give your own low and high")
