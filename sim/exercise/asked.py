"""Asked: what people must answer before a week can go on: obey or refuse, yes or no."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sim.consent import copies
from sim.model import CrisisModel


@dataclass(frozen=True)
class Asked:
    """A question to a seat. One word of a kind answers all of that kind in a week."""

    seat: str
    kind: str  # "answer" of an officer, "consent" of a partner
    words: tuple[str, str]
    action: str
    by: str


def questions(after: CrisisModel, humans: Collection[str]) -> tuple[Asked, ...]:
    """Every question a trial of the week puts to a person."""
    return tuple(q for q in (*_joint(after), *_ordered(after)) if q.seat in humans)


def _joint(after: CrisisModel) -> Iterator[Asked]:
    """Joint acts, to every partner who did not propose the same."""
    table = after.table
    proposed = [
        act for act in table.acts if act.action.joint
        and (after.chosen[act.actor, act.slot, 0] == act.number or act.number in after.let_down)
    ]  # fmt: skip
    by_hand = {act.number for act in proposed}
    for act in proposed:
        for other in copies(act, table):
            if other.number not in by_hand:
                yield Asked(table.actors[other.actor], "consent", ("yes", "no"), act.action.id,
                            table.actors[act.actor])  # fmt: skip


def _ordered(after: CrisisModel) -> Iterator[Asked]:
    """Orders that need an officer; what an event made of them counts."""
    table = after.table
    for act in table.acts:
        given = after.state.last_act[act.actor, act.slot, 0] == act.number
        officer = table.faction(act.polity, "officer") if act.action.consent else -1
        if given and officer >= 0 and officer != act.actor:
            yield Asked(table.actors[officer], "answer", ("obey", "refuse"), act.action.id,
                        table.actors[act.actor])  # fmt: skip
