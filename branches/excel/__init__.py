"""Rosters and lists of organisations, as offices keep them, read into plain results.

The readers know nothing of the database: what exists already (`known_branches`) and the day are
passed in. `importing`, `branch_kinds` and `uploads` hold what was read against the records.
"""
