"""Which rows of a log count: those that came in, those that meet what is asked."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cmsource.inbox.answers import conversation_of
from cmsource.inbox.columns import Rows, column_of, words_of
from cmsource.inbox.direction import Direction
from cmsource.values.language import say
from cmsource.values.quantities import QuantityError, quoted

Keeps = Callable[[Sequence[str]], bool]
"""Whether a row counts."""


class Condition(NamedTuple):
    """What a cell of a row must be, upper and lower case alike.

    Attributes:
        column: title or number of its column.
        sign: ``=``, ``!=`` or ``~``, contains.
        value: what the cell is held against.
    """

    column: str
    sign: str
    value: str

    def at(self, index: int) -> Keeps:
        """Whether the cell of a column meets it; a cell that is not there is empty."""
        value, sign = self.value.strip().casefold(), self.sign

        def keeps(row: Sequence[str]) -> bool:
            cell = row[index].strip().casefold() if index < len(row) else ""
            return value in cell if sign == "~" else (cell == value) is (sign == "=")

        return keeps


def parse_condition(text: str) -> Condition:
    """Read ``column=value``, ``column!=value`` or ``column~value``; the first sign counts.

    Raises:
        QuantityError: it is none of them.
    """
    places = [(text.find(sign), sign) for sign in ("!=", "=", "~") if text.find(sign) > 0]
    if not places:
        raise QuantityError(
            say("{text} is no condition", text=quoted(text)),
            say("write inbound=true, channel!=email or text~refund"),
        )
    at, sign = min(places)
    return Condition(text[:at].strip(), sign, text[at + len(sign) :])


_TRUE = {"true", "t", "1", "yes", "y", "oui", "vrai", "ja", "wahr", "sí", "si", "sim"}
_FALSE = {"false", "f", "0", "no", "n", "non", "faux", "nein", "falsch", "não"}
_IN = {
    word
    for words in (
        "in, inbound, incoming, received, entrant, entrante, reçu, eingehend",
        "customer, client, contact, visitor, user, consumer, end user, requester",
        "lead, follower, fan, guest, v",
        "cliente, kunde, visiteur, utilisateur, abonné, internaute",
    )
    for word in words.split(", ")
}
_OUT = {
    word
    for words in (
        "out, outbound, outgoing, sent, sortant, sortante, envoyé, ausgehend",
        "agent, operator, admin, company, business, page, brand, support, staff",
        "team, bot, agent bot, system, assistant, host, representative, a",
        "saliente, conseiller, conseillère, équipe, equipe, entreprise, marque",
        "opérateur, opératrice, modérateur, modératrice, mitarbeiter, agente",
    )
    for word in words.split(", ")
}
_ONE_LETTER = {"v", "a"}
"""Words that are plain only beside one another: visitor, agent."""
_WHATEVER_FOLLOWS = re.compile(r"(inbound|incoming|outbound|outgoing)\b")
"""Words that say the direction alone, as in ``outbound-api``."""
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_A_MESSAGE = re.compile(r"^message | (?:message|msg|reply)$")
_LONGEST_WORD = 40
_TOOLS_OF_CONTACTS = {"contact", "user"}
"""What Chatwoot calls both sides; elsewhere users are customers, and whoever answers has a word."""
_SAYS_DIRECTION = {
    *("direction", "inbound", "incoming", "outbound", "outgoing", "type", "sender", "author"),
    *("role", "from", "sens", "kind", "by", "speaker", "rôle", "auteur", "expéditeur"),
    *("richtung", "dirección", "direzione", "direção", "richting", "absender", "remitente"),
}
_CAME_IN = {
    *("inbound", "is inbound", "incoming", "is incoming", "from customer", "is from customer"),
    *("is customer", "from client", "is client"),
}
_WENT_OUT = {
    *("outbound", "is outbound", "outgoing", "is outgoing", "from me", "is from me"),
    *("from business", "is from business", "is from page", "is from agent"),
    *("from agent", "is agent", "by agent", "from company", "from staff", "is staff"),
    *(
        "is sender",
        "created by an agent",
        "created by agent",
        "sent by agent",
        "is agent message",
        "from page",
    ),
}
_WRITERS = {
    *("sender name", "sender", "from", "author", "author name", "user name", "username"),
    *("sender id", "author id", "from id", "expéditeur", "de", "auteur", "user", "user id"),
}
_SOME_CONVERSATIONS = 3
_MUCH = 0.3
"""Share of the first messages that one person wrote who may be the company."""


class Side(NamedTuple):
    """The column that says which messages are the company's own, and what it says of those.

    Attributes:
        at: its number, from 0.
        title: its title.
        own: what stands in it for the company's own, in lower case.
        owner: who is taken for the company, where nothing but who takes part says so; else empty.
    """

    at: int
    title: str
    own: frozenset[str]
    owner: str = ""

    def is_own(self, row: Sequence[str]) -> bool:
        """Whether a message is one that the company sent."""
        return self.at < len(row) and self.means_own(row[self.at])

    def means_own(self, cell: str) -> bool:
        """Whether a cell of the column says so."""
        return _plain(cell) in self.own


def _plain(cell: str) -> str:
    """A cell in lower case; a direction or a side without what stands around it."""
    text = cell.strip().lower()
    if len(text) > _LONGEST_WORD:
        return text
    text = " ".join(_BETWEEN_WORDS.split(text))
    found = _WHATEVER_FOLLOWS.match(text)
    return _A_MESSAGE.sub("", text) if found is None else found[1]


def side_of(titles: Sequence[str], body: Rows, owner: str = "") -> Side | None:
    """The column that plainly says which way messages went, if one does.

    Args:
        titles: titles of the columns.
        body: the first messages.
        owner: who the company is, where that is known.

    Plainly: ``inbound``, ``is_from_me`` and the like with yes or no; or a column whose title speaks
    of direction or sender and which holds nothing but words for both sides.
    """
    for at, title in enumerate(titles):
        words, last = words_of(title), words_of(title.rpartition(".")[2])
        cells = {_plain(row[at]) for row in body if at < len(row)} - {""}
        if not cells:
            continue
        if cells <= _TRUE | _FALSE:
            if last in _CAME_IN:
                return Side(at, title, frozenset(_FALSE))
            if last in _WENT_OUT:
                return Side(at, title, frozenset(_TRUE))
        if owner and _says_writer(title):
            return Side(at, title, frozenset((owner.lower(),)), owner)
        if cells - {"agent bot"} == _TOOLS_OF_CONTACTS and "sender" in words.split():
            return Side(at, title, frozenset(_OUT | {"user"}))
        if cells & _ONE_LETTER and not cells >= _ONE_LETTER:
            continue
        if cells <= _IN | _OUT and _SAYS_DIRECTION & set(words.split()):
            return Side(at, title, frozenset(_OUT))
    return _side_of_owner(titles, body)


def _side_of_owner(titles: Sequence[str], body: Rows) -> Side | None:
    """The column of who wrote, where one person alone takes part in all of several conversations.

    Conversations of one person say nothing of it.
    """
    conversation = conversation_of(titles, body)
    at = writer_at(titles)
    if conversation is None or at is None:
        return None
    persons: dict[str, set[str]] = {}
    for row in body:
        if max(conversation, at) < len(row) and row[at].strip():
            persons.setdefault(row[conversation], set()).add(row[at].strip())
    several = [names for names in persons.values() if len(names) > 1]
    if len(several) < _SOME_CONVERSATIONS:
        return None
    owners = set.intersection(*several)
    if len(owners) != 1:
        return None
    owner = owners.pop()
    return Side(at, titles[at], frozenset((owner.lower(),)), owner)


def writer_at(titles: Sequence[str]) -> int | None:
    """The column that says who wrote, by its title."""
    return next((at for at, title in enumerate(titles) if _says_writer(title)), None)


def _says_writer(title: str) -> bool:
    return words_of(title.rpartition(".")[2]) in _WRITERS


def writer_in(titles: Sequence[str], body: Rows) -> tuple[str, str] | None:
    """A column that says who wrote, and who wrote most of the first messages, if that is much.

    None where no column does, or all are of one person.
    """
    for at, title in enumerate(titles):
        if not _says_writer(title):
            continue
        names = Counter(row[at].strip() for row in body if at < len(row) and row[at].strip())
        [(name, count)] = names.most_common(1) or [("", 0)]
        if len(names) > 1 and count >= _MUCH * names.total():
            return title, name
    return None


class Selection(NamedTuple):
    """Which rows of a log are asked for.

    Attributes:
        conditions: what all of them must meet.
        direction: which way they went; those that came in, where a column says so, when None.
    """

    conditions: tuple[Condition, ...] = ()
    direction: Direction | None = None


EVERY_ROW = Selection()
"""All rows but the company's own."""


_IDS = {
    *("id", "id str", "message id", "messageid", "msg id", "tweet id", "tweet id str", "uuid"),
    *("tweet.id str", "client msg id", "guid", "identifiant", "id message", "tweet id"),
}


class Ids:
    """The messages of some files by what names them, so that none of a later file counts again.

    Kept as hashes of 64 bits: two of a million messages are one by chance in one of 37 million
    logs.
    """

    def __init__(self) -> None:
        self._earlier: set[int] = set()
        self._these: set[int] = set()

    def next_file(self) -> None:
        """What comes now is of another file."""
        self._earlier |= self._these
        self._these = set()

    def known(self, name: str) -> bool:
        """Whether an earlier file has a message of that name."""
        mark = hash(name.strip())
        if mark in self._earlier:
            return True
        self._these.add(mark)
        return False


def id_of(titles: Sequence[str], body: Rows) -> int | None:
    """The column that names messages: by its title, and never the same for two."""
    for at, title in enumerate(titles):
        if words_of(title) in _IDS:
            cells = [row[at] for row in body if at < len(row) and row[at].strip()]
            if cells and len(set(cells)) == len(cells):
                return at
    return None


class Sieve:
    """Takes the rows that count from batches, and counts the others.

    Attributes:
        side: the column that says which are the company's own; None when it plays no part.
        own: how many of those were left out.
        others: how many came in and were left out, where only the company's own are asked for.
        unmet: how many rows do not meet a condition.
        again: how many stand in an earlier file too.
    """

    def __init__(
        self,
        conditions: Sequence[Keeps],
        side: Side | None,
        direction: Direction,
        ids: Ids | None = None,
        id_at: int | None = None,
    ) -> None:
        self.conditions = conditions
        self.ids = None if id_at is None else ids
        self.id_at = id_at or 0
        self.side = None if direction is Direction.ALL else side
        self.wants_own = direction is Direction.OUT
        self.own = self.others = self.unmet = self.again = 0

    @property
    def takes_all(self) -> bool:
        """Whether every row counts."""
        return not self.conditions and self.side is None and self.ids is None

    @property
    def takes_by_side(self) -> bool:
        """Whether nothing but their side, if that, decides which rows count."""
        return not self.conditions and self.ids is None

    def leave_out(self, count: int) -> None:
        """Count rows that are of the other side."""
        if self.wants_own:
            self.others += count
        else:
            self.own += count

    def kept(self, rows: Rows) -> list[bool]:
        """Which of some rows count; those that do not are counted as left out."""
        return [bool(row) and self._keeps(row) for row in rows]

    def _keeps(self, row: Sequence[str]) -> bool:
        if self.ids is not None and self.id_at < len(row) and self.ids.known(row[self.id_at]):
            self.again += 1
            return False
        if not all(condition(row) for condition in self.conditions):
            self.unmet += 1
            return False
        if self.side is not None and self.side.is_own(row) is not self.wants_own:
            self.leave_out(1)
            return False
        return True


def kept_by(
    conditions: Sequence[Condition], titles: Sequence[str]
) -> tuple[list[Keeps], Condition | None]:
    """What the conditions ask of a row, and the first whose column is not there."""
    found = []
    for condition in conditions:
        index = column_of(condition.column, titles)
        if index is None:
            return [], condition
        found.append(condition.at(index))
    return found, None
