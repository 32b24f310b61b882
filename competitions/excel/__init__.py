from competitions.excel import readings, scores, shifts

__all__ = ["readings", "scores", "shifts"]
