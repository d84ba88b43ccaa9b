"""The rooms and the direction of imports between them."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import cmsource

PACKAGE = Path(cmsource.__file__).parent

# Each room and what it may import: only rooms before it in the dataflow.
ALLOWED = {
    "values": set[str](),
    "countries": {"values"},
    "scenario": {"values", "countries"},
    "results": {"values", "scenario"},
    "reading": {"values", "countries", "scenario", "results"},
    "model": {"values", "countries", "scenario", "results"},
    "analysis": {"values", "countries", "scenario", "results", "model"},
    "inbox": {"values", "scenario", "reading", "model"},
    "reports": {"values", "countries", "scenario", "results", "model", "analysis", "inbox"},
    "writers": {"values", "scenario", "reports"},
    "live": {"values", "countries", "scenario", "results", "reading", "model", "analysis"}
    | {"reports", "writers"},
    "cli": {"values", "countries", "scenario", "results", "reading", "model", "analysis"}
    | {"inbox", "reports", "writers", "api"},
}
FORBIDDEN = {
    "values": {"rich", "typer", "yaml", "os", "sys", "time", "io"},
    "model": {"pydantic", "rich", "typer", "yaml", "os", "sys", "time", "random", "io"},
    "countries": {"pydantic", "rich", "typer"},
    "analysis": {"pydantic", "rich", "typer", "yaml", "os", "sys", "time"},
    "reports": {"typer", "rich", "csv", "os", "sys", "time"},
    "writers": {"typer", "os", "sys", "time"},
    "live": {"typer", "os", "sys", "time"},
}


def modules(room: str) -> Iterator[Path]:
    """Every module of a room."""
    yield from sorted((PACKAGE / room).rglob("*.py"))


def imports(path: Path, *, types: bool = True) -> Iterator[str]:
    """Every name of a module that a file imports, wherever in the file.

    Args:
        path: the file.
        types: also what it imports for its types alone.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not types:
        tree.body = [node for node in tree.body if not is_for_types(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            yield node.module


def is_for_types(node: ast.stmt) -> bool:
    """Whether a statement is ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_point_one_way(room: str) -> None:
    """A room imports only the rooms before it in the dataflow."""
    for path in modules(room):
        here = path.relative_to(PACKAGE).as_posix()
        for name in imports(path):
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if package != "cmsource" or target in ("", room):
                continue
            assert target in ALLOWED[room], f"{here} imports {name}"


@pytest.mark.parametrize("room", FORBIDDEN)
def test_rooms_stay_pure(room: str) -> None:
    """The model knows no files, clocks, chance or printing; no room but cli knows typer."""
    for path in modules(room):
        for name in imports(path):
            assert name.partition(".")[0] not in FORBIDDEN[room], f"{path.name} imports {name}"


def test_every_room_is_known() -> None:
    """A new folder says here what it may import."""
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(ALLOWED)


def test_one_place_reads_the_environment() -> None:
    """Only `Environment` looks at variables, `streams` at streams, and `main` at arguments."""
    readers = ("__init__", "environment", "streams")
    words = ("os.environ", "getenv", "sys.stdin", "sys.stdout", "sys.stderr", "sys.argv")
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path not in (PACKAGE / "cli" / f"{name}.py" for name in readers):
            for word in words:
                assert word not in text, f"{path.name} uses {word}"
        if not path.is_relative_to(PACKAGE / "cli"):
            for word in ("time.time", "datetime.now", "date.today", "monotonic"):
                assert word not in text, f"{path.name} uses {word}"


def test_no_file_leads_back_to_itself() -> None:
    """Imports make no circle, late ones included; only a type may be named ahead."""
    graph = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        here = "cmsource." + path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        graph[here] = set(imports(path, types=False)) - {here}
    TopologicalSorter(graph).prepare()
