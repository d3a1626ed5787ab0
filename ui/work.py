"""One thread beside the window for what takes long; results are handed over on the loop."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
Stop = Callable[[], bool]
Deliver = Callable[[], None]


class Job:
    """Work asked for; cancelled work delivers nothing more."""

    def __init__(self) -> None:
        self.cancelled = False
        self.done = False

    def cancel(self) -> None:
        self.cancelled = True

    def stopped(self) -> bool:
        """To hand to work that looks now and then whether to go on."""
        return self.cancelled


class Worker:
    """Takes jobs one after the other; `wake` is called, on the thread, when there is news."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._asked: queue.SimpleQueue[tuple[Job, Callable[[], None]] | None] = queue.SimpleQueue()
        self._ready: queue.SimpleQueue[tuple[Job, Deliver]] = queue.SimpleQueue()
        self._jobs: list[Job] = []
        self._thread: threading.Thread | None = None

    def stream(
        self,
        work: Callable[[Stop], Iterator[T]],
        each: Callable[[T], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Run a generator on the thread; each of its values comes to `each` on the loop."""
        job = Job()

        def run() -> None:
            try:
                for value in work(job.stopped):
                    if job.cancelled:
                        return
                    self._hand(job, each, value)
                self._hand(job, lambda _: done(), None)
            except Exception as error:  # whatever it is, the window must live on
                self._hand(job, failed, error)
            finally:
                job.done = True

        self._jobs = [old for old in self._jobs if not old.done] + [job]
        self._start()
        self._asked.put((job, run))
        return job

    def _hand(self, job: Job, to: Callable[[Any], None], value: object) -> None:
        self._ready.put((job, lambda: to(value)))
        self._wake()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="work", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while (asked := self._asked.get()) is not None:
            job, run = asked
            if not job.cancelled:
                run()
            job.done = True

    @property
    def busy(self) -> bool:
        """Something is under way or waits to be delivered."""
        return not self._ready.empty() or any(not (j.done or j.cancelled) for j in self._jobs)

    def deliver(self) -> bool:
        """Hand over what is ready; True when anything was."""
        any_ = False
        while not self._ready.empty():
            job, hand = self._ready.get()
            if not job.cancelled:
                hand()
                any_ = True
        return any_

    def close(self, patience: float = 2.0) -> None:
        """Cancel everything and let the thread end."""
        for job in self._jobs:
            job.cancel()
        if self._thread is not None:
            self._asked.put(None)
            self._thread.join(patience)
            self._thread = None
