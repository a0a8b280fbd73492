"""The picture of a guide: boxes for its questions and outcomes, and arrows for its choices.

- `boxes`: builds a picture, from the graph of states that a proof has explored.
- `dot`: draws a picture with the program Graphviz, whose command is `dot`.
- `svg`: turns the drawing into an SVG element for a page.
- `tree`: turns a picture into nested lists.

Nothing here uses Django.
"""
