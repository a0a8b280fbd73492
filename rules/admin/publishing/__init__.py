"""The pages on which guides are published.

- `review`: everything that the publish and approve pages show.
- `publish_page`, with its `publish_form`: *Publier*.
- `approve_page`: a second person approves or refuses a publication request.
- `version_pages`: the list of versions, the page of a version, *Revenir à cette version*.
"""
