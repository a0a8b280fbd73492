"""The legal pages, which French law requires of a public site.

- `legal_texts`: reads the texts that come with the program, and the pages that editors changed.
- `former_legal_texts`: the texts that came with earlier releases, by which untouched pages are known.
"""
