"""Options: what several commands of the command line take alike."""

from typing import Annotated

import typer

MOST = 10_000_000  # campaigns in one batch: more would not fit in memory
LONGEST = 520  # weeks
LARGEST_SEED = 2**63 - 1

ScenarioName = Annotated[
    str | None, typer.Argument(metavar="SCENARIO", help="A shipped scenario or a folder.",
                               show_default=False)
]  # fmt: skip
Weeks = Annotated[
    int | None, typer.Option(min=1, max=LONGEST, help="Weeks to play.", show_default=False)
]
Seed = Annotated[
    int | None, typer.Option(min=0, max=LARGEST_SEED, help="Seed of all luck.", show_default=False)
]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Change a number.", show_default=False),
]
Off = Annotated[
    list[str] | None,
    typer.Option("--off", metavar="MECHANISM", help="Switch one off.", show_default=False),
]
Sample = Annotated[bool, typer.Option("--sample", help="Draw every number within its range.")]


def changed(given: list[str] | None) -> dict[str, float]:
    """`--set name=value` as numbers by name; the last of two for one name holds."""
    from sim.errors import OfframpError

    values = {}
    for one in given or []:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise OfframpError(f"--set {one}: write it as name=value")
        try:
            values[name.strip()] = float(value)
        except ValueError:
            raise OfframpError(f"--set {one}: {value.strip()!r} is not a number") from None
    return values
