"""Planning: which runs a claim needs, and what is read off each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sim.errors import NameUnknown, did_you_mean
from sim.trial.arms import joined
from sim.trial.plays import Run
from sim.trial.reading import Trial
from sim.trial.sheets import Arm, Claim, Measure, Test
from sim.trial.watching import Job, effort

RARE = 5  # times as many campaigns where a claim is judged on rare events
Arms: TypeAlias = list[tuple[str, float, Run]]  # name, sign in the effect, what is played


@dataclass(frozen=True)
class Plan:
    """How a claim is tried: how many campaigns, and what is added to its arms."""

    trial: Trial
    n: int
    seed: int | None
    ablate: bool = True  # also without the mechanism, and in other versions
    draw: Mapping[str, float] = field(default_factory=dict)  # tunings, below the arms' own
    rare: int = RARE
    whole: bool = True  # every test, not the primaries alone

    def worlds(self, claim: Claim) -> int:
        """Campaigns of each arm."""
        return self.n * (self.rare if claim.rare else 1)

    def arms(self, claim: Claim, extra: Arm) -> Arms:
        """The arms of a claim, `extra` added to each; of a square all four."""
        both = (("treatment", 1.0, claim.treatment), ("control", -1.0, claim.control))
        if claim.square is None:
            return [(name, sign, self._run(claim, arm, extra)) for name, sign, arm in both]
        before, after = claim.square
        return [
            (name + mark, sign * turn, self._run(claim, arm, corner, extra))
            for mark, turn, corner in (("", 1.0, after), ("_first", -1.0, before))
            for name, sign, arm in both
        ]  # fmt: skip

    def _run(self, claim: Claim, *arms: Arm) -> Run:
        board = self.trial.board(claim)
        seed = board.seed if self.seed is None else self.seed
        draw = self.draw if claim.scenario is None else {}  # another scenario has its own numbers
        return Run(board, joined(*arms), self.worlds(claim), seed, claim.weeks or board.weeks,
                   set=draw)  # fmt: skip

    def variants(self, claim: Claim) -> Iterator[tuple[str, Arm, tuple[Test, ...]]]:
        """The default and what is told beside it: name, what is added, and the tests read."""
        yield "", Arm(), claim.tests if self.whole else claim.tests[:1]
        if self.ablate:
            if claim.ablation != Arm():
                yield "ablated", claim.ablation, claim.tests[:1]
            for name, arm in claim.versions.items():
                yield f"version {name}", arm, claim.tests[:1]

    def jobs(self, claim: Claim) -> Iterator[Job]:
        """Every run of a claim with what is read off it."""
        for _, extra, tests in self.variants(claim):
            measures = tuple(dict.fromkeys(m for test in tests for m in measures_of(test)))
            for _, _, run in self.arms(claim, extra):
                yield run, measures, ()


def measures_of(test: Test) -> Iterator[Measure]:
    """What a test reads off each arm."""
    for measure in (test.measure, test.per, test.slope_on, test.given):
        if measure is not None:
            yield measure


def picked(trial: Trial, only: Sequence[str]) -> list[Claim]:
    """The claims asked for, in the file's order; all of them when none is."""
    known = [claim.id for claim in trial.claims]
    if not known:
        raise NameUnknown(f"{trial.scenario.id} makes no claims: it has no trial/claims.yaml")
    for name in only:
        if name not in known:
            near = did_you_mean(name, known)
            raise NameUnknown(f"no claim is called {name}{near}; there are {', '.join(known)}")
    return [claim for claim in trial.claims if not only or claim.id in only]


def work(trial: Trial, only: Sequence[str], plans: Iterable[Plan]) -> int:
    """How many campaign-weeks it takes to judge."""
    claims = picked(trial, only)
    return effort([job for plan in plans for claim in claims for job in plan.jobs(claim)])
