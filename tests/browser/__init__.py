"""Tests of what people see and do in a real chromium: clicks, keys, accessibility."""
