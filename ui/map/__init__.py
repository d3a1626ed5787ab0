"""The theatre: places of a scenario on a map, who holds them, and what moves there."""
