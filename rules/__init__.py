"""What is known: guides, their drafts and versions, and how they are evaluated.

Pure rooms, which know nothing of Django; each may use those named before it:

- `engine/`: which rules hold for a visitor's answers, and what follows from them.
- `sentences`: rules in French, built from the guide's own words.
- `document/`: a guide as a document: parsed, checked, serialised.
- `proof/`: every path that visitors can take is explored before anyone takes it.
- `comparison/`: the difference between two guides, in French sentences.
- `picture/`: a guide drawn as a picture and as a tree.

Rooms on the database, in the same order:

- `models/`: the tables and their constraints.
- `legal/`: the legal pages. `guides/`: the guide that comes with the program.
- `drafts/`: the draft that editors change.
- `publication/`: from a draft to versions, and what is read of them.
- `admin/`: the editors' pages, on the site that `admin_site` makes.
- `management/`: the commands. `markdown`: what editors write, as HTML.
- `apps`, `migrations/`, `templatetags/`: where Django looks for them.

The templates in `templates/admin/rules/visitors/` are empty: what they say comes from the files of
the same names in `diagnostics/templates/`, which Django finds first.
"""
