"""What visitors answered, on the draft: how many would now be told something else.

`groups`: what changes into what, pure; `replay`: the answers of the last diagnostics, read and
resolved; `words`: what the page says. Nothing says whose answers they are, nor when.
"""
