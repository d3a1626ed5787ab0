"""Tests of the window: its kit, its maps, its screens, driven headless."""
