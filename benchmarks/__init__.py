"""Benchmarks: how quick the engine is, beside one Mesa model per world that does equal work."""
