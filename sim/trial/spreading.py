"""Spreading: any work cut into chunks of campaigns, done on as many cores as asked for.

What each chunk gives is the same wherever it is done, and comes back in the order of the tasks.
"""

from collections.abc import Sequence

from sim import pool
from sim.pool import Doing, Given, Progress, Task


def chunks(n: int, size: int, first: int = 0) -> list[tuple[int, int]]:
    """(first campaign, how many) of each chunk of campaigns first .. first+n-1."""
    return [(k, min(size, first + n - k)) for k in range(first, first + n, size)]


def spread(
    do: Doing[Task, Given], tasks: Sequence[Task], workers: int, progress: Progress
) -> list[Given]:
    """`do(task, tick)` for every task; `tick` counts what is done towards `progress`.

    `do` is a function of a module and tasks are plain data: worker processes start afresh.
    """
    found = dict(pool.spread(do, tasks, workers, progress))
    return [found[number] for number in range(len(tasks))]
