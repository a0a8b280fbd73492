"""The guide document (`format: 1`): the form of guides in files, exports, versions and the API.

Raw values are what JSON and YAML consist of: mappings, lists, texts, numbers, booleans and nulls. A
place is where a raw value is in a document: `("rules", 2, "when", 0)`.

- `parsing`: reads the raw values of a document into a guide. `cursor`: reads one raw value.
- `refused_texts`: what is refused in a guide that someone writes, and not in one that is stored already.
  `labels`: what is refused in titles, labels and aliases. `link_addresses`: which links are refused.
- `stored_drafts`: reads the documents of drafts that were stored, which may be unfinished.
- `unfinished_drafts`: what unfinished drafts lack, and the part of them that can be evaluated.
- `problems`: what may be wrong with a document, in French, with its place.
- `yaml_reading`: reads YAML texts. `yaml_mistakes`: what is wrong with one that is not valid.
- `yaml_writing`: writes YAML texts.
- `json_mistakes`: what is wrong with a JSON text that is not valid.
- `text_places`: a place in a text, and how a message repeats its line.
- `written_values`: how the values of a YAML text are written, for messages that repeat them.
- `serialising`: writes a guide as raw values.
- `files`: reads and writes the texts of JSON and YAML files.
- `limits`: maximum lengths, the form of keys, reserved slugs. `keys`: makes keys from titles.
"""
