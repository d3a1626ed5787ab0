"""Frequencies: how often an act is chosen when it may be, beside the first whole run.

`python -m tests.test_frequencies` prints what the program does now. The golden file is the first
complete run and is not rewritten with the others: whoever moves a frequency by a factor says why.
"""

import json
from pathlib import Path

from sim import CrisisModel, load

KEPT = Path(__file__).parent / "golden" / "frequencies.json"
SEEN, FACTOR = 0.01, 2.0  # acts below 1% of their legal weeks are too rare to hold


def frequencies(worlds: int) -> dict[str, float]:
    """Act -> share of the weeks it was legal in which it was chosen; Kerch 2022, 26 weeks."""
    model = CrisisModel(load("kerch_2022"), worlds=worlds)
    legal, chosen = [0] * len(model.table.acts), [0] * len(model.table.acts)
    while model.week < 26:
        model.step()
        open_ = model.state.ended == 0
        for act in model.table.acts:
            legal[act.number] += int((model.legal[act.number] & open_).sum())
            picked = model.chosen[act.actor, act.slot] == act.number
            chosen[act.number] += int((picked & open_).sum())
    return {
        act.label: round(chosen[act.number] / max(legal[act.number], 1), 5)
        for act in model.table.acts
    }  # fmt: skip


def test_every_act_is_chosen_about_as_often_as_in_the_first_whole_run() -> None:
    """Within a factor 2 of the golden share, for acts above 1% of their legal weeks."""
    kept: dict[str, float] = json.loads(KEPT.read_text(encoding="utf-8"))
    now = frequencies(600)
    assert now.keys() == kept.keys()
    moved = {
        name: (share, now[name]) for name, share in kept.items()
        if share > SEEN and not share / FACTOR <= now[name] <= share * FACTOR
    }  # fmt: skip
    assert moved == {}


if __name__ == "__main__":
    print(json.dumps(frequencies(4000), indent=1))
