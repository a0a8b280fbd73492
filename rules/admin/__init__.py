"""The editors' pages: Django's admin in their words. `rules.admin_site` has its front page.

- What the pages share: `links`, which page shows what; `scoped`, the pages of one guide (their
  breadcrumbs, their lists); `drafts`, those of its parts; `fields`, form fields; `preview`, Markdown.
- The draft: `guides` and `hub`, a guide and all that is in it; `questions` (with `choices`),
  `outcomes`, `rules` (with `conditions`), `examples`. `moving`: the order of parts. `same_answers`: answers
  that count as the same in two questions.
- At a save: `failing`, what is left to mend; `conflicts` (with `merging` and `inline_rows`), two people on
  one page.
- What is done to a guide as a whole (`actions`): `proof`, what the walk found (its `findings`), and
  `problems`, where it is mended; `compare`, two versions told by `changes`; `picture`; `reading`, all
  of it on one page; `exchange`, documents in and out; `settings`; `copies`.
- Publication: `publication` (with `publish_form`) and `approval`, both decided on a `desk`;
  `versions`, what was published and how it is taken back.
- Beside the guides: `legal_pages`.
- `recording`: what is written down; `history_pages`: where it is read.
"""

from rules.admin import examples, guides, legal_pages, outcomes, questions, rules, versions

__all__ = ["examples", "guides", "legal_pages", "outcomes", "questions", "rules", "versions"]
