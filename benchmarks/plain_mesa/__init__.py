"""A careful one-model-per-world version of Offramp in Mesa: plain Python numbers, one agent a seat.

In batches of thousands the array engine is many times quicker; for a single campaign this version
is (about nineteen times; they meet near twenty worlds), for the engine's cost is paid by the week.

`tutorial.Tutorial` plays the whole tutorial, `decisions.Decision` one week's choices of any
scenario. Both read the loaded scenario that the engine reads, and use its formulas and its short
cuts: a position is read once a week, what sitting still brings is priced once per seat, only
touched features act by act. What never changes in a scenario is looked up once for all worlds.

Equal work, and where it is not, the plain version has the better of it: it knows no switches,
sampled numbers, explanations or events outside the scenario; it leaves out arrays that never move
in the tutorial (a test names them); a branch saves work that arrays must do; in the tutorial only
legal acts are priced; its draws are Mesa's `random`, not a hash of seed, campaign, week and label.

`roll` and `bell` take the engine's labels so that the tests can hand in its dice: then every
number of every campaign is the same, not just their distribution. `bell` is otherwise Mesa's
`gauss`, the engine's a bounded sum of four uniforms with the same mean and spread. Seats stand in
a plain list, because they are addressed by number; an AgentSet would only be slower.
"""
