"""PostgreSQL as Django speaks to it, except that a request waits within its patience.

- `base`: the connection. Django looks for it under this name.
"""
