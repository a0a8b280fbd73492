"""The guide document (`format: 1`): what import, export, versions and tests exchange.

- `parsing`: raw values to a `Guide`, every problem listed with its place (`problems`) as a
  `cursor` meets it.
- `serialising`: a `Guide` to raw values.
- `files`: JSON and YAML texts to raw values, and back.
- `limits`: lengths, keys, reserved addresses.
"""
