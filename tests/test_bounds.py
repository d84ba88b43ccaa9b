"""Lower bounds of what organisations cost: by hand, and against scans of all that there are."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, permutations, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.best.bound import Bounds
from cmsource.analysis.best.floors import Floors
from cmsource.analysis.best.freedom import Freedom
from cmsource.analysis.best.hull import least, lower_hull
from cmsource.analysis.best.judge import Judge, Score
from cmsource.analysis.best.needed import Needed
from cmsource.analysis.best.organisation import Builder, Organisation, Part
from cmsource.model.setting import setting_of
from cmsource.reports.best import BestReport
from cmsource.values.diagnostics import ScenarioError
from cmsource.writers import terminal
from cmsource.writers.page import Page
from strategies import agency, colleague, read, scenario
from test_best import cheapest

_STEP = 1 / 600
"""Of its amount a bill that is not in proportion is known so finely."""


def posts(sources: Mapping[str, Any], work: Mapping[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A year of planned work, all of which is asked for unless it is said otherwise."""
    first = next(iter(sources))
    return scenario(sources, {first: [first]}, work=work, **{"require": ALL, **more})


def bound_of(data: Mapping[str, Any], *names: str) -> float:
    """The bound of some sources, in units of the currency."""
    chosen = read(dict(data))
    setting = setting_of(chosen)
    return Bounds(Builder(setting), Freedom(setting, (), ())).of(names) / 100


ALL = {"work_done": "100%"}
POSTS = {"posts": {"per_week": 3, "hours_each": 2}}
REELS = {"reels": {"per_week": 1, "hours_each": 4}}


def firm(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """An agency that sells by the piece and nothing else, unless it is said otherwise."""
    return agency(**{"hourly_rate": 0, **fields})


# By hand ------------------------------------------------------------------------------------------


def test_posts_by_the_piece_cost_their_price() -> None:
    """3 a week at 60: 3 x 52 x 60 = 9,360 a year."""
    found = bound_of(posts({"firm": firm(per={"posts": 60})}, POSTS), "firm")
    assert 9_359 <= found <= 9_360


def test_each_activity_costs_what_the_cheapest_takes_for_it() -> None:
    """Posts at 60 or 90, reels at 300 or 200: 3 x 52 x 60 + 52 x 200 = 19,760."""
    sources = {
        "one": firm(per={"posts": 60, "reels": 300}),
        "two": firm(per={"posts": 90, "reels": 200}),
    }
    found = bound_of(posts(sources, {**POSTS, **REELS}), "one", "two")
    assert 19_759 <= found <= 19_760


def test_the_dearest_work_is_left_undone() -> None:
    """Of 10 h a week 6 are asked for: 2 an hour for posts of 6 h, 100 for a reel of 4 h.

    All posts are 6 h. 3 x 52 x 4 = 624.
    """
    sources = {"one": firm(per={"posts": 4, "reels": 400})}
    data = posts(sources, {**POSTS, **REELS}, require={"work_done": "60%"})
    assert 623 <= bound_of(data, "one") <= 624


def test_who_takes_only_a_part_leaves_the_rest_to_the_dearer() -> None:
    """The cheap one takes a third of the posts: 52 x 20 + 2 x 52 x 90 = 10,400."""
    cheap = firm(per={"posts": 20}, takes={"posts": "33.333333%"})
    sources = {"one": cheap, "two": firm(per={"posts": 90})}
    assert bound_of(posts(sources, POSTS), "one", "two") == pytest.approx(10_400, rel=2 * _STEP)


def test_who_lacks_the_skill_takes_nothing_of_it() -> None:
    """Films at 200 with somebody who can make them, although another one asks 10 for them."""
    film = {"reels": {"per_week": 1, "hours_each": 4, "skills": ["film"]}}
    sources = {
        "one": firm(per={"reels": 10}),
        "two": firm(per={"reels": 200}, skills=["film"]),
    }
    assert bound_of(posts(sources, film), "one", "two") == pytest.approx(10_400, rel=2 * _STEP)


def test_what_is_included_costs_nothing_more() -> None:
    """A retainer of 300 with 8 posts of the 13 a month: 12 x (300 + 5 x 60) = 7,200.

    The bound is the lower convex hull of the cost, which is what it costs at both ends.
    """
    one = firm(retainer=300, included={"posts": "8/month"}, per={"posts": 60})
    found = bound_of(posts({"firm": one}, POSTS), "firm")
    assert 7_200 * 0.99 <= found <= 7_200


def test_approving_by_the_post_comes_on_top_of_hours() -> None:
    """6 h a week at 50 and 3 posts that take 10 minutes of own time at 30 each: 3 x 52 x 5."""
    one = agency(hourly_rate=50, approval={"minutes_each": 10, "delay": "0 days"})
    data = posts({"firm": one}, POSTS, own_time=30)
    assert bound_of(data, "firm") == pytest.approx(6 * 52 * 50 + 780, rel=2 * _STEP)


def test_somebody_in_house_is_cheaper_than_the_piece() -> None:
    """6 h at 30 are 180 a week, less than 3 posts at 90; a reel of 4 h is 120 against 100.

    52 x (180 + 100) = 14,560.
    """
    sources = {"firm": firm(per={"posts": 90, "reels": 100}), "lea": colleague()}
    found = bound_of(posts(sources, {**POSTS, **REELS}), "lea", "firm")
    assert found == pytest.approx(14_560, rel=2 * _STEP)


def test_answers_of_software_cost_their_price() -> None:
    """Half of 20 messages a day: 10 x 7 x 52 x 0.50 = 1,820, which no person answers for less."""
    bot = {"kind": "assistant", "resolves": "50%", "wrong": 0, "on_duty": "24/7"}
    bot |= {"per": {"resolutions": 0.5}, "supervision": 0}
    data = scenario(
        {"bot": bot}, {"bot": ["bot"]}, messages={"per_day": 20}, require={"answered": "50%"}
    )
    assert bound_of(data, "bot") == pytest.approx(1_820, rel=2 * _STEP)


def test_the_gap_is_said_where_all_is_sold_by_the_piece() -> None:
    """13 h at 30 and a reel at 10 a week: 52 x (390 + 10) = 20,800, and nothing costs less."""
    sources = {
        "lea": colleague(),
        "firm": agency(retainer=0, included="0 h/month", per={"reels": 10}),
    }
    work = {"content": "10 h/week", "reporting": "3 h/week"}
    data = posts(sources, {**work, "reels": {"per_week": 1, "hours_each": 1}})
    found = cmsource.best(read(data))
    assert found.found is not None
    assert found.found.total_cents == 20_800_00
    assert found.gap == pytest.approx(0, abs=2 * _STEP)
    assert "costs less than" in terminal.write(BestReport(found), Page())


# Parts of it --------------------------------------------------------------------------------------

_AMOUNTS = st.integers(0, 40).map(lambda n: n / 4)


@given(
    st.lists(st.tuples(st.integers(1, 8), st.integers(0, 30)), min_size=1, max_size=6),
    st.integers(0, 5),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=4),
)
def test_the_least_is_that_of_all_hours(
    lengths: list[tuple[int, int]], first: int, steps: list[tuple[int, int]]
) -> None:
    """Every hour of a hull, less what its dearest hours are worth."""
    x, cents, points = first, 0, [(float(first), 0.0)]
    for length, more in lengths:
        x, cents = x + length, cents + more
        points.append((float(x), float(cents)))
    hull = lower_hull(points)
    dear = sorted([(float(a), float(b)) for a, b in steps], reverse=True)

    def worth(hours: float) -> float:
        found = 0.0
        for each, most in dear:
            found += each * min(hours, most)
            hours -= min(hours, most)
        return found

    def cost(hours: float) -> float:
        for (low, a), (high, b) in pairwise(hull):
            if low <= hours <= high:
                return a + (b - a) * (hours - low) / (high - low)
        return hull[0][1]

    every = [first + n / 4 for n in range(4 * (x - first) + 1)]
    assert least(hull, dear) == pytest.approx(min(cost(h) - worth(h) for h in every))


@given(
    st.lists(st.tuples(_AMOUNTS, _AMOUNTS, _AMOUNTS), min_size=1, max_size=3),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_the_least_worth_is_that_of_all_ways_to_choose(
    kinds: list[tuple[float, float, float]], share: int, messages: int
) -> None:
    """Every quarter of what can be done of each kind, as far as it is what is asked for."""
    names = ["messages", "posts", "reels"][: len(kinds)]
    hours = {name: kind[0] for name, kind in zip(names, kinds, strict=True)}
    able = {name: min(kind[:2]) for name, kind in zip(names, kinds, strict=True)}
    worth = {name: kind[2] for name, kind in zip(names, kinds, strict=True)}
    asked = Needed(hours, hours, sum(hours.values()), share / 4, messages / 4, 0.0)
    found = asked.least_worth(worth, able)
    choices = product(*[[able[name] * n / 4 for n in range(5)] for name in names])
    enough = [
        sum(a * worth[name] for a, name in zip(each, names, strict=True))
        for each in choices
        if sum(each) >= asked.share * sum(hours.values()) - 1e-9
        and each[0] >= asked.messages * hours["messages"] - 1e-9
    ]
    assert not enough or found is not None
    if found is not None and enough:
        assert found <= min(enough) + 1e-9


# Scans --------------------------------------------------------------------------------------------


def sellers() -> st.SearchStrategy[dict[str, Any]]:
    """Agencies that sell posts and reels by the piece, in tiers, in packages, by the hour."""
    price = st.integers(5, 200)
    tiers = st.tuples(st.integers(2, 12), price, price).map(
        lambda t: [{"up_to": t[0], "price": t[1]}, {"price": t[2]}]
    )
    apiece = st.one_of(price, tiers)

    def made(per: dict[str, Any], way: str, rate: int, extra: Mapping[str, Any]) -> dict[str, Any]:
        data = {"per": per, **({"tiers": way} if per else {}), "hourly_rate": rate, **extra}
        return agency(**{key: value for key, value in data.items() if value != {}})

    return st.builds(
        made,
        st.dictionaries(st.sampled_from(["posts", "reels"]), apiece, max_size=2),
        st.sampled_from(["whole", "marginal"]),
        st.integers(0, 90),
        st.sampled_from(
            [
                {},
                {"retainer": 200, "included": {"posts": "5/month"}},
                {"retainer": 150, "included": "6 h/month"},
                {"retainer": 100, "included": {"reels": "2/month", "hours": "4 h/month"}},
                {"approval": {"minutes_each": 20, "delay": "0 days"}},
                {"takes": {"posts": "50%"}},
                {"max_hours": "6 h/week", "ramp_up": 2},
            ]
        ),
    )


SHARES = (0, 50, 100)


def every(sources: Sequence[str], inside: Sequence[float]) -> Iterator[list[Any]]:
    """Every order of some sources, share of each activity, and hours of who is in-house."""
    kinds = ("posts", "reels", "reporting")
    for order in permutations(sources):
        choices = [
            [
                {"takes": {k: f"{s}%" for k, s in zip(kinds, shares, strict=True)}}
                for shares in product(SHARES, repeat=len(kinds))
            ]
            for _ in order[:-1]
        ]
        for hours in inside if "lea" in sources else (0.0,):
            # The last one takes what is left.
            for chosen in product(*choices):
                said: list[dict[str, Any]] = [*[dict(each) for each in chosen], {}]
                option = []
                for name, values in zip(order, said, strict=True):
                    if name == "lea":
                        values["hours"] = f"{hours} h/week"
                    option.append({name: values} if values else name)
                yield option


@pytest.mark.slow
@settings(max_examples=40)
@given(
    sellers(),
    st.one_of(sellers(), st.just(colleague(on_duty="mon-fri 09:00-09:30"))),
    st.integers(30, 100),
    st.integers(1, 4),
    st.sampled_from([{}, {"vendors": "6%/year"}]),
    st.sampled_from([{}, {"nov-dec": "200%"}]),
)
def test_nothing_costs_less_than_the_bound(
    one: dict[str, Any],
    two: dict[str, Any],
    done: int,
    reels: int,
    prices: dict[str, str],
    seasons: dict[str, str],
) -> None:
    """Of activities sold in all ways: every order, share and hour of a grid is read again."""
    for each in (one, two):
        # What an option lets a source take beyond that is not what the search may do.
        assume("takes" not in each)
    other = "lea" if two["kind"] == "colleague" else "two"
    work = {**POSTS, "reels": {"per_month": reels, "hours_each": 3}, "reporting": "2 h/week"}
    data = posts({"one": one, other: two}, work, require={"work_done": f"{done}%"})
    data |= {"horizon": 18, **({"prices": prices} if prices else {})}
    if seasons:
        data["needs"]["seasons"] = seasons
    options = [["one"], *every(["one", other], [3, 6, 10, 14])]
    options += [[other]] if other == "two" else [[{"lea": {"hours": "14 h/week"}}]]
    try:
        lowest = cheapest(data, options)
        chosen = read(data)
    except ScenarioError:
        assume(False)
    assume(lowest is not None)
    assert lowest is not None
    setting = setting_of(chosen)
    bounds = Bounds(Builder(setting), Freedom(setting, (), ()))
    sets = (["one"], [other], ["one", other])
    for fine in (True, False):
        assert min(bounds.of(each, fine=fine) for each in sets) <= lowest + 1e-6
    assert bounds.of_any(["one", other]) <= lowest + 1e-6
    found = cmsource.best(chosen, effort=20)
    assert found.found is not None
    assert found.bound_cents is not None
    assert found.bound_cents <= min(lowest, found.found.total_cents)


@pytest.mark.slow
@settings(max_examples=25)
@given(sellers(), sellers(), st.integers(50, 100), st.data())
def test_what_is_passed_over_is_no_better(
    one: dict[str, Any], two: dict[str, Any], done: int, data: st.DataObject
) -> None:
    """Found out in steps, and by bounds learned on the way, as by working it out."""
    work = {**POSTS, "reels": {"per_month": 3, "hours_each": 3}, "reporting": "2 h/week"}
    sources = {"one": one, "two": two, "lea": colleague(on_duty="mon-fri 09:00-09:30")}
    try:
        chosen = read(posts(sources, work, require={"work_done": f"{done}%"}))
    except ScenarioError:
        assume(False)
    setting = setting_of(chosen)
    builder = Builder(setting)
    floors = Floors(Bounds(builder, Freedom(setting, (), ())))
    judge = Judge(builder, floors)
    plain = Judge(builder, Floors(Bounds(builder, Freedom(setting, (), ()))))
    known: Score | None = None
    for number in range(20):
        organisation = data.draw(organisations(list(sources)), label=f"organisation {number}")
        score = plain.score(organisation)
        if score.fits:
            assert floors.of(organisation) <= score.cents + 1e-3
            judge.learn(organisation, score.cents)
            assert floors.of(organisation) <= score.cents + 1e-3
        if known is not None:
            assert judge.better(organisation, known) == (score if score < known else None)
        if known is None or score < known:
            known = score


@st.composite
def organisations(draw: st.DrawFn, names: Sequence[str]) -> Organisation:
    """Some of the sources in some order, with other shares and hours."""
    order = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    parts = []
    for name in order:
        takes = draw(
            st.dictionaries(
                st.sampled_from(["posts", "reels", "reporting"]),
                st.sampled_from([0.0, 0.25, 0.5, 1.0]),
            )
        )
        hours = draw(st.sampled_from([0.0, 3.0, 5.25, 12.0])) if name == "lea" else 0.0
        parts.append(Part(name, hours=hours, takes=tuple(sorted(takes.items()))))
    return tuple(parts)
