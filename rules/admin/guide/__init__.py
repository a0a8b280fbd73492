"""The page of a guide, and the pages about the guide as a whole.

- `guide_admin`: the list of guides, the page of a guide, and the form of its title and introduction.
  `overview`: what the page of a guide shows. `presented_parcours`: its stops, lines and outcomes,
  whose values are in `parcours_rows`.
  `state_line`: the state of a guide in one line. `front_page`: the first page of the admin, with the
  state of all guides. `draft_summaries`: what it says of drafts, as it is kept.
- `urls`: the addresses of the pages below, and of the two of `publishing/` that publish and approve.
- `proof_page`: *La preuve*; `finding_presenter`: the points that it shows, each with its remedy.
- `compare_page`: *Comparer*. `picture_page`: *Voir en image*. `reading_page`: *Tout relire*.
- `import_export`: exports a guide as a document, and imports a document into a draft.
- `duplicates`: duplicates a guide, and sets a draft back to the live version.
- `shipped_texts_page`: *Nouveaux textes proposés*, for a shipped guide that nobody has changed.
- `undo_page`: *Annuler* and *Rétablir*. `revert_page`: *Revenir juste avant*.
- `search_page`: *Chercher*, in the texts of a draft.
- `new_guides`: what a new guide takes over from the others, whatever page has created it.
- `settings_page`: the settings of *Réglages*, which apply at once.
"""
