"""Digests: the fingerprints of whole boards that must be the same on any machine and Python.

`python -m tests.digests` prints them; `python -m tests.regenerate` writes them down.
"""

import json
from pathlib import Path

from sim import CrisisModel, load
from sim.loading import available

KEPT = Path(__file__).parent / "golden" / "digests.json"
WEEKS, WORLDS = 6, 64


def digests() -> dict[str, str]:
    """Scenario and kind of run -> the digest of its board after week 6."""
    found = {}
    for name in sorted(name for name, _, _ in available()):
        for kind, sample in (("values", False), ("sampled", True)):
            model = CrisisModel(load(name), worlds=WORLDS, sample=sample)
            model.play(WEEKS)
            found[f"{name} {kind}"] = model.digest()
    return found


def as_text() -> str:
    """What the golden file holds."""
    return json.dumps(digests(), indent=1) + "\n"


if __name__ == "__main__":
    print(as_text(), end="")
