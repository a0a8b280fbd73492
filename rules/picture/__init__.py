"""The picture of a guide: boxes for its questions and outcomes, and arrows for its choices.

- `displayed_names`: what a picture calls questions, for editors and for visitors.
- `earlier_answers`: what visitors can have answered before each question.
- `arrow_labels`: the words on arrows: choices, and the conditions under which they lead somewhere.
- `boxes`: builds a picture, from the parcours of a guide.
- `dot`: draws a picture with the program Graphviz, whose command is `dot`.
- `svg`: turns the drawing into an SVG element for a page.
- `tree`: turns a picture into nested lists.

Nothing here uses Django.
"""
