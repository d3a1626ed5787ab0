"""Mirrorland: two sides alike in everything but their names, on which neither may be favoured.

Every id comes as left_ and right_. Side 0 claims both marches, so a share it holds there is one
that side 1 does not: a mirror turns control, and all points of ground, upside down.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sim.rules import DEEDS
from sim.schema import Scenario

Sheet = dict[str, Any]
DOERS = {"press_hawk": "hawk", "mutiny": "hawk", "grumble": "army", "plot": "guard",
         "flee": "folk", "protest": "folk", "sway": "folk",
         **dict.fromkeys(("aid", "cut_aid", "send_air_defence", "train_abroad", "warn", "reinforce",
                          "guarantee", "intervene", "nuclear_reply", "harden", "expose", "sanction",
                          "cyber_reply", "back_channel", "offer_relief"), "friend")}  # fmt: skip
ROLES = {"boss": "leader", "hawk": "hardliner", "army": "officer", "guard": "guard",
         "folk": "citizen", "friend": "leader"}  # fmt: skip
NUMBERS = {"aid": {"tier": 3}, "call_up": {"men": 50, "weekly": 2}, "sway": {"will": 0.01},
           "press_hawk": {"pressure": 0.03}, "threaten": {},
           "sabotage": {"comfort": 4, "damage": 0.3, "cut": 0.1}}  # fmt: skip
GOALS = {"land": 0.3, "left_power": 0.1, "right_will": -0.1, "left_hold": 0.2, "fear": -0.1,
         "left_word": 0.05, "right_civil": 0.0}  # fmt: skip


def swapped(name: str) -> str:
    """An id or a label with left and right exchanged."""
    return name.replace("left", "~").replace("right", "left").replace("~", "right")


def flipped(value: Any) -> Any:
    """A left sheet as its mirror image; points of ground change their sign."""
    if isinstance(value, str):
        return swapped(value)
    if isinstance(value, list):
        return [flipped(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    image = {swapped(key): flipped(item) for key, item in value.items()}
    if "land" in image and isinstance(image["land"], float | int):
        image["land"] = -image["land"]
    if image.get("of") == "land":
        image["per"] = -image["per"]
    if "retreat" in image:
        image["retreat"].reverse()
    return image


def both(*sheets: Sheet) -> list[Sheet]:
    """Left sheets, each with its mirror image behind it."""
    return [one for sheet in sheets for one in (sheet, flipped(sheet))]


def act(name: str, rule: str, by: Sequence[str], **more: Any) -> Sheet:
    base = {"id": f"left_{name}", "name": name, "by": [f"left_{who}" for who in by],
            "slot": "move", "rung": 7, "cameo": "190", "goldstein": -10, "severity": "VI",
            "chance": 0.5, "rule": rule, "tells": "."}  # fmt: skip
    return {**base, **more}


def actor(name: str) -> Sheet:
    home = "left_patron" if name == "friend" else "left_land"
    sheet: Sheet = {"id": f"left_{name}", "name": name, "polity": home, "role": ROLES[name],
                    "slots": ["move"], "intel": 0.5,
                    "goals": GOALS if name == "boss" else {"fear": -0.2},
                    "brief": {"public": "x", "private": "y"}}  # fmt: skip
    if name == "boss":
        term = {"measure": "feature", "of": "land", "start": "reference", "per": -1.0,
                "weight": 0.06, "positive": True}  # fmt: skip
        sheet |= {"goals_keep": {**GOALS, "left_hold": 0.4},
                  "desperation": {"base": -1, "exit": 1.5, "terms": [term]}}  # fmt: skip
    return sheet


def _features() -> list[Sheet]:
    owned = {"power": "land", "will": "land", "hold": "land", "mood": "land", "economy": "land",
             "standing": "land", "lives": "land", "civil": "land", "content": "hawk",
             "word": "boss", "help": "patron", "comfort": "patron"}  # fmt: skip
    measure = {"will": "resolve", "mood": "approval", "civil": "civilians", "word": "credibility",
               "help": "support", "comfort": "economy"}  # fmt: skip
    plain = [{"id": f"left_{n}", "name": n, "measure": measure.get(n, n), "of": f"left_{of}"}
             for n, of in owned.items()]  # fmt: skip
    return [{"id": "land", "name": "Land", "measure": "ground"},
            {"id": "fear", "name": "Fear", "measure": "danger"}, *both(*plain)]  # fmt: skip


def _actions() -> list[Sheet]:
    """What programs may choose, then one act for every rule that only tests carry out."""
    deeds = [
        act(f"do_{rule}", rule, [DOERS.get(rule, "boss")], answer=True, attribution=0.5,
            numbers=NUMBERS.get(rule, {}), good={"fear": 4, "right_help": -3},
            target={"kind": "region"} if rule in ("attack", "withdraw") else None)
        for rule in DEEDS
    ]  # fmt: skip
    chosen = [
        act("rest", "nothing", list(ROLES), rung=2, hold=True, severity="SQ", habit=2),
        act("push", "attack", ["boss"], war=True, cost={"ammo": 5}, punish=0.4, habit=6,
            needs=[{"measure": "ammo", "of": "self", "at_least": 20}],
            target={"kind": "region", "filter": "contact"},
            good={"land": 4, "left_power": -1}, bad={"left_power": -3}),
        act("volley", "strike_society", ["boss"], rung=8, war=True, cost={"missiles": 75},
            punish=1, good={"right_will": -4}, bad={"right_will": 2}),
        act("dare", "threaten", ["boss"], rung=10, severity="PO", cooldown=2,
            good={"left_word": 2, "fear": 4}, bad={"left_word": -3}),
        act("offer", "offer_terms", ["boss"], rung=1, severity="DE", cooldown=4, stop=0.3,
            good={"fear": -3}, bad={"left_hold": -3}),
        act("draft", "call_up", ["boss"], rung=4, severity="PO", cooldown=6,
            numbers={"men": 20}, good={"left_power": 4}, bad={"left_hold": -2}),
        act("arms", "aid", ["friend"], rung=4, severity="PO", numbers={"tier": 2},
            good={"left_power": 3}),
    ]  # fmt: skip
    return both(*chosen, *deeds)


def _opening() -> Sheet:
    left: Sheet = {
        "force": {"left_land": {"left_home": 20, "left_march": 50, "right_march": 50}},
        "ammo": {"left_land": 60}, "missiles": {"left_land": 500}, "drones": {"left_land": 300},
        "morale": {"left_land": 0.7}, "will": {"left_land": 0.8, "left_patron": 0.65},
        "reach": {"left_land": 2}, "training": {"left_land": 30}, "called": {"left_land": 60},
        "anger": {"left_boss": 0.4}, "pressure": {"left_hawk": 0.5}, "aid_rate": {"left_patron": 1},
        "win_mode": {"left_boss": 0.5}, "belief_resolved": {"left_friend": {"right_boss": 0.2}},
    }  # fmt: skip
    right: Sheet = flipped(left)
    merged: Sheet = {name: {**left[name], **right[name]} for name in left}
    return merged | {"control": {"left_home": 1, "left_march": 0.5, "right_march": 0.5},
                     "level": 8, "danger": 40}  # fmt: skip


@cache
def mirrorland() -> Scenario:
    """The whole of it, small enough to hold in code."""
    polities = both({"id": "left_land", "name": "L", "nuclear": True, "bloc": None},
                    {"id": "left_patron", "name": "P", "backs": "left_land", "bloc": "left_pact",
                     "energy_exposure": 1.0, "energy_source": "right_land", "election_week": 5})
    march = {"id": "left_march", "name": "M", "owner": "left_land", "claim": "claimed",
             "symbolic": [4, 4], "defence": 0.8, "links": ["left_home", "right_march"],
             "retreat": ["left_home", "right_march"]}
    home = {"id": "left_home", "name": "H", "owner": "left_land", "claim": "home",
            "symbolic": [2, 2], "links": ["left_march"], "garrison": [5, 5]}
    return Scenario.model_validate({
        "id": "mirrorland", "name": "Mirror", "summary": "x", "not_a_forecast": "y",
        "start": "2030-01-07", "weeks": 20, "polities": polities,
        "blocs": both({"id": "left_pact", "name": "Pact"}),
        "pillars": both(*({"id": f"left_{n}", "name": n, "polity": "left_land", "role": role,
                           "weight": 0.25} for n, role in (("circle", "elites"),
                          ("staff", "military"), ("organs", "services")))),
        "actors": both(*(actor(name) for name in ROLES)), "features": _features(),
        "regions": both(home, march),
        "nodes": both(*({"id": f"left_{kind}_node", "name": kind, "kind": kind, "heals": 0.2}
                        for kind in ("bank", "cables", "depot", "vote", "energy"))),
        "red_lines": both({"id": "left_line", "name": "x", "drawn_by": "left_boss",
                           "trigger": "advance", "weight": 0.5}),
        "ladder": {"rungs": [{"id": f"step{n:02}", "name": "x", "test": "x",
                              **({"threshold": f"line{n:02}"} if n in (7, 8, 10, 13) else {})}
                             for n in range(16)]},
        "actions": _actions(), "opening": _opening(),
        "outcomes": [{"id": "open_end", "name": "x", "sentence": "x", "at_horizon": True}],
    })  # fmt: skip
