"""What can be said of a guide before anyone visits it. Nothing here needs Django.

- `walk`: every path that visitors can take, the engine deciding each state. `residuals`: which
  states no remaining rule can tell apart. `sightings`: what is met. `states`: the graph that comes
  out. `lookup`: the same as a table that is followed without the engine.
- `prove`: the walk made a `proof`, with its `findings`.
- `situations`: what visitors can bring one rule to. `always`, `alike`, `satisfiable` and `closest`
  look closer at a rule or a choice.
- `points`: faults gathered under what they come from. `words`: what was found, in French. `contradiction`: why a rule can never hold.
- `coverage`: what no example meets.
"""
