"""The school's form: pages in French that work without JavaScript and without any cookie.

- `urls`: the addresses. `views`: the pages of guides and diagnostics. `public_view`: what all
  public views share. `visitor_pages`: what the templates show of a visitor's diagnostic.
- `resume`: opens a diagnostic again by its code. `solved`: takes the visitor's verdict on a result.
- `school_class`: the page of a whole class. `class_form`: reads the form of that page.
- `poster`: the guide as a page to print. `offline`: the guide as a file that needs no network.
  `integration`: explains how another site shows a guide.
- `legal_page`: the legal pages. `site_map`: links to all pages. `well_known`: robots.txt and
  security.txt.
"""
