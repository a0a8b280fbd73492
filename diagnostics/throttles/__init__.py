"""Limits how often one visitor may ask for something.

- `visitor_networks`: the network from which a request comes, by which limits know visitors.
- `token_bucket`: limits that all workers share, in the cache.
- `memory_limits`: limits that each worker counts in its memory.
- `large_batches`: how large a batch may be, and the turns of large ones.
"""
