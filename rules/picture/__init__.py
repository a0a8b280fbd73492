"""A guide as a picture: which question follows which answer, down to the conclusions.

`boxes` makes boxes and arrows of the states of a proof. They are shown twice: `dot` has Graphviz
draw them and `svg` makes its drawing one that is read aloud and coloured by the page;
`tree` says the same in nested lists. Django is not needed here.
"""
