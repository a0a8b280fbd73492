"""The tests, in a folder for each large part of the program; `browser` tests pages in browsers."""
