"""Sheets: what every table of a scenario shares: closed keys, uncertain numbers, conditions."""

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # also: turns of direction


def _one_line(text: str) -> str:
    if odd := _CONTROL.search(text):
        raise ValueError(f"must be one line without control characters; has {odd[0]!r}")
    return text


def _readable(text: str) -> str:
    if odd := _CONTROL.search(text.replace("\n", " ")):
        raise ValueError(f"must have no control characters but ends of lines; has {odd[0]!r}")
    return text


Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{3,31}$")]
Label: TypeAlias = Annotated[str, AfterValidator(_one_line)]  # one line, or nothing
Name: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
Words: TypeAlias = Annotated[str, AfterValidator(_readable)]  # may go over several lines
Text: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_readable)]
Weight: TypeAlias = Annotated[float, Field(ge=0, le=1000)]
Points: TypeAlias = Annotated[float, Field(ge=-1000, le=1000)]
Effects: TypeAlias = dict[Id, Points]  # feature -> points
Role: TypeAlias = Literal["leader", "hardliner", "officer", "guard", "citizen"]
Severity: TypeAlias = Literal["DE", "SQ", "PO", "NV", "VI", "NU"]  # classes of Rivera et al. 2024
Stock: TypeAlias = Literal["ammo", "missiles", "drones", "economy"]
TargetFilter: TypeAlias = Literal["any", "contact", "sacred", "pocket", "claimable", "hostile"]


class Sheet(BaseModel):
    """A table in a scenario file: unknown keys are errors, values cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Number(Sheet):
    """A number nobody knows for sure: the value people play with, and the range a batch samples."""

    value: float
    low: float | None = None
    high: float | None = None
    unit: Words = ""
    source: Words = "judgement"
    confidence: Literal["evidence", "common", "judgement"] = "judgement"

    @model_validator(mode="after")
    def _in_order(self) -> "Number":
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise ValueError(f"value {self.value:g} lies outside its range {low:g} to {high:g}")
        return self


class Tuning(Number):
    """A number of the rulebook; `each` is the kind of id that may have one of its own."""

    each: Literal["", "side", "polity", "actor", "bloc", "pillar", "node"] = ""


Uncertain: TypeAlias = float | Number


class Condition(Sheet):
    """A number on the board compared with a bound: `of` and `region` say whose."""

    measure: str
    of: str | None = None
    region: Id | None = None
    at_least: float | None = None
    at_most: float | None = None
    any: tuple["Condition", ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _any_alone(cls, given: object) -> object:
        if isinstance(given, dict) and "any" in given:
            return {"measure": "any"} | given
        return given

    @model_validator(mode="after")
    def _bounded(self) -> "Condition":
        if not self.any and self.at_least is None and self.at_most is None:
            raise ValueError("needs at_least or at_most")
        return self
