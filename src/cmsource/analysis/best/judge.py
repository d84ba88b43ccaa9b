"""What an organisation costs, and whether it does the job."""

from typing import NamedTuple

from cmsource.analysis.best.fixed import standing
from cmsource.analysis.best.organisation import Builder, Organisation, Part
from cmsource.model.average import share_of
from cmsource.model.evaluation import Evaluation, evaluate
from cmsource.model.judgement import shortfall
from cmsource.model.kinds import translate
from cmsource.model.requirements import is_eligible, meets, requirements
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario

_UNDONE = 5e-4
_WORK_DONE = FIGURES["work_done"]


class Score(NamedTuple):
    """How good an organisation is; less is better.

    Attributes:
        short: how much it misses of what is asked for; 0 where it does the job.
        cents: economic cost over the horizon.
        parts: how many sources it has.
        changes: how much of them is not as the scenario has it.
    """

    short: float
    cents: int
    parts: int
    changes: int

    @property
    def fits(self) -> bool:
        """Whether it does the job."""
        return self.short == 0


class Judge:
    """Scores organisations, each once.

    Args:
        builder: makes options of organisations.

    Attributes:
        work: share of the work that has to be done where the scenario does not say so: as much as
            others do; 0 for any.
    """

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.setting = builder.setting
        self.scenario: Scenario = builder.setting.scenario
        self.work = 0.0
        self._scores: dict[Organisation, Score] = {}
        self._paid: dict[Part, int] = {}

    def evaluation(self, organisation: Organisation, name: str = "best") -> Evaluation:
        """What an organisation costs and does."""
        return evaluate(self.builder.option(organisation, name), self.setting)

    def score(self, organisation: Organisation) -> Score:
        """How good an organisation is."""
        known = self._scores.get(organisation)
        if known is None:
            known = self._scores[organisation] = self._score(organisation)
        return known

    def paid_anyway(self, organisation: Organisation) -> int:
        """What is paid for its sources whatever they do, in cents; tools are left out."""
        total = 0
        for part in organisation:
            if part not in self._paid:
                resource = translate(self.builder.source(part), self.setting)
                self._paid[part] = standing([resource], self.setting).sources
            total += self._paid[part]
        return total

    def work_done(self, organisation: Organisation) -> float:
        """The share of the work that an organisation does."""
        return share_of(_WORK_DONE, self.evaluation(organisation).phases[0]) or 0.0

    def _score(self, organisation: Organisation) -> Score:
        found = self.evaluation(organisation)
        simple = len(organisation), sum([part.changes for part in organisation])
        idle = 0.0
        if self.scenario.require.work_done is None and self.work > 0:
            done = share_of(_WORK_DONE, found.phases[0]) or 0.0
            idle = max(0.0, self.work - _UNDONE - done)
        if meets(self.scenario.require, found) and is_eligible(found, self.scenario):
            return Score(idle, found.total_cents, *simple)
        held = requirements(self.scenario.require, found)
        return Score(max(shortfall(held), 0.01) + idle, found.total_cents, *simple)
