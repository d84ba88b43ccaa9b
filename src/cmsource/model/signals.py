"""Signals: rules of judgement that speak for or against ways to organise the job.

The rules are data, in `RULES`. They look at what the scenario says about itself and at what each
option turned out to be; they never change a figure. All of them are judgement, after the advice
that agencies and consultants publish; where a rule rests on a number, its origin says so.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from cmsource.results.comparison import Signal
from cmsource.results.option import OptionResult
from cmsource.scenario.arrivals import share_within
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.language import listed, say
from cmsource.values.week_reader import parse_week

OUTSIDE = "outside"
HYBRID = "hybrid"
IN_HOUSE = "in-house"
COACHED = "coached"
PHASED = "phased"
OTHER = "other"

FAMILIES = {
    OUTSIDE: "providers alone",
    HYBRID: "providers and people of the company side by side, in every phase",
    IN_HOUSE: "people of the company alone",
    COACHED: "people of the company with a coach",
    PHASED: "providers at first, people of the company alone at the end",
    OTHER: "any other change of hands",
}
"""The families of options that rules speak of, by who carries the job."""

ROUND_THE_CLOCK = 160.0
"""Hours of cover a week, of 168, from which on it counts as round the clock."""
SOON = 2.0
"""Months within which going live is a wish for speed."""
LONG_TRIED = 12.0
"""Months after which a try without result says something."""
SEVERAL_SKILLS = 4
"""Skills of which one person seldom has all."""
OUT_OF_OFFICE = 0.5
"""Share of the messages outside Monday to Friday 9:00 to 18:00, from which on most come then."""
PEAK = 2.0
"""How many times the work of the slackest month makes the busiest one a high season."""
MOST = 0.5
"""Share of the watch that has to remain when the one who matters most is gone."""

COMMERCIAL = frozenset(
    (
        *("ads", "advertising", "acquisition", "conversion", "leads", "prospects", "revenue"),
        *("sales", "targeting", "ventes", "publicité", "ciblage"),
    )
)
"""Words of a goal, and names of skills, that say that the presence is to sell."""

_OFFICE = parse_week("mon-fri 09:00-18:00")
_ADVICE = say("judgement, after the published advice of agencies and consultants")


Phases = tuple[tuple[Source, ...], ...]
"""The sources of each phase of an option."""


class Rule(NamedTuple):
    """One rule of judgement.

    Attributes:
        name: what it is about, in a few words.
        when: whether the scenario gives cause for it.
        speaks_for: families that it speaks for.
        speaks_against: families that it speaks against.
        reason: why, in a sentence or two.
        origin: where the judgement is from.
        only: which options of its families it speaks for; all of them where not given.
        found: what in an option speaks against it, None for nothing; asked where given.
    """

    name: str
    when: Callable[[Scenario], bool]
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    reason: str
    origin: str = _ADVICE
    only: Callable[[Phases], bool] | None = None
    found: Callable[[Phases, OptionResult, Scenario], tuple[str, ...] | None] | None = None


def signals(scenario: Scenario, results: Mapping[str, OptionResult]) -> tuple[Signal, ...]:
    """The signals of a scenario, in the order of `RULES`; one that meets no option is left out."""
    options = {option.name: sources_of(option) for option in scenario.options}
    families = {name: family_of(phases) for name, phases in options.items()}
    called = {each.name: each.label for each in scenario.options if each.label == each.name}

    def signal_of(rule: Rule) -> Signal:
        speaks_for, against = [], []
        where: dict[str, list[str]] = {}
        for name, phases in options.items():
            family = families[name]
            if family in rule.speaks_for and (rule.only is None or rule.only(phases)):
                speaks_for.append(name)
            found = None if rule.found is None else rule.found(phases, results[name], scenario)
            if family in rule.speaks_against or found is not None:
                against.append(name)
            for what in found or ():
                where.setdefault(what, []).append(called.get(name, name))
        here = [
            listed([what, listed(["(", listed(names), ")"], "")], " ")
            for what, names in where.items()
        ]
        reason = rule.reason
        if here:
            reason = listed([reason, say("Here: {what}.", what=listed(here, say("; ")))], " ")
        return Signal(rule.name, tuple(speaks_for), tuple(against), reason, rule.origin)

    heard = (signal_of(rule) for rule in RULES if rule.when(scenario))
    return tuple(signal for signal in heard if signal.speaks_for or signal.speaks_against)


def sources_of(option: Option) -> Phases:
    """The sources of each phase of an option."""
    return tuple(phase.sources for phase in option.phases)


def family_of(phases: Phases) -> str:
    """The family of an option, from the sources of each of its phases."""
    if any(all(who.software for who in phase) for phase in phases):
        return OTHER
    carried = [_carriers(phase) for phase in phases]
    first, last = carried[0], carried[-1]
    if last != IN_HOUSE:
        return first if all(each == first for each in carried) else OTHER
    if all(each == IN_HOUSE for each in carried):
        return COACHED if any(who.teaches for phase in phases for who in phase) else IN_HOUSE
    return OTHER if first == IN_HOUSE else PHASED


def _carriers(phase: tuple[Source, ...]) -> str:
    """Who carries a phase: a coach carries none, and alone is a provider like others."""
    if not any(who.in_house for who in phase):
        return OUTSIDE
    return HYBRID if any(_outside(who) for who in phase) else IN_HOUSE


def _outside(source: Source) -> bool:
    """Whether a source carries the job from outside."""
    return not (source.in_house or source.teaches or source.software)


def _fast(scenario: Scenario) -> bool:
    live = scenario.require.live_within
    in_a_hurry = scenario.context.speed or (live is not None and live <= SOON)
    return in_a_hurry and scenario.context.goal is not None


def _tried(scenario: Scenario) -> bool:
    context = scenario.context
    tried = context.tried_in_house
    return tried is not None and tried >= LONG_TRIED and context.result == "none"


def _commercial(scenario: Scenario) -> bool:
    words = set((scenario.context.goal or "").casefold().replace(",", " ").split())
    skills = {skill.casefold() for skill in scenario.needs.all_skills}
    return bool(COMMERCIAL & (words | skills))


def _technical(scenario: Scenario) -> bool:
    return scenario.context.expertise == "technical" and scenario.context.market == "b2b"


def _consumers_at_night(scenario: Scenario) -> bool:
    messages = scenario.needs.messages
    if messages is None or scenario.context.market != "b2c":
        return False
    return 1 - share_within(messages.profile, _OFFICE) >= OUT_OF_OFFICE


def _several_skills(scenario: Scenario) -> bool:
    needed = set(scenario.needs.all_skills)
    ours = (who for who in scenario.sources.values() if who.in_house)
    return len(needed) >= SEVERAL_SKILLS and not any(needed <= set(who.skills) for who in ours)


def _has_software(phases: Phases) -> bool:
    """Whether software answers messages in every phase."""
    return all(any(_reads(who) for who in phase) for phase in phases)


def _reads(source: Source) -> bool:
    return source.software and source.largest_share("messages") > 0


def _lets_software_answer(
    phases: Phases, _result: OptionResult, _scenario: Scenario
) -> tuple[str, ...] | None:
    """Whether software answers messages in some phase."""
    return () if any(_reads(who) for phase in phases for who in phase) else None


def _high_season(scenario: Scenario) -> bool:
    needs = scenario.needs
    hours = [needs.at(level).weekly_hours for level in needs.levels()]
    return len(hours) > 1 and max(hours) > 0 and max(hours) >= PEAK * min(hours)


def _has_a_team(phases: Phases) -> bool:
    """Whether every phase has a provider that is more than one person."""
    return all(any(who.replaced for who in phase) for phase in phases)


def _rests_on_one(
    phases: Phases, result: OptionResult, scenario: Scenario
) -> tuple[str, ...] | None:
    """Skills that one person alone has, and the watch where most of it rests on one."""
    lone: dict[str, None] = {}
    watch = False
    for phase, figures in zip(phases, result.phases, strict=True):
        for skill in scenario.needs.all_skills:
            able = [who for who in phase if skill in who.skills]
            people = sum(figures.sources[who.name].headcount for who in able)
            if people == 1 and not (able[0].replaced or able[0].teaches):
                lone[skill] = None
        left = figures.coverage.continuity
        watch = watch or (left is not None and left < MOST)
    return (*lone, *((say("most of the watch"),) if watch else ())) or None


def _without_contact(
    phases: Phases, _result: OptionResult, _scenario: Scenario
) -> tuple[str, ...] | None:
    """Whether a phase is carried from outside with nobody in-house to turn to."""
    lacking = any(
        any(_outside(who) for who in phase) and not any(w.in_house or w.is_steered for w in phase)
        for phase in phases
    )
    return () if lacking else None


RULES = (
    Rule(
        say("fast start"),
        _fast,
        (OUTSIDE, HYBRID, PHASED),
        (),
        say(
            "The goal is clear and it has to go fast: a provider starts with its method and its "
            "team, a hire has to be found and to learn first."
        ),
    ),
    Rule(
        say("tried in-house"),
        _tried,
        (OUTSIDE, HYBRID),
        (IN_HOUSE,),
        say(
            "A year or more in-house brought no result. Check the organisation first (time given, "
            "goal, approvals): what is wrong there, no provider mends. If it is sound, change "
            "hands."
        ),
    ),
    Rule(
        say("vertical approvals"),
        lambda s: s.context.approvals == "vertical",
        (OUTSIDE,),
        (IN_HOUSE, COACHED),
        say(
            "If the chain of approvals cannot be lifted, in-house people wait for it; a provider "
            "settles beforehand what it may say, and answers within that."
        ),
    ),
    Rule(
        say("niche audience"),
        lambda s: s.context.audience == "niche",
        (IN_HOUSE, COACHED),
        (OUTSIDE,),
        say(
            "A small audience such as investors or partners wants to talk to somebody who knows "
            "the company and may speak for it."
        ),
    ),
    Rule(
        say("commercial aims"),
        _commercial,
        (OUTSIDE, HYBRID, PHASED),
        (),
        say(
            "To sell (targeting, ads) takes skills and tools that providers share among their "
            "clients."
        ),
    ),
    Rule(
        say("several skills"),
        _several_skills,
        (OUTSIDE, HYBRID),
        (),
        say(
            "The job takes several skills, of which nobody in-house has all: a team of different "
            "people brings them sooner than one hire."
        ),
        only=_has_a_team,
    ),
    Rule(
        say("technical B2B"),
        _technical,
        (COACHED,),
        (OUTSIDE,),
        say(
            "Professionals ask precise questions: an expert of the company learns to run a page "
            "from a coach sooner than a provider learns the subject."
        ),
    ),
    Rule(
        say("round the clock"),
        lambda s: s.needs.cover.hours >= ROUND_THE_CLOCK,
        (OUTSIDE, HYBRID),
        (IN_HOUSE, COACHED),
        say(
            "Nights and weekends take several people, who have little to do in most hours: a "
            "provider shares them among its clients, at least for the base."
        ),
        say("judgement: a week has 168 hours, one contract covers a fifth of them"),
        _has_a_team,
    ),
    Rule(
        say("high season"),
        _high_season,
        (OUTSIDE, HYBRID),
        (IN_HOUSE, COACHED),
        say(
            "People on a contract have little to do for most of the year if there are enough of "
            "them in the high season; a provider bills what it does. It has to learn your tone "
            "before the season begins."
        ),
        say("judgement, after the published advice of firms that answer for shops (Sourcefit)"),
    ),
    Rule(
        say("authentic content"),
        lambda s: s.context.content == "authentic",
        (IN_HOUSE, COACHED, HYBRID),
        (OUTSIDE,),
        say(
            "What has to be authentic and made on the spot is made by somebody who is there: keep "
            "at least this part in-house."
        ),
    ),
    Rule(
        say("consumers after hours"),
        _consumers_at_night,
        tuple(FAMILIES),
        (),
        say(
            "Consumers write in the evening and at the weekend, and ask much the same: software "
            "answers that on a Saturday night, when nobody else does."
        ),
        only=_has_software,
    ),
    Rule(
        say("software for authentic content"),
        lambda s: s.context.content == "authentic",
        (),
        (),
        say(
            "What has to sound like somebody who was there cannot come from software: let it "
            "answer about prices and opening hours only (`takes`)."
        ),
        found=_lets_software_answer,
    ),
    Rule(
        say("software for technical B2B"),
        _technical,
        (),
        (),
        say(
            "Professionals ask precise questions, seldom the same twice: software resolves fewer "
            "of them than its vendor claims, and a wrong answer costs more than a late one."
        ),
        found=_lets_software_answer,
    ),
    Rule(
        say("growing maturity"),
        lambda s: s.context.maturity == "growing",
        (PHASED, COACHED),
        (OUTSIDE,),
        say(
            "As the company learns, the job can come in-house step by step, with a coach beside it."
        ),
    ),
    Rule(
        say("one person alone"),
        lambda _: True,
        (),
        (),
        say("What one person alone can do stops when that person is away or leaves."),
        say(
            "judgement; one person alone does the job in 42 % of companies (Ragan and Go-Gulf, "
            "quoted in trade articles; dated)"
        ),
        found=_rests_on_one,
    ),
    Rule(
        say("no contact in-house"),
        lambda _: True,
        (),
        (),
        say(
            "A provider needs somebody informed in the company to turn to; give the option a "
            "person, or the provider `coordination` hours."
        ),
        found=_without_contact,
    ),
)
"""Every rule, in the order in which signals are shown."""
