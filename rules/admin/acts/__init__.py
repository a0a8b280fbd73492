"""The pages of acts: an editor changes what leads where, on plain forms that also open in place.

- `run_act`: does an act at once, or shows first what it will do; its docstring says how a page uses it.
- `arrow_pages`: leads arrows elsewhere, and inserts questions on them. `offered_arrows`: the arrows that
  forms offer. `destination_form`: the part of a form that says where something leads. `search_field`:
  the field with search.
  `entrance_pages`: asks where a part that no path leads to comes in.
- `choice_pages`: the choices of a question. `choice_rows`: the rows of its form. `advice_pages`: gives advice
  to choices, or takes it away. `order_pages`: places rules and questions before or after others.
- `mend_pages`: mends what the proof has found. `example_pages`: acts on examples.
- `removal_pages`: removes or replaces a part, with what falls with it. `removal_forms`: its forms.
- `urls`: the addresses of these pages.

A page of an act is a function under `guide_page`, listed in `urls`, whose template extends
`admin/rules/acts/act.html`. On the page of a guide, a link with the class `act-link` opens it in place,
if scripts are allowed: `static/rules/acts.js` takes the element `.act` out of each page that the forms
lead to, and goes on with the page of the guide once an act is done.
"""
