"""What can be said of a guide before anyone visits it.

`walk` takes every path that visitors can take: the engine decides each state, `residuals` tells
which states no remaining rule can tell apart, `sightings` notes what is met, `states` is the graph
that comes out. `prove` makes `findings` of it (`always`, `alike`, `satisfiable` and `closest` look
closer, by the `situations` of a rule) and a `proof`; `words` says it in French (`contradiction`
tells why a rule cannot hold). `coverage` is what no example meets. Nothing here needs Django.
"""
