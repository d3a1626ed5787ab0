"""The report of a rehearsal: how often each act was chosen, which never, and why."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from sim.narrate.figures import one_in
from sim.rehearsal import ONE_NOTE, Rehearsed


def show(rows: Sequence[Rehearsed], console: Console) -> None:
    """Every act in a table, then what a scenario's author should look at."""
    console.print(_table(rows))
    never = [row for row in rows if not row.chosen]
    console.print(f"Never chosen: {len(never)} of {len(rows)} acts.", style="bold")
    for row in never:
        console.print(f"  {row.actor} {row.action}: {_never(row)}")
    for row in rows:
        if row.one_note:
            console.print(
                f"One note: {row.actor} spends {_per_cent(row.chosen_share)} of its {row.slot} "
                f"weeks on {row.action} (over {_per_cent(ONE_NOTE)})"
            )


def _table(rows: Sequence[Rehearsed]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="")
    for name in ("Actor", "Act"):
        table.add_column(name, overflow="fold")
    for name in ("Open, of all weeks", "Chosen, of those", "Chosen, of all"):
        table.add_column(name, justify="right", overflow="fold")
    for row in rows:
        shares = (row.legal_share, row.chosen_of_legal, row.chosen_share)
        table.add_row(row.actor, row.action, *map(_per_cent, shares))
    return table


def _never(row: Rehearsed) -> str:
    if row.legal == row.weeks:
        return "always open, never preferred"
    why = f"; kept out most often by: {row.blocked_by}" if row.blocked_by else ""
    return f"open in {_per_cent(row.legal_share)} of its weeks{why}"


def _per_cent(share: float) -> str:
    """Whole per cent; small shares as one in so many."""
    if share == 0.0:
        return "never"
    if share < 0.005:
        return one_in(share)
    return f"{100 * share:.0f}%"
