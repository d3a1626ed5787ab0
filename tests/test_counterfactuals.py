"""Counterfactuals: what stays the same, to the bit, when one thing is put otherwise (errata 12)."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import CrisisModel
from sim.agents import Choices
from sim.power import fronts
from sim.schema import Event, Scenario
from sim.state import FIELDS
from sim.trial.placebo import placebo
from tests.campaigns import Changes, asked, differing, happened, holds, kerch, played

Worlds = NDArray[np.bool_]


# --- seats, acts, draws ---------------------------------------------------------------------------
def deeds(model: CrisisModel) -> dict[tuple[str, int], NDArray[np.str_]]:
    """What each seat chose in each slot, by name, world by world."""
    names = np.array([act.label for act in model.table.acts] + ["nothing"])
    return {
        (actor.name, slot): names[model.chosen[actor.number, slot]]
        for actor in model.actors for slot in range(len(actor.sheet.slots))
    }  # fmt: skip


def test_the_order_of_seats_changes_no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """A week with the seats read in from the last to the first: the same dice, choices and aims.

    What is done meets in the order of the file within a phase, so later weeks may differ a little.
    """
    turned = kerch().model_copy(update={"actors": kerch().actors[::-1]})
    models = []
    for scenario in (kerch(), turned):
        with asked(monkeypatch) as labels:
            models.append((played(scenario, 1, 300), labels))
    (one, ours), (other, theirs) = models
    assert ours == theirs
    there = deeds(other)
    for seat, chosen in deeds(one).items():
        assert (chosen == there[seat]).all(), seat
    at_home = [other.table.actors.index(name) for name in one.table.actors]
    assert np.array_equal(one.target, other.target[at_home])


def alike(one: CrisisModel, other: CrisisModel, where: Worlds) -> None:
    """The same boards in these worlds, but for what is listed by act or by event."""
    for name, field in FIELDS.items():
        if not set(field.metadata["axes"]) & set("CDLV") and name != "last_act":
            ours, theirs = (getattr(m.state, name)[..., where] for m in (one, other))
            assert np.array_equal(ours, theirs), (one.week, name)


def test_one_more_act_changes_no_other_draw() -> None:
    """Washington may plead: campaigns in which it has not done so yet go on as they would have."""
    warn = next(a for a in kerch().actions if a.id == "w_warn")
    plea = warn.model_copy(update={"id": "w_plea", "by": ("washington",), "rule": "nothing",
                                   "habit": 0.3})  # fmt: skip
    more = kerch().model_copy(update={"actions": (plea, *kerch().actions)})
    one, other = CrisisModel(kerch(), worlds=80), CrisisModel(more, worlds=80)
    untouched = np.ones(80, bool)
    for _ in range(6):
        one.step()
        other.step()
        ours, theirs = deeds(one), deeds(other)
        untouched &= theirs["washington", 1] != "washington.w_plea"
        for seat, chosen in ours.items():
            assert (chosen == theirs[seat])[untouched].all(), seat
        alike(one, other, untouched)
    assert 40 < untouched.sum() < 80


def staged(*events: dict[str, object]) -> Scenario:
    """Kerch 2022 with more events, ahead of its own."""
    stories = tuple(
        Event.model_validate({"id": f"story_{n}", "name": "x", "text": "x", **event})
        for n, event in enumerate(events, 1)
    )
    return kerch().model_copy(update={"events": (*stories, *kerch().events)})


def test_one_more_draw_changes_no_other() -> None:
    """An event that is rolled for each week and never comes, ahead of one that may."""
    maybe = {"id": "perhaps", "chance": 0.2, "add": {"danger": 20}}
    one, other = (
        played(scenario, 6, 30) for scenario in (staged(maybe), staged({"chance": 0}, maybe))
    )
    assert 0 < one.state.fired[0].sum() < 30
    assert np.array_equal(one.state.fired, other.state.fired[1:])
    alike(one, other, np.ones(30, bool))


# --- two arms -------------------------------------------------------------------------------------
FORCED: Choices = {(4, "kyiv", "military"): "ua_hold"}
NOTHING: tuple[Changes, Choices] = ({}, {})
ARMS: dict[str, tuple[Scenario, Changes, Choices, int]] = {  # and the week in which each bites
    "a script": (staged({"week": 3, "act": "ua_deep", "by": "kyiv"}), *NOTHING, 3),
    "an event": (staged({"week": 5, "add": {"danger": 20}}), *NOTHING, 5),
    "a person": (kerch(), {}, FORCED, 4),
    "a number": (kerch(), {"election.lean.america": 0.0}, {}, 5),
}  # fmt: skip


@pytest.mark.parametrize("name", ARMS)
def test_two_arms_are_one_until_they_part(name: str) -> None:
    """A vote in week 5, an event or an order by its date: nothing is felt before."""
    scenario, changes, choices, week = ARMS[name]
    plain = CrisisModel(kerch(), worlds=40)
    other = CrisisModel(scenario, worlds=40, set=dict(changes), choices=choices)
    listed = {name for name, field in FIELDS.items() if "V" in field.metadata["axes"]}
    for now in range(1, week + 1):
        plain.step()
        other.step()
        parted = differing(plain, other, but=tuple(listed))
        assert bool(parted) == (now == week), (now, parted)


def test_who_might_have_come_matters_only_where_a_leader_fell() -> None:
    """Another draw of successors: the campaigns without one are the same to the bit."""
    hard, soft = (
        played(weeks=8, worlds=100, set={"removal.base": 0.02, "succession.hardliner": x})
        for x in (0.0, 0.9)
    )
    fell = happened(hard, "removals") > 0
    assert 5 < fell.sum() < 95
    alike(hard, soft, ~fell)
    assert (hard.state.leader != soft.state.leader).any()


def test_without_a_front_no_man_moves() -> None:
    """E19: ten weeks of peace: every region keeps its men; recruits wait behind the lines."""
    quiet = placebo(kerch()).set
    model = CrisisModel(kerch(), worlds=3, set=quiet, choices=holds(kerch(), 10))
    before = model.state
    model.play(10)
    assert not fronts(model.state).any()
    np.testing.assert_array_equal(model.state.force, before.force)
    assert (model.state.ready > before.ready).all()
