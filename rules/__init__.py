"""What is known: guides, their drafts and versions, and how they are evaluated.

- `engine/`: evaluation, pure Python. Its `guide.Guide` is a guide as a value, `models.Guide` a row.
- `document/`: the guide document, read and written.
- `picture/`: a guide as a picture and as a tree.
- `models/`: the draft that editors change, and the versions that were published.
- `services`, `selectors`: writes and reads.
- `admin/`: the editors' pages.
"""
