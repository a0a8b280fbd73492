"""What happens to one visitor, and the project's settings.

- `models`: the session, i.e. the stored answers of one diagnostic. `services`: writes sessions.
  `selectors`: reads them. `purging`: removes the expired ones.
- `answered_guide`: a guide with one visitor's answers, whose state is computed once and shown with
  the guide's texts in place of keys. `support_text`: the same as a text to send to support.
  `evaluation`: evaluates equal sets of answers once. `evaluated_csv`: evaluates a file.
  `class_groups`: groups the pupils of a class by their question or their conclusions.
- `codes`: reads the code of a diagnostic as people type it. `verdicts`: stores whether the result
  helped, and a comment unless `personal_data` recognises personal data in it.
- `wrong_codes`: the limit on wrong codes. `throttles/`: limits how often one visitor may
  ask for something.
- `addresses`: absolute addresses, and their QR codes.
- `api/`: REST, for programs. `web/`: pages, for schools. Neither imports the other.
- `diagnostic_pages`: what the pages of a diagnostic show, both to visitors (`web`) and to editors
  who try a guide (`trials`).
- `trials/`: lets editors try a guide and stores nothing. `replay/`: computes what the visitors'
  answers would lead to on the draft.
- `logins/`: who gets into the admin.
- `admin/`: the pages of diagnostics, tries and replays, for support and editors. The templates in
  `templates/admin/rules/visitors/` add figures about visitors to the editors' pages of `rules`.
- `settings`: the project's settings. `environment`: reads the environment variables for them.
  `urls`: every address. `middleware`, `browser_policy`, `framing`, `redirects`, `errors`: what all
  addresses share. `wsgi`: the application that is served.
- `server/`: the processes that serve it. `logs/`: what is logged and reported.
- `databases/`: a database that does not answer. `probes`: tells other programs whether the service
  works.
- `installation`: prepares the database for a first run. `password_files`: the file of the first
  password, until its account changes it.
- `apps`, `management/`, `migrations/`, `templatetags/`: Django finds them by these names.
"""
