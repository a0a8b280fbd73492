"""The school's form: pages in French that work without JavaScript and without any cookie.

- `urls`: the addresses. `views`: the pages of guides and diagnostics. `public_view`: what all
  public views share. `visitor_pages`: what the templates show of a visitor's diagnostic.
- `resume`: the way back to a diagnostic by its code. `solved`: the visitor's verdict on a result.
- `school_class`: a whole class at once. `class_form`: what its form carries.
- `poster`: the page to print. `offline`: the file to take along. `integration`: how another site
  shows a guide.
- `legal_page`: the pages that the law asks for.
"""
