"""Offramp as most people would write it in Mesa: one model per world, plain Python numbers.

`tutorial.Tutorial` plays the whole tutorial, `decisions.Decision` one week's choices of any
scenario. Both read the loaded scenario that the engine reads, and use its formulas and its short
cuts (what sitting still brings is priced once per seat, only touched features act by act); they
know no switches, sampled numbers or explanations. Where a branch saves work they take it, which
arrays cannot. `roll` and `bell` draw from Mesa's `random`; their labels serve the tests, which
hand in the engine's dice and compare campaigns one by one.
"""
