"""The page of a guide, and the pages about the guide as a whole.

- `guide_admin`: the list of guides and the page of one. `overview`: what that page shows.
- `proof_page`: *La preuve*; `finding_presenter`: a finding with its links and its answers.
- `compare_page`: *Comparer*. `picture_page`: *Voir en image*. `reading_page`: *Tout relire*.
- `import_export`: guides read from documents and written to them. `duplicates`: a copy of a guide,
  a draft set back to the live version.
- `settings_page`: *Réglages*.
"""
