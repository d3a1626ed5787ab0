"""Marks: where in an author's files each key and value stands, so that a complaint can say so."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]


class Mark(NamedTuple):
    """A place in a file, as editors count: from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fault(NamedTuple):
    """One complaint and the place it is about; faults sort by file and line."""

    mark: Mark
    text: str

    def __str__(self) -> str:
        return printable(f"{self.mark}: {self.text}")


@dataclass
class Written:
    """What was read, with the place of every key and value by path."""

    file: str
    value: Any = None
    keys: dict[Path, Mark] = field(default_factory=dict)  # of mapping entries alone
    values: dict[Path, Mark] = field(default_factory=dict)
    raw: dict[Path, str] = field(default_factory=dict)  # unquoted scalars, as typed
    refused: set[Path] = field(default_factory=set)  # already complained about
    faults: list[Fault] = field(default_factory=list)
    broken: bool = False  # something could not be read at all

    def where(self, path: Path, *, key: bool = False) -> Mark:
        """The place of a value (its key, if it spreads over lines), or of what should hold it."""
        while path:
            if path in self.keys and (key or path not in self.raw):
                return self.keys[path]
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return Mark(self.file, 1, 1)

    def adopt(self, fresh: set[str], page: "Written") -> None:
        """Take these top-level keys of a page over."""
        self.value |= {key: value for key, value in page.value.items() if key in fresh}
        for mine, theirs in ((self.keys, page.keys), (self.values, page.values)):
            mine.update({path: mark for path, mark in theirs.items() if fresh & {*path[:1]}})
        self.raw.update({path: raw for path, raw in page.raw.items() if fresh & {*path[:1]}})
        self.refused.update(path for path in page.refused if fresh & {*path[:1]})


def printable(text: str) -> str:
    """Text that cannot move the cursor or recolour the terminal it is printed on."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def shown(value: object) -> str:
    """A value as it may be printed: quoted when text, odd characters escaped, never long."""
    text = f'"{repr(value)[1:-1]}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
