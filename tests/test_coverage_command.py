"""The week of every option: exact values, pictures, sentences about one moment."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.coverage.moment import Moment, moments
from cmsource.analysis.coverage.week_picture import PhaseWeek
from cmsource.cli.app import run
from cmsource.reports import blocks
from cmsource.reports.blocks import Look, Panel
from cmsource.reports.coverage import CoverageReport
from cmsource.reports.moment import sentence
from cmsource.reports.pictures import WeekHour
from cmsource.reports.week import shaded_week
from cmsource.reports.wording import time_text
from cmsource.values.quantities import QuantityError
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_moment, parse_week
from cmsource.values.week_words import in_words, moment_in_words
from cmsource.writers import terminal
from cmsource.writers.page import Page
from cmsource.writers.terminal import block_text
from conftest import unframed

SAT_21 = 5 * 1440 + 21 * 60
HIRE = """\
country: FR
needs:
  cover: {cover}
  answer_within: 1h
  messages: {{per_week: {volume}, minutes_each: 60 min, profile: flat}}
sources:
  cm: {{kind: employee, hourly_wage: 20, hours: 35 h/week, on_duty: "{duty}",
        planned_absence: 0%, unplanned_absence: {absent}, {more}}}
  agence: {{kind: agency, hourly_rate: 75, on_duty: 24/7, service_level: 99%}}
  coach: {{kind: coach, day_rate: 900}}
options:
  hire: [cm]
  both: [cm, agence]
  nobody: [coach]
  phased: {{phases: [{{months: 12, sources: [agence]}}, {{sources: [cm]}}]}}
"""


def text(duty: str, cover: str, absent: str, more: str, volume: str) -> str:
    """The scenario as YAML."""
    return HIRE.format(duty=duty, cover=cover, absent=absent, more=more, volume=volume)


def scenario(
    duty: str = "mon-fri 09:00-12:30 13:30-17:00",
    cover: str = "24/7",
    absent: str = "20%",
    more: str = "headcount: 1",
    volume: str = "168",
) -> cmsource.Scenario:
    """A scenario with an employee, an agency and a coach."""
    return cmsource.loads(text(duty, cover, absent, more, volume))


def week(name: str, phase: int = 0, **given: str) -> PhaseWeek:
    """The week of one phase of one option."""
    options = {option.name: option for option in cmsource.coverage(scenario(**given))}
    return options[name].phases[phase]


def at(name: str, minute: int, **given: str) -> Moment:
    """One moment of the first phase of one option."""
    full = scenario(**given)
    options = {o.name: o for o in moments(full, cmsource.coverage(full), minute)}
    return options[name].phases[0]


def said(name: str, minute: int, **given: str) -> str:
    """The sentence about one moment of an option."""
    return sentence(at(name, minute, **given), minute, 60)


def test_half_an_hour_counts_half() -> None:
    """An employee who is there 80% of the time: 0.8 in whole hours, 0.4 where duty is half one."""
    hours = week("hire").hours
    for day in range(5):
        values = [hour.there for hour in hours[24 * day : 24 * day + 24]]
        assert values == pytest.approx([0] * 9 + [0.8] * 3 + [0.4] * 2 + [0.8] * 3 + [0] * 7)
        bare = [hour.uncovered for hour in hours[24 * day : 24 * day + 24]]
        assert bare == pytest.approx([1] * 9 + [0] * 3 + [0.5] * 2 + [0] * 3 + [1] * 7)
    assert [hour.there for hour in hours[120:]] == [0] * 48
    assert hours[9].on_duty == hours[12].on_duty == ("cm",)
    assert hours[8].on_duty == ()


def test_minutes_count_too() -> None:
    """Ten minutes of duty are a sixth of their hour, over midnight and over the end of the week."""
    hours = week("hire", duty="sun 23:50-00:10", cover="sun 23:00-24:00").hours
    assert (hours[167].there, hours[0].there) == pytest.approx((0.8 / 6, 0.8 / 6))
    assert (hours[167].asked, hours[0].asked) == (1, 0)
    assert hours[167].watched == pytest.approx(0.8 / 6)
    assert hours[167].uncovered == pytest.approx(5 / 6)


def test_two_are_there_independently() -> None:
    """80% and 99%: nobody in 0.2 · 0.01 of the time."""
    found = week("both")
    assert found.hours[9].there == pytest.approx(1 - 0.2 * 0.01)
    assert found.hours[8].there == pytest.approx(0.99)
    assert found.hours[9].on_duty == ("cm", "agence")
    assert not found.uncovered
    assert found.unattended == 0


def test_what_stays_uncovered() -> None:
    """35 of 168 hours have somebody on duty; 133 of 168 messages come in the others."""
    found = week("hire")
    assert found.uncovered.hours == 133
    assert in_words(found.uncovered) == "nights (17:00-09:00), 12:30-13:30 and weekends"
    assert found.unattended == pytest.approx(133 / 168)
    assert week("hire", cover="mon-fri 09:00-12:00").uncovered == Week.empty()
    none = week("nobody")
    assert none.uncovered == Week.always()
    assert none.watched == 0
    assert none.unattended == pytest.approx(1)


def test_phases_have_weeks_of_their_own() -> None:
    """The first year is the agency's, the second the employee's."""
    first, second = week("phased"), week("phased", 1)
    assert (first.from_month, first.months, second.from_month, second.months) == (0, 12, 12, 12)
    assert {hour.there for hour in first.hours} == {0.99}
    assert second.hours == week("hire").hours


def test_where_work_waits() -> None:
    """Two messages an hour of 6 minutes each, for one who is there from 9:00 to 17:00 every day.

    0.2 h of work an hour: 16 hours without anybody leave 3.2 h at 9:00, which go down by 0.8 an
    hour. A message that comes at 9:00 waits for 3.2 h of work; one at 17:00 for the night; one at
    21:00 for 12 hours and then for 0.8 h of work.
    """
    full = cmsource.loads(
        "needs: {cover: 24/7, messages: {per_week: 336, minutes_each: 6 min, profile: flat}}\n"
        "country: FR\n"
        "sources: {lea: {kind: freelancer, on_duty: daily 9-17, planned_absence: 0%,"
        " unplanned_absence: 0%}}\n"
        "options: {freelance: [lea]}\n"
    )
    [option] = cmsource.coverage(full)
    [found] = option.phases
    backlog = [hour.backlog for hour in found.hours]
    assert backlog[24 + 8] == pytest.approx(3.1, rel=0.05)
    assert backlog[24 + 9] == pytest.approx(2.8, rel=0.05)
    # With what is unfinished at the end of the day: a message is for a fifth of the time.
    assert backlog[24 + 17] == pytest.approx(0.1 + 0.02, abs=0.06)
    for minute, ahead in ((9 * 60, 192), (17 * 60, 16 * 60), (21 * 60, 12 * 60 + 48)):
        [moment] = moments(full, [option], minute)
        half = moment.phases[0].half
        assert half is not None
        assert half == pytest.approx(ahead + 6, rel=0.05), minute


def test_no_backlog_without_messages_or_people() -> None:
    """Without messages there is none; without people nothing is ever answered."""
    quiet = scenario(volume="0")
    assert all(o.phases[0].answers is None for o in cmsource.coverage(quiet))
    found = week("nobody").answers
    assert found is not None
    assert (found.answered, found.half_at(0), set(found.waiting)) == (0, None, {0.0})


duties = st.lists(
    st.tuples(st.integers(0, 10_079), st.integers(1, 3000)), min_size=1, max_size=5
).map(lambda spans: str(Week.of((start, start + length) for start, length in spans)))


@settings(max_examples=40, deadline=None)
@given(duty=duties, cover=duties, heads=st.integers(5, 9), absent=st.integers(0, 90))
def test_the_picture_adds_up(duty: str, cover: str, heads: int, absent: int) -> None:
    """Hours add up to the figures of compare, to the cover and to the messages, whatever these."""
    full = scenario(duty, cover, f"{absent}%", f"headcount: {heads}")
    result = cmsource.compare(full)
    for option in cmsource.coverage(full):
        for phase, figures in zip(option.phases, result.options[option.name].phases, strict=True):
            assert phase.watched == pytest.approx(figures.coverage.watched, abs=1e-9)
            hours = phase.hours
            assert sum(h.asked for h in hours) == pytest.approx(parse_week(cover).hours)
            assert sum(h.uncovered for h in hours) == pytest.approx(phase.uncovered.hours)
            assert sum(h.messages for h in hours) == pytest.approx(168)
            for hour in hours:
                assert -1e-12 <= hour.watched <= hour.asked <= 1 + 1e-12
                assert hour.watched <= hour.there + 1e-12 <= 1 + 2e-12
                assert hour.uncovered <= hour.asked - hour.watched + 1e-12


def test_the_sentence_for_saturday_night() -> None:
    """Nobody on Saturday at 21:00: Monday from 9:00 at the earliest.

    168 h of work meet 28 h (0.8 of 35 h): the line is two weeks long, and five in six messages are
    never answered.
    """
    found = said("hire", SAT_21)
    assert found.startswith(
        "on Saturday at 21:00 nobody is on duty; a message can be taken on Monday from 09:00 "
        "by cm, with a chance of 80% to be there then"
    )
    moment = at("hire", SAT_21)
    assert moment.wait == 36 * 60
    assert moment.on_duty == ()
    assert moment.half is None
    assert found.endswith("answered within 1 h, most of them never")


def test_what_waits_before_a_message() -> None:
    """One round the clock, busy 97 % of the time: ρ²/(1 − ρ) = 31.4 messages of 20 minutes wait."""
    text = """
needs:
  cover: 24/7
  answer_within: 1h
  messages: {per_week: 488.88, minutes_each: 20, profile: flat}
sources: {a: {kind: agency, hourly_rate: 75, on_duty: 24/7, service_level: 100%}}
options: {a: [a]}
"""
    scenario = cmsource.loads(text)
    [[moment]] = [each.phases for each in moments(scenario, cmsource.coverage(scenario), SAT_21)]
    assert moment.waiting == pytest.approx(0.97**2 / 0.03 * 20 / 60, rel=0.03)
    told = sentence(moment, SAT_21, 60)
    assert "a message can be taken at once at best; 10." in told
    assert "h of work wait before it" in told
    assert "work wait" not in said("hire", SAT_21, volume="0.001")


def test_a_moments_chance_to_be_in_time() -> None:
    """Nobody until Monday, and a week with too much work: none. Few messages: whoever is there."""
    assert at("hire", SAT_21).in_time == 0
    assert at("nobody", SAT_21).in_time == 0
    few = at("hire", 9 * 60, volume="0.001")
    assert few.in_time == pytest.approx(0.8, abs=5e-3)
    assert "; 80% of such messages are answered within 1 h" in said("hire", 9 * 60, volume="0.001")
    assert at("hire", 9 * 60, volume="0").in_time is None
    late = at("hire", 9 * 60, volume="0.001", more="answer_delay: 90 min")
    assert late.in_time == 0


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0.2, "1 min"),
        (45, "45 min"),
        (60, "1 h"),
        (100, "100 min"),
        (150, "2.5 h"),
        (4320, "3 days"),
    ],
)
def test_lengths(minutes: float, text: str) -> None:
    """In the largest unit that fits."""
    assert time_text(minutes) == text


def test_sentences() -> None:
    """Who is there, what is answered at once, what never, what is outside the cover."""
    nine = 9 * 60
    assert said("nobody", nine) == (
        "on Monday at 09:00 nobody is on duty; a message is never answered: nobody takes any"
    )
    assert "outside the cover" in said("hire", SAT_21, cover="mon-fri 9-17")
    both = said("both", nine)
    assert "cm and agence are on duty, with a chance of 99.8% that one is there" in both
    assert "a message can be taken at once" in both
    late = at("hire", nine, more="answer_delay: 30 min")
    assert late.wait == 30
    assert "on Monday from 09:30" in said("hire", nine, more="answer_delay: 30 min")
    asks = at("hire", nine, more="escalates: 10%, escalation_delay: 4h")
    assert [(e.source, e.share, e.minutes) for e in asks.escalations] == [("cm", 0.1, 240)]
    sent = said("hire", nine, more="escalates: 10%, escalation_delay: 4h")
    assert "; the 10% that cm has to ask about, on Monday from 13:00" in sent
    assert at("hire", nine, more="takes: 0%").wait is None
    assert "on Sunday from 10:00" in said("hire", SAT_21, duty="sun 10-12, mon 9-10")


@settings(max_examples=40, deadline=None)
@given(duty=duties, minute=st.integers(0, 10_079))
def test_a_moment_agrees_with_the_duty(duty: str, minute: int) -> None:
    """Somebody is on duty when the duty has the minute; the answer comes when it next has one."""
    found = at("hire", minute, duty=duty, more="headcount: 9")
    hours = parse_week(duty)
    assert found.on_duty == (("cm",) if hours.contains(minute) else ())
    assert found.wait == hours.next_on(minute)
    assert found.half is None or found.half >= (found.wait or 0)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        *((text, SAT_21) for text in ("sat 21:00", "Saturday at 9pm", "samedi 21h", "sat, 21h00")),
        ("mon 0:00", 0),
        ("sun 24:00", 0),
        ("dim à 23h59", 10_079),
    ],
)
def test_moments_are_read(text: str, minute: int) -> None:
    """A day and a time, in English or French."""
    assert parse_moment(text) == minute


@pytest.mark.parametrize(
    "text", ["", "sat", "21:00", "sat-sun 21:00", "sat 9-17", "sat 25:00", "x"]
)
def test_texts_that_are_no_moment(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(QuantityError):
        parse_moment(text)


@given(text=st.text(max_size=30) | st.text("satmon 0123456789:h-,pm", max_size=20))
def test_any_text_is_a_moment_or_not(text: str) -> None:
    """No text makes the reader fail in any other way; the words for a moment read back."""
    try:
        minute = parse_moment(text)
    except QuantityError:
        return
    assert parse_moment(moment_in_words(minute)) == minute


def test_the_picture() -> None:
    """24 hours across, half a day at a time where room is short; no line is too wide."""
    picture = shaded_week([hour % 24 for hour in range(168)], "23 messages", Look.KEY)
    wide = block_text(picture, Page(80)).splitlines()
    assert wide[0].split() == [str(hour) for hour in range(24)]
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [line.split()[0] for line in wide[1:8]] == days
    # Of 23, 5 is the last in the first quarter, 11 in the second, 17 in the third.
    assert wide[1].split()[1:] == ["·", *["░░"] * 5, *["▒▒"] * 6, *["▓▓"] * 6, *["██"] * 6]
    assert max(map(len, wide)) <= 80
    assert "░░ up to a quarter" in wide[8]
    assert "23 messages" in wide[9]
    narrow = block_text(picture, Page(50)).splitlines()
    assert max(map(len, narrow)) <= 50
    assert [line.split()[0] for line in narrow if line[2:5] in days] == 2 * days
    none = shaded_week([0.0] * 168, "0", Look.KEY)
    assert none.hours == (WeekHour("·", Look.FAINT),) * 168


def test_the_text() -> None:
    """Legible without colour and in 80 columns; colour adds escape codes and nothing else."""
    full = scenario(absent="0%")
    report = CoverageReport(full, cmsource.coverage(full))
    plain = terminal.write(report, Page())
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 80
    assert "Mon -- -- -- -- -- -- -- -- -- ██ ██ ██ 50 50 ██ ██ ██ -- -- -- -- -- -- --" in plain
    assert "phased, months 0 to 12" in plain
    spaced = plain.replace("\N{NO-BREAK SPACE}", " ")
    assert "133 h a week: nights (17:00-09:00), 12:30-13:30 and weekends" in spaced
    assert "of the messages are never answered" in plain
    painted = terminal.write(report, Page(colour=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_the_answer_comes_first() -> None:
    """The panel says which option watches most of the cover, and which least."""
    full = scenario()
    panel = next(iter(CoverageReport(full, cmsource.coverage(full)).blocks()))
    assert isinstance(panel, Panel)
    most, least = map(blocks.plain, panel.lines)
    assert most.startswith("both: 99% watched, nothing uncovered")
    assert least.startswith("nobody: 0% watched, uncovered 168")


def command(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Status, output and errors of `cmsource coverage`."""
    status = run(["coverage", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The scenario as a file."""
    path = tmp_path / "scenario.yaml"
    duty = "mon-fri 09:00-12:30 13:30-17:00"
    path.write_text(text(duty, "24/7", "20%", "headcount: 1", "168"), encoding="utf-8")
    return path


def test_the_command(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All options, or the one that is named."""
    status, out, _ = command(capsys, file)
    assert status == 0
    assert [line for line in out.splitlines() if line.startswith(("hire:", "both:", "phased,"))]
    status, out, _ = command(capsys, file, "hire")
    assert (status, "both" in out) == (0, False)
    status, out, _ = command(capsys, file, "--at", "sat 21:00")
    assert status == 0
    assert out.splitlines()[0] == "scenario on Saturday at 21:00"
    assert re.search("^hire +nobody is on duty; a message can be", out, re.M)
    assert re.search("^phased, months 12 to 24 +nobody is on duty;", out, re.M)


def test_its_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hour by hour, and for one moment."""
    status, out, _ = command(capsys, file, "hire", "--format", "json")
    data = json.loads(out)
    assert (status, data["format"], list(data["options"])) == (0, "cmsource/coverage/1", ["hire"])
    [phase] = data["options"]["hire"]["phases"]
    assert phase["watched"] == pytest.approx(0.8 * 35 / 168, abs=1e-6)
    assert phase["uncovered_hours"] == 133
    assert phase["sources"]["cm"]["presence"] == 0.8
    assert len(phase["hours"]) == 168
    noon = phase["hours"][12]
    assert noon == {
        "hour": "mon 12:00",
        "asked": 1.0,
        "there": 0.4,
        "watched": 0.4,
        "uncovered": 0.5,
        "messages": 1.0,
        "backlog_hours": noon["backlog_hours"],
        "on_duty": ["cm"],
    }
    status, out, _ = command(capsys, file, "--at", "sat 21:00", "-f", "json")
    data = json.loads(out)
    [moment] = data["options"]["hire"]["phases"]
    assert data["at"] == "Saturday at 21:00"
    assert (moment["there"], moment["answered_after_minutes"]) == (0, 2160)
    assert (moment["answered_at"], moment["by"]) == ("Monday at 09:00", ["cm"])
    assert data["options"]["nobody"]["phases"][0]["answered_at"] is None


def test_its_csv(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each hour of each phase, or for each phase."""
    _, out, _ = command(capsys, file, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 5 * 168
    assert (rows[12]["option"], rows[12]["day"], rows[12]["hour"]) == ("hire", "mon", "12:00")
    assert (float(rows[12]["there"]), rows[12]["on_duty"]) == (0.4, "cm")
    _, out, _ = command(capsys, file, "--at", "sat 21:00", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["option"] for row in rows] == ["hire", "both", "nobody", "phased", "phased"]
    assert rows[0]["answered_at"] == "Monday at 09:00"


def test_what_the_command_refuses(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad flags, options and files end with status 2 and a message."""
    for arguments, message in (
        ((file, "--at", "21:00"), "not one moment of the week"),
        ((file, "--at", "saturn 21:00"), "not a day of the week"),
        ((file, "hier"), "did you mean `hire`?"),
        (
            (file, "--format", "text"),
            "'text' is not one of 'table', 'markdown', 'csv', 'json', 'svg'",
        ),
        ((file.parent / "none.yaml",), "does not exist"),
    ):
        status, out, err = command(capsys, *arguments)
        assert (status, out) == (2, ""), arguments
        assert message in unframed(err)
