"""Two people who edit the same page at the same time: an optimistic lock and a three-way merge.

- `conflict_admin`: the pages that show the second person what the first person has changed.
- `merged_forms`: the merge of a form, field by field. `merged_rows`: the merge of inline rows.
"""
