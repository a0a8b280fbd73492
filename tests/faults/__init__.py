"""Shows what visitors get while machines, databases and other people do their worst.

- `probe`: asks for the form twice a second, and says how long its answers took.
- `many_logins`: sends 16 logins at once, with right and wrong passwords.
"""
