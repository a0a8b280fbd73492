"""The editors' pages, made with Django's admin. `rules.admin_site` has its front page.

- `parts/`: the pages of questions, choices, outcomes, rules and examples.
- `guide/`: the page of a guide, and the pages about the guide as a whole.
- `publishing/`: publish, approve, the list of versions, restore.
- `conflicts/`: two people who edit the same page.
- `legal_pages`: the legal pages.

What these pages share:

- `links`: the addresses of pages. `form_fields`: form fields. `preview`: Markdown as it will look.
- `guide_pages`: the addresses and the frame of the pages about one guide. `parts_of_guide`: the
  lists that show the rows of one guide only.
- `recording`: writes the history. `history_pages`: the pages that show it.
- `permissions`: who may publish. `content_entries`: a whole guide to read on one page.
- `change_groups`: the changes that a comparison found. `problem_links`: the problems of a draft,
  each with the page where it is mended. `problems_after_save`: their number, after a save.
"""

from rules.admin import legal_pages
from rules.admin.guide import guide_admin
from rules.admin.parts import examples, outcomes, questions, rules
from rules.admin.publishing import version_pages

__all__ = [
    "examples",
    "guide_admin",
    "legal_pages",
    "outcomes",
    "questions",
    "rules",
    "version_pages",
]
