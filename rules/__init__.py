"""Guides: their drafts and versions, and how answers to them are evaluated.

Packages and modules that do not use Django. Each one uses only others that are listed above it:

- `counts`: numbers, counts and long lists as French writes them.
- `bounded_cache`: a cache that is bounded by the weight of its values.
- `engine/`: which rules fire on a visitor's answers, and what they ask or conclude.
- `sentences`: rules as French sentences.
- `document/`: guides as JSON or YAML: parsed, checked, serialised.
- `lookup/`: the parts of a guide that a search finds, and what uses each part.
- `markdown`: the texts of editors, from Markdown to HTML.
- `proof/`: explores every path that visitors can take, and finds the faults on it.
- `comparison/`: the difference between two guides, in French sentences.
- `parcours/`: what leads where in a guide, line by line.
- `visitor_changes/`: what changes for visitors between two contents of a guide.
- `edits/`: acts on a guide, each with what it promises to visitors.
- `picture/`: a guide as a diagram and as a tree.

Packages and modules that use Django, in the same order:

- `list_pages`: shows a long list a page at a time.
- `typed_text`: what someone typed in a form that was not saved.
- `models/`: the tables and their constraints.
- `legal/`: the legal pages. `guides/`: the guide that comes with the program.
- `templatetags/`: what templates of the pages can do besides.
- `drafts/`: the draft that editors change.
- `publication/`: turns drafts into versions, and reads versions.
- `admin/`: the editors' pages, on the site that `admin_site` defines.
- `management/`: the commands of `manage.py` that concern guides.
- `apps`, `migrations/`: what Django looks for under these names.

The templates in `templates/admin/rules/visitors/` are empty. `diagnostics/templates/` has templates
of the same names with content, and Django finds these first.
"""
