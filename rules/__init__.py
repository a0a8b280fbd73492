"""What is known: guides, their drafts and versions, and how they are evaluated.

- `guides/`, `legal/`: the guide and the legal pages that come with the program. `document/`: guide
  documents, read and written.
- `models/`: the draft that editors change, and the versions that were published. `keys`: made from
  titles. `drafts`: a draft between its rows and its document.
- `engine/`: evaluation, pure Python. Its `guide.Guide` is a guide as a value, `models.Guide` a row.
  `runtime`: versions and drafts made ready for it.
- `sentences`: rules in French. `markdown`: what editors write, as HTML.
- `proof/`: every path walked before a visitor takes it. `proofs`: those of drafts and of versions.
- `checks`: what is asked of a draft before it is published. `tried`: a try becomes an example.
  `usage`: what is in use cannot be deleted.
- `comparison/`: two guides side by side, in French. `picture/`: a guide as a picture and as a tree.
- `services`, `approvals`: writes. `selectors`, `stages`: reads. `history`: who did what, and when.
- `admin/`: the editors' pages, on the site that `admin_site` makes.
- `apps`, `management/`, `migrations/`, `templatetags/`: where Django looks for them.

The templates in `templates/admin/rules/visitors/` are empty: what they say comes from the files of
the same names in `diagnostics/templates/`, which Django finds first.
"""
