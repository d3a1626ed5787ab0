"""The smallest scenario that loads: two villages and a well, and ways to spoil it."""

import os
import textwrap
from pathlib import Path

from sim.loading import judged

TINY = """\
id: tiny_quarrel
name: Tiny quarrel
summary: Two villages and a well.
not_a_forecast: It is a toy.
start: 2030-01-07
weeks: 3
polities:
  - {id: northby, name: Northby}
  - {id: southby, name: Southby}
actors:
  - id: north_mayor
    name: Mayor of Northby
    polity: northby
    role: leader
    slots: [village]
    intel: 0.5
    goals: {calm: 1.0, north_mood: 0.5}
    brief: {public: A well is dry., private: You have a spare one.}
  - id: south_mayor
    name: Mayor of Southby
    polity: southby
    role: leader
    slots: [village]
    intel: 0.5
    goals: {calm: 1.0}
    brief: {public: A well is dry., private: You are thirsty.}
features:
  - {id: calm, name: Calm, measure: danger}
  - {id: north_mood, name: Mood, measure: approval, of: northby}
regions:
  - {id: north_meadow, name: North meadow, owner: northby, links: [south_meadow]}
  - {id: south_meadow, name: South meadow, owner: southby, links: [north_meadow]}
ladder:
  rungs:
    - {id: quiet_days, name: Quiet, test: Nothing happens.}
    - {id: hard_words, name: Words, test: Somebody shouts., threshold: first_word}
  rest_at_war: 1
  rest_at_peace: 0
actions:
  - {id: sit_still, name: Sit, by: [north_mayor, south_mayor], slot: village, rung: 0, cameo: "010",
     goldstein: 0, severity: SQ, hold: true, chance: 0.9, tells: Nothing happened.}
  - {id: shout_loud, name: Shout, by: [north_mayor, south_mayor], slot: village, rung: 1,
     cameo: "130", goldstein: -4, severity: PO, chance: 0.5, good: {calm: -2.0},
     needs: [{measure: approval, of: self, at_least: 20}], tells: "{actor} shouted."}
outcomes:
  - {id: well_again, name: Well, needs: [{measure: danger, at_most: 5}], sentence: All is well.}
  - {id: the_rest, name: Rest, at_horizon: true, sentence: It goes on.}
opening:
  approval: {northby: {value: 60, low: 50, high: 70}, southby: 40}
  control: {north_meadow: 1, south_meadow: 0}
"""


def written(folder: Path, text: str = TINY, **more: str) -> Path:
    """A scenario folder with these files."""
    folder.mkdir(exist_ok=True)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    for name, content in more.items():
        (folder / f"{name}.yaml").write_text(textwrap.dedent(content), encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    """Every fault, with the folder's own name cut off."""
    return [fault.removeprefix(f"{folder}{os.sep}") for fault in judged(folder).faults]


def changed(old: str, new: str) -> str:
    """The tiny scenario with one thing changed."""
    assert TINY.count(old) >= 1, old
    return TINY.replace(old, new, 1)
