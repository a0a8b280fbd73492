"""A guide tried by those who write it. Nothing is stored: the answers are in the address.

`trial`: a try, its addresses and its pages; `traces`: why it stands where it does, in words;
`examples`: examples made from tries.
"""
