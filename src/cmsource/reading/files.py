"""Files to one tree: reading them, following ``extends``, merging."""

import os
import stat
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from cmsource.reading.document import MAX_BYTES, PAGES, read_document
from cmsource.reading.here import located
from cmsource.reading.merging import merged
from cmsource.reading.prices_in_full import each_in_full
from cmsource.reading.report import Report, end_of
from cmsource.reading.scenario_names import SUFFIXES
from cmsource.scenario.node import Node
from cmsource.scenario.provenance import Origin
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.system_errors import reason_of
from cmsource.values.text import shown

MAX_FILES = 20
"""Of a chain in which each extends the next."""
_FILE_IN_IT = {
    "scenario": say("name a scenario file in it"),
    "country": say("name a country file in it"),
}
_LONGEST_PATH = 200  # in a message
_AT_A_TIME = 1 << 16
"""Bytes; asking for all that may be read at once takes longer than reading a usual file."""


class Home(NamedTuple):
    """Where the files that a scenario names are looked for.

    Attributes:
        file: the name under which the scenario is shown.
        folder: its folder; None for a text that has none.
        root: the folder tree to which files are confined.
    """

    file: str
    folder: Path | None
    root: Path | None


class Input(NamedTuple):
    """A text to read and the name under which it is shown."""

    name: str
    text: str


def read_file(
    path: Path, report: Report, *, named: Node | None = None, holds: str = "scenario"
) -> Input | None:
    """Read a text file, or report why it cannot be read.

    Args:
        path: the file; it is shown under its path as given.
        report: receives what is wrong.
        named: the value of another file that names it, where to show that it is not there.
        holds: what it should be: a scenario or a country.
    """
    name = str(path)
    report.files.append(name)
    quoted = shown(name, _LONGEST_PATH)
    here = Origin("file", name) if named is None else named.origin
    try:
        data = _bytes_of(path)
    except FileNotFoundError:
        report.add("E101", say("{file} does not exist", file=quoted), here, _nearby(path))
        return None
    except IsADirectoryError:
        report.add("E101", say("{file} is a folder", file=quoted), here, _FILE_IN_IT[holds])
        return None
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        report.add("E101", say("{file} cannot be read: {reason}", file=quoted, reason=reason), here)
        return None
    if data is None:
        hint = say("write what it gives to a file first")
        report.add("E101", say("{file} is not a regular file", file=quoted), here, hint)
        return None
    return decoded(name, data, report, holds=holds)


def decoded(name: str, data: bytes, report: Report, *, holds: str = "scenario") -> Input | None:
    """The text of a file's bytes, or report why they are none.

    Args:
        name: the name under which the file is shown.
        data: what it holds, at most a byte more than is read.
        report: receives what is wrong.
        holds: what it should be: a scenario or a country.
    """
    if len(data) > MAX_BYTES:
        report.add(
            "E102",
            say(
                "the file holds more than {most} bytes, the most that is read",
                most=format_shortest(MAX_BYTES),
            ),
            Origin("file", name),
            PAGES[holds],
        )
        return None
    try:
        return Input(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        report.texts[name] = data.decode("utf-8-sig", "replace")
        report.add(
            "E103",
            say("byte {byte} is not UTF-8", byte=f"0x{data[error.start]:02x}"),
            end_of(name, before),
            say("save the file as UTF-8"),
        )
        return None


def _bytes_of(path: Path) -> bytes | None:
    """What a regular file holds, at most a byte more than is read; None for anything else.

    Opened without waiting: a named pipe without a writer would keep the reader for ever.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(located(path), flags)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError
        if not stat.S_ISREG(mode):
            return None
        data = b""
        while len(data) <= MAX_BYTES and (more := os.read(descriptor, _AT_A_TIME)):
            data += more
        return data
    finally:
        os.close(descriptor)


def _nearby(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [entry.name for entry in located(path.parent).iterdir() if entry.suffix in SUFFIXES]
    except OSError:
        return say("check the path")
    close = get_close_matches(path.name, names, n=1, cutoff=0.6)
    return (
        say("did you mean {name}?", name=shown(path.with_name(close[0]), _LONGEST_PATH))
        if close
        else say("check the path")
    )


def read_with_bases(path: Path, root: Path, report: Report) -> Node | None:
    """Read a scenario file and the files that it extends, merged into one tree.

    Args:
        path: the scenario file.
        root: the folder tree that bases are confined to.
        report: receives what is wrong.

    Returns:
        The tree, or None where a file of the chain cannot be read.
    """
    tree = _tree_of(path, report)
    return None if tree is None else follow_bases(tree, path, root, report)


def follow_bases(tree: Node, path: Path, root: Path, report: Report) -> Node | None:
    """Merge a tree over the base that it extends, which may extend another.

    Maps merge, everything else replaces, and a null value takes away what a base gives. Without
    its base a scenario cannot be judged: when one cannot be read, that is the only error.

    Args:
        tree: what the file at `path` holds.
        path: the file, from whose folder the names of bases start.
        root: the folder tree that bases are confined to.
        report: receives what is wrong.
    """
    chain = [tree]
    files = [path]
    while isinstance(tree.value, dict) and (named := tree.value.pop("extends", None)) is not None:
        if named.value is None:
            break
        base_path = _base_path(named, files, root, report)
        base = None if base_path is None else _tree_of(base_path, report, named)
        if base is None or base_path is None:
            return None
        if not isinstance(base.value, dict):
            hint = say("a base is a scenario, or a part of one")
            report.add(
                "E112", say("a base is a map of keys, found {found}", found=base.kind()), base, hint
            )
            return None
        chain.append(base)
        files.append(base_path)
        tree = base
    if len(chain) == 1 or not isinstance(chain[0].value, dict):
        return chain[0]
    # In short, two files could say the same price in different words.
    return reduce(merged, each_in_full(chain[::-1], report))


def _tree_of(path: Path, report: Report, named: Node | None = None) -> Node | None:
    source = read_file(path, report, named=named)
    return None if source is None else read_document(source.name, source.text, report)


def out_of_tree(
    name: str, path: Path, root: Path, *, absolute: bool = False
) -> tuple[str, str] | None:
    """What is wrong with the name of a file that a scenario must not name, and the way out.

    Args:
        name: the file as the scenario names it.
        path: where that is.
        root: the folder tree to which files are confined.
        absolute: whether it may be an absolute path, inside the tree.

    Raises:
        OSError, ValueError, RuntimeError: it is not a path that can be followed.
    """
    if not absolute and Path(name).is_absolute():
        hint = say("name it from the folder of the file that names it, such as ../base.yaml")
        return say("{name} is an absolute path", name=shown(name)), hint
    if not located(path).resolve().is_relative_to(located(root).resolve()):
        hint = say("move the file into it, or widen the tree with --root FOLDER")
        return say(
            "{name} is outside the folder tree {root}", name=shown(name), root=shown(root)
        ), hint
    return None


class NotFollowed(Exception):  # noqa: N818 - what happened, not what to call it
    """A file that a scenario names cannot be followed: why, and the way out."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem, hint)
        self.problem = problem
        self.hint = hint


def followed(named: Node, home: Home, *, absolute: bool = False) -> Path:
    """The path of a file that a value names, confined to the folder tree like that of ``extends``.

    Args:
        named: a text; a path starts from the folder of the file in which it stands.
        home: where the files that the scenario names are looked for.
        absolute: whether it may be an absolute path, inside the tree.

    Raises:
        NotFollowed: it is outside the tree, or no path.
    """
    text, origin = str(named.value), named.origin
    beside = origin.kind == "file" and origin.name != home.file
    folder = Path(origin.name).parent if beside else home.folder
    if folder is None or home.root is None:
        raise NotFollowed(
            say("{text} has no folder to be looked for in", text=shown(text)),
            say("give `root` along with the text"),
        )
    try:
        path = folder / text
        outside = out_of_tree(text, path, home.root, absolute=absolute)
    except (OSError, ValueError, RuntimeError) as error:
        problem = say(
            "{text} is not a path that can be followed: {reason}",
            text=shown(text),
            reason=reason_of(error),
        )
        raise NotFollowed(problem, "") from None
    if outside is not None:
        raise NotFollowed(*outside)
    return path


def _base_path(named: Node, files: list[Path], root: Path, report: Report) -> Path | None:
    """The file that the last of `files` extends, when it can be followed."""
    text = named.value
    if not isinstance(text, str):
        report.add(
            "E110", say("`extends` takes one file name, found {found}", found=named.kind()), named
        )
        return None
    problem = hint = ""
    path = files[-1].parent / text
    try:
        resolved = located(path).resolve()
        before = [located(file).resolve() for file in files]
        outside = out_of_tree(text, path, root)
        if outside is not None:
            problem, hint = outside
        elif resolved in before:
            circle = [*before[before.index(resolved) :], resolved]
            chain = " -> ".join(file.name for file in circle)
            problem = say("these files extend each other: {chain}", chain=chain)
            hint = say("break the circle")
        elif len(files) >= MAX_FILES:
            problem = say("more than {most} files extend each other", most=MAX_FILES)
            hint = say("merge some of them")
    except (OSError, ValueError, RuntimeError) as error:
        reason = reason_of(error)
        problem = say(
            "{text} is not a path that can be followed: {reason}", text=shown(text), reason=reason
        )
    if problem:
        report.add("E110", problem, named, hint)
        return None
    return path
