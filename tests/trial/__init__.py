"""Tests of the trial: claims, back-test, calibration, guards, and how they are told."""
