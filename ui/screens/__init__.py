"""Screens: each draws one picture from its presenter and takes the keys it knows."""
