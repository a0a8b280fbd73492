"""Who gets into the admin: passwords and their limits, second factors, and the end of sessions.

- `guarded_site`: the admin site, which asks for these.
- `login_form`: the name and the password. `login_limits`: limits wrong ones, and computes how many
  can be guessed. `login_log`: writes a line for each login.
- `second_factors`: the application and the recovery codes of an account. `second_factor_page`: asks
  for a code, or enrols the application.
- `idle_sessions`: ends sessions after some minutes without a request.
"""
