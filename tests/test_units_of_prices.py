"""What an amount is for one of: a unit that agrees with its key is read, another is refused."""

import pytest

import cmsource
from cmsource.analysis.inputs.inputs import number_in
from cmsource.reading.load import read_text
from cmsource.scenario.kinds.agency import Agency
from cmsource.scenario.unit_names import is_one_of
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import Language
from cmsource.values.quantities import QuantityError
from readings import only

NEEDS = """\
country: FR
needs:
  cover: mon-fri 9-17
  messages: {per_day: 5}
  work: {posts: {per_month: 20, hours_each: 1.5}, reels: {per_month: 2, hours_each: 3}}
"""


def seller(prices: str) -> str:
    """A scenario with one agency and its prices, on line 7."""
    return f"{NEEDS}sources:\n  a: {{kind: agency, {prices}}}\noptions: {{a: [a]}}\n"


def hiring(source: str, tools: str = "{}") -> str:
    """A scenario with one employee, and software."""
    return f"""\
country: FR
needs: {{work: {{content: 9 h/week}}}}
tools: {tools}
sources: {{a: {{kind: employee{source}}}}}
options: {{a: [a]}}
"""


def errors(text: str) -> list[Diagnostic]:
    """What is wrong with a scenario, warnings apart."""
    return [each for each in read_text(text).diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    ("price", "read"),
    [
        ("60", 60),
        ("60 €/post", 60),
        ("60 € / Post", 60),
        ("60/posts HT", 60),
        ("60 € HT par post", 60),
        ("60 per post", 60),
        ("€60 a post", 60),
        ("60 for each post", 60),
        ("60 € par publication", 60),
        ("60 €/publication", 60),
        ("60 € la publication", 60),
        ("60 € par post publié", 60),
        ("60 € la publication rédigée", 60),
        ("60 € pièce", 60),
        ("60 € la pièce", 60),
        ("60 € à l'unité", 60),
        ("60 € l’unité", 60),
        ("60 each", 60),
        ("1,2 k€/post", 1200),
        ("50..70 €/post", 60),
        ("50 à 70 € la publication", 60),
        ("{low: 50 €/post, high: 70 €/publication}", 60),
    ],
)
def test_a_unit_that_agrees(price: str, read: float) -> None:
    """The price of a post may say so, in English and in French."""
    for written in (f"per_post: {price}", f"per: {{posts: {price}}}"):
        quoted = written if price.startswith("{") else written.replace(price, f'"{price}"')
        source = cmsource.loads(seller(quoted)).sources["a"]
        assert isinstance(source, Agency)
        assert source.per == {"posts": read}


@pytest.mark.parametrize(
    ("prices", "at"),
    [
        ("per_post: 60 €/reel", "60 €/reel"),
        ("per: {posts: 60 €/reel}", "60 €/reel"),
        ("per_post: 60 € le réel", "60 € le"),
        ("per_post: 60 € par message traité", "60 €"),
        ("per_message: 60 per post", "60 per"),
        ("per_post: 50..60 €/reel", "50..60"),
        ("per_post: {low: 50 €/post, high: 60 €/reel}", "60 €/reel"),
        ("per_post: [{up_to: 5, price: 60/post}, {price: 9/reel}], tiers: whole", "9/reel"),
        ("per_post: 60/post/reel", "60/post"),
        ("per_post: 60/resolution", "60/res"),
        ("per_post: 60/post/month", "60/post"),
        ("per_post: 60 € mensuels", "60 €"),
        ("per_post: 60 €/h", "60 €/h"),
        ("per_post: 60 €/minute", "60 €/m"),
        ("per_post: 60 total", "60 total"),
        ("per_post: 60/2", "60/2"),
        ("per_post: 60/", "60/"),
        ("hourly_rate: 60 €/post", "60 €"),
        ("retainer: 900 €/post", "900"),
        ("retainer: 900 € par mois et par personne", "900"),
        ("packages: {posts: [{up_to: 15, price: 800/post}]}", "800"),
        ("watch: 900/message", "900"),
        ("setup: 900 €/projet", "900"),
        ("ad_spend: {share: 12%, minimum: 300/campaign}", "300"),
    ],
)
def test_a_unit_that_contradicts(prices: str, at: str) -> None:
    """What is the price of something else is refused where it stands, with a way out."""
    text = seller(prices)
    found = only([each for each in errors(text) if each.code == "E204"])
    assert found.hint
    assert found.place is not None
    assert found.place.line == 7
    assert text.splitlines()[6][found.place.column - 1 :].startswith(at)


def test_every_contradiction_is_told() -> None:
    """One line each, in the order of the file."""
    found = errors(seller("per: {posts: 60/reel, reels: 90/post, messages: 1/post}"))
    assert [each.place.path for each in found if each.place] == [
        "sources.a.per.posts",
        "sources.a.per.reels",
        "sources.a.per.messages",
    ]
    assert found[0].message.endswith('the price of one of posts, and cannot be that of "reel"')
    assert found[0].hint == "leave the unit out, or write the price under per_reel"


@pytest.mark.parametrize(
    ("price", "way_out"),
    [
        ("60 €/reel", "under per_reel"),
        ("60 €/post/reel", "under per_reel"),
        ("60 €/story instagram", "under per_story_instagram"),
        ("600 € le lot de 10", "write the price of one of posts"),
        ("60 €/post ou 50 €/reel", "write the price of one of posts"),
        ("60 € le post + 5 €", "write the price of one of posts"),
        ("600/10 posts", "write the price of one"),
    ],
)
def test_the_way_out_can_be_taken(price: str, way_out: str) -> None:
    """A key is named where the unit could be one."""
    assert way_out in only(errors(seller(f"per_post: {price}"))).hint


@pytest.mark.parametrize(
    ("price", "message", "hint"),
    [
        ("60 €/2 posts", "60 € for 2 posts", "30"),
        ("61€ / 2 posts", "61€ for 2 posts", "30.5"),
        ("600/10 posts", "600 for 10 posts", "60"),
        ("60 € pour 2 posts", "60 € for 2 posts", "30"),
        ("100 for 3 posts", "100 for 3 posts", "33.33"),
    ],
)
def test_a_price_of_several_is_told_as_one(price: str, message: str, hint: str) -> None:
    """With what one of them costs, a division by hand; in French too."""
    found = only(errors(seller(f"per_post: {price}")))
    assert found.message.endswith(f": {message} is the price of several")
    assert found.hint == f"write the price of one, {hint}"
    french = Language("fr").of(found.message).replace("\N{NO-BREAK SPACE}", " ")
    assert french.endswith(f" : {message.replace(' for ', ' pour ')} est le prix de plusieurs")


def test_a_flag_is_held_to_it_too() -> None:
    """``--set`` is read as the file."""
    text = seller("per_post: 60")
    read = read_text(text, overrides=["sources.a.per_post=50 €/publication"]).scenario
    assert read is not None
    assert read.sources["a"].per == {"posts": 50}  # type: ignore[attr-defined]
    assert [
        each.code for each in read_text(text, overrides=["sources.a.per_post=50/reel"]).diagnostics
    ]


def test_a_value_of_a_question_is_held_to_it_too() -> None:
    """What ``breakeven --from`` reads, of a price or of one of its tiers, in a source or option."""
    text = seller("per: {posts: [{up_to: 9, price: 60}, {price: 50}], reels: 90}, tiers: whole")
    scenario = cmsource.loads(text.replace("{a: [a]}", "{a: [a], b: [a: {per_reel: 80}]}"))
    for path in ("sources.a.per.reels", "sources.a.per_reel", "options.b.0.a.per.reels"):
        assert number_in(scenario, path, "70 €/reel") == 70
        with pytest.raises(QuantityError, match="one of reels"):
            number_in(scenario, path, "70 €/post")
    assert number_in(scenario, "sources.a.per.posts.0.price", "70 € la publication") == 70
    with pytest.raises(QuantityError, match="one of posts"):
        number_in(scenario, "sources.a.per.posts.0.price", "70 €/reel")


@pytest.mark.parametrize(
    ("unit", "name", "agrees"),
    [
        ("post", "posts", True),
        ("story", "stories", True),
        ("blog post", "blog_posts", True),
        ("article de blog", "articles-de-blog", True),
        ("post", "linkedin_posts", True),
        ("linkedin post", "posts", False),
        ("vidéo", "videos", True),
        ("réseau", "networks", True),
        ("réponse", "messages", True),
        ("article", "posts", False),
        ("posting", "reposts", False),
    ],
)
def test_words_for_one_of_a_name(unit: str, name: str, agrees: bool) -> None:
    """Singular, plural, accents, and the same in the other language."""
    assert is_one_of(unit, name) is agrees


@pytest.mark.parametrize(
    ("kind", "value", "reads"),
    [
        ("recruitment", "4000 €/hire", 4000),
        ("recruitment", "4 000 € par embauche", 4000),
        ("recruitment", "4000/month", None),
        ("recruitment", "4000/team", None),
        ("equipment", "1500 €/person", 1500),
        ("equipment", "1500 € par poste", None),
        ("training", "500 €/an/personne", 500),
        ("training", "500 € par personne et par an", 500),
        ("training", "50 € per person and month", 600),
        ("benefits", "90 € par mois et par personne", 90),
        ("benefits", "90/person/year", 7.5),
        ("benefits", "90/post", None),
        ("monthly_wage", "2500 €/mois par personne", 2500),
        ("hourly_wage", "16.50/post", None),
    ],
)
def test_amounts_for_each_person(kind: str, value: str, reads: float | None) -> None:
    """What is paid for each person may say so; what is paid for something else may not."""
    text = hiring(f", {kind}: {value}")
    if reads is None:
        found = only(errors(text))
        assert found.code == "E204"
        assert found.hint
    else:
        assert getattr(cmsource.loads(text).sources["a"], kind) == pytest.approx(reads)


@pytest.mark.parametrize(
    ("tool", "wrong"),
    [
        ("price: 49 €/mois", False),
        ("price: 49 €/siège/mois, per: seat", False),
        ("price: 49/month per user, per: poste", False),
        ("price: 49/month per team", False),
        ("price: 49/month per seat", True),
        ("price: 49 €/mois par personne, per: équipe", True),
        ("price: 49/month per team, per: seat", True),
        ("price: 49/post", True),
    ],
)
def test_tools_for_each_seat_or_for_the_team(tool: str, wrong: bool) -> None:
    """The unit of a tool's price and `per` say the same."""
    text = hiring("", f"{{t: {{{tool}}}}}")
    found = errors(text)
    assert bool(found) is wrong
    assert all(each.place and each.place.path == "tools.t.price" and each.hint for each in found)


def test_software_is_paid_by_the_resolution() -> None:
    """``per_resolution: 0.99/resolution`` says the same twice; a message is no resolution."""
    text = """\
country: FR
needs: {cover: mon-fri 9-17, messages: {per_day: 5}}
sources: {a: {kind: assistant, per_resolution: 0.99 €/résolution}, b: {kind: employee}}
options: {a: [a, b]}
"""
    assert not errors(text)
    found = only(errors(text.replace("€/résolution", "€/message")))
    assert found.code == "E204"


SHORT = "country: FR\n{line}\n"
FULL = """
country: FR
needs: {{cover: mon-fri 9-17, messages: {{per_day: 5}}}}
sources: {{a: {{{line}}}}}
"""


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        # 2,500 × 12 / (52 × 35): a full-time week of France
        (SHORT, "hourly_wage: 2500 €/mois", "write 16.48/h, which it is at 35 h a week"),
        (SHORT, "hourly_wage: 2500 €/mois", "takes `monthly_wage: 2500 €/mois` too"),
        (SHORT, "agency_rate: 500 €/jour", "such as 75/h"),
        (SHORT, "agency_rate: 500 €/jour", "takes `day_rate: 500 €/jour` too"),
        (SHORT, "tools: 20 €/h", "write it per month, such as 99/month"),
        # 16 × 52 × 30 / 12
        (FULL, "kind: employee, monthly_wage: 16/h, hours: 30 h/week", "write 2080/month"),
        (FULL, "kind: employee, monthly_wage: 16/h, hours: 30 h/week", "takes `hourly_wage: 16/h`"),
        (FULL, "kind: employee, hourly_wage: 30 k€/an, hours: 6 h/day", "takes `annual_wage: 30"),
        (FULL, "kind: employee, hourly_wage: 2000..2500/month", "takes `monthly_wage: 2000..2500"),
        (FULL, "kind: employee, hourly_wage: 150/day", "write it per hour, such as 16.50/h"),
        (FULL, "kind: agency, retainer: 75/h", "takes `hourly_rate: 75/h` too"),
        (FULL, "kind: assistant, retainer: 75/h", "write it per month, such as 1500/month"),
    ],
)
def test_the_way_out_of_another_period(text: str, line: str, hint: str) -> None:
    """Examples are of the key itself; the key that takes the amount is named, and what it makes."""
    (found, *_) = read_text(text.format(line=line)).diagnostics
    assert found.code == "E204"
    assert hint in found.hint


def test_a_price_is_not_paid_like_a_wage() -> None:
    """In the short form each key has an example of its own."""
    hints = {
        read_text(SHORT.format(line=f"{key}: 5/night")).diagnostics[0].hint
        for key in ("hourly_wage", "agency_rate", "tools")
    }
    assert len(hints) == 3
