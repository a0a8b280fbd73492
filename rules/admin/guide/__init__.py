"""The page of a guide, and the pages about the guide as a whole.

- `guide_admin`: the list of guides and the page of one. `overview`: what that page shows.
- `proof_page`: *La preuve*; `finding_presenter`: a finding with its links and its answers.
- `compare`: *Comparer*. `picture_page`: *Voir en image*. `reading`: *Tout relire*.
- `import_export`: documents in and out. `duplicates`: a copy of a guide, a draft set back.
- `guide_settings`: *Réglages*.
"""
