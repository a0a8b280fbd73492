"""Checks what edits promise, and says which rule is in the way of an edit that breaks its promise.

- `promise_walk`: walks two contents in step, to find a path that is not as promised.
  `free_paths_walk`: where some paths are free, or choices are new.
- `replaced_outcomes`: what a replaced outcome is compared with.
- `removed_faults`: compares the findings of two proofs.
- `broken_promises`: why an edit that breaks its promise is refused, with the rule in the way.
- `check_promise`: checks promises, and chooses the first edit of an act that keeps its promise.
"""
