"""Software that answers: its ledger, its part of the line, limits, and what is said of it."""

from collections.abc import Mapping
from decimal import Decimal
from math import exp
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.breakeven.breakeven import breakeven
from cmsource.analysis.cursor.endpoints import ends_of
from cmsource.analysis.inputs.inputs import inputs
from cmsource.analysis.simulation.simulation import simulate as draws
from cmsource.model.line.answers import Answers
from cmsource.model.line.software import Reader, read_by
from cmsource.model.resource import Software
from cmsource.model.signals import OTHER, family_of
from cmsource.results.option import OptionResult
from cmsource.results.phase import SourceResult
from cmsource.scenario.arrivals import profile_weights
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.week import WEEK
from cmsource.values.week_reader import parse_week
from conftest import Cli
from kept_plays import Play
from line_simulation import Case, Desk, Robot, simulate
from readings import codes, findings, marked, scenario, where, wrong
from test_line import DUTIES, OFFICE_HOURS, PROFILES, someone, volume

# One person of an agency is always there: 420 messages a week of 6 minutes are 42 h of 168.
TEXT = """\
country: FR
horizon: 12 months
own_time: 40/h
needs:
  cover: 24/7
  answer_within: 20 min
  messages: {per_week: 420, minutes_each: 6, profile: flat}
sources:
  bot:
    kind: assistant
    price: 0.99/resolution
    resolves: 50%
    wrong: 4%
    noticed_after: 12 h
    hand_over: 2 min
    supervision: 2 h/week
  firm: {kind: agency, hourly_rate: 50, on_duty: 24/7, service_level: 100%}
  lea: {kind: freelancer, hourly_rate: 40, on_duty: mon-fri 09:00-17:00}
options:
  people: [firm]
  both: [bot, firm]
"""


def option(*overrides: str, name: str = "both", text: str = TEXT) -> OptionResult:
    """An option of the scenario with some values changed."""
    return cmsource.compare(scenario(text, *overrides)).options[name]


def does(found: OptionResult, name: str) -> SourceResult:
    """What a source does in the first phase of an option."""
    return found.phases[0].sources[name]


def bot(**values: object) -> list[str]:
    """Changes of the software."""
    return [f"sources.bot.{key}={value}" for key, value in values.items()]


# Worked by hand -----------------------------------------------------------------------------------


def test_its_ledger() -> None:
    """210 of 420 a week are billed, wrong ones too; people get 210 + 8.4 of 8 minutes."""
    found = option()
    fees = {e.source: e for e in found.entries if e.category == "fees"}
    assert fees["bot"].quantity == pytest.approx(210 * 52)
    assert (fees["bot"].unit, fees["bot"].unit_price) == ("resolution", 0.99)
    assert fees["bot"].amount == Decimal("10810.80")
    assert fees["bot"].refs == ("s.yaml:11", "s.yaml:12")
    hours = 218.4 * 8 / 60
    assert fees["firm"].quantity == pytest.approx(hours * 52)
    assert fees["firm"].amount == Decimal("75712.00")
    assert found.by_category["own time"] == 2 * 52 * 40
    assert found.total == Decimal("10810.80") + 75712 + 4160
    assert found.cash == found.total - 4160


def test_its_part_of_the_line() -> None:
    """People have an M/M/1 of 218.4 messages of 8 minutes; what comes back is half a day late."""
    found = option()
    use = 218.4 * 8 / WEEK
    soon = 1 - use * exp(-(1 - use) * (20 - 8) / 8)
    assert found.coverage.answered == pytest.approx(1)
    assert found.coverage.answered_in_time == pytest.approx(0.48 + 0.5 * soon, abs=0.003)
    assert found.coverage.utilisation == pytest.approx(use)
    assert found.coverage.work_done == pytest.approx(1)
    assert does(found, "bot").messages_share == pytest.approx(0.48)
    assert does(found, "bot").hours_done == 0
    assert does(found, "firm").messages_share == pytest.approx(0.52)
    assert does(found, "firm").hours_done == pytest.approx(218.4 * 8 / 60)


def test_nobody_watches_because_of_it() -> None:
    """Software answers and does not watch: who is there stays as it was."""
    with_it, without = option(), option(name="people")
    assert with_it.coverage.watched == without.coverage.watched
    assert with_it.coverage.continuity == without.coverage.continuity
    alone = option(text=TEXT.replace("[bot, firm]", "[bot]"))
    assert alone.coverage.watched == 0
    assert alone.coverage.continuity is None


def test_a_wrong_answer_is_none_until_it_is_put_right() -> None:
    """One that comes back after five of twenty minutes may still be in time; after a day not."""
    values = {"resolves": "100%", "wrong": "50%", "hand_over": "0 min"}
    # Half of 420 come back: an M/M/1 of 210 of 6 minutes, with 20 - 5 - 6 minutes to wait.
    use = 210 * 6 / WEEK
    soon = 1 - use * exp(-(1 - use) * 9 / 6)
    early = option(*bot(**values, noticed_after="5 min"))
    assert early.coverage.answered_in_time == pytest.approx(0.5 + 0.5 * soon, abs=0.003)
    late = option(*bot(**values, noticed_after="24 h"))
    assert late.coverage.answered_in_time == pytest.approx(0.5, abs=1e-6)
    assert late.coverage.answered == pytest.approx(1)


def test_hours_of_its_duty() -> None:
    """Nobody else: of evenly spread messages, those that come at the weekend, 48 of 168 h."""
    text = TEXT.replace("[bot, firm]", "[bot]")
    found = option(*bot(on_duty="sat-sun 00:00-24:00", wrong="0%"), text=text)
    assert found.coverage.answered == pytest.approx(0.5 * 48 / 168)
    assert found.coverage.answered_in_time == pytest.approx(0.5 * 48 / 168)


def test_what_a_colleague_has_to_do_on_mondays() -> None:
    """Software at the weekend only: what it leaves waits for Monday, with longer answers.

    120 come each day. From Monday to Friday all come to Lea, at the weekend half of them, with two
    minutes more each: (600 × 6 + 120 × 8) / 60 h.
    """
    text = TEXT.replace("[bot, firm]", "[bot, lea]").replace("per_week: 420", "per_week: 840")
    lea = ("planned_absence=0%", "unplanned_absence=0%", "on_duty=24/7")
    changes = [*bot(on_duty="sat-sun 00:00-24:00", wrong="0%")]
    found = option(*changes, *[f"sources.lea.{each}" for each in lea], text=text)
    assert does(found, "lea").hours_done == pytest.approx((600 * 6 + 120 * 8) / 60, rel=0.005)
    assert does(found, "bot").messages_share == pytest.approx(120 / 840)


# Types --------------------------------------------------------------------------------------------


def reader(after: int, takes: float, resolves: float = 1.0, **values: Any) -> Reader:  # noqa: ANN401
    """Software that is always there, whose answers are right."""
    fields = {"wrong": 0.0, "noticed_after": 0.0, "hand_over": 0.0, **values}
    return Reader(after, takes, 0.0, Software(parse_week("24/7"), resolves, **fields))


@pytest.mark.parametrize(
    ("readers", "takes", "left", "right"),
    [
        # It begins where the one before it ended and moves no person's types: 30 % and 50 % of
        # people, and half of the circle from 30 % on: those of the second.
        ([reader(1, 0.5)], (0.3, 0.5), {(0,): 0.3, (): 0.2, (1,): 0.0}, [0.5]),
        ([reader(0, 0.4)], (0.3, 1.0), {(0, 1): 0.0, (1,): 0.6}, [0.4]),
        ([reader(0, 1.0, 0.6)], (1.0,), {(0,): 0.4}, [0.6]),
        # Two of them: the second reads what the first leaves of what both may take.
        ([reader(0, 1.0, 0.6), reader(0, 1.0, 0.5)], (1.0,), {(0,): 0.2}, [0.6, 0.2]),
        ([reader(0, 0.4), reader(0, 0.6, 0.5)], (1.0,), {(0,): 0.3}, [0.4, 0.3]),
        ([reader(0, 1.0, 0.25)], (), {(): 0.75}, [0.25]),
    ],
)
def test_which_messages_it_reads(
    readers: list[Reader],
    takes: tuple[float, ...],
    left: Mapping[tuple[int, ...], float],
    right: list[float],
) -> None:
    """Shares of all messages that come to people, by who may take them, and that it answers."""
    found = read_by(readers, takes, "flat", 5)
    shares = {each.comes.takers: each.comes.share for each in found.left}
    assert shares == pytest.approx(left)
    assert list(found.right) == pytest.approx(right)


def test_when_wrong_answers_come_back() -> None:
    """All messages come from 9:00 to 10:00 on Mondays; half of those answered, 90 minutes later."""
    weights = [0.0] * 168
    weights[9] = 1.0
    software = reader(0, 1.0, 0.5, wrong=0.5, noticed_after=90.0, hand_over=3.0)
    [left] = read_by([software], (1.0,), tuple(weights), 5).left
    assert left.comes.share == pytest.approx(0.75)
    assert left.comes.profile is not None
    by_hour = {hour: part for hour, part in enumerate(left.comes.profile) if part}
    assert by_hour == pytest.approx({9: 0.5 / 0.75, 10: 0.125 / 0.75, 11: 0.125 / 0.75})


# Limits -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["[bot, firm, lea]", "[firm, bot, lea]", "[firm, lea, bot]"])
def test_software_that_resolves_nothing_is_not_there(place: str) -> None:
    """Nothing resolved, and no time for hand-overs: all but its own price is as without it."""
    text = TEXT.replace("people: [firm]", "people: [firm: {takes: 30%}, lea: {takes: 60%}]")
    place = place.replace("firm", "firm: {takes: 30%}").replace("lea", "lea: {takes: 60%}")
    place = place.replace("bot", "bot: {resolves: 0%, hand_over: 0 min, takes: 70%}")
    text = text.replace("[bot, firm]", place)
    found, without = option(text=text), option(text=text, name="people")
    assert found.coverage == without.coverage
    for name in ("firm", "lea"):
        assert does(found, name) == does(without, name)
    assert found.total - found.by_category["own time"] == without.total
    assert found.by_category["own time"] == 2 * 52 * 40
    assert not [e for e in found.entries if e.source == "bot" and e.category == "fees"]


def test_software_that_resolves_everything() -> None:
    """It costs messages × price, and everything is answered in time, whatever people do."""
    for text in (TEXT, TEXT.replace("[bot, firm]", "[bot]")):
        found = option(*bot(resolves="100%", wrong="0%"), text=text)
        assert found.total == round(Decimal(420 * 52) * Decimal("0.99"), 2) + 4160
        assert found.coverage.answered_in_time == pytest.approx(1)
        assert found.coverage.answered == pytest.approx(1)
        assert found.coverage.work_done == pytest.approx(1)


def test_software_alone() -> None:
    """What it does not resolve, and what it got wrong, is never answered, and a warning says so."""
    text = TEXT.replace("[bot, firm]", "[bot]")
    found = option(text=text)
    assert found.coverage.answered == pytest.approx(0.48)
    assert found.coverage.answered_in_time == pytest.approx(0.48)
    assert found.coverage.work_done == pytest.approx(0.48)
    read = scenario(text)
    [warning] = [each for each in read.warnings if each.code == "W402"]
    assert "nobody is on duty to answer what software leaves" in warning.message
    assert warning.hint == "add somebody who is on duty"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=2),
    st.sampled_from([0, 0.03, 0.5]),
    st.sampled_from([0.0, 2.0, 9.0]),
    st.sampled_from(PROFILES),
    st.sampled_from(DUTIES),
)
def test_more_resolved_is_less_for_people(
    resolves: list[float], wrong_: float, hand_over: float, profile: str, duty: str
) -> None:
    """People have fewer hours, and more is in time, but for the coarseness of the line's grid."""
    team = (someone(duty, 1.2, 0.05),)
    found = [
        Answers(
            team,
            volume(team, 0.6, 5),
            5,
            profile,
            60,
            OFFICE_HOURS,
            (reader(0, 1.0, share, wrong=wrong_, noticed_after=600.0, hand_over=hand_over),),
        )
        for share in sorted(resolves)
    ]
    less, more = found
    assert more.weekly_hours <= less.weekly_hours + 1e-9
    assert more.answered >= less.answered - 2e-3
    if not wrong_:
        assert more.in_time >= less.in_time - 0.015


def test_its_place_in_the_option_is_nothing_where_it_may_take_all() -> None:
    """It reads messages before people do, wherever it stands."""
    assert option().coverage == option(text=TEXT.replace("[bot, firm]", "[firm, bot]")).coverage


def test_it_learns() -> None:
    """Half as much is resolved in its ramp-up: of four months, two."""
    found = option("horizon=4 months", *bot(ramp_up="2 months", wrong="0%", hand_over="0 min"))
    [fees] = [[e.quantity for e in found.entries if e.unit == "resolution"]]
    a_month = 210 * 52 / 12
    assert sum(fees) == pytest.approx(a_month * (2 * 0.5 + 2))


# Simulation ---------------------------------------------------------------------------------------


class Trial:
    """A random option with software, as the model and as the simulation see it.

    Args:
        seed: of the random numbers.
        low: smallest use of people's time.
        high: largest.
        partly: whether people may take only a part of the messages.
    """

    def __init__(self, seed: int, low: float, high: float, *, partly: bool) -> None:
        random = Random(seed)
        team = []
        for _ in range(random.choice((1, 2, 2, 3))):
            depth = random.choice((1.0, random.uniform(0.6, 1.0), random.uniform(1.0, 2.5)))
            takes = random.choice((1.0, 1.0, random.uniform(0.1, 1.0))) if partly else 1.0
            absent, asks = random.choice((0.01, 0.05, 0.12)), random.choice((0.0, 0.0, 0.2))
            delay = random.choice((0.0, 0.0, 10.0))
            team.append(someone(random.choice(DUTIES), depth, absent, takes, delay, asks, 120.0))
        profile = random.choice(PROFILES)
        each = random.choice((3, 5, 8, 15))
        targets = (15, 30, 60, 120, 240, 480, 1440)
        self.within = random.choice([target for target in targets if target > each])
        readers = []
        for _ in range(random.choice((1, 1, 2))):
            duty = random.choice(("24/7", "24/7", "daily 18:00-09:00", "sat-sun 00:00-24:00"))
            software = Software(
                parse_week(duty),
                random.uniform(0.2, 0.8),
                random.choice((0.0, 0.03, 0.2)),
                random.choice((0.0, 30.0, 240.0, 1440.0)),
                random.choice((0.0, 2.0, 5.0)),
            )
            takes = random.choice((1.0, random.uniform(0.3, 1.0)))
            readers.append(Reader(random.randrange(len(team) + 1), takes, 0.0, software))
        readers.sort(key=lambda one: one.after)
        found = read_by(readers, [one.takes for one in team], profile, each)
        coming = sum([left.comes.share for left in found.left]) * found.service / each
        weekly = volume(team, random.uniform(low, high), each) / coming
        self.found = Answers(
            tuple(team), weekly, each, profile, self.within, OFFICE_HOURS, tuple(readers)
        )
        desks = [
            Desk(
                one.duty.intervals,
                one.depth,
                one.absent,
                one.delay,
                one.escalates,
                one.escalation_delay,
                one.takes,
            )
            for one in team
        ]
        robots = [
            Robot(
                one.after,
                one.software.duty.intervals,
                one.takes,
                one.software.resolves,
                one.software.wrong,
                one.software.noticed_after,
                one.software.hand_over,
            )
            for one in readers
        ]
        case = Case(desks, profile_weights(profile), weekly, each, robots)
        weeks = round(min(2500, max(400, 30_000 / weekly)))
        self.played = Play(case, weeks, seed, warm_up=40)


def test_the_simulation_thins_what_people_get() -> None:
    """The measure itself: people's hours are those of what is left and of what comes back."""
    software = Robot(0, [(0, WEEK)], 1.0, 0.5, 0.1, 90, 3)
    case = Case([Desk([(0, WEEK)], 1)], profile_weights("flat"), 500, 6, [software])
    played = simulate(case, 150, seed=3)
    assert played.resolved[0] == pytest.approx(0.5, abs=0.01)
    assert played.right[0] == pytest.approx(0.45, abs=0.01)
    assert played.busy[0] == pytest.approx(500 * 0.55 * 9 / 60, rel=0.03)
    assert played.answered == pytest.approx(1, abs=0.001)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "high", "partly", "mean", "worst", "share", "answered"),
    [
        # As without software, in points: in time on average and at worst, a share, answered.
        (0.02, 0.5, False, 1.0, 3.0, 6.0, 1.0),
        (0.5, 0.85, False, 1.5, 4.0, 8.0, 2.0),
        (0.85, 1.1, False, 3.0, 8.0, 10.0, 3.0),
        (0.02, 0.5, True, 1.0, 3.0, 6.0, 1.0),
        (0.5, 0.85, True, 1.5, 4.0, 8.0, 2.0),
    ],
)
def test_against_simulation(
    low: float, high: float, partly: bool, mean: float, worst: float, share: float, answered: float
) -> None:
    """Random options of people with one or two softwares before them."""
    in_time, shares, ever, resolved = [], [], [], []
    for seed in range(900, 910):
        trial = Trial(seed, low, high, partly=partly)
        played, found = trial.played, trial.found
        in_time.append(abs(found.in_time - played.within(trial.within)))
        ever.append(abs(found.answered - played.answered))
        pairs = zip(found.shares, played.shares, strict=True)
        shares.append(max(abs(one - other) for one, other in pairs))
        both = zip(found.resolved, played.resolved, strict=True)
        resolved.append(max(abs(one - other) for one, other in both))
    assert 100 * sum(in_time) / len(in_time) <= mean
    assert 100 * max(in_time) <= worst
    assert 100 * max(shares) <= share
    assert 100 * max(ever) <= answered
    assert 100 * max(resolved) <= 1


# What is not given --------------------------------------------------------------------------------


def test_what_is_assumed_says_where_from() -> None:
    """Figures of the vendor with its mark; guesses above zero for what nobody publishes."""
    text = TEXT.replace("country: FR", "country: US")
    start, end = text.index("    price:"), text.index("  firm:")
    assumed = {each.path: each for each in scenario(text[:start] + text[end:]).assumptions}
    price, resolves = assumed["sources.bot.price"], assumed["sources.bot.resolves"]
    assert (price.value, price.confidence) == ("0.99/resolution", "V")
    assert "0.99 $ an outcome" in price.source
    assert (resolves.value, resolves.confidence) == ("67%", "V")
    assert "67 % resolved on average, as claimed" in resolves.source
    for each in (price, resolves):
        assert "Intercom Fin, help page and blog, 2026" in each.source
    for key in ("wrong", "noticed_after", "hand_over", "supervision"):
        found = assumed[f"sources.bot.{key}"]
        assert found.confidence == "G"
        assert not found.value.startswith("0")


def test_a_price_in_dollars_is_a_guess_elsewhere_and_missing_far_off() -> None:
    """A euro is about a dollar; a yen is not."""
    text = TEXT.replace("    price: 0.99/resolution\n", "")
    [price] = [a for a in scenario(text).assumptions if a.path == "sources.bot.price"]
    assert price.confidence == "G"
    far = text.replace("country: FR", "currency: JPY").replace("own_time: 40/h", "own_time: 4000/h")
    far = far.replace("hourly_rate: 50,", "hourly_rate: 5000,").replace(
        "  lea: {kind: freelancer, hourly_rate: 40, on_duty: mon-fri 09:00-17:00}\n", ""
    )
    found = wrong(far)
    assert (found.code, found.place.line if found.place else 0) == ("E202", 9)
    assert found.message == "`sources.bot` says neither `price` nor `retainer`"
    assert "price: 0.99/resolution" in found.hint
    assert codes(far.replace("kind: assistant", "kind: assistant\n    retainer: 9000")) == []


@pytest.mark.parametrize(
    ("key", "value", "code", "says"),
    [
        ("resolves", "120%", "E204", "at most 100"),
        ("wrong", "-1%", "E204", "negative"),
        ("price", "0.99", "E204", "/resolution"),
        ("price", "0.99/day", "E204", "cannot be per day"),
        ("hand_over", "2", "E204", "2 min or 2 h"),
        ("noticed_after", "soon", "E204", "is not a length of time"),
        ("supervision", "-2 h/week", "E204", "negative"),
        ("included", "{posts: 3/month}", "E204", "counted in resolutions"),
        ("included", "20 h/month", "E204", "counted in resolutions"),
        ("hourly_rate", "50", "E201", "`assistant` sources do not take"),
        ("escalates", "10%", "E204", "hands over what it cannot answer"),
    ],
)
def test_bad_values_have_their_place(key: str, value: str, code: str, says: str) -> None:
    """What cannot be is refused where it stands, with a way out."""
    lines = [line for line in TEXT.splitlines() if not line.strip().startswith(f"{key}:")]
    at = lines.index("    kind: assistant") + 1
    text = "\n".join([*lines[:at], f"    {key}: {value}", *lines[at:]])
    found = wrong(text.replace("  lea:", "  #"))
    assert found.code == code
    assert says in f"{found.message} {found.hint}"
    assert where(found)[0] == at + 1
    assert marked(found) in (value, key, "3/month")


def test_a_phase_has_few_of_them() -> None:
    """Each tells messages apart by what became of them: four are read, five refused."""
    names = [f"bot{number}" for number in range(5)]
    sources = "".join([f"  {name}: {{kind: assistant, resolves: 10%}}\n" for name in names])
    text = TEXT.replace("  lea:", f"{sources}  lea:")
    five = text.replace(
        "both: [bot, firm]", f"both: [{', '.join(names)}, firm, bot: {{takes: 0%}}]"
    )
    refused = [each for each in findings(five) if each.code == "E106"]
    assert len(refused) == 1
    assert "a phase has software in at most 4 sources; option `both` has 5" in refused[0].message
    four = text.replace(
        "both: [bot, firm]", f"both: [{', '.join(names[1:])}, firm, bot: {{takes: 0%}}]"
    )
    left = 0.9**4 + 0.1 * 0.03 * (1 + 0.9 + 0.9**2 + 0.9**3)
    found = option(text=four)
    assert does(found, "firm").messages_share == pytest.approx(left)


@pytest.mark.parametrize(
    "kind", ["assistant", "chatbot", "agent conversationnel", "assistant conversationnel"]
)
def test_in_french(kind: str) -> None:
    """Kinds, prices and times as French people write them."""
    text = TEXT.replace("kind: assistant", f"kind: {kind}").replace(
        "0.99/resolution", '"0,99 €/résolution"'
    )
    text = text.replace("supervision: 2 h/week", "supervision: 2 h/semaine")
    assert option(text=text).total == option().total


@pytest.mark.parametrize(
    ("price", "total"),
    [
        ("0.50 per resolution", Decimal("5460.00")),
        ("0.50 an outcome", Decimal("5460.00")),
        ("300/month", Decimal("3600.00")),
        ("1800/half-year", Decimal("3600.00")),
        ("0", Decimal("0.00")),
    ],
)
def test_prices(price: str, total: Decimal) -> None:
    """A price of each resolution or of a month; a retainer and setting up come on top."""
    found = option(*bot(price=price))
    fees = sum([e.amount for e in found.entries if (e.source, e.category) == ("bot", "fees")])
    assert fees == total
    more = option(*bot(price=price, retainer="85/month", setup="500"))
    assert more.total == found.total + 12 * 85 + 500


def test_a_retainer_with_resolutions() -> None:
    """Of 910 resolutions a month 300 are in the retainer of 85; the others cost 0.99."""
    found = option(*bot(retainer="85/month", included="{resolutions: 300/month}"))
    fees = {e.unit: e for e in found.entries if (e.source, e.category) == ("bot", "fees")}
    assert (fees["month"].quantity, fees["month"].amount) == (12, Decimal("1020.00"))
    assert fees["resolution"].quantity == pytest.approx(610 * 12)
    assert fees["resolution"].amount == Decimal("7246.80")
    # More than are resolved: nothing but the retainer.
    plenty = option(*bot(retainer="85/month", included="{resolutions: 911/month}"))
    assert found.total - plenty.total == Decimal("7246.80")


def test_leaving_before_its_time() -> None:
    """Left after 4 of 6 months, or with two months of notice: what a month costs whatever it does.

    A month of the retainer is 85, and resolutions are paid as they come.
    """
    phases = "phases: [{months: 4, sources: [bot, firm]}, {sources: [firm]}]"
    text = TEXT.replace("both: [bot, firm]", f"both: {{{phases}}}")
    for owed in ("min_months", "notice"):
        months = {"min_months": "6 months", "notice": "2 months"}[owed]
        found = option(*bot(retainer="85/month", **{owed: months}), text=text)
        assert found.by_category["exit"] == 2 * 85
        assert found.total - 2 * 85 == option(*bot(retainer="85/month"), text=text).total
    free = option(*bot(min_months="6 months"), text=text)
    assert "exit" not in free.by_category


# Analyses -----------------------------------------------------------------------------------------


def test_from_which_share_on_it_pays() -> None:
    """21,840 × (20/3 × (1 − 0.96 r) + 0.99 r) + 4,160 = 109,200 a year: r = 34.33 %."""
    by_message = 8 / 60 * 50
    share = (21_840 * by_message + 4160 - 109_200) / (21_840 * (0.96 * by_message - 0.99))
    found = breakeven(scenario(TEXT), "people", "both", on="sources.bot.resolves")
    [crossing] = found.found[0].crossings
    assert crossing.at == pytest.approx(share, abs=2e-4)
    assert (crossing.before, crossing.after) == ("people", "both")


def test_its_numbers_are_inputs() -> None:
    """Each of them can be moved, drawn from a range, and has its unit and its words."""
    found = {each.path: each.unit for each in inputs(scenario(TEXT))}
    units = {"price": "EUR/resolution", "resolves": "%", "wrong": "%", "noticed_after": "min"}
    units |= {"hand_over": "min", "supervision": "h/week"}
    for key, unit in units.items():
        assert found[f"sources.bot.{key}"] == unit
    ranged = scenario(TEXT, *bot(resolves="30%..70%", price="0.80..1.20/resolution"))
    people, both = draws(ranged, draws=200, seed=1).options
    assert people.totals.least == people.totals.most
    # From 30 % at 1.20 each to 70 % at 0.80: 21,840 × (20/3 × (1 − 0.96 r) + price × r) + 4,160.
    least = 21_840 * (20 / 3 * (1 - 0.96 * 0.7) + 0.8 * 0.7) + 4160
    most = 21_840 * (20 / 3 * (1 - 0.96 * 0.3) + 1.2 * 0.3) + 4160
    assert 100 * least <= both.totals.least <= both.totals.most <= 100 * most
    assert both.totals.most > both.totals.least * 1.2


@pytest.mark.parametrize("members", ["bot, who: {on_call: null}", "who"])
def test_draws_of_messages_move_what_is_paid_for_them(members: str) -> None:
    """Of software, and of call-outs: they spread from what fewest cost to what most do."""
    text = TEXT.replace("lea:", "who:")
    start = text.index("  who:")
    call = "hours: sat-sun 09:00-21:00, pay: 0/weekend, call_out: 22/h, minimum: 1 h"
    who = "kind: colleague, hourly_wage: 20, hours: 40 h/week, on_duty: mon-fri 09:00-17:00"
    who = f"  who: {{{who}, on_call: {{{call}, reaction: 0 min}}}}\n"
    text = f"{text[:start]}{who}options:\n  who: [{members}]\n"
    few, many = [
        float(option(f"needs.messages.per_week={count}", name="who", text=text).total)
        for count in (200, 600)
    ]
    [drawn] = draws(scenario(text, "needs.messages.per_week=200..600"), draws=300, seed=2).options
    assert many > few + 1000
    assert few <= drawn.totals.least / 100 <= few + 0.2 * (many - few)
    assert many - 0.2 * (many - few) <= drawn.totals.most / 100 <= many


def test_it_is_no_end_of_the_cursor() -> None:
    """Software carries no job: the cursor says why."""
    with pytest.raises(ScenarioError) as refused:
        ends_of(scenario(TEXT), outside="bot")
    [found] = refused.value.diagnostics
    assert found.code == "E312"
    assert "is an assistant" in found.message
    assert "can carry no job alone" in found.message


def test_the_answer_at_a_moment(cli: Cli, tmp_path: Any) -> None:  # noqa: ANN401
    """At night it is software that answers; the week says how much it does."""
    path = tmp_path / "s.yaml"
    path.write_text(TEXT.replace("[bot, firm]", "[bot, lea]"), encoding="utf-8")
    said = " ".join(cli("coverage", path, "both", "--at", "sun 03:00").out.split())
    assert "nobody is on duty; software answers 48% of the messages" in said
    week = " ".join(cli("coverage", path, "both").out.split())
    assert "software, 24/7: answers 48% at once" in week


# Signals ------------------------------------------------------------------------------------------

PEOPLE = TEXT.replace("people: [firm]", "people: [firm]\n  night: [bot, lea]")


def heard(*overrides: str, text: str = PEOPLE) -> Mapping[str, tuple[set[str], set[str]]]:
    """The options that each rule speaks for and against."""
    found = cmsource.compare(scenario(text, *overrides)).signals
    return {each.rule: ({*each[1]}, {*each[2]}) for each in found}


def test_signals_for_and_against() -> None:
    """Consumers in the evening speak for it; authentic content and technical B2B against."""
    both = {"both", "night"}
    evening = ("context.market=b2c", "needs.messages.profile=evening")
    assert heard(*evening)["consumers after hours"] == (both, set())
    office = ("context.market=b2c", "needs.messages.profile=office")
    assert "consumers after hours" not in heard(*office)
    assert "consumers after hours" not in heard("needs.messages.profile=evening")
    authentic = heard("context.content=authentic")
    assert authentic["software for authentic content"] == (set(), both)
    technical = heard("context.expertise=technical", "context.market=b2b")
    assert technical["software for technical B2B"] == (set(), both)
    # One that takes no messages is no reason.
    silent = heard("context.content=authentic", *bot(takes="{messages: 0%}"))
    assert "software for authentic content" not in silent


def test_it_carries_no_job() -> None:
    """Who carries the job is told from the people; software alone is in no family."""
    read = scenario(PEOPLE)
    bot_, lea, firm = (read.sources[name] for name in ("bot", "lea", "firm"))
    assert family_of(((bot_, firm),)) == family_of(((firm,),))
    assert family_of(((bot_, lea),)) == family_of(((lea,),))
    assert family_of(((bot_,),)) == OTHER
