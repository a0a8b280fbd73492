"""The editors' pages, which Django's admin serves. `rules.admin_site` has the front page.

- `parts/`: the pages of questions, choices, outcomes, rules and examples.
- `guide/`: the page of a guide, and the pages about the guide as a whole.
- `acts/`: the pages of acts, which change what leads where.
- `publishing/`: publish, approve, the list of versions, restore.
- `conflicts/`: what happens when two people edit the same page at the same time.
- `legal_pages`: the legal pages. `accounts`: the accounts of editors, and what stays of deleted ones.
- `account_words`: the French words of the pages of accounts and groups.

What these pages share:

- `editor_page_admin`: pages to which browsers return as they were filled in.
- `links`: the addresses of pages. `form_fields`: form fields. `preview`: Markdown as it will look.
- `admin_pages`: makes a function a page of the admin, with a guide or without one.
- `parts_of_guide`: the lists that show the rows of one guide only, such as its questions.
- `recording`: writes the history. `history_pages`: the pages that show it.
- `undo_messages`: the messages about changes, with the button that undoes them.
- `saved_meanwhile`: the sentence about what others have saved since someone opened a page.
- `permissions`: who may do what with guides. `content_entries`: all parts of a guide, to read on
  one page.
- `change_groups`: the differences between two guides, grouped by kind of part.
- `presented_problems`: the problems of a guide, each with the page that corrects it if any, and how
  many there are. `problems_after_save`: the message that counts them after a save.
- `act_buttons`: the buttons that do acts.
- `link_warnings`: the message about refused links in texts that are online.
"""

from rules.admin import account_words, accounts, legal_pages
from rules.admin.guide import front_page, guide_admin
from rules.admin.parts import examples, outcomes, questions, rules
from rules.admin.publishing import version_pages

__all__ = [
    "account_words",
    "accounts",
    "examples",
    "front_page",
    "guide_admin",
    "legal_pages",
    "outcomes",
    "questions",
    "rules",
    "version_pages",
]
