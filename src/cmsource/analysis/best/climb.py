"""A walk from an organisation to better ones near it, as long as there are any."""

from collections.abc import Sequence

from cmsource.analysis.best.judge import Judge, Score
from cmsource.analysis.best.moves import LEVELS, Level, Moves
from cmsource.analysis.best.organisation import Organisation
from cmsource.analysis.best.starts import Starts

_CHEAP = 20
"""Organisations whose messages fall to the same people as before that count as one."""


class Climb:
    """Walks to better organisations.

    What counts is how often the messages fall to other people, or to the same at other hours: that
    takes nearly all the time. So the same effort ends at the same place on every machine.

    Args:
        judge: scores organisations.
        moves: leads to those near one.
        starts: knows what is allowed.
    """

    def __init__(self, judge: Judge, moves: Moves, starts: Starts) -> None:
        self._judge = judge
        self._moves = moves
        self._starts = starts

    def from_(
        self, here: Organisation, effort: int, levels: Sequence[Level] = LEVELS
    ) -> tuple[Organisation, Score, int]:
        """The best organisation found from one on, its score, and how many were looked at.

        Args:
            here: where to begin.
            effort: how many to look at, those alike for little counted as one together.
            levels: how far steps go, one after the other.
        """
        score = self._judge.score(here)
        effort = max(1, effort // len(self._judge.setting.year.seasons))  # each is worked out
        self._judge.learn(here, score.cents)
        tried = {here}
        lines = {_who_answers(here)}
        looked = 0
        for level in levels:
            going = True
            while going:
                going = False
                for near in self._moves.around(here, level):
                    if near in tried:
                        continue
                    tried.add(near)
                    if not self._starts.allowed(near):
                        continue
                    if score.fits and self._judge.paid_anyway(near) >= score.cents:
                        continue  # it costs more already, whatever it does
                    line = _who_answers(near)
                    if line not in lines and len(lines) > effort:
                        continue
                    if looked > _CHEAP * effort:
                        return here, score, looked
                    lines.add(line)
                    looked += 1
                    found = self._judge.better(near, score)
                    if found is not None:
                        here, score, going = near, found, True
                        self._judge.learn(here, score.cents)
                        break
        return here, score, looked

    def simpler(self, here: Organisation) -> Organisation:
        """An organisation without the changes that save nothing."""
        score = self._judge.score(here)
        going = True
        while going:
            going = False
            for place, part in enumerate(here):
                for less in part.without_one():
                    near = (*here[:place], less, *here[place + 1 :])
                    if self._starts.allowed(near) and self._judge.score(near) < score:
                        here, score, going = near, self._judge.score(near), True
                        break
                if going:
                    break
        return here


def _who_answers(organisation: Organisation) -> tuple[object, ...]:
    """What decides whom messages fall to, and when."""
    return tuple([part._replace(takes=_messages(part.takes)) for part in organisation])


def _messages(takes: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    return tuple([each for each in takes if each[0] == "messages"])
