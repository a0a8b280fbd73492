"""The picture of a guide: which question follows which answer, down to the conclusions.

- `boxes`: the boxes and arrows, built from the states of a proof.
- `dot`: their drawing by Graphviz. `svg`: that drawing as an element of a page.
- `tree`: the same picture as nested lists.

Nothing here needs Django.
"""
