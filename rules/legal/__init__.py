"""The legal pages, which French law asks of a public site.

- `legal_texts`: the texts that come with the program, and the pages as editors changed them.
"""
