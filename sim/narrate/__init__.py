"""Narration: a campaign as plain data, and the data as sober English text."""
