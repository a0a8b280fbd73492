"""Tests of what people see and do in chromium, and some of it in Firefox: clicks, keys, accessibility."""
