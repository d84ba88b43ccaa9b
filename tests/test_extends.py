"""``extends``: files that build on others, within a folder tree."""

from pathlib import Path

import pytest

import cmsource
from cmsource.reading.files import MAX_FILES
from cmsource.scenario.employment import Employment
from cmsource.scenario.kinds.freelancer import Freelancer
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.quantities import Hours
from readings import BASE, marked, only, where


def write(folder: Path, **files: str) -> Path:
    """Write files ``NAME.yaml``; the path of the one called ``top``."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "top.yaml"


def wrong(path: Path, root: Path | None = None) -> Diagnostic:
    """The one diagnostic about a file."""
    return only(cmsource.validate(path, root=root))


class TestMerging:
    """Maps merge, everything else replaces."""

    def test_maps_merge_to_any_depth(self, tmp_path: Path) -> None:
        """A file says only what is different from its base."""
        top = write(
            tmp_path,
            base=BASE,
            top="extends: base.yaml\nname: Top\nsources: {agence: {hourly_rate: 90}}\n",
        )
        s = cmsource.load(top)
        assert s.name == "Top"
        assert list(s.sources) == ["cm", "agence"]
        assert s.sources["agence"].hourly_rate == 90  # type: ignore[attr-defined]
        assert s.sources["agence"].kind == "agency"

    def test_lists_replace(self, tmp_path: Path) -> None:
        """A list is taken whole, not element by element."""
        base = BASE.replace("needs: {", "needs: {skills: [a, b, c], ")
        top = write(tmp_path, base=base, top="extends: base.yaml\nneeds: {skills: [d]}\n")
        assert cmsource.load(top).needs.skills == ("d",)

    def test_a_map_replaces_a_list(self, tmp_path: Path) -> None:
        """What has another shape replaces as well."""
        options = "options: {hire: {label: Hire, sources: [cm]}}"
        top = write(tmp_path, base=BASE, top=f"extends: base.yaml\n{options}\n")
        labels = [option.label for option in cmsource.load(top).options]
        assert labels == ["Hire", "agency"]

    def test_null_takes_away(self, tmp_path: Path) -> None:
        """A key without a value takes away what the base gives."""
        top = write(
            tmp_path,
            base=BASE + "horizon: 12\nown_time: 40\n",
            top="extends: base.yaml\nhorizon: ~\noptions: {hire: }\nsources: {cm: ~}\n",
        )
        s = cmsource.load(top)
        assert s.horizon == 24
        assert s.own_time == 40
        assert [option.name for option in s.options] == ["agency"]

    def test_a_key_takes_the_place_of_those_that_it_excludes(self, tmp_path: Path) -> None:
        """A monthly wage over a base's hourly wage is no contradiction."""
        top = write(
            tmp_path,
            base=BASE.replace("{kind: employee}", "{kind: employee, hourly_wage: 20}"),
            top="extends: base.yaml\nsources: {cm: {monthly_wage: 3000}}\n",
        )
        terms = cmsource.load(top).sources["cm"]
        assert isinstance(terms, Employment)
        assert (terms.hourly_wage, terms.monthly_wage) == (None, 3000)

    @pytest.mark.parametrize(
        ("base", "over", "left"),
        [
            ("hourly_rate: 60", "per_day: 350", {"day_rate": 350}),
            ("per_hour: 60", "day_rate: 350", {"day_rate": 350}),
            ("per_day: 350", "per_hour: 60", {"hourly_rate": 60}),
            ("day_rate: 350", "per_day: 400", {"day_rate": 400}),
            ("per_day: 350", "per_month: 900", {"day_rate": 350, "retainer": 900}),
            ("retainer: 800", "per_month: 900", {"retainer": 900}),
            ("per_month: 900", "retainer: 800", {"retainer": 800}),
            ("retainer: 800, hourly_rate: 5", "per_month: null", {"hourly_rate": 5}),
            ("hourly_rate: 60", "per_hour: null, per_day: 9", {"day_rate": 9}),
            ("day_rate: 350, days: 6", "hours: 40", {"day_rate": 350, "hours": 40}),
            ("per_post: 60", "per: {posts: 50}", {"per.posts": 50}),
            ("per: {posts: 60}", "per_post: 50", {"per.posts": 50}),
            ("per_post: 60", "per_posts: 50", {"per.posts": 50}),
            ("per: {posts: 60}, retainer: 9", "per_post: null", {"retainer": 9}),
            ("per: {posts: 60}", "per_message: 1", {"per.posts": 60, "per.messages": 1}),
        ],
    )
    def test_a_price_takes_the_place_of_another_one(
        self, tmp_path: Path, base: str, over: str, left: dict[str, int]
    ) -> None:
        """What a base sells by the hour may be sold by the day, in whatever words."""
        needs = "messages: {per_day: 5}, work: {posts: {per_month: 2, hours_each: 1}}"
        source = f"sources: {{a: {{kind: freelancer, {base}}}}}\noptions: {{a: [a]}}\n"
        top = write(
            tmp_path,
            base=f"country: FR\nneeds: {{{needs}}}\n{source}",
            top=f"extends: base.yaml\nsources: {{a: {{{over}}}}}\n",
        )
        assert not [each for each in cmsource.validate(top) if each.severity == "error"]
        source_read = cmsource.load(top).sources["a"]
        written = {key for key, origin in source_read.origins.items() if origin.is_written}
        assert isinstance(source_read, Freelancer)
        said = {f"per.{name}": price for name, price in source_read.per.items()}
        for key in ("hourly_rate", "day_rate", "retainer", "days", "hours"):
            value = getattr(source_read, key)
            if key in written and value:
                said[key] = value.amount if isinstance(value, Hours) else value
        assert said == left

    @pytest.mark.parametrize(
        ("base", "over", "weekly"),
        [
            ("{hours: 6 h/week}", "{per_week: 4, hours_each: 2}", 8),
            ("{per_week: 4, hours_each: 2}", "{hours: 6 h/week}", 6),
            ("{per_week: 4, hours_each: 2}", "{per_day: 1}", 14),
            ("{per_week: 4, hours_each: 2}", "{hours_each: 3}", 12),
            ("6 h/week", "{per_week: 4, hours_each: 2}", 8),
            ("{per_week: 4, hours_each: 2}", "6 h/week", 6),
        ],
    )
    def test_work_is_counted_in_another_way(
        self, tmp_path: Path, base: str, over: str, weekly: float
    ) -> None:
        """Hours in place of units, units in place of hours, another count."""
        whole = BASE.replace("content: 5 h/week", f"content: {base}")
        assert whole != BASE
        work = f"needs: {{work: {{content: {over}}}}}"
        top = write(tmp_path, base=whole, top=f"extends: base.yaml\n{work}\n")
        content = cmsource.load(top).needs.work["content"]
        assert content.weekly(5) == weekly

    def test_phases_take_the_place_of_sources(self, tmp_path: Path) -> None:
        """An option of a base may be told in phases; it keeps its label."""
        whole = BASE.replace("hire: [cm]", "hire: {label: Us, sources: [cm]}")
        phases = "phases: [{months: 6, sources: [agence]}, {sources: [cm]}]"
        over = f"options: {{hire: {{{phases}}}}}"
        top = write(tmp_path, base=whole, top=f"extends: base.yaml\n{over}\n")
        option = cmsource.load(top).options[0]
        assert (option.label, len(option.phases)) == ("Us", 2)

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("sources: {s: {kind: assistant, per_resolution: 0.8, price: 0.9/resolution}}", ""),
            ("extends: base.yaml\nsources: {s: {per_resolution: 0.8}}", "price"),
            (
                "x-s: &s {kind: assistant, price: 0.9/resolution}\n"
                "sources: {s: {<<: *s, per_resolution: 0.8}}",
                "price",
            ),
        ],
    )
    def test_null_is_named_where_it_helps(self, tmp_path: Path, text: str, key: str) -> None:
        """Null takes away what a base or an anchor gives; of two keys of one map one is kept."""
        top = write(
            tmp_path,
            base="sources: {s: {kind: assistant, price: 0.9/resolution}}\n",
            top=f"{text}\nneeds: {{messages: {{per_day: 5}}}}\noptions: {{s: [s]}}\n",
        )
        found = wrong(top)
        assert found.code == "E207"
        assert ("`price: null`" in found.hint) is bool(key)

    def test_null_is_written_as_a_file_takes_it(self, tmp_path: Path) -> None:
        """A price in the map of prices is taken away in that map."""
        base = "sources: {s: {kind: assistant, per_resolution: 0.8}}\n"
        rest = "needs: {messages: {per_day: 5}}\noptions: {s: [s]}\n"
        text = "extends: base.yaml\nsources: {s: {price: 0.9/resolution%s}}\n"
        found = wrong(write(tmp_path, base=base, top=text % "" + rest))
        assert "`per: {resolutions: null}`" in found.hint
        mended = write(tmp_path, base=base, top=text % ", per: {resolutions: null}" + rest)
        assert not [each for each in cmsource.validate(mended) if each.severity == "error"]

    def test_a_flag_over_a_file_names_null_too(self, tmp_path: Path) -> None:
        """The flag stays, and the file's key goes."""
        text = (
            "country: FR\nneeds: {messages: {per_day: 5}}\noptions: {s: [s]}\n"
            "sources: {s: {kind: assistant, price: 0.9/resolution}}\n"
        )
        top = write(tmp_path, top=text)
        flag = "sources.s.per_resolution=0.8"
        assert "`price: null`" in only(cmsource.validate(top, overrides=[flag])).hint
        assert not [
            each
            for each in cmsource.validate(top, overrides=[flag, "sources.s.price=null"])
            if each.severity == "error"
        ]

    def test_bases_have_bases(self, tmp_path: Path) -> None:
        """The nearest file wins; names start from the folder of the file that says them."""
        top = write(
            tmp_path,
            deep__base=BASE + "name: Base\nhorizon: 6\nown_time: 1\n",
            deep__middle="extends: base.yaml\nname: Middle\nhorizon: 7\n",
            top="extends: deep/middle.yaml\nname: Top\n",
        )
        s = cmsource.load(top)
        assert (s.name, s.horizon, s.own_time) == ("Top", 7, 1)

    def test_a_base_may_be_a_part(self, tmp_path: Path) -> None:
        """A base need not be a whole scenario."""
        top = write(tmp_path, base="own_time: 50\n", top=f"extends: base.yaml\n{BASE}")
        assert cmsource.load(top).own_time == 50

    def test_short_forms_merge_too(self, tmp_path: Path) -> None:
        """A base in short form, and a file that changes one of its figures."""
        base = "hourly_wage: 16.5\nhours_per_day: 2\n"
        top = write(tmp_path, base=base, top="extends: base.yaml\nhours_per_day: 4\n")
        messages = cmsource.load(top).needs.messages
        assert messages is not None
        assert messages.weekly == 4 * 60 / 2 / 5 * 5  # office hours have five days

    def test_null_extends_nothing(self, tmp_path: Path) -> None:
        """A key without a value is a key that is not given."""
        top = write(tmp_path, top=f"extends: ~\n{BASE}")
        assert cmsource.load(top).name == "top"

    def test_values_of_a_base_name_its_file(self, tmp_path: Path) -> None:
        """Where a value came from is a line of the base."""
        top = write(tmp_path, base=BASE, top="extends: base.yaml\nname: x\n")
        origins = cmsource.load(top).sources["agence"].origins
        assert origins["hourly_rate"].ref == f"{tmp_path / 'base.yaml'}:5"

    def test_texts_extend_files_of_a_folder(self, tmp_path: Path) -> None:
        """A text has a folder when one is given."""
        write(tmp_path, base=BASE)
        s = cmsource.loads("extends: base.yaml\nname: Text\n", root=tmp_path)
        assert (s.name, len(s.options)) == ("Text", 2)


class TestProblems:
    """Bases that cannot be followed, and those that are wrong themselves."""

    def test_an_error_in_a_base_is_shown_there(self, tmp_path: Path) -> None:
        """The file, the line and the text are those of the base."""
        base = BASE.replace("hourly_rate: 80", "hourly_rat: 80")
        found = wrong(write(tmp_path, base=base, top="extends: base.yaml\nname: x\n"))
        assert found.place is not None
        assert found.place.file == str(tmp_path / "base.yaml")
        assert (where(found), marked(found)) == ((5, 26), "hourly_rat")

    def test_errors_in_both(self, tmp_path: Path) -> None:
        """Problems of a file and of its base are shown together, file by file."""
        base = BASE.replace("5 h/week", "5 h/wek")
        top = write(tmp_path, base=base, top="extends: base.yaml\nnme: x\n")
        files = [d.place.file for d in cmsource.validate(top) if d.place]
        assert files == [str(tmp_path / "base.yaml"), str(tmp_path / "top.yaml")]

    def test_missing(self, tmp_path: Path) -> None:
        """A base that is not there is the only problem, at the line that names it."""
        write(tmp_path, common=BASE)
        found = wrong(write(tmp_path, top="name: x\nextends: comon.yaml\noptions: {a: [b]}\n"))
        assert (found.code, where(found), marked(found)) == ("E101", (2, 10), "comon.yaml")
        assert "common.yaml" in found.hint

    @pytest.mark.parametrize("text", ["a: [1", "- a", "5", "", "!!x y: 1"])
    def test_a_base_that_is_no_scenario(self, tmp_path: Path, text: str) -> None:
        """What cannot be read, or is no map, is reported in the base."""
        found = cmsource.validate(write(tmp_path, base=text, top="extends: base.yaml\n"))
        assert found
        assert all(d.place and d.place.file.endswith("base.yaml") for d in found)

    @pytest.mark.parametrize("value", ["[a.yaml]", "{a: b}", "5", "true"])
    def test_no_file_name(self, tmp_path: Path, value: str) -> None:
        """``extends`` takes one name."""
        assert wrong(write(tmp_path, top=f"extends: {value}\n")).code == "E110"

    @pytest.mark.parametrize(
        "value", ["../base.yaml", "/etc/passwd", "deep/../../base.yaml", "~root"]
    )
    def test_outside_the_tree(self, tmp_path: Path, value: str) -> None:
        """A base lies below the folder of the scenario, unless a wider tree is given."""
        write(tmp_path, base=BASE)
        inner = tmp_path / "inner"
        top = write(inner, top=f"extends: {value}\n")
        assert wrong(top).code in ("E110", "E101")

    def test_absolute_paths(self, tmp_path: Path) -> None:
        """A base is named from where its scenario is, and what says so does not speak of trees."""
        base = write(tmp_path, base=BASE)
        found = wrong(write(tmp_path, top=f"extends: {base}\n"), root=Path("/"))
        assert (found.code, "absolute path" in found.message) == ("E110", True)
        assert "tree" not in found.message + found.hint

    def test_a_wider_tree(self, tmp_path: Path) -> None:
        """With a root, files anywhere below it are bases; none above it are."""
        write(tmp_path, base=BASE)
        top = write(tmp_path / "a" / "b", top="extends: ../../base.yaml\n")
        assert wrong(top).code == "E110"
        assert wrong(top, root=tmp_path / "a").code == "E110"
        assert len(cmsource.load(top, root=tmp_path).options) == 2

    def test_links_out_of_the_tree(self, tmp_path: Path) -> None:
        """A link inside the tree to a file outside of it is outside of it."""
        write(tmp_path, base=BASE)
        inner = tmp_path / "inner"
        top = write(inner, top="extends: link.yaml\n")
        (inner / "link.yaml").symlink_to(tmp_path / "base.yaml")
        found = wrong(top)
        assert (found.code, "outside" in found.message) == ("E110", True)
        (inner / "folder").symlink_to(tmp_path)
        top.write_text("extends: folder/base.yaml\n", encoding="utf-8")
        assert wrong(top).code == "E110"

    def test_links_inside_the_tree(self, tmp_path: Path) -> None:
        """A link within the tree is a file like any other, and so is a linked tree."""
        write(tmp_path / "real", base=BASE)
        top = write(tmp_path / "real", top="extends: link.yaml\n")
        (tmp_path / "real" / "link.yaml").symlink_to("base.yaml")
        (tmp_path / "linked").symlink_to("real")
        assert cmsource.load(top).options
        assert cmsource.load(tmp_path / "linked" / "top.yaml").options

    def test_circles(self, tmp_path: Path) -> None:
        """Files that extend each other, or themselves, are named in a circle."""
        top = write(tmp_path, top="extends: other.yaml\n", other="extends: top.yaml\n")
        found = wrong(top)
        assert (found.code, "top.yaml -> other.yaml -> top.yaml" in found.message) == ("E110", True)
        top.write_text("extends: ./top.yaml\n", encoding="utf-8")
        assert "top.yaml -> top.yaml" in wrong(top).message

    def test_circles_of_links(self, tmp_path: Path) -> None:
        """A link to itself leads nowhere."""
        top = write(tmp_path, top="extends: loop.yaml\n")
        (tmp_path / "loop.yaml").symlink_to("loop.yaml")
        assert wrong(top).code in ("E101", "E110")

    def test_a_long_chain(self, tmp_path: Path) -> None:
        """A chain ends somewhere: it has twenty files, the scenario among them, no more."""
        for length, code in ((MAX_FILES - 1, None), (MAX_FILES, "E110")):
            files = {f"f{i}": f"extends: f{i + 1}.yaml\n" for i in range(length)}
            files[f"f{length}"] = BASE
            write(tmp_path, **files)
            found = cmsource.validate(tmp_path / "f0.yaml")
            assert [d.code for d in found] == ([code] if code else [])

    @pytest.mark.parametrize("name", [".", "folder", r'"a\0b"', "x" * 5000, r'"\ud83d"'])
    def test_names_of_no_file(self, tmp_path: Path, name: str) -> None:
        """A folder, a zero character, a name that is too long."""
        (tmp_path / "folder").mkdir()
        assert wrong(write(tmp_path, top=f"extends: {name}\n")).code in ("E101", "E104", "E110")

    def test_texts_without_a_folder(self) -> None:
        """A text on its own has no folder to start from."""
        with pytest.raises(cmsource.ScenarioError) as error:
            cmsource.loads("extends: base.yaml\n")
        found = only(error.value.diagnostics)
        assert (found.code, "root" in found.hint) == ("E110", True)

    def test_a_flag_extends_nothing(self, tmp_path: Path) -> None:
        """Which file a scenario extends is written in the file."""
        top = write(tmp_path, base=BASE, top="name: x\n")
        found = only(cmsource.validate(top, overrides=["extends=base.yaml"]))
        assert (found.code, found.place and found.place.file) == ("E110", "--set")
