"""The pages on which guides are published.

- `review`: everything that the publish and approve pages show.
- `publish`, with its `publish_form`: *Publier*. `approve`: a second person decides.
- `versions`: the list of versions, the content of one, *Revenir à cette version*.
"""
