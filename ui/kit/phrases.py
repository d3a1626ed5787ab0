"""Phrases: sentences the engine makes in English, found by their blanks and said in other words.

The engine knows one language; names in its sentences are the scenario's, translated before. The
English catalogue holds each sentence as the engine makes it, with a blank for what differs; the
other catalogues hold the same blanks. A sentence nobody knows stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

Entry = str | Mapping[str, str]
WHOLE, PART, INSIDE = "told.", "part.", "inside."
NUMBERS = ("n", "now", "low", "high")  # blanks that hold a number
SENTENCES = ("deed", "one", "other")  # blanks that hold a whole sentence; all others hold parts
NUMBER = r"[-+]?[\d.,]*\d(?:e[-+]?\d+)?(?: million)?"


def pattern(sentence: str) -> re.Pattern[str]:
    """What a sentence with blanks matches."""
    found = ""
    for before, name, _, _ in Formatter().parse(sentence):
        found += re.escape(before)
        if name is not None:
            found += f"(?P<{name}>{NUMBER if name in NUMBERS else '.+?'})"
    return re.compile(found, re.DOTALL)


@dataclass(frozen=True)
class Phrase:
    """A sentence as the engine says it, and in other words."""

    english: re.Pattern[str]
    other: Entry


class Phrasebook:
    """Every phrase of a language. `form` chooses among plurals, `number` writes a number."""

    def __init__(
        self, english: Mapping[str, Entry], other: Mapping[str, Entry],
        form: Callable[[float], str], number: Callable[[str], str],
    ) -> None:  # fmt: skip
        self.form, self.number = form, number
        self.pages = {page: list(_page(page, english, other)) for page in (WHOLE, PART, INSIDE)}
        self._known: dict[tuple[str, str], str] = {}

    def said(self, text: str, page: str = WHOLE) -> str:
        """The text in the other language, as far as it is known."""
        found = self._known.get((page, text))
        if found is None:
            if len(self._known) > 5000:
                self._known.clear()
            found = self._known[page, text] = self._said(text, page)
        return found

    def _said(self, text: str, page: str) -> str:
        for phrase in self.pages[page]:
            if match := phrase.english.fullmatch(text):
                blanks = match.groupdict()
                entry = phrase.other
                if not isinstance(entry, str):
                    entry = entry.get(self.form(worth(blanks["n"]))) or next(iter(entry.values()))
                return entry.format(**{k: self._blank(k, v) for k, v in blanks.items()})
        return text if page == PART or text.isascii() else self._inside(text)

    def _blank(self, name: str, text: str) -> str:
        if name in NUMBERS:
            return self.number(text)
        return self.said(text, WHOLE if name in SENTENCES else PART)

    def _inside(self, text: str) -> str:
        """Single words the engine puts into the blanks of a translated sentence."""
        for phrase in self.pages[INSIDE]:
            words = phrase.other if isinstance(phrase.other, str) else ""
            text = re.sub(rf"\b{phrase.english.pattern}\b", words, text)
        return text


def _page(page: str, english: Mapping[str, Entry], other: Mapping[str, Entry]) -> Iterator[Phrase]:
    for key, entry in english.items():
        if key.startswith(page) and key in other:
            for form in [entry] if isinstance(entry, str) else entry.values():
                yield Phrase(pattern(form), other[key])


def worth(number: str) -> float:
    """'1,300' and '1.2 million' as numbers."""
    plain, _, million = number.partition(" ")
    return float(plain.replace(",", "")) * (1_000_000 if million else 1)
