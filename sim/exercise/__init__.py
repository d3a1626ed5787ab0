"""The exercise: the only door through which the window reaches the engine."""

from sim.exercise.asked import Asked
from sim.exercise.courses import Branch, Played
from sim.exercise.dawn import Dawn
from sim.exercise.drafts import Drafts, Order, Signal
from sim.exercise.ended import Ended, ending
from sim.exercise.estimate import Estimate, Spread, estimates, spread
from sim.exercise.exercise import Exercise
from sim.exercise.log import ExerciseError, ReplayError
from sim.exercise.places import folder, fresh, kept
from sim.exercise.shelf import Glimpse, Shelved, glimpse, scenario, shelf
from sim.exercise.telling import WeekTold, told
from sim.exercise.tongue import Tongue
from sim.exercise.view import SeatView, Value, view
from sim.translated import texts_of, translated

__all__ = [
    "Asked", "Branch", "Dawn", "Drafts", "Ended", "Estimate", "Exercise", "ExerciseError",
    "Glimpse", "Order", "Played", "ReplayError", "SeatView", "Shelved", "Signal", "Spread",
    "Tongue", "Value",
    "WeekTold", "ending", "estimates", "folder", "fresh", "glimpse", "kept", "scenario", "shelf",
    "spread", "texts_of", "told", "translated", "view",
]  # fmt: skip
