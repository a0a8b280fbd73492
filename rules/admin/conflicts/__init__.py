"""Two people who edit the same page.

- `conflict_admin`: the page that tells the second person what the first has changed.
- `merged_forms`: the fields of both. `merged_rows`: the rows of both, in inline forms.
"""
