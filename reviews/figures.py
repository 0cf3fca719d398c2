"""Agreement of reviewers as figures with a sentence that anybody can quote."""

from dataclasses import dataclass

import numpy as np

from reviews.agreement.coefficients import coefficients
from reviews.agreement.counts import AC2, ALPHA
from reviews.agreement.intervals import MIN_UNITS, Estimate, estimates
from reviews.agreement.patterns import patterns_of_distinct
from reviews.outcomes import GRADES
from reviews.votes import Tally, judged_twice

# The customary floors of Krippendorff's alpha: for conclusions, and for tentative ones.
FIRM, TENTATIVE = 0.80, 0.667
ENOUGH = MIN_UNITS
SEED = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """How far the reviewers agreed at `n` checkpoints that two or more of them graded."""

    label: str
    n: int
    alpha: Estimate
    ac2: Estimate

    @property
    def is_enough(self) -> bool:
        """Whether there are checkpoints enough to say anything."""
        return self.n >= ENOUGH

    @property
    def sentence(self) -> str:
        """What the figure says, in plain words."""
        if not self.n:
            return "Nothing was graded twice."
        if not self.is_enough:
            return f"Not enough to tell: {_checkpoints(self.n)}, and {ENOUGH} are needed."
        return f"At {_checkpoints(self.n)}, {self._finding}."

    @property
    def _finding(self) -> str:
        if self.alpha.value is None:
            return "everybody gave one and the same grade, so agreement cannot be told from habit"
        if self.alpha.low is None or self.alpha.high is None:
            if self.alpha.value == 1:
                return "the reviewers of each always gave the same grade"
            return "grades vary too little to say how sure the figure is"
        if self.alpha.low >= FIRM:
            return "reviewers agree well enough for firm conclusions"
        if self.alpha.low >= TENTATIVE:
            return "reviewers agree well enough for tentative conclusions"
        return f"{self._doubtful}{self._alike}"

    @property
    def _doubtful(self) -> str:
        if self.alpha.high is not None and self.alpha.high < TENTATIVE:
            return "reviewers agree too little to conclude anything from their grades"
        return "it cannot be told yet whether reviewers agree well enough: the figure is too unsure"

    @property
    def _alike(self) -> str:
        """What to add where α is low and AC2 is not."""
        if self.ac2.low is None or self.ac2.low < FIRM:
            return ""
        return "; nearly all grades are alike, which pulls α down and leaves AC2 high"


def figure(label: str, tally: Tally) -> Figure:
    """Both coefficients with intervals; neither where there is not enough to tell."""
    n = judged_twice(tally)
    if n < ENOUGH:
        return Figure(label, n, Estimate(None), Estimate(None))
    # In one order, so that the same grades give the same draws.
    patterns = sorted(tally)
    every = coefficients(np.arange(len(GRADES), dtype=float))
    found = estimates(
        patterns_of_distinct(patterns, [tally[one] for one in patterns]),
        {name: every[name] for name in (ALPHA, AC2)},
        seed=SEED,
    )
    return Figure(label, n, found[ALPHA], found[AC2])


def _checkpoints(number: int) -> str:
    return "1 checkpoint" if number == 1 else f"{number} checkpoints"
