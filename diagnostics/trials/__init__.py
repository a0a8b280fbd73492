"""A try: an editor answers the questions of a guide as visitors will.

Nothing is stored: the answers are in the address. `trial`: the pages of a try.
`trial_addresses`: their addresses. `traces`: what each rule does in a try, in sentences.
`trial_examples`: examples made from tries.
"""
