"""A try: an editor answers the questions of a guide as visitors will.

Nothing is stored: the answers are in the address. `trial`: the addresses and pages of a try.
`traces`: what each rule does in a try, in sentences. `trial_examples`: examples made from tries.
"""
