"""The editors' pages: Django's admin in their words.

- `rules.admin_site`: the front page. `links`: which page shows what.
- `history`: what is written down; `history_pages`: where it is read. `compare`: two versions side
  by side, told by `changes`. `conflicts` (with `inline_rows`): two people on one page.
- `scoped`: what the pages of one guide share (its breadcrumbs, its lists). `drafts`: what the
  pages of its questions, outcomes, rules and examples share besides. `fields`: form fields.
- `guides`, `hub`: a guide, and all that is in it. What is done to it as a whole (`actions`):
  `publication` (with `publish_form`), `approval`, both decided on a `desk`; `settings`, `copies`.
- `proof`: what the proof of a draft found. `red`: what a save says of examples that fail.
- `questions` (with `choices`), `outcomes`, `rules` (with `conditions`), `examples`: the draft.
  `alike`: answers that count as the same in two questions.
- `versions`: what was published. `picture`: the draft as a picture. `reading`: all of a guide on
  one page. `exchange`: guide documents in and out.
"""

from rules.admin import examples, guides, outcomes, questions, rules, versions

__all__ = ["examples", "guides", "outcomes", "questions", "rules", "versions"]
