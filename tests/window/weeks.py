"""weeks: games played some weeks by people who forecast, for the screens that look back on them."""

from functools import cache

from sim.exercise import Exercise, view
from sim.exercise.hand import Card
from sim.schema import Scenario
from tests.window.table import WHY, scenario

GAMES = {"kerch_2022": ("moscow", "kyiv"), "tutorial": ("calder_cabinet",)}
SAID = (0.35, 0.2, 0.65, 0.9)


@cache
def game(name: str, weeks: int = 4) -> Exercise:
    """Nobody in a test may play on in it: it is shared. Odd weeks are grave, even ones mild."""
    seats = GAMES[name]
    exercise = Exercise.new(scenario(name), humans=seats)
    while exercise.week < weeks and not exercise.over:
        week = exercise.week + 1
        for place, seat in enumerate(seats):
            _decide(exercise, seat, week, place)
        for asked in exercise.asked():
            exercise.answer(asked.seat, asked.kind, asked.words[0])
        exercise.play()
    return exercise


def fresh(name: str, weeks: int) -> Exercise:
    """One of its own, for a test that goes on with it."""
    return game.__wrapped__(name, weeks)


def _decide(exercise: Exercise, seat: str, week: int, place: int) -> None:
    for slot, cards in view(exercise, seat).hand.items():
        card = _picked(cards, grave=week % 2 == 1)
        exercise.draft(seat, slot, card.id, card.targets[0] if card.targets else None)
    exercise.forecast(seat, SAID[(week + place) % len(SAID)])
    exercise.reason(seat, WHY)
    exercise.commit(seat)


def _picked(cards: tuple[Card, ...], grave: bool) -> Card:
    open_ = [card for card in cards if card.legal and not card.joint]
    return max(open_, key=lambda card: card.rung if grave else -card.rung)


def first_seat(sheet: Scenario) -> str:
    return GAMES[sheet.id][0] if sheet.id in GAMES else sheet.actors[0].id
