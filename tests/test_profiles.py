"""Arrival profiles: the named ones and those that a file holds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmsource
from cmsource.scenario.arrivals import profile_weights, share_within
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.week_reader import parse_week
from cmsource.values.week_words import hour_name
from pages import editions

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEIGHTS = tuple(float(1 + hour % 24) for hour in range(168))
SCENARIO = """\
country: FR
needs:
  cover: 24/7
  messages: {{per_day: 15, profile: {profile}}}
sources: {{a: {{kind: agency, hourly_rate: 75}}}}
options: {{agency: [a]}}
"""


def rows(weights: tuple[float, ...] = WEIGHTS) -> list[str]:
    """The lines of a profile file."""
    return [
        "day,hour,weight",
        *(f"{DAYS[h // 24]},{h % 24:02}:00,{weight}" for h, weight in enumerate(weights)),
    ]


def scenario(folder: Path, lines: list[str] | None, profile: str = "{file: profile.csv}") -> Path:
    """A scenario with a profile file beside it."""
    if lines is not None:
        (folder / "profile.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(SCENARIO.format(profile=profile), encoding="utf-8")
    return path


def profile_of(path: Path, **given: object) -> str | tuple[float, ...]:
    """The profile that a scenario file ends up with."""
    messages = cmsource.load(path, **given).needs.messages  # type: ignore[arg-type]
    assert messages is not None
    return messages.profile


def wrong(path: Path) -> Diagnostic:
    """The one error of a scenario file."""
    found = [d for d in cmsource.validate(path) if d.severity == "error"]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("name", "outside"),
    [("office", 0.35), ("evening", 0.60), ("weekend", 0.60), ("flat", 123 / 168)],
)
def test_named_profiles_outside_office_hours(name: str, outside: float) -> None:
    """The share outside Monday to Friday 9:00-18:00, added up hour by hour, is as documented."""
    weights = profile_weights(name)
    office = [24 * day + clock for day in range(5) for clock in range(9, 18)]
    assert len(office) == 45
    assert sum(weights) == pytest.approx(1, abs=1e-12)
    assert 1 - sum(weights[hour] for hour in office) == pytest.approx(outside, abs=1e-12)
    within = share_within(name, parse_week("mon-fri 9:00-18:00"))
    assert 1 - within == pytest.approx(outside, abs=1e-12)
    documented = f"{100 * outside:.1f}".removesuffix(".0") + " %"
    english, french = (
        next(line for line in page.read_text("utf-8").splitlines() if f"| `{name}`" in line)
        for page in editions("inbox.md")
    )
    assert documented in english
    assert documented.replace(".", ",").replace(" ", "\u00a0") in french


def test_the_weights_of_a_file(tmp_path: Path) -> None:
    """A file of 168 rows is the profile, as numbers."""
    assert profile_of(scenario(tmp_path, rows())) == WEIGHTS


@pytest.mark.parametrize(
    "lines",
    [
        [f"{weight:g}" for weight in WEIGHTS],
        ["weight", *(f"{weight:g}" for weight in WEIGHTS)],
        [row.replace(",", ";") for row in rows()],
        [row.replace(".0", ",0").replace(",", ";", 2) if ";" in row else row for row in rows()],
        ["jour;heure;Weight", *(f"lun;x;{weight:g},0" for weight in WEIGHTS)],
        [row.replace(",", "\t") for row in rows()],
        ["", *rows(), "", ""],
        [f"{row},x,y" for row in rows()],
        [row.replace(",0", ",").replace(":00", "") for row in rows()],
    ],
)
def test_ways_to_write_a_file(tmp_path: Path, lines: list[str]) -> None:
    """Weights alone, other separators, decimal commas, empty lines and more columns do too."""
    assert profile_of(scenario(tmp_path, lines)) == WEIGHTS


def test_a_file_from_windows(tmp_path: Path) -> None:
    """A mark of byte order and line ends of two characters change nothing."""
    path = scenario(tmp_path, None)
    text = "\ufeff" + "\r\n".join(rows())
    (tmp_path / "profile.csv").write_bytes(text.encode("utf-8"))
    assert profile_of(path) == WEIGHTS


def test_expanded_it_is_the_same_scenario(tmp_path: Path) -> None:
    """What expand prints holds the weights themselves and gives the same result anywhere."""
    path = scenario(tmp_path, rows())
    text = cmsource.expand(path)
    again = cmsource.loads(text, name="again")
    assert again.needs.messages is not None
    assert again.needs.messages.profile == WEIGHTS
    first, second = (cmsource.compare(s).options["agency"] for s in (cmsource.load(path), again))
    assert (first.total, first.coverage) == (second.total, second.coverage)


def test_a_base_names_files_beside_itself(tmp_path: Path) -> None:
    """The file is looked for in the folder of the scenario that names it."""
    base = tmp_path / "base"
    base.mkdir()
    scenario(base, rows())
    path = tmp_path / "over.yaml"
    path.write_text("extends: base/scenario.yaml\nname: over\n", encoding="utf-8")
    assert profile_of(path) == WEIGHTS


def test_a_flag_names_files_beside_the_scenario(tmp_path: Path) -> None:
    """--set names a file relative to the scenario, not to where one stands."""
    path = scenario(tmp_path, rows(), "evening")
    assert profile_of(path, overrides=["needs.messages.profile={file: profile.csv}"]) == WEIGHTS


def test_a_text_needs_a_root(tmp_path: Path) -> None:
    """A scenario that is no file has no folder, unless one is given."""
    scenario(tmp_path, rows())
    text = SCENARIO.format(profile="{file: profile.csv}")
    with pytest.raises(cmsource.ScenarioError) as caught:
        cmsource.loads(text)
    assert [d.code for d in caught.value.diagnostics] == ["E114"]
    messages = cmsource.loads(text, root=tmp_path).needs.messages
    assert messages is not None
    assert messages.profile == WEIGHTS


def test_files_stay_in_the_tree(tmp_path: Path) -> None:
    """A file outside the folder tree is refused, however it is named, unless --root has it."""
    inner = tmp_path / "inner"
    inner.mkdir()
    scenario(tmp_path, rows())
    for name in ("../profile.csv", str(tmp_path / "profile.csv"), "../inner/../profile.csv"):
        path = scenario(inner, None, f'{{file: "{name}"}}')
        error = wrong(path)
        assert (error.code, error.place and error.place.line) == ("E114", 4)
        assert ("is an absolute path" in error.message) is name.startswith("/")
    (inner / "link.csv").symlink_to(tmp_path / "profile.csv")
    assert wrong(scenario(inner, None, "{file: link.csv}")).code == "E114"
    path = scenario(inner, None, "{file: ../profile.csv}")
    assert profile_of(path, root=tmp_path) == WEIGHTS


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (lambda r: r[:-1], 168, ["found 167", "sun 22:00"]),
        (lambda r: [*r, "sun,24:00,1"], 170, ["found 169"]),
        (lambda r: [*r[:50], *r[51:]], 51, ["`wed 02:00`", "wed 01:00 was expected"]),
        (lambda r: [*r[:50], "wed,01:00,many", *r[51:]], 51, ["`many` is not a weight"]),
        (lambda r: [*r[:50], "wed,01:00,-3", *r[51:]], 51, ["negative"]),
        (lambda r: [*r[:50], "wed,01:00,", *r[51:]], 51, ["no weight"]),
        (lambda r: [*r[:50], "wed,01:00", *r[51:]], 51, ["no weight"]),
        (lambda r: [*r[:50], "wed,01:00,nan", *r[51:]], 51, ["not a weight"]),
        (lambda r: [*r[:50], "wed,01:00,1e400", *r[51:]], 51, ["too large"]),
        (lambda r: [*r[:50], "wed,01:00,2e9", *r[51:]], 51, ["too large"]),
        (lambda r: [*r[:50], "wed,01:00,1e-9", *r[51:]], 51, ["too small"]),
        (lambda r: [*r[:50], "wed,01:00,1_0", *r[51:]], 51, ["not a weight"]),
        (lambda _: rows((0.0,) * 168), 2, ["all weights are zero"]),
        (lambda r: ["a,b,c", *r[1:]], 1, ["no column is called `weight`"]),
        (lambda _: [], 1, ["empty"]),
        (lambda r: [*r[:50], "wed,01:00," + "x" * 200_000, *r[51:]], 51, ["not a weight"]),
        (lambda r: r[:1], 1, ["found 0"]),
    ],
)
def test_what_is_wrong_with_a_file(tmp_path: Path, change, line: int, said: list[str]) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    """One error, at the line of the file, that says what to mend."""
    error = wrong(scenario(tmp_path, change(rows())))
    assert error.place is not None
    assert error.place.file.endswith("profile.csv")
    assert error.place.line == line
    for words in said:
        assert words in f"{error.message}; {error.hint}"


def test_many_problems_are_counted(tmp_path: Path) -> None:
    """The first five are shown, the rest is a number."""
    found = cmsource.validate(scenario(tmp_path, [row.replace(".0", "x") for row in rows()]))
    errors = [d.message for d in found if d.severity == "error"]
    assert len(errors) == 6
    assert "163 more" in errors[-1]


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        ("{file: none.csv}", "E114"),
        ("{file: .}", "E101"),
        ("{fil: profile.csv}", "E201"),
        ("{}", "E202"),
        ("{file: 3}", "E203"),
        ("{file: [a, b]}", "E203"),
        ('{file: "a\\0b"}', "E114"),
        ("{file: latin.csv}", "E103"),
    ],
)
def test_what_is_wrong_with_the_name(tmp_path: Path, profile: str, code: str) -> None:
    """Each way to name no file that can be read is an error of its own."""
    (tmp_path / "latin.csv").write_bytes(b"d\xe9j\xe0\n")
    assert wrong(scenario(tmp_path, rows(), profile)).code == code


@given(
    weights=st.lists(
        st.one_of(st.just(0.0), st.floats(1e-6, 1e9)), min_size=168, max_size=168
    ).filter(any)
)
def test_any_weights_come_back(
    tmp_path_factory: pytest.TempPathFactory, weights: list[float]
) -> None:
    """Whatever the weights, the file gives them back exactly."""
    folder = tmp_path_factory.mktemp("profile")
    assert profile_of(scenario(folder, rows(tuple(weights)))) == tuple(weights)


def test_names_of_hours() -> None:
    """Hours are counted from Monday 00:00."""
    assert [hour_name(hour) for hour in (0, 23, 24, 141, 167)] == [
        "mon 00:00",
        "mon 23:00",
        "tue 00:00",
        "sat 21:00",
        "sun 23:00",
    ]
