"""Pool: work in chunks, on as many processes as asked for; Ctrl-C gives up what is under way."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread, current_thread, main_thread
from typing import Any, TypeVar

Task = TypeVar("Task")
Given = TypeVar("Given")
Progress = Callable[[int], None]  # called with campaign-weeks done since the last call
Doing = Callable[[Task, Progress], Given]

_COUNTER: Any = None  # a shared counter, in a worker; negative tells it to stop


class Stopped(Exception):
    """The work was interrupted: this worker's chunk is given up."""


def spread(
    do: Doing[Task, Given], tasks: Sequence[Task], workers: int, progress: Progress
) -> Iterator[tuple[int, Given]]:
    """`do(task, tick)` for every task: its number and what it gave, in the order they are done.

    `tick` counts what is done towards `progress`. With several workers `do` must be a function of
    a module and tasks plain data: the processes start afresh.
    """
    if workers == 1 or len(tasks) < 2:
        for number, task in enumerate(tasks):
            yield number, do(task, progress)
        return
    context = get_context("spawn")
    counter, seen = context.Value("q", 0), 0
    pool = ProcessPoolExecutor(workers, context, initializer=_worker, initargs=(counter,))
    with _deaf_to_ctrl_c():  # what starts in here stays deaf; its own `_worker` comes too late
        waiting: dict[Future[Given], int] = {
            pool.submit(_one, do, task): number for number, task in enumerate(tasks)
        }
    try:
        while waiting:
            done, _ = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
            now = counter.value
            progress(now - seen)
            seen = now
            for future in done:
                yield waiting.pop(future), future.result()
    finally:
        if waiting:
            counter.value = -1  # tells every worker to give up its chunk
        with _deaf_to_ctrl_c():
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Ctrl-C is the parent's business; only a main thread may say so."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _worker(counter: Any) -> None:
    """Make a process ready: Ctrl-C is the parent's business."""
    global _COUNTER
    _COUNTER = counter
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed has nobody to work for, and must not write on."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _one(do: Doing[Any, Any], task: Any) -> Any:
    """In a worker: one task, its progress added to the shared counter."""

    def tick(done: int) -> None:
        with _COUNTER.get_lock():
            if _COUNTER.value < 0:
                raise Stopped
            _COUNTER.value += done

    return do(task, tick)
