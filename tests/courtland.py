"""Courtland: two sides, two patrons and a general, with one act of each kind a choice can meet."""

from functools import cache
from typing import Any

import numpy as np

from sim.acts import Act
from sim.dice import Dice, keys
from sim.schema import Scenario
from sim.setup import lay
from sim.state import FIELDS, Numbers, State
from sim.table import Table

SEED = 7
BOSS, CHIEF, FRIEND, ALLY, GENERAL = range(5)
ROVIA, USTAN, AFAR, BROOK = range(4)
PLAIN, BANK = range(2)
LINES = {9: "homeland", 11: "ally_hit", 13: "shown", 14: "broken"}
BOTH = ["friend", "ally"]


def act(name: str, by: str | list[str], slot: str = "arms", **more: object) -> dict[str, object]:
    return {"id": name, "name": name, "by": [by] if isinstance(by, str) else by, "slot": slot,
            "rung": 1, "cameo": "010", "goldstein": 0, "severity": "PO", "chance": 0.5,
            "tells": ".", **more}  # fmt: skip


def hold(name: str, by: str | list[str], slot: str = "arms", **more: object) -> dict[str, object]:
    return act(name, by, slot, severity="SQ", hold=True, habit=2, chance=0.9, **more)


def actor(name: str, polity: str, intel: float, **more: object) -> dict[str, object]:
    return {"id": name, "name": name, "polity": polity, "role": "leader",
            "slots": ["arms", "words"], "intel": intel, "goals": {},
            "brief": {"public": "x", "private": "y"}, **more}  # fmt: skip


SHEET: dict[str, Any] = {
    "id": "courtland", "name": "Court", "summary": "x", "not_a_forecast": "y",
    "start": "2030-01-07", "weeks": 20,
    "polities": [
        {"id": "rovia", "name": "Rovia", "nuclear": True}, {"id": "ustan", "name": "Ustan"},
        {"id": "afar", "name": "Afar", "backs": "ustan", "share": {"arms": 0.6}},
        {"id": "brook", "name": "Brook", "backs": "ustan", "share": {"arms": 0.4}},
    ],
    "pillars": [{"id": "army", "name": "Army", "polity": "rovia", "role": "military", "weight": 1}],
    "actors": [
        actor("boss", "rovia", 0.5, temper=12, resolved={"fear": 0.5},
              goals={"land": 0.3, "grip": 0.2, "fear": -0.1, "wills": -0.2},
              goals_keep={"land": 0.1, "grip": 0.6}),
        actor("chief", "ustan", 0.6, goals={"land": -0.3, "wills": 0.1}),
        actor("friend", "afar", 0.7, goals={"fear": -0.3, "wealth": 0.2}),
        actor("ally", "brook", 0.2, goals={"fear": -0.2}),
        actor("general", "rovia", 0.2, role="officer", slots=["mess"]),
    ],
    "features": [
        {"id": "land", "name": "Ground", "measure": "ground"},
        {"id": "grip", "name": "Hold", "measure": "hold", "of": "rovia"},
        {"id": "fear", "name": "Danger", "measure": "danger"},
        {"id": "wills", "name": "Resolve", "measure": "resolve", "of": "ustan"},
        {"id": "guns", "name": "Power", "measure": "power", "of": "rovia"},
        {"id": "wealth", "name": "Economy", "measure": "economy", "of": "rovia"},
        {"id": "mood", "name": "Mood", "measure": "approval", "of": "rovia"},
        {"id": "name", "name": "Standing", "measure": "standing", "of": "rovia"},
        {"id": "word", "name": "Word", "measure": "credibility", "weights": {"boss": 1}},
        {"id": "ruling", "name": "Rulers", "measure": "incumbents",
         "weights": {"afar": 0.5, "brook": 0.5}},
        {"id": "temper", "name": "Content", "measure": "content", "of": "general"},
    ],
    "regions": [
        {"id": "plain", "name": "Plain", "owner": "ustan", "claim": "claimed"},
        {"id": "bank", "name": "Bank", "owner": "ustan", "claim": "claimed", "pocket": True},
    ],
    "ladder": {"rungs": [
        {"id": f"step{n:02}", "name": "x", "test": "x",
         **({"threshold": LINES[n]} if n in LINES else {})} for n in range(16)
    ]},
    "actions": [
        hold("stand", "boss"),
        act("shell", "boss", rule="strike_society", rung=8, severity="VI", chance=0.6,
            punish=0.8, stop=0.2, effort=0.02, family="fire", cost={"missiles": 75},
            react={"act": "answer", "chance": 0.5},
            good={"wills": -4, "grip": 3}, bad={"wills": 2, "grip": -1}),
        act("drone", "boss", rule="strike_grid", rung=8, severity="VI", family="fire",
            cost={"drones": 60}),
        act("push", "boss", rule="attack", rung=7, severity="VI", war=True,
            cost={"ammo": 6, "economy": 2}, cooldown=3,
            target={"kind": "region", "filter": "contact"}),
        act("rush", "boss", rule="rush", rung=6, consent="officer"),
        act("leave", "boss", rule="withdraw", rung=3, severity="DE",
            target={"kind": "region", "filter": "pocket"}),
        hold("hush", "boss", "words"),
        act("menace", "boss", "words", rule="threaten", rung=6, chance=0.4, stop=0.4,
            good={"grip": 2, "fear": 4}, bad={"grip": -3}),
        act("propose", "boss", "words", severity="DE", stop=0.5, good={"land": 1}, once=True),
        act("test_shot", "boss", "words", rule="demonstrate", rung=13, severity="NU", chance=0.3,
            lock=0.7, consent="officer"),
        hold("await", "chief"),
        act("foray", "chief", rung=9, severity="VI", attribution=0.5, good={"land": -5},
            react={"act": "doomsday", "chance": 0.4}),
        act("nibble", "chief", rung=5, good={"land": -2}, react={"act": "shell", "chance": 0.3}),
        hold("quiet", "chief", "words"),
        act("doomsday", "boss", "words", rung=14, severity="NU", chance=0.3, good={"land": 6}),
        hold("watch", BOTH),
        act("answer", BOTH, rule="intervene", rung=12, severity="VI", hazard="reply", joint=True,
            good={"grip": -10, "fear": 15}, after={"threshold": ["broken"], "within": 13}),
        hold("talk", BOTH, "words"),
        act("pledge", BOTH, "words", rule="guarantee", joint=True, good={"ruling": 10},
            cost={"economy": 1},
            needs=[{"measure": "danger", "at_least": 20}]),
        hold("obey", "general", "mess"),
        act("refuse", "general", "mess", answer=True),
    ],
    "outcomes": [{"id": "open_end", "name": "Open", "sentence": "x", "at_horizon": True}],
}  # fmt: skip
SCENARIO = Scenario.model_validate(SHEET)


@cache
def laid(*off: str, **changed: float) -> Table:
    """The table with some mechanisms off and some numbers changed (`act__menace__chance=...`)."""
    return opened(1, *off, **changed)[0]


def opened(worlds: int, *off: str, **changed: float) -> tuple[Table, State]:
    named = {name.replace("__", "."): value for name, value in changed.items()}
    table, state, _ = lay(SCENARIO, SEED, 0, worlds, named, off, False)
    return table, state


def board(worlds: int = 1, **given: object) -> State:
    """A front in the plain, none at the bank; stocks full; arrays in `given` are broadcast."""
    base: dict[str, object] = {
        "control": [0.5, 1.0], "force": [[20, 10], [20, 0]], "ammo": 50, "missiles": 150,
        "drones": 120, "danger": 40, "level": 5, "will": 0.7, "economy": 50, "resolved": 0,
        "credibility": [0.6, 0.9, 0.8, 0.4, 0.5], "desperation": 0.5,
    }  # fmt: skip
    _, state = opened(worlds)
    arrays: dict[str, Numbers] = {}
    for name, value in (base | given).items():
        fresh = getattr(state, name).copy()
        rows = np.asarray(value, np.float64)
        fresh[...] = rows[..., None] if 0 < rows.ndim < fresh.ndim else rows
        arrays[name] = fresh
    assert set(arrays) <= set(FIELDS)
    return state.but(**arrays)


def act_of(table: Table, label: str) -> Act:
    return next(a for a in table.acts if a.label == label)


def dice(week: int = 3, worlds: int = 1) -> Dice:
    return Dice(keys(SEED, 0, worlds), week)


def rows(count: int, **values: float) -> Numbers:
    """A column that is 0 but for some rows: `rows(4, r2=.5)`."""
    column = np.zeros(count)
    for name, value in values.items():
        column[int(name[1:])] = value
    return column
