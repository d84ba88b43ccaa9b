"""Lines of code by room, of this checkout or of another one.

    python benchmarks/lines.py [FOLDER ...]

A folder holds a package, such as ``src/cmsource``. Counts the lines of every module and, in the
second column, those that are code: without blank lines, comments and docstrings.
"""

import argparse
import ast
import io
import tokenize
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def docstring_lines(tree: ast.AST) -> set[int]:
    """The lines of texts that stand alone: docstrings, and those below an attribute."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def code_lines(text: str) -> int:
    """How many lines of a module hold code."""
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NO_CODE and token.type != tokenize.ENDMARKER:
            found.update(range(token.start[0], token.end[0] + 1))
    return len(found - docstring_lines(ast.parse(text)))


def main() -> None:
    """Print the lines of each room."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "src" / "cmsource"])
    for folder in parser.parse_args().folders:
        lines: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for path in sorted(folder.rglob("*.py")):
            first, *rest = path.relative_to(folder).parts
            text = path.read_text("utf-8")
            for room in (f"{first}/" if rest else "(at the top)", "all"):
                for at, count in enumerate((1, text.count("\n"), code_lines(text))):
                    lines[room][at] += count
        print(f"{folder}\n{'':<14} {'files':>6} {'lines':>7} {'code':>7}")
        lines["all"] = lines.pop("all")
        for room, (files, whole, code) in lines.items():
            print(f"{room:<14} {files:>6} {whole:>7,} {code:>7,}")


if __name__ == "__main__":
    main()
