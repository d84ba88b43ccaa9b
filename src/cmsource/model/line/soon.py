"""How many of all messages are answered within some time."""

from collections.abc import Sequence
from itertools import accumulate

from cmsource.model.line.answerer import Answerer
from cmsource.model.line.course import Stay
from cmsource.model.line.delays import Delays
from cmsource.model.line.line import PATIENCE
from cmsource.model.line.lined import Lined
from cmsource.model.line.samples import Samples
from cmsource.model.line.software import Mix
from cmsource.values.week import DAY


class Soon:
    """How many of the messages of some types are answered within some time.

    Args:
        team: who may answer, in the option's order.
        lines: of the types.
        mixes: how the messages of each come to people.
        service: minutes of an answer.
        plain: whether messages come to people as they are, because no software reads them.
    """

    def __init__(
        self,
        team: Sequence[Answerer],
        lines: Sequence[Lined],
        mixes: Sequence[Sequence[Mix]],
        service: float,
        *,
        plain: bool,
    ) -> None:
        self._lines = lines
        self._service = service
        self._delays = [
            Delays(team, lined, each, plain=plain) for lined, each in zip(lines, mixes, strict=True)
        ]
        self._own = [
            Samples(lined.line, _messages, delays.of, service, ever=lined.ever, alike=delays.alike)
            for lined, delays in zip(lines, self._delays, strict=True)
        ]

    def share(self, minutes: float, least: float = 0.0) -> float:
        """Share of all messages that people answer so soon.

        Args:
            minutes: how soon after they came.
            least: the share of a type that one message stands for at least.
        """
        found = 0.0
        asked: list[int] = []
        for number, (lined, delays) in enumerate(zip(self._lines, self._delays, strict=True)):
            if minutes - self._service - delays.longest >= PATIENCE:
                found += lined.share * lined.ever
            else:
                asked.append(number)
        for day, times in self._days(minutes) if asked else []:
            for number in asked:
                soon = sum(self._own[number].answered(day, minutes, least))
                found += self._lines[number].share * times * soon
        return found

    def about(self, least: float) -> list[tuple[float, float]]:
        """How long answers take to go out, about: minutes, and the share of all messages by then.

        Args:
            least: the share of a type that one message stands for at least.
        """
        found = [
            (minutes, share * lined.share * times)
            for day, times in self._days(0.0)
            for lined, own in zip(self._lines, self._own, strict=True)
            for minutes, share in own.about(day, least)
        ]
        found.sort()
        sums = accumulate([share for _, share in found])
        return list(zip([minutes for minutes, _ in found], sums, strict=True))

    def _days(self, minutes: float) -> list[tuple[int, int]]:
        """The days whose messages are answered so soon alike: one of them, and how many."""
        reach = min(7, 1 + max(0, int((minutes - self._service) // DAY)))
        lines = [lined.line for lined in self._lines]
        alike: dict[tuple[object, ...], list[int]] = {}
        for day in range(7):
            outlook = tuple([line.outlook(day, reach) for line in lines])
            alike.setdefault(outlook, []).append(day)
        return [(days[0], len(days)) for days in alike.values()]

    def chance_of(self, lined: Lined, minute: float, within: float) -> float:
        """The chance that a message of a type is answered so soon if it comes to people then.

        Args:
            lined: the type.
            minute: of the week.
            within: minutes.
        """
        number = self._lines.index(lined)
        own, delays = self._own[number], self._delays[number]
        found = 0.0
        for stay in lined.line.stays:
            if stay.piece.start <= minute < stay.piece.end:
                moment = own.moments.moment(stay, minute - stay.piece.start, stay.at(minute))
                parts, ever = delays.of_people(stay), lined.ever_at(stay)
                found += stay.chance * own.chance(stay.day, moment, parts, within, ever)
        return found


def _messages(stay: Stay) -> float:
    return stay.messages
