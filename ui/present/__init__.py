"""Presenters: what each screen shows, as plain data, without pygame."""
