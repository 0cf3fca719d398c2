"""What stands in the way of a review, in words."""


class ReviewProblem(ValueError):
    """Something a reviewer or lead has to know; its words say what."""


class LeaseLost(ReviewProblem):
    """The lease ran out, was handed back, or belongs to somebody else."""


class Conflict(ReviewProblem):
    """The reviewer has a part in the claim."""
