"""Folders to scenario files: which files a batch is about, in which order.

Below a folder, and for a pattern, a file that another file found extends is a base and not a
scenario of its own, and so is the file of its country; a file that is named itself always is one.
"""

import contextlib
import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from cmsource.reading.document import MAX_BYTES
from cmsource.reading.scenario_names import SUFFIXES
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.language import either, say
from cmsource.values.system_errors import reason_of
from cmsource.values.text import shown

_ENDINGS = say("scenarios are files that end in {endings}", endings=either(SUFFIXES))
_MAGIC = re.compile(r"[*?[]")
_COUNTRY = re.compile(rb"country[\"']?[ \t]*:[^\n]*(?:\.ya?ml|/)")
_PLAIN_COUNTRY = re.compile(rb"^country:[ \t]*([\w./-]+)[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_EXTENDS = re.compile(rb"^(?:extends|\"extends\"|'extends')[ \t]*:[ \t]*([^\r\n]*)", re.MULTILINE)


class Found(NamedTuple):
    """One file of a batch.

    Attributes:
        file: its path, as it follows from what was named.
        root: the folder tree to which its ``extends`` is confined.
        problem: why there is no scenario to read there, if so.
    """

    file: str
    root: str
    problem: Diagnostic | None = None


class Search(NamedTuple):
    """What a search found: the files in order, and those left out because others use them."""

    files: tuple[Found, ...]
    bases: tuple[str, ...]


def find_scenarios(paths: Sequence[Path], root: Path | None = None) -> Search:
    """The scenario files that paths name, each once, sorted by their names.

    Folders are searched with all that is below them, but for hidden names. Links found there are
    followed inside the folder tree only, each folder being entered once: a link could show what
    whoever wrote the scenarios must not see. What cannot be entered is reported in its place.

    Args:
        paths: files, folders and patterns with ``*``, ``?``, ``[`` or ``**``.
        root: the folder tree that links may use; by default the folder searched.
    """
    named: dict[str, Found] = {}
    searched: dict[str, Found] = {}
    for path in paths:
        text = os.path.normpath(path)
        if _is_folder(text):
            _add(searched, _below(text, _Tree(text, root or Path(text))))
        elif os.path.lexists(text) or _MAGIC.search(text) is None:
            _add(named, [Found(text, str(Path(text).parent))])
        else:
            _add(searched, _matching(text, root))
    bases = _bases([found for found in searched.values() if found.problem is None])
    bases = {file for file in bases if file not in named}
    for file in bases:
        del searched[file]
    searched.update(named)
    in_order = sorted(searched.values(), key=lambda found: _order(found.file))
    return Search(tuple(in_order), tuple(sorted(bases, key=_order)))


class _Tree:
    """The folder tree that a search stays in.

    Args:
        start: the folder to which ``extends`` of the files found is confined.
        root: the folder to which links are confined.
    """

    def __init__(self, start: str, root: Path) -> None:
        self.start = start
        self._root = root
        self._resolved = Path(os.path.realpath(root))

    def refused(self, path: str) -> Found | None:
        """What there is to say of a path that leads out of the tree; None of all others."""
        if Path(os.path.realpath(path)).is_relative_to(self._resolved):
            return None
        message = say(
            "{path} is a link out of the folder tree {root}",
            path=shown(path),
            root=shown(self._root),
        )
        return _nothing(
            path, message, say("take it out, or widen the tree with --root FOLDER"), "E101"
        )


def shard_of(files: Sequence[Found], index: int, count: int) -> tuple[Found, ...]:
    """Every `count`-th file from the `index`-th on, which counts from 1."""
    return tuple(files[index - 1 :: count])


def _order(file: str) -> str:
    """A key that sorts paths by their parts: nothing sorts before the end of a part."""
    return file.replace(os.sep, "\0")


def _add(known: dict[str, Found], found: Iterable[Found]) -> None:
    for each in found:
        known.setdefault(each.file, each)


def _nothing(name: str, what: str, hint: str, code: str = "E117") -> Found:
    return Found(name, ".", Diagnostic(code, what, Place(name), hint))


def _matching(pattern: str, root: Path | None) -> Iterator[Found]:
    """The files that a pattern matches, and those below the folders that it matches."""
    start = Path(_MAGIC.split(pattern)[0] + "x").parent
    tree = _Tree(str(start), root or start)
    count = 0
    # Path.glob takes no absolute pattern
    for match in glob.iglob(pattern, recursive=True):  # noqa: PTH207
        text = os.path.normpath(match)
        if _is_folder(text):
            if "**" not in pattern:
                count += 1
                refused = tree.refused(text)
                yield from _below(text, tree) if refused is None else [refused]
        elif text.endswith(SUFFIXES):
            count += 1
            yield tree.refused(text) or Found(text, tree.start)
    if not count:
        message = say("{pattern} matches no scenario", pattern=shown(pattern))
        yield _nothing(pattern, message, _ENDINGS)


def _below(folder: str, tree: _Tree) -> Iterator[Found]:
    """The files below a folder; what is really there first, then what links lead to."""
    count = 0
    entered: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        links: list[str] = []
        for start in waiting:
            for found in _walk(start, tree, entered, links):
                count += 1
                yield found
        waiting = sorted(links)
    if not count:
        hint = _ENDINGS
        yield _nothing(folder, say("{folder} holds no scenario", folder=shown(folder)), hint)


def _walk(
    start: str, tree: _Tree, entered: set[tuple[int, int]], links: list[str]
) -> Iterator[Found]:
    """Scenario files below a folder; links to folders are collected, not followed."""
    folders = [start]
    while folders:
        folder = folders.pop()
        try:
            status = Path(folder).stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                # of very large folders only the names that matter are kept
                names = sorted(
                    (e.name, kind, e.is_symlink()) for e in entries if (kind := _kind(e))
                )
        except OSError as error:
            message = say(
                "{folder} cannot be searched: {reason}",
                folder=shown(folder),
                reason=reason_of(error),
            )
            yield _nothing(folder, message, say("check its permissions"), "E101")
            continue
        for name, kind, linked in names:
            path = name if folder == "." else f"{folder.rstrip(os.sep)}{os.sep}{name}"
            refused = tree.refused(path) if linked else None
            if refused is not None:
                yield refused
            elif kind == "folder":
                folders.append(path)
            elif kind == "link":
                links.append(path)
            elif kind == "file":
                yield Found(path, tree.start)
            else:
                yield _nothing(
                    path, say("{path} is not a file", path=shown(path)), say("take it out"), "E101"
                )


def _kind(entry: "os.DirEntry[str]") -> str:
    """``folder``, ``link`` (to a folder), ``file``, ``other`` or "" for what is passed over.

    A link that leads nowhere or in a circle counts as a file: reading it says what is wrong.
    What is neither a file nor a folder, such as a pipe, could make a reader wait for ever.
    """
    if entry.name.startswith("."):
        return ""
    kind = "file"
    with contextlib.suppress(OSError):
        if entry.is_dir():
            return "link" if entry.is_symlink() else "folder"
        if not entry.is_file() and not S_ISREG(entry.stat().st_mode):
            kind = "other"
    return kind if entry.name.endswith(SUFFIXES) else ""


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # such as a name that is too long: reading it says so
        return False


def _bases(files: Sequence[Found]) -> set[str]:
    """The files that others extend or take their country from.

    Those that extend each other in a circle are none: it has no file at its head, so that leaving
    its members out would hide the mistake.
    """
    by_place: dict[str, str] = {}
    extends: dict[str, str] = {}
    countries: set[str] = set()
    abroad: set[str] = set()
    for found in files:
        named = _named_by(found.file)
        if named.base is not None:
            extends[found.file] = named.base
        if named.country is not None:
            with contextlib.suppress(ValueError):
                abroad.add(found.file)
                countries.add(os.path.realpath(Path(found.file).parent / named.country))
    if not extends and not countries:
        return set()
    for found in files:
        by_place.setdefault(os.path.realpath(found.file), found.file)
    edges = {}
    for file, base in extends.items():
        with contextlib.suppress(ValueError):  # no path at all: reading the file says so
            target = by_place.get(os.path.realpath(Path(file).parent / base))
            if target is not None:
                edges[file] = target
    heads = edges.keys() - set(edges.values())
    # A file that names a country is none itself, even where it names itself.
    bases = {file for place, file in by_place.items() if place in countries} - abroad
    for head in heads:
        file = edges[head]
        while file not in bases:
            bases.add(file)
            if file not in edges:
                break
            file = edges[file]
    return bases


class _Named(NamedTuple):
    """The files that a scenario names: the one that it extends, and that of its country."""

    base: str | None = None
    country: str | None = None


def _named_by(file: str) -> _Named:
    """The files that a scenario names, as it names them."""
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        return _Named()
    own = _COUNTRY.search(data) is not None
    if (b"extends" not in data and not own) or len(data) > MAX_BYTES:
        return _Named()
    base, country = _EXTENDS.search(data), _PLAIN_COUNTRY.search(data) if own else None
    text = base[1].decode("utf-8", "replace").strip() if base is not None else ""
    plain = re.fullmatch(r"[\w][\w./ -]*(\s#.*)?", text) is not None
    if (plain or b"extends" not in data) and (country is not None or not own):
        where = None if country is None else country[1].decode("utf-8", "replace")
        return _Named(re.sub(r"\s#.*", "", text).strip() or None, where)
    return _parsed(file, data)


def _parsed(file: str, data: bytes) -> _Named:
    """The same by reading the whole file, for quotes, anchors and flow maps."""
    from cmsource.reading.document import read_document
    from cmsource.reading.report import Report

    tree = read_document(file, data.decode("utf-8-sig", "replace"), Report())
    nodes = (tree.get(key) if tree is not None else None for key in ("extends", "country"))
    base, country = (
        node.value if node is not None and isinstance(node.value, str) else None for node in nodes
    )
    return _Named(base, country)
