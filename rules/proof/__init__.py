"""What can be said of a guide before anyone visits it.

`walk` takes every path that visitors can take: the engine decides each state, `residuals` tells
which states no remaining rule can tell apart, `states` is the graph that comes out. `findings`
says what is wrong in it (`satisfiable`, `behaviour` and `always` look closer), `proof` puts all
together; `words` says it in French. `coverage` is what no example meets. Django is not needed here.
"""
