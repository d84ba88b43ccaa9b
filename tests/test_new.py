"""`cmsource new`: six questions at a terminal, in both languages, and the file of the answers."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import cmsource
from cmsource.cli.questions import QUESTIONS, Answers, is_unknown
from cmsource.reading.load import read_text
from cmsource.scenario.kinds.employee import Employee
from cmsource.values.language import ENGLISH, Language
from conftest import Cli, unframed
from terminals import Terminal

pytest.importorskip("pty", reason="no terminals here")

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
FRENCH = Language("fr")
ENGLISH_TALK = ("France", "16.50", "75", "2", "24/7", "549")
FRENCH_TALK = ("la Belgique", "20,50 €/h", "80 € de l'heure", "1h30", "lun-sam 9h-19h", "50")


def answered(talk: tuple[str, ...], language: Language = ENGLISH) -> Answers:
    """Answers to all questions, each of which is taken."""
    answers = Answers(Path("a.yaml"), language)
    for question, text in zip(QUESTIONS, talk, strict=True):
        assert answers.answer(question, text) == []
    return answers


def wage(file: Path) -> float | None:
    """The wage of the person to hire that a file gives."""
    hired = cmsource.load(file).sources["employee"]
    assert isinstance(hired, Employee)
    return hired.hourly_wage


def uncommented(text: str) -> str:
    """A file in which every key that was left out is given."""
    keys = "|".join(question.key for question in QUESTIONS)
    return re.sub(rf"^# ({keys}): ", r"\1: ", text, flags=re.MULTILINE)


class TestTalk:
    """Somebody at a terminal."""

    @pytest.mark.parametrize(
        ("lang", "talk", "first", "last", "told", "answer"),
        [
            (
                "en",
                ENGLISH_TALK,
                "1/6  In which country",
                "6/6  What do the tools",
                "wrote",
                "Take",
            ),
            ("fr", FRENCH_TALK, "1/6  Dans quel pays", "6/6  Combien", "est écrit", "Choisir"),
        ],
    )
    def test_the_whole_talk(
        self,
        tmp_path: Path,
        lang: str,
        talk: tuple[str, ...],
        first: str,
        last: str,
        told: str,
        answer: str,
    ) -> None:
        """It asks for the file and six things, writes, and answers at once."""
        here = Terminal("new", "--lang", lang, folder=tmp_path)
        here.see("scenario.cmsource.yaml")
        here.type("mine.yaml")
        here.see(first)
        for text in talk[:-1]:
            here.see("> ")
            here.type(text)
        here.see(last)
        here.type(talk[-1])
        here.see(told)
        here.see(answer)
        assert here.end() == 0
        scenario = cmsource.load(tmp_path / "mine.yaml")
        assert scenario.country == ("FR" if lang == "en" else "BE")
        assert wage(tmp_path / "mine.yaml") == (16.5 if lang == "en" else 20.5)
        assert scenario.language == (None if lang == "en" else "fr")

    def test_the_answer_alone_goes_to_standard_output(self, tmp_path: Path, cli: Cli) -> None:
        """It is what `compare` says of the file; the talk is not part of it."""
        out = tmp_path / "out.json"
        here = Terminal("new", "a.yaml", "--format", "json", folder=tmp_path, out=out)
        for text in ENGLISH_TALK:
            here.see("> ")
            here.type(text)
        assert here.end() == 0
        found = json.loads(out.read_text("utf-8"))
        again = json.loads(cli("compare", tmp_path / "a.yaml", "--format", "json").out)
        assert found["recommended"] == again["recommended"]
        assert found["options"]["hire"]["total"] == again["options"]["hire"]["total"]

    @pytest.mark.parametrize(
        ("lang", "wrong"),
        [
            ("en", ('"lots" is not an amount', "1,500 can be read as 1.5 or")),
            ("fr", ("n’est pas", "1,500 peut se lire")),
        ],
    )
    def test_a_wrong_answer_is_asked_again(
        self, tmp_path: Path, lang: str, wrong: tuple[str, str]
    ) -> None:
        """With the message of a file, and nothing that was answered before is lost."""
        here = Terminal("new", "a.yaml", "--lang", lang, folder=tmp_path)
        here.see("> ")
        here.type("Atlantis")
        here.see("E206")
        here.see("> ")
        here.type("FR")
        here.see("2/6")
        for text, message in zip(("lots", "1,500"), wrong, strict=True):
            here.see("> ")
            here.type(text)
            here.see(message)
        here.see("> ")
        here.type("17")
        for _ in range(4):
            here.see("> ")
            here.type("")
        assert here.end() == 0
        assert wage(tmp_path / "a.yaml") == 17

    @pytest.mark.parametrize(("key", "status"), [("\x03", 130), ("\x04", 2)])
    def test_an_end_before_the_last_answer(self, tmp_path: Path, key: str, status: int) -> None:
        """Ctrl-C and the end of what is typed: nothing is written, and no traceback."""
        here = Terminal("new", "a.yaml", folder=tmp_path)
        here.see("> ")
        here.type("FR")
        here.see("2/6")
        here.see("> ")
        if key == "\x03":
            here.interrupt("nothing is written")
        else:
            here.press(key)
            here.see("nothing is written")
        assert here.end() == status
        assert "Traceback" not in here.text
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_there(self, tmp_path: Path) -> None:
        """Another name is asked for; the file stays as it is."""
        taken = tmp_path / "scenario.cmsource.yaml"
        taken.write_text("mine", encoding="utf-8")
        here = Terminal("new", folder=tmp_path)
        here.see("> ")
        here.type("")
        here.see("scenario.cmsource.yaml exists: choose another name")
        here.see("> ")
        here.type("no/such/folder.yaml")
        here.see("there is no folder no/such")
        here.see("> ")
        here.type("other.yaml")
        for _ in QUESTIONS:
            here.see("> ")
            here.type("?")
        assert here.end() == 0
        assert taken.read_text("utf-8") == "mine"
        assert (tmp_path / "other.yaml").exists()
        here = Terminal("new", "scenario.cmsource.yaml", folder=tmp_path)
        assert here.end() == 2
        assert "--force" in here.text


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_a_terminal(process: Process, tmp_path: Path, lang: str) -> None:
    """It says how to use `init`, which needs none."""
    ran = process("new", tmp_path / "a.yaml", "--lang", lang, input=b"FR\n", capture_output=True)
    assert ran.returncode == 2
    assert "cmsource init scenario.yaml --template quick" in unframed(ran.stderr.decode())
    assert ran.stdout == b""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("known", range(len(QUESTIONS) + 1))
def test_what_nobody_knows(language: Language, known: int, tmp_path: Path) -> None:
    """The key is a comment with what is taken, and giving that value changes nothing."""
    talk = (ENGLISH_TALK if language is ENGLISH else FRENCH_TALK)[:known]
    answers = answered((*talk, *["?"] * (len(QUESTIONS) - known)), language)
    text = answers.text()
    left_out = [question.key for question in QUESTIONS[known:]]
    assert re.findall(r"^# (\w+): ", text, re.MULTILINE) == left_out
    assert max(map(len, text.splitlines())) <= 100
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    totals = {
        name: each.total for name, each in cmsource.compare(cmsource.load(file)).options.items()
    }
    # a price of tools is an example, and nothing is taken for it: without it, all is the same
    whole = re.sub(r"^tools: .*$", "", uncommented(text), flags=re.MULTILINE)
    if known == len(QUESTIONS):
        whole = text
    file.write_text(whole, encoding="utf-8")
    again = cmsource.compare(cmsource.load(file)).options
    assert {name: each.total for name, each in again.items()} == totals


def test_each_assumption_has_a_source() -> None:
    """What is taken is told with its mark; where nothing is counted, that is told."""
    text = " ".join(answered(("?",) * len(QUESTIONS)).text().replace("\n# ", " ").split())
    assert "not known: FR is taken (" in text
    assert "not known: 15.93/h is taken (press or blog: metier.org" in text
    assert "not known: 2 h/day is taken (" in text
    assert "not known: nothing is counted for it" in text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Allemagne", "DE"),
        ("germany", "DE"),
        ("Royaume-Uni", "GB"),
        ("québec", "CA-QC"),
        ("les États-Unis", "US"),
        ("be", "BE"),
    ],
)
def test_countries_by_their_names(said: str, code: str) -> None:
    """In both languages."""
    text = answered((said, "?", "?", "?", "?", "?")).text()
    assert cmsource.loads(text).country == code


def test_elsewhere_a_currency() -> None:
    """Nothing can be guessed then, so a price that is missing is asked for again."""
    answers = Answers(Path("a.yaml"), ENGLISH)
    country, wage, rate, *others = QUESTIONS
    assert answers.answer(country, "sek") == []
    assert answers.currency == "SEK"
    assert [each.code for each in answers.answer(wage, "?")] == ["E211"]
    assert answers.answer(wage, "200") == []
    assert [each.code for each in answers.answer(rate, "75 €")] == ["E204"]
    assert answers.answer(rate, "600") == []
    for question in others:
        assert answers.answer(question, "?") == []
    scenario = cmsource.loads(answers.text())
    assert (scenario.currency, scenario.country) == ("SEK", "")


@pytest.mark.parametrize(
    "said",
    ["", "  ", "?", "Je ne sais pas.", "don’t know", "I don't know!", "aucune idée", "NO IDEA"],
)
def test_ways_of_not_knowing(said: str) -> None:
    """In both languages, whatever the capitals and the apostrophe."""
    assert is_unknown(said)


@pytest.mark.parametrize(
    "said",
    ["{a: b}", "[1]", "# 3", "&a 1", "*a", "'", '"', ": x", "- 1", "null", "1: 2", "\x1b[A", "=1"],
)
def test_whatever_is_typed_is_one_value(said: str) -> None:
    """It is refused as a value, and never becomes another part of the file."""
    answers = Answers(Path("a.yaml"), ENGLISH)
    assert answers.answer(QUESTIONS[0], "FR") == []
    found = answers.answer(QUESTIONS[1], said)
    assert [each.code for each in found] == ["E204"]


@pytest.mark.parametrize(
    ("language", "cover", "told"),
    [
        (ENGLISH, "mon-fri 9am-5pm", "understood: weekdays 09:00-17:00, 40 h a week"),
        (ENGLISH, "22-6", "understood: nights (22:00-06:00), 56 h a week"),
        (FRENCH, "lun-sam 9h-19h", "compris : du lundi au samedi 09:00-19:00, 60 h par semaine"),
    ],
)
def test_how_hours_were_read_is_told(language: Language, cover: str, told: str) -> None:
    """In the language of the talk; other answers say it themselves."""
    answers = answered(("FR", "?", "?", "?", cover, "?"), language)
    words = language.of(answers.understood(QUESTIONS[4])).replace("\u00a0", " ")
    assert words.replace("\u202f", " ") == told
    assert [answers.understood(QUESTIONS[at]) for at in (0, 1, 2, 3, 5)] == [""] * 5


@pytest.mark.parametrize(
    ("place", "currency"), [("Wakanda", "CHF"), ("Atlantis", "CHF"), ("Pologne", "PLN")]
)
def test_a_country_that_nothing_is_known_of(place: str, currency: str) -> None:
    """No other one is guessed, and what to do can be typed."""
    (found,) = Answers(Path("a.yaml"), ENGLISH).answer(QUESTIONS[0], place)
    assert found.hint.startswith("known here: BE, CA, CA-QC, ")
    assert f"type the currency of the place, such as {currency}, or" in found.hint
    assert "country:" not in found.hint
    assert "currency:" not in found.hint


def test_hours_with_two_readings_are_asked_again() -> None:
    """With both of them, as in a file and behind `--set`."""
    answers = Answers(Path("a.yaml"), ENGLISH)
    assert answers.answer(QUESTIONS[0], "FR") == []
    (found,) = answers.answer(QUESTIONS[4], "9-5")
    readings = '"9-5" can be read as 09:00-17:00 or as 09:00-05:00'
    assert readings in found.message
    assert found.hint == "write 09:00-17:00 or 09:00-05:00"
    (found,) = read_text("country: FR\ncover: mon-fri 9 to 5\n").diagnostics
    assert readings in found.message
    text = "country: FR\n"
    (found,) = read_text(text, overrides=["cover=9-5"]).diagnostics
    assert readings in found.message


def test_a_range_is_an_answer() -> None:
    """`simulate` can draw from it."""
    text = answered(("FR", "15 à 20", "60..90", "1..3", "24/7", "?")).text()
    scenario = cmsource.loads(text)
    assert cmsource.simulate(scenario, draws=20).draws == 20
