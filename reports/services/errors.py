"""What can be wrong with a report that somebody asks for."""


class ReportProblem(ValueError):
    """A report or schedule that cannot be made; the message says why, for people."""
