"""Legal pages.

`shipped_texts`: the texts that come with the program. `pages`: a page as editors left it.
"""
