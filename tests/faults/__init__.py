"""Shows what visitors get while machines, databases and other people do their worst.

`python -m tests.faults` runs scenarios and prints a line for each:

- `scenarios`: the list of all faults. `process_faults`, `engine_faults`, `sqlite_faults`,
  `postgres_faults` and `guide_changes` inflict them; `in_server` changes the processes of a server.
- `sites`: a site under test, with its `databases`, its server, its versions and its clock.
- `visitors`: those who walk random paths, by one of two `doors` and with `calls`.
  `known_diagnostics`: what they know of a diagnostic, and what the oracle expects of it.
- `report`: what a scenario has shown.
- `editor`: opens pages of the admin and sends their forms.
- `probe`: asks for the form twice a second, and says how long its answers took.
- `hard_drafts`: imports drafts that are hard to prove, and opens their pages in eight sessions.
- `many_logins`: sends 16 logins at once, with right and wrong passwords.
- `slow_clients`: opens hundreds of connections that are silent, or send or read by the drop.
- `log_size`: lets requests fail for half a minute, and says how much the log grows.
- `many_batches`: sends 20 batches at once, on a large guide.
- `proxy_example`: tries the example of a proxy that the README gives.
"""
