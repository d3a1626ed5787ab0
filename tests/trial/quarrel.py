"""The tiny quarrel on trial: a folder with claims, small enough to know every number beforehand."""

from pathlib import Path

from sim.loading import load
from sim.schema import Scenario
from tests.tiny import TINY, written

SHOUTS = "{acts: [shout_loud], by: northby, unit: shouts}"
CLAIMS = f"""\
measures:
  shouts: &shouts {SHOUTS}
claims:
  - id: C1
    says: Told to shout, the north shouts.
    mechanism: a script
    built: assumed
    control: {{without: [shout_loud]}}
    treatment:
      without: [shout_loud]
      scripts: [{{act: shout_loud, by: north_mayor, weeks: [1, 2]}}]
    tests:
      - {{id: shouts, measure: *shouts, sign: +, least: 1}}
      - {{id: rung, measure: {{rung_of: northby, take: mean}}, sign: +, least: 0.1}}
    ablation: {{off: [anger]}}
    versions:
      held: {{keep: {{approval.northby: [0, 10]}}}}
  - id: Q1
    says: The other village does not care.
    mechanism: none
    built: emergent
    rare: true
    treatment: {{}}
    tests:
      - {{id: same, measure: {{board: danger, take: last, unit: points}}, sign: zero, least: 1}}
"""


def on_trial(folder: Path, claims: str = CLAIMS, text: str = TINY, **more: str) -> Path:
    """The tiny scenario's folder with claims beside it."""
    written(folder, text)
    home = folder / "trial"
    home.mkdir(exist_ok=True)
    (home / "claims.yaml").write_text(claims, encoding="utf-8")
    for name, content in more.items():
        (home / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def tiny(folder: Path, text: str = TINY) -> Scenario:
    """The scenario alone."""
    return load(written(folder, text))
