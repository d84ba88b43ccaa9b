"""Files to one tree: reading them, following ``extends``, merging."""

from pathlib import Path

from cmsource.origin import Origin
from cmsource.reading.document import MAX_BYTES, read_document
from cmsource.reading.node import Input, Node, Report, shown

MAX_BASES = 20


def read_file(path: Path, report: Report, *, name: str | None = None) -> Input | None:
    """Read a text file, or report why it cannot be read.

    Args:
        path: the file.
        report: receives what is wrong.
        name: the name under which it is shown; by default the path as given.
    """
    name = str(path) if name is None else name
    here = Origin("file", name)
    try:
        if path.is_dir():
            report.add("E101", f"{shown(name)} is a folder", here, "name a scenario file in it")
            return None
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        report.add("E101", f"{shown(name)} does not exist", here, _nearby(path))
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        report.add("E101", f"{shown(name)} cannot be read: {reason}", here)
        return None
    if len(data) > MAX_BYTES:
        report.add(
            "E102",
            f"the file holds more than {MAX_BYTES:,} bytes, the most that is read",
            here,
            "a scenario is a few pages: is this the right file?",
        )
        return None
    try:
        return Input(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        report.texts[name] = data.decode("utf-8", "replace")
        report.add(
            "E103",
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            Origin("file", name, line, column),
            "save the file as UTF-8",
        )
        return None


def _nearby(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix in (".yaml", ".yml")]
    except OSError:
        return "check the path"
    close = get_close_matches(path.name, names, n=1, cutoff=0.6)
    return f"did you mean `{path.with_name(close[0])}`?" if close else "check the path"


def read_with_bases(path: Path, root: Path, report: Report) -> Node | None:
    """Read a scenario file and the files that it extends, merged into one tree.

    Maps merge, everything else replaces. A base must lie in the folder tree below `root`.

    Args:
        path: the scenario file.
        root: the folder tree that bases are confined to.
        report: receives what is wrong.
    """
    source = read_file(path, report)
    if source is None:
        return None
    tree = read_document(source.name, source.text, report)
    return None if tree is None else follow_bases(tree, path, root, report)


def follow_bases(
    tree: Node, path: Path, root: Path, report: Report, seen: tuple[Path, ...] = ()
) -> Node:
    """Merge a tree over the base that it extends, the base's own base first."""
    if not isinstance(tree.value, dict) or "extends" not in tree.value:
        return tree
    named = tree.value.pop("extends")
    if named.value is None:
        return tree
    here = path.resolve()
    base_path = _base_path(named, path, root, report, (*seen, here))
    if base_path is None:
        return tree
    source = read_file(base_path, report)
    base = None if source is None else read_document(source.name, source.text, report)
    if base is None or not isinstance(base.value, dict):
        return tree
    return merged(follow_bases(base, base_path, root, report, (*seen, here)), tree)


def _base_path(
    named: Node, path: Path, root: Path, report: Report, seen: tuple[Path, ...]
) -> Path | None:
    text = named.value
    if not isinstance(text, str):
        report.add("E110", f"`extends` takes one file name, found {named.kind()}", named)
        return None
    problem = hint = ""
    try:
        resolved = (path.parent / text).resolve()
        if Path(text).is_absolute() or not resolved.is_relative_to(root.resolve()):
            problem = f"{shown(text)} is outside the folder tree {shown(root)}"
            hint = "move the base into it, or widen the tree with --root FOLDER"
        elif resolved in seen:
            chain = " -> ".join(file.name for file in (*seen[seen.index(resolved) :], resolved))
            problem, hint = f"these files extend each other: {chain}", "break the circle"
        elif len(seen) > MAX_BASES:
            problem, hint = f"more than {MAX_BASES} files extend each other", "merge some of them"
    except (OSError, ValueError, RuntimeError) as error:
        problem = f"{shown(text)} is not a path that can be followed: {error}"
    if problem:
        report.add("E110", problem, named, hint)
        return None
    return path.parent / text


def merged(base: Node, over: Node) -> Node:
    """One tree over another: maps merge key by key, everything else replaces."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    result = dict(base.value)
    for name, node in over.value.items():
        result[name] = merged(result[name], node) if name in result else node
    return Node(result, over.origin, over.key)
