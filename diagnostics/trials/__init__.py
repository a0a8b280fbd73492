"""A guide tried by those who write it. Nothing is stored: the answers are in the address.

`trial`: a try, its addresses and its pages. `traces`: why a try is in its state, in words.
`trial_examples`: examples made from tries.
"""
