"""A crisis exercise on a table: one rulebook, played by people or run ten thousand times."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.batch import run_batch as run_batch
    from sim.loading import load as load
    from sim.model import CrisisModel as CrisisModel
    from sim.results import Results as Results

_HOMES = {"load": "loading", "CrisisModel": "model", "run_batch": "batch", "Results": "results"}
__all__ = ["CrisisModel", "Results", "load", "run_batch"]


def __getattr__(name: str) -> Any:
    """Names are found when asked for, so that `--help` does not pay for Mesa (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(f"sim.{_HOMES[name]}"), name)
