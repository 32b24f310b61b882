"""`make burden`: how long each role's month takes, by doing it in a real browser (issue 减负, look at README.md)."""
