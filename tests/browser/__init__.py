"""What people see, in a real chromium: clicks, keys, accessibility rules."""
