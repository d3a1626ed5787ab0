"""Telling: a whole campaign, as text for a reader or as one piece of data."""

import json

from sim.narrate.page import Page
from sim.narrate.paper import Paper
from sim.narrate.story import Story, as_data


def in_words(story: Story, notes: str, width: int) -> None:
    """Print each week as soon as it is played, and the ending."""
    paper, model = Paper(), story.model
    page = Page(model.table.scenario, width)
    paper.put(page.opening(model.seed_used, model.first, notes, model.explain))
    for week in story.play():
        paper.put(page.week(week))
    paper.put(page.ending(story.ending()))


def in_data(story: Story) -> str:
    """The campaign as JSON, played to its end first."""
    model = story.model
    weeks = [as_data(week) for week in story.play()]
    ending = story.ending()
    whole = {
        "scenario": model.table.scenario.id, "seed": model.seed_used, "campaign": model.first,
        "not_a_forecast": model.table.scenario.not_a_forecast, "weeks": weeks,
        "outcome": ending.outcome, "sentence": ending.sentence, "why": ending.why,
    }  # fmt: skip
    return json.dumps(whole, allow_nan=False)
