"""Translations: a scenario's texts in another language, kept beside it as data, for show alone.

A folder may hold `words/LANGUAGE.yaml`: by kind and id, the fields that are read by people. No rule
reads them, so a scenario is played, and its fingerprint taken, in the words it was written in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path as Folder
from string import Formatter
from typing import Any, TypeVar

from sim.conditions import CALENDAR
from sim.errors import ScenarioError, did_you_mean
from sim.loading import LARGEST
from sim.marks import Fault, Mark, Path, Written, shown
from sim.measures import MEASURES
from sim.mending import validated
from sim.schema import Scenario
from sim.sheets import Label, Sheet, Words
from sim.yaml_positions import parsed

AnySheet = TypeVar("AnySheet", bound=Sheet)


class Named(Sheet):
    """What is called by a name; what is left out stays as the scenario has it."""

    name: Label = ""


class SeatWords(Sheet):
    """The two parts of a seat's brief."""

    public: Words = ""
    private: Words = ""


class ActorWords(Named):
    """Of a seat."""

    office: Label = ""
    brief: SeatWords = SeatWords()


class ActionWords(Named):
    """Of an act; `tells` keeps the blanks of the original."""

    tells: Words = ""


class FeatureWords(Named):
    """Of a feature."""

    short: Label = ""


class RungWords(Named):
    """Of a rung and of the threshold on entering it."""

    test: Words = ""
    threshold_name: Label = ""


class OutcomeWords(Named):
    """Of a class of ending."""

    sentence: Words = ""


class EventWords(Named):
    """Of an event."""

    text: Words = ""


class CoverWords(Named):
    """Of the scenario itself."""

    summary: Words = ""
    not_a_forecast: Words = ""


class Texts(Sheet):
    """A scenario's texts in one language, by kind and id."""

    scenario: CoverWords = CoverWords()
    polities: dict[str, Named] = {}
    blocs: dict[str, Named] = {}
    pillars: dict[str, Named] = {}
    actors: dict[str, ActorWords] = {}
    features: dict[str, FeatureWords] = {}
    regions: dict[str, Named] = {}
    nodes: dict[str, Named] = {}
    rungs: dict[str, RungWords] = {}
    actions: dict[str, ActionWords] = {}
    red_lines: dict[str, Named] = {}
    events: dict[str, EventWords] = {}
    outcomes: dict[str, OutcomeWords] = {}
    words: dict[str, Label] = {}


KINDS = tuple(name for name in Texts.model_fields if name not in ("scenario", "words"))


# --- applied --------------------------------------------------------------------------------------
def translated(scenario: Scenario, texts: Texts) -> Scenario:
    """A copy to be shown: every text there is a translation of is replaced, nothing else is."""
    lists = {kind: _all(_items(scenario, kind), getattr(texts, kind)) for kind in KINDS}
    ladder = scenario.ladder.model_copy(update={"rungs": lists.pop("rungs")})
    whole = {**lists, "ladder": ladder, "words": {**scenario.words, **texts.words}}
    return _said(scenario, texts.scenario).model_copy(update=whole)


def _items(scenario: Scenario, kind: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(scenario.ladder if kind == "rungs" else scenario, kind)
    return found


def _all(items: Iterable[Any], texts: dict[str, Sheet]) -> tuple[Any, ...]:
    return tuple(_said(item, texts[item.id]) if item.id in texts else item for item in items)


def _said(item: AnySheet, texts: Sheet) -> AnySheet:
    """A sheet in other words, where they leave the same blanks."""
    fresh: dict[str, Any] = {}
    for name, (given, there) in _fields(item, texts):
        if isinstance(given, Sheet):
            fresh[name] = _said(there, given)
        elif given and blanks(given) == blanks(there):
            fresh[name] = given
    return item.model_copy(update=fresh)


def _fields(item: Sheet, texts: Sheet) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Field -> its translation, and what it translates."""
    for name in type(texts).model_fields:
        yield name, (getattr(texts, name), getattr(item, name))


def blanks(text: str) -> Counter[tuple[str, str]] | None:
    """The blanks of a sentence with their forms, whatever their order; None: it makes no sense."""
    try:
        return Counter((name, form or "") for _, name, form, _ in Formatter().parse(text)
                       if name is not None)  # fmt: skip
    except ValueError:
        return None


# --- read -----------------------------------------------------------------------------------------
def texts_of(name: str, language: str, scenario: Scenario | None = None) -> Texts | None:
    """The texts of a shipped scenario or a folder; None where there are none.

    Raises a ScenarioError that lists every fault; with a scenario, ids it does not have are faults.
    """
    path = _path(name, language)
    if path is None:
        return None
    texts, written, faults = _read(path, path.stat().st_mtime_ns)
    if texts is not None and scenario is not None:
        faults = [*faults, *_strange(texts, scenario, written)]
    if faults or texts is None:
        raise ScenarioError(str(fault) for fault in sorted(faults))
    return texts


def languages(name: str, scenario: Scenario) -> tuple[str, ...]:
    """The languages a scenario has texts in, all of them read.

    Raises a ScenarioError that lists every fault of every language.
    """
    faults: list[str] = []
    found = tuple(sorted(path.stem for path in _home(name).glob("*.yaml")))
    for language in found:
        try:
            texts_of(name, language, scenario)
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return found


def _path(name: str, language: str) -> Folder | None:
    path = _home(name) / f"{language}.yaml"
    return path if name and path.is_file() else None


def _home(name: str) -> Folder:
    """Shipped scenarios come first, as they do when one is loaded."""
    shipped = Folder(str(files("scenarios"))) / name
    return (shipped if shipped.is_dir() else Folder(name)) / "words"


@cache
def _read(path: Folder, _changed: int) -> tuple[Texts | None, Written, list[Fault]]:
    """What a file says, read once as long as nobody changes it."""
    shown_as = "/".join(path.parts[-3:])
    try:
        large = path.stat().st_size > LARGEST
        why = f"is larger than {LARGEST // 1_000_000} MB" if large else ""
        written = Written(shown_as) if large else parsed(path.read_bytes(), shown_as)
    except OSError as error:
        written, why = Written(shown_as), f"cannot be read ({error.strerror})"
    if written.broken:
        return None, written, written.faults
    if not why and not isinstance(written.value, dict):
        why = "must be a mapping of keys like `actions:`"
    if why:
        return None, written, [Fault(Mark(shown_as, 1, 1), why)]
    checked = validated(Texts, written)
    return checked.sheet, written, written.faults + checked.faults


def _strange(texts: Texts, scenario: Scenario, written: Written) -> Iterator[Fault]:
    """Ids and words the scenario does not have, and sentences with other blanks than its own."""
    yield from _other_blanks(scenario, texts.scenario, ("scenario",), written)
    for kind in KINDS:
        items, given = {item.id: item for item in _items(scenario, kind)}, getattr(texts, kind)
        for name in given:
            if name in items:
                yield from _other_blanks(items[name], given[name], (kind, name), written)
            else:
                yield _unknown((kind, name), items, written)
    slots = {f"slot.{slot}" for actor in scenario.actors for slot in actor.slots}
    known = {*scenario.words, *slots, *(f"measure.{one}" for one in (*MEASURES, *CALENDAR))}
    for name in texts.words:
        if name not in known:
            yield _unknown(("words", name), known, written)


def _unknown(path: Path, known: Iterable[str], written: Written) -> Fault:
    name = str(path[-1])
    text = f"{path[0]}: the scenario has no {shown(name)}{did_you_mean(name, known)}"
    return Fault(written.where(path, key=True), text)


def _other_blanks(item: Sheet, texts: Sheet, path: Path, written: Written) -> Iterator[Fault]:
    for name, (given, there) in _fields(item, texts):
        if isinstance(given, Sheet):
            yield from _other_blanks(there, given, (*path, name), written)
        elif given and blanks(given) != blanks(there):
            wanted = " ".join(_written(one) for one in blanks(there) or ()) or "no blanks"
            text = f"{'.'.join(map(str, (*path, name)))}: must have {wanted}, as the original"
            yield Fault(written.where((*path, name)), text)


def _written(blank: tuple[str, str]) -> str:
    name, form = blank
    return f"{{{name}:{form}}}" if form else f"{{{name}}}"
