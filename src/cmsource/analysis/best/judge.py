"""What an organisation costs, and whether it does the job."""

from math import ceil, isinf
from typing import NamedTuple

from cmsource.analysis.best.floors import Floors
from cmsource.analysis.best.organisation import Builder, Organisation
from cmsource.model.average import share_of
from cmsource.model.evaluation import Evaluation, evaluate, evaluation_of
from cmsource.model.judgement import shortfall
from cmsource.model.ledger import costs
from cmsource.model.plan import plan
from cmsource.model.requirements import is_eligible, meets, requirements
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario

_UNDONE = 5e-4
_NOISE = 1e-3
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
        floors: the least that organisations cost.

    Attributes:
        work: share of the work that has to be done where the scenario does not say so: as much as
            others do; 0 for any.
        worked_out: how many organisations were planned.
    """

    def __init__(self, builder: Builder, floors: Floors) -> None:
        self.builder = builder
        self.setting = builder.setting
        self.scenario: Scenario = builder.setting.scenario
        self.work = 0.0
        self.worked_out = 0
        self._floors = floors
        self._rejected: dict[Organisation, Score] = {}
        self._scores: dict[Organisation, Score] = {}

    def evaluation(self, organisation: Organisation, name: str = "best") -> Evaluation:
        """What an organisation costs and does."""
        return evaluate(self.builder.option(organisation, name), self.setting)

    def score(self, organisation: Organisation) -> Score:
        """How good an organisation is."""
        known = self._scores.get(organisation)
        if known is None:
            known = self._scores[organisation] = self._score(organisation)
        return known

    def better(self, organisation: Organisation, known: Score) -> Score | None:
        """The score of an organisation where it is better than a known one; else None.

        Beside one that does the job, only one that does it for less is better. What is found out
        soonest comes first: whether it can cost less at all, whether it does what is asked for,
        what it costs, and how many answers are in time.
        """
        if organisation in self._scores or not known.fits:
            score = self.score(organisation)
            return score if score < known else None
        rejected = self._rejected.get(organisation)
        if rejected is not None and known <= rejected:
            return None
        found = self._if_better(organisation, known)
        if found is None:
            self._rejected[organisation] = known
        else:
            self._scores[organisation] = found
        return found

    def _if_better(self, organisation: Organisation, known: Score) -> Score | None:
        simple = _simple(organisation)
        least = self._floors.of(organisation)
        if isinf(least) or (ceil(least - _NOISE), *simple) >= known[1:]:
            return None
        self.worked_out += 1
        option = self.builder.option(organisation)
        phases = plan(option, self.setting)
        does = evaluation_of(option, phases, (), self.setting)
        if not meets(self.scenario.require, does) or self._idle(does) > 0:
            return None
        found = evaluation_of(option, phases, costs(phases, self.setting), self.setting)
        score = Score(0.0, found.total_cents, *simple)
        return score if score < known and is_eligible(found, self.scenario) else None

    def least(self, organisation: Organisation) -> float:
        """The least that an organisation costs if it does the job, in cents; see `Floors.of`."""
        return self._floors.of(organisation)

    def learn(self, organisation: Organisation, cents: int) -> None:
        """Take an organisation that costs so much as one that others are near to."""
        self._floors.learn(organisation, cents)

    def paid_anyway(self, organisation: Organisation) -> float:
        """What is paid for its sources whatever they do, in cents; tools are left out."""
        return self._floors.paid_anyway(organisation)

    def work_done(self, organisation: Organisation) -> float:
        """The share of the work that an organisation does."""
        return share_of(_WORK_DONE, self.evaluation(organisation).phases[0]) or 0.0

    def _score(self, organisation: Organisation) -> Score:
        self.worked_out += 1
        found = self.evaluation(organisation)
        simple, idle = _simple(organisation), self._idle(found)
        if meets(self.scenario.require, found) and is_eligible(found, self.scenario):
            return Score(idle, found.total_cents, *simple)
        held = requirements(self.scenario.require, found)
        return Score(max(shortfall(held), 0.01) + idle, found.total_cents, *simple)

    def _idle(self, found: Evaluation) -> float:
        """How much less of the work is done than has to be, where the scenario does not say."""
        if self.scenario.require.work_done is not None or self.work <= 0:
            return 0.0
        done = share_of(_WORK_DONE, found.phases[0]) or 0.0
        return max(0.0, self.work - _UNDONE - done)


def _simple(organisation: Organisation) -> tuple[int, int]:
    """How many sources it has, and how much of them is not as the scenario has it."""
    return len(organisation), sum([part.changes for part in organisation])
