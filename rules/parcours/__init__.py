"""What leads where in a guide: its questions, and where each choice leads. Nothing here uses Django.

A *stop* is a question that visitors come to. A *line* is one of its choices. A line has one *case*
for each place that it may lead to, with the rules that decide it and what they require of earlier
answers. Rules stay the only truth: a parcours is worked out from them, and never stored.

- `stops`: the values: stops, their lines, and the cases of a line.
- `live_rules`: evaluates the rules along a path.
- `exploration`: the rules that decide each step of visitors, from the graph of states of a proof.
- `requirements`: what remains of the conditions of rules once the answer of a line is given.
- `answer_sets`: sets of answers as integers, and tests of them.
- `situations`: the answers that visitors can have given before each step.
- `shortening`: drops the conditions that are needless for these answers.
- `lines`: builds the lines from all that.
- `stop_order`: the order of stops. `unreached`: what no path reaches.
- `build`: builds the parcours of a guide.
- `shortest_answers`: the shortest answers that lead to each part.
- `case_words`: the requirements of cases in French.
- `anchors`: the ids of stops, lines and outcomes on a page.
"""
