"""The pages on which guides are published.

- `review`: everything that the publish and approve pages show.
- `publish_page`, with its `publish_form`: *Publier*. `approve_page`: a second person decides.
- `version_pages`: the list of versions, the content of one, *Revenir à cette version*.
"""
