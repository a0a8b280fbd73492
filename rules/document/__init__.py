"""The guide document (`format: 1`), which import, export, versions and tests exchange.

- `parsing`: raw values to a guide. It reads them with a `cursor`, which collects all `problems`,
  each with its place.
- `serialising`: a guide to raw values.
- `files`: JSON and YAML texts to raw values, and guides to such texts.
- `limits`: lengths, the form of keys, reserved addresses.

Raw values are what JSON and YAML consist of: mappings, lists, texts, numbers, booleans, nulls.
"""
