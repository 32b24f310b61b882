"""Invented texts of the demonstration: names, pledges, reviews, comments. Nothing here is of a real person."""
