"""The pages on which guides are published.

- `presented_review`: the review that the publish and approve pages show.
- `overtaking_form`: what becomes of scheduled versions that a publication overtakes.
- `publish_page`, with its `publish_form`: *Publier*.
- `approve_page`: a second person approves or refuses a publication request.
- `version_pages`: the list of versions, the page of a version.
- `take_page`: *Reprendre dans le brouillon*.
- `restore_page`: *Revenir à cette version*. `cancel_page`: *Annuler la programmation*.
"""
