"""What is known: guides, their drafts and versions, and how they are evaluated.

Pure rooms, which know nothing of Django. Each may use those named before it:

- `engine/`: which rules hold for a visitor's answers, and what follows from them.
- `sentences`: rules in French, with the titles and labels of the guide.
- `document/`: a guide as a document: parsed, checked, serialised.
- `markdown`: the texts of editors as HTML.
- `proof/`: every path that visitors can take is explored before anyone takes it.
- `comparison/`: the difference between two guides, in French sentences.
- `picture/`: a guide drawn as a picture and as a tree.

Rooms that use the database, in the same order:

- `models/`: the tables and their constraints.
- `legal/`: the legal pages. `guides/`: the guide that comes with the program.
- `drafts/`: the draft that editors change.
- `publication/`: how a draft becomes a version, and how versions are read.
- `admin/`: the editors' pages, on the site that `admin_site` defines.
- `management/`: the commands.
- `apps`, `migrations/`, `templatetags/`: the places where Django looks for them.

The templates in `templates/admin/rules/visitors/` are empty. Django first finds the files of the
same names in `diagnostics/templates/`, which hold their content.
"""
