"""YAML with a memory: plain values, and the line and column each of them was written at.

Only what a scenario needs is let in: mappings with words for keys, lists and scalars of YAML
1.2's core schema (so `no` and `010` keep their meaning), dates, a few aliases. No tags.
"""

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from sim.marks import Fault, Mark, Path, Written, shown

DEEPEST = 24  # levels of nesting; a scenario needs seven
LONGEST_NUMBER = 300  # characters
MOST_REPEATED = 5_000  # values that the aliases of a file may repeat
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class _Unreadable(Exception):
    """Nothing after this place can be understood."""

    def __init__(self, mark: Mark, text: str) -> None:
        self.fault = Fault(mark, text)
        super().__init__(text)


def parsed(source: bytes, file: str) -> Written:
    """The one YAML document of a file; complaints in `faults`, never an exception."""
    page = Written(file)
    try:
        _Builder(page).build(_events(_decoded(source, file), file))
    except _Unreadable as stop:
        page.broken = True
        page.faults.append(stop.fault)
    return page


def _decoded(source: bytes, file: str) -> str:
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8", "replace")
        odd = source[error.start]
        raise _Unreadable(_at(before, file), f"byte 0x{odd:02x} is not UTF-8 text") from None
    if found := _CONTROL.search(text):
        place = _at(text[: found.start()], file)
        raise _Unreadable(place, f"control character U+{ord(found[0]):04X} cannot stand in YAML")
    return text


def _at(before: str, file: str) -> Mark:
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _events(text: str, file: str) -> Iterator[Any]:
    """libyaml's events where it is installed (20 times faster), else pure Python's."""
    try:
        yield from YAML(typ="safe", pure=False).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise _Unreadable(Mark(file, line + 1, column + 1), _said(error, text, line)) from None
    except YAMLError as error:
        raise _Unreadable(Mark(file, 1, 1), " ".join(str(error).split())) from None


def _said(error: MarkedYAMLError, text: str, line: int) -> str:
    lines = text.splitlines()
    if line < len(lines) and "\t" in lines[line][: len(lines[line]) - len(lines[line].lstrip())]:
        return "a tab cannot indent YAML: use spaces"
    context = f" {error.context}" if error.context else ""
    if error.context and error.context_mark:
        context += f" from line {error.context_mark.line + 1}"
    return f"cannot be read{context}: {error.problem}"


@dataclass
class _Level:
    path: Path
    holds: dict[str, Any] | list[Any]
    key: str | None = None


class _Builder:
    """Turns events into values, one level of nesting at a time (no recursion to overflow)."""

    def __init__(self, page: Written) -> None:
        self.page = page
        self.levels: list[_Level] = []
        self.documents = self.repeated = 0
        self.anchors: dict[str, Path] = {}

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, ev.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, ev.MappingStartEvent):
                self._open(event, {})
            elif isinstance(event, ev.SequenceStartEvent):
                self._open(event, [])
            elif isinstance(event, ev.CollectionEndEvent):
                self.levels.pop()
            elif isinstance(event, ev.AliasEvent):
                self._alias(event)
            elif isinstance(event, ev.DocumentStartEvent):
                self._document(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Unreadable(self._mark(event), "a file holds one document: drop this `---`")

    def _mark(self, event: Any) -> Mark:
        start = event.start_mark
        return Mark(self.page.file, start.line + 1, start.column + 1)

    def _refuse(self, path: Path, event: Any, text: str) -> None:
        self.page.refused.add(path)
        self.page.faults.append(Fault(self._mark(event), text))

    def _place(self, value: Any, event: Any) -> Path:
        """Put a value where it belongs; its path."""
        if not self.levels:
            self.page.value = value
            path: Path = ()
        else:
            level = self.levels[-1]
            if isinstance(level.holds, list):
                path = (*level.path, len(level.holds))
                level.holds.append(value)
            elif level.key is None:
                raise _Unreadable(self._mark(event), "a key must be a word")
            else:
                path = (*level.path, level.key)
                level.holds[level.key], level.key = value, None
        self.page.values[path] = self._mark(event)
        if event.anchor and not isinstance(event, ev.AliasEvent):
            self.anchors[event.anchor] = path
        return path

    def _alias(self, event: Any) -> None:
        """Repeat what an anchor names, place and all, as long as it is whole and little."""
        source, path = self.anchors.get(event.anchor), self._place(None, event)
        if source is None or any(level.path == source for level in self.levels):
            why = "is not written yet" if source is None else "holds itself"
            self._refuse(path, event, f"*{event.anchor}: what it names {why}")
            return
        value: Any = self.page.value
        for token in source:
            value = value[token]
        self._replace(path, self._repeated(value, source, path, event))

    def _repeated(self, value: Any, source: Path, path: Path, event: Any) -> Any:
        self.repeated += 1
        if self.repeated > MOST_REPEATED or len(path) > DEEPEST:
            raise _Unreadable(self._mark(event), "aliases repeat too much here: write it out")
        page = self.page
        for marks in (page.keys, page.values):
            if source in marks and path not in marks:
                marks[path] = marks[source]
        if source in page.raw:
            page.raw[path] = page.raw[source]
        if source in page.refused:
            page.refused.add(path)
        if isinstance(value, dict):
            return {k: self._repeated(v, (*source, k), (*path, k), event) for k, v in value.items()}
        if isinstance(value, list):
            inner = enumerate(value)
            return [self._repeated(v, (*source, n), (*path, n), event) for n, v in inner]
        return value

    def _open(self, event: Any, holds: dict[str, Any] | list[Any]) -> None:
        path = self._place(holds, event)
        self._no_tag(event, path)
        self.levels.append(_Level(path, holds))
        if len(self.levels) > DEEPEST:
            raise _Unreadable(self._mark(event), f"nested more than {DEEPEST} levels deep")

    def _no_tag(self, event: Any, path: Path) -> None:
        if event.tag is not None:
            self._refuse(path, event, f"tags ({event.tag}) are not used here")

    def _scalar(self, event: Any) -> None:
        level = self.levels[-1] if self.levels else None
        if level is not None and isinstance(level.holds, dict) and level.key is None:
            self._key(level, event)
            return
        path = self._place(event.value, event)
        self._no_tag(event, path)
        if event.implicit[0]:
            self.page.raw[path] = event.value
            self._replace(path, self._meant(event, path))
        else:
            self.page.raw[path] = f'"{event.value}"'

    def _replace(self, path: Path, value: Any) -> None:
        if not self.levels:
            self.page.value = value
        else:
            holds: Any = self.levels[-1].holds
            holds[path[-1]] = value

    def _key(self, level: _Level, event: Any) -> None:
        path, key = (*level.path, event.value), event.value
        if key == "<<":
            raise _Unreadable(self._mark(event), "merge keys (<<) are not used here: write it out")
        if key in level.holds:
            first = self.page.keys[path].line
            text = f"key {shown(key)} stands twice, first on line {first}"
            self.page.faults.append(Fault(self._mark(event), text))
        level.key = key
        self.page.keys[path] = self._mark(event)

    def _meant(self, event: Any, path: Path) -> Any:
        """The value of an unquoted scalar."""
        text: str = event.value
        if text in _WORDS or text.lower() in ("true", "false", "null"):
            return _WORDS[text.lower()]
        if _DATE.fullmatch(text):
            return self._date(event, path)
        if _ENDLESS.fullmatch(text):
            self._refuse(path, event, f"{text} is not a finite number")
            return 0.0
        if not (_INTEGER.fullmatch(text) or _FLOAT.fullmatch(text)):
            return text
        if len(text) > LONGEST_NUMBER or math.isinf(number := _number(text)):
            self._refuse(path, event, "the number is too large")
            return 0.0
        return number

    def _date(self, event: Any, path: Path) -> Any:
        try:
            return dt.date.fromisoformat(event.value)
        except ValueError:
            self._refuse(path, event, f"there is no day {event.value}")
            return None


def _number(text: str) -> int | float:
    if not _INTEGER.fullmatch(text):
        return float(text)
    bare = text.lstrip("+-")
    base = {"0o": 8, "0x": 16}.get(bare[:2], 10)
    whole = int(text, base)
    return whole if abs(whole) < 2**63 else math.inf
