"""Phrases: verdicts, targets and groups of targets in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sim.trial.amounts import chance, ends_of, given, is_share, known, ranged, span_told

Data = Mapping[str, Any]  # one verdict or one target, as its `data()` gives it

SIGNS = {  # a mark for each word: nothing is said by colour alone
    "supported": "+", "contradicted": "x", "undecided": "?",
    "inside": "+", "outside": "x", "not counted": "?",
    "pass": "+", "fail": "x", "reported": "?",
}  # fmt: skip
ENDS = ("effect", "low", "high")


def marked(word: str) -> str:
    """'+ supported': a word behind its mark."""
    return f"{SIGNS.get(word, '?')} {word}"


# --- verdicts ---------------------------------------------------------------------------------
def effect_told(one: Data) -> str:
    """The effect of a verdict with interval and unit."""
    figures = effect(one)
    return figures if figures == "no figure" else f"{figures} {unit(one)}"


def primary(one: Data) -> Data:
    """The test that decides a claim; a test is its own."""
    return one["tests"][0] if one.get("tests") else one


def effect(one: Data, part: Data | None = None) -> str:
    """The effect of a verdict, or of its ablation, with interval and without unit."""
    source = one if part is None else part
    if primary(one).get("level"):
        return span_told(ends_of(source, ENDS), one["unit"])
    return ranged(ends_of(source, ENDS, 100.0 if is_share(one["unit"]) else 1.0))


def unit(one: Data) -> str:
    """The unit of a difference: that of two shares is told in percentage points."""
    words = str(one["unit"])
    if not is_share(words) or primary(one).get("level"):
        return words
    return f"percentage points{words[len(words.split(' ')[0]) :]}"


def predicted(one: Data) -> str:
    """What was predicted of an effect: 'more', 'below 0.02'."""
    test = primary(one)
    if test.get("level"):
        bounds = (("above", test.get("above")), ("below", test.get("below")))
        return " and ".join(f"{word} {given(at, one['unit'])}" for word, at in bounds if known(at))
    return {"+": "more", "-": "less", "zero": "next to nothing", "two-sided": "a change"}[
        str(one["sign"])
    ]


def counted(rows: Sequence[Data], key: str) -> Counter[str]:
    """How often each word stands there."""
    return Counter(str(row[key]) for row in rows)


def some(number: int, noun: str) -> str:
    """'1 claim', '3 claims', 'no claim'."""
    return f"{number or 'no'} {noun}{'' if number < 2 else 's'}"


def is_rival(one: Data) -> bool:
    """Whether it is a rival of the argument rather than a part of it."""
    return str(one["id"]).startswith("Q")


def counting(verdicts: Sequence[Data]) -> list[Data]:
    """The claims of the argument; the second half of one (C21b) is told and not counted."""
    return [one for one in verdicts if not is_rival(one) and str(one["id"])[-1:].isdigit()]


def claims_finding(verdicts: Sequence[Data]) -> str:
    """One sentence: how many claims the model bears out, contradicts and cannot decide."""
    own = counting(verdicts) or list(verdicts)
    many = counted(own, "verdict")
    return (
        f"The model bears out {many['supported'] or 'none'} of {some(len(own), 'claim')}, "
        f"contradicts {many['contradicted'] or 'none'} and leaves {many['undecided'] or 'none'} "
        f"undecided."
    )


def claims_caution(verdicts: Sequence[Data]) -> str:
    """How much of what is borne out was written in, and how much hangs on its mechanism."""
    borne = [one for one in counting(verdicts) if one["verdict"] == "supported"]
    if not borne:
        return "Nothing in the argument is borne out as it was tested."
    assumed = counted(borne, "built")["assumed"]
    hung = counted(borne, "mechanism")["confirmed"]
    cut = sum(mechanism(one).endswith("construction") for one in borne)
    return (
        f"Of the {len(borne)} borne out, {assumed or 'none'} had the sign written into the rules "
        f"(assumed) and {len(borne) - assumed or 'none'} arose from several rules together "
        f"(emergent); in {hung or 'none'} the effect goes when the mechanism the argument names "
        f"is switched off (in {cut or 'none'} of these by construction: without it nothing reads "
        f"what the arms differ in)."
    )


def rivals_finding(rivals: Sequence[Data]) -> str:
    """How the rivals fared, in a sentence."""
    many = counted(rivals, "verdict")
    return (
        f"Of {some(len(rivals), 'rival')} the model bears out {many['supported'] or 'none'}, "
        f"contradicts {many['contradicted'] or 'none'} and leaves {many['undecided'] or 'none'} "
        f"undecided."
    )


def least(one: Data) -> str:
    """The smallest effect of interest, in the unit of the effect."""
    if not known(one.get("least")):
        return "not set"
    return f"{float(one['least']) * (100.0 if is_share(one['unit']) else 1.0):,.10g}"


def mechanism(one: Data) -> str:
    """How the mechanism fared; by construction, where it alone reads what the arms differ in."""
    word = str(one["mechanism"])
    return f"{word}, by construction" if word == "confirmed" and one.get("alike") else word


def luck(p: object) -> str:
    """A p value no finer than it deserves."""
    if not known(p):
        return "not known"
    number = float(p)  # type: ignore[arg-type]  # `known`
    return "under 1 in 1,000" if number < 0.001 else chance(number)


def steadiness(robust: Data | None) -> str:
    """In how many draws of plausible settings the sign stayed, and how the verdicts fell."""
    if not robust:
        return "not played"
    draws = robust["draws"]
    fell = ", ".join(f"{many} {word}" for word, many in sorted(robust["verdicts"].items()))
    return f"sign kept in {round(robust['keeps'] * draws)} of {draws} ({fell})"


# --- targets ----------------------------------------------------------------------------------
def observed(one: Data) -> str:
    """What happened, with the digits it was given; of something that happens or not, which."""
    if one["unit"] == "share of campaigns" and one.get("observed") in (0, 1):
        return "it happened" if one["observed"] else "it did not happen"
    return given(one.get("observed"), one["unit"])


def band(one: Data) -> tuple[float | None, float | None]:
    """The ends of the band of acceptance; none where it is open."""
    low, high = one.get("band") or (None, None)
    return low, high


def band_told(one: Data) -> str:
    """'10 to 20', 'at most 5%', 'any': the band in words."""
    low, high = band(one)
    low = None if low == 0.0 and high is not None and is_share(one["unit"]) else low
    words = [given(end, one["unit"]) for end in (low, high)]
    if low is None or high is None:
        return f"at most {words[1]}" if low is None and high is not None else (
            "any" if low is None else f"at least {words[0]}")  # fmt: skip
    return words[0] if low == high else f"{words[0]} to {words[1]}"


def outcome(one: Data) -> str:
    """'inside', 'outside' or 'not counted'."""
    if not one.get("counted", True):
        return "not counted"
    return "inside" if one["inside"] else "outside"


def model_told(one: Data) -> str:
    """The model's middle with the range of four campaigns in five; of a mean, with its error."""
    return span_told(ends_of(one, ("median", "low", "high")), one["unit"])


def group_name(group: str) -> str:
    """'Section 8' for `section_8`."""
    return group.replace("_", " ").capitalize()


def after_unit(one: Data) -> str:
    """' days': the unit behind a number; shares have theirs in the figures."""
    words = str(one["unit"])
    return "" if is_share(words) or not words else words if words[0] == "%" else f" {words}"


def group_told(one: Data) -> str:
    """'2 of 3 inside': how the counted targets of a group fared."""
    return f"{one['inside']} of {one['counted']} inside" if one["counted"] else ""


def group_word(one: Data) -> str:
    """'pass', 'fail' or 'not counted'."""
    return {True: "pass", False: "fail"}.get(one["passed"], "not counted")


def backtest_finding(backtest: Data) -> str:
    """One sentence: groups and targets inside their bands."""
    tried = [one for one in backtest["groups"] if one["passed"] is not None]
    targets = [one for one in backtest["targets"] if outcome(one) != "not counted"]
    inside = sum(bool(one["inside"]) for one in targets)
    return (
        f"The model lands inside the bands for {sum(one['passed'] for one in tried)} of "
        f"{some(len(tried), 'group')} of targets, and for {inside} of the "
        f"{some(len(targets), 'target')} in them."
    )


def backtest_caution(backtest: Data) -> str:
    """Which groups fall outside, by name, and how many targets could not be tried."""
    missed = [group_name(one["id"]).lower() for one in backtest["groups"] if one["passed"] is False]
    left = sum(outcome(one) == "not counted" for one in backtest["targets"])
    wrong = f"Groups it misses: {', '.join(missed)}." if missed else "It misses no group."
    if not left:
        return wrong
    verb = "is" if left == 1 else "are"
    told = f"{some(left, 'target').capitalize()} {verb} left out of the score"
    return f"{wrong} {told}, with reasons below."
