"""Scenarios: data only. `DEFAULT` is the one played when none is named."""

DEFAULT = "kerch_2022"
