"""What leads where in a guide: its questions, and where each choice leads. Nothing here uses Django.

- `stops`: the values: stops, their lines, and the cases of a line.
- `requirements`: what remains of the conditions of rules once the answer of a line is given.
- `transitions`: the transitions of a graph of states, and the rules that decide each of them.
- `lines`: builds a line from its transitions.
- `build`: builds the parcours of a guide from the graph of its states.
- `case_words`: the requirements of cases in French.
- `anchors`: the ids of stops, lines and outcomes on a page.

A *stop* is a question that visitors come to. A *line* is one of its choices. A line has one *case*
for each place that it may lead to, with the rules that decide it.
"""
