"""Rosters and lists of organisations, as offices keep them, read into plain results.

Nothing here knows the database: what exists already (`known_branches`) and the day are passed in.
"""
