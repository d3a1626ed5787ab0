"""What the window says, in each language: catalogues, plurals, numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from ui.kit.phrases import Phrasebook, worth

FOLDER = Path(__file__).parents[1] / "words"
LANGUAGES = {"en": "English", "uk": "Українська"}
FORMS = {"one", "few", "many", "other"}
MINUS, DASH, GAP = "\u2212", "\u2013", "\u00a0"
Entry = str | Mapping[str, str]  # a mapping holds the forms of a plural, chosen by the field `n`


def files(language: str, folder: Path = FOLDER) -> list[Path]:
    """The catalogue of a language and those of its screens."""
    return [folder / f"{language}.yaml", *sorted((folder / language).glob("*.yaml"))]


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Entry]:
    """Nested keys joined by dots; a mapping of plural forms stays whole."""
    entries: dict[str, Entry] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping) and not set(value) <= FORMS:
            entries |= _flat(value, f"{prefix}{key}.")
        else:
            whole = {str(k): str(v) for k, v in value.items()} if isinstance(value, Mapping) else ""
            entries[f"{prefix}{key}"] = whole or str(value)
    return entries


def read(path: Path) -> dict[str, Entry]:
    """One catalogue file; an empty or missing one says nothing."""
    if not path.exists():
        return {}
    return _flat(YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {})


@cache
def catalogue(language: str, folder: Path = FOLDER, turn: str = "") -> dict[str, Entry]:
    """Every entry of a language, all its files together; with a turn, the weeks go by its name."""
    entries: dict[str, Entry] = {}
    for path in files(language, folder):
        entries |= read(path)
    forms = _forms(entries, turn) if turn else {}
    return {key: _named(one, forms) for key, one in entries.items()} if forms else entries


def _forms(entries: Mapping[str, Entry], turn: str) -> dict[str, str]:
    """Every form of the word for a week, and what is said instead of it."""
    weeks, turns = (str(entries.get(f"kit.{key}", "")).split() for key in ("weeks", "turns"))
    pairs = dict(zip(weeks, turns or (capital(turn)[:1], turn, f"{turn}s"), strict=False))
    return pairs | {capital(week): capital(other) for week, other in pairs.items()}


def _named(entry: Entry, forms: Mapping[str, str]) -> Entry:
    """An entry in which whole words are exchanged, the names of its blanks left alone."""
    if not isinstance(entry, str):
        return {key: str(_named(one, forms)) for key, one in entry.items()}
    return re.sub(r"(?<!{)\b\w+\b(?!})", lambda word: forms.get(word[0], word[0]), entry)


def capital(text: str) -> str:
    """With its first letter large."""
    return text[:1].upper() + text[1:]


def plural(language: str, n: float) -> str:
    """Which form of a plural a number takes."""
    if n != int(n):
        return "other"
    if language != "uk":
        return "one" if abs(n) == 1 else "other"
    last, teen = abs(int(n)) % 10, abs(int(n)) % 100
    if last == 1 and teen != 11:
        return "one"
    return "few" if last in (2, 3, 4) and teen not in (12, 13, 14) else "many"


@cache
def phrasebook(language: str, folder: Path = FOLDER, turn: str = "") -> Phrasebook:
    """The sentences of the engine in a language."""
    words = Words(language, folder)

    def number(text: str) -> str:
        """As it stands, with the language's own signs and its own word for a million."""
        if language == "en":
            return text
        plain, _, million = text.partition(" ")
        digits = len(plain.partition(".")[2])
        said = words.number(worth(plain), digits) if "e" not in plain else plain
        return words.t("board.million", n=said) if million else said

    return Phrasebook(catalogue("en", folder), catalogue(language, folder, turn),
                      lambda n: plural(language, n), number)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of one language; English stands in for what a catalogue lacks.

    With a `turn`, they are of a game whose weeks are minutes, and go by that name.
    """

    language: str = "en"
    folder: Path = FOLDER
    turn: str = ""
    missing: set[str] = field(default_factory=set, compare=False)

    def has(self, key: str) -> bool:
        return key in catalogue(self.language, self.folder, self.turn)

    def called(self, turn: str) -> Words:
        """The same words where a week goes by another name, or ("") by its own."""
        return replace(self, turn=turn)

    def t(self, key: str, **fields: object) -> str:
        """The entry with its fields filled in; numbers are written the language's way."""
        entry = catalogue(self.language, self.folder, self.turn).get(key)
        if entry is None:
            self.missing.add(key)
            entry = catalogue("en", self.folder, self.turn).get(key, f"[{key}]")
        if isinstance(entry, Mapping):
            n = fields.get("n", 0)
            form = plural(self.language, n if isinstance(n, int | float) else 0)
            entry = entry.get(form) or entry.get("other") or next(iter(entry.values()))
        return entry.format(**{k: self._shown(v) for k, v in fields.items()}) if fields else entry

    def told(self, text: str) -> str:
        """A sentence of the engine; what nobody has translated stays English."""
        if self.language == "en" and not self.turn:
            return text
        return phrasebook(self.language, self.folder, self.turn).said(text)

    def _shown(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return self.number(value, 0 if value == int(value) else 1)

    def number(self, value: float, digits: int = 0, sign: bool = False) -> str:
        """1,234 or 1 234, with a real minus; `sign` writes the plus too."""
        text = f"{abs(value):,.{digits}f}"
        if self.language != "en":
            text = text.replace(",", GAP).replace(".", ",")
        minus = value < 0 and any(letter not in "0.," for letter in text)
        return (MINUS if minus else "+" if sign and value > 0 else "") + text

    def span(self, low: float, high: float, digits: int = 0) -> str:
        """A range with a dash between its ends, or the number when the ends read alike."""
        a, b = self.number(low, digits), self.number(high, digits)
        return a if a == b else f"{a}{DASH}{b}"

    def percent(self, share: float, digits: int = 0) -> str:
        return f"{self.number(100 * share, digits)}%"

    def chance(self, share: float) -> str:
        """'1 in N' under five per cent, a percentage above."""
        if share <= 0:
            return self.percent(0)
        return self.t("kit.one_in", n=round(1 / share)) if share < 0.05 else self.percent(share)

    def day(self, when: date, year: bool = True) -> str:
        """10 Oct 2022."""
        text = f"{when.day} {self.t(f'kit.month.{when.month}')}"
        return f"{text} {when.year}" if year else text

    def moment(self, when: datetime, year: bool = True) -> str:
        """5 Dec 1989, 22:05."""
        return f"{self.day(when, year)}, {when:%H:%M}"

    def days(self, first: date, last: date) -> str:
        """24-30 Oct 2022, the month said once when it is the same."""
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}{DASH}{self.day(last)}"
        return f"{self.day(first, first.year != last.year)} {DASH} {self.day(last)}"
