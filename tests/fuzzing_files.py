"""Broken surroundings on purpose: names, trees of links, logs, layouts and command lines."""

import json
import os
import random
from collections.abc import Sequence
from pathlib import Path

import yaml

from cmsource.cli.app import COMMANDS
from fuzzing import NASTY, mutated_text

PARTS = (
    *(
        "::error::",
        "##[error]",
        "##vso[a]",
        "\x1b[31m",
        "\x9b",
        "\n",
        "\r",
        "\t",
        "\u202e",
        "\u2028",
    ),
    *("\ufeff", "\udcff", "=1+1", "+", "-", "--", "@x", ";", ",", "|", "`", "*", "<b>", "&amp;"),
    *("%0A", "[", "]", "'", '"', "\\", " ", "  ", "a", "é", "社", "🎉", "x" * 60, ".", "..", "~"),
    *("$(id)", "#12", "www.e.org"),
)
"""All that may be in the name of a file: no slash, no zero byte."""
FLAGS = (
    *("--format", "-f", "--set", "--only", "--sort", "--by", "--on", "--figure", "--details"),
    *("--all", "--at", "--root", "--strict", "--fail-on", "--shard", "--jobs", "--baseline"),
    *("--today", "--summary", "--column", "--timezone", "--office", "--dayfirst", "--country"),
    *("--monthly-wage", "--hours", "--list", "--template", "--help", "-h", "--version", "--seed"),
    *(
        "--grid",
        "--",
        "--nothing",
        "--what-if",
        "--path",
        "--plain",
        "--lang",
        "--month",
        "--draws",
    ),
    *("--keep", "--vary", "--eligible", "--against", "--warn-on", "--exit-code", "--where"),
)
"""All but those that write files."""
VALUES = (
    *("json", "csv", "markdown", "table", "svg", "junit", "github", "jsonl", "total", "watched"),
    *("hire", "agency", "horizon=12", "horizon", "sources.cm.hourly_wage", "1/2", "3/2"),
    *("sources.cm.hourly_wage=20", "increase>5%", "total>1", "no-eligible", "2027-01-04"),
    *("Europe/Paris", "FR", "CA-QC", "2500", "1", "0", "mon 10:00", "tue", "quick", "rank"),
    *NASTY[:40],
)


def hostile_text(rng: random.Random) -> str:
    """A few pieces that some format or platform takes for more than text."""
    return "".join(rng.choice(PARTS) for _ in range(rng.randint(1, 4)))


def hostile_name(rng: random.Random, suffix: str = ".yaml") -> str:
    """The name of a file."""
    return f"{hostile_text(rng)[:100]}{rng.randrange(1000)}{suffix}"


def tree(rng: random.Random, place: Path, texts: Sequence[str]) -> None:
    """A folder with files, folders and links of hostile names, some out of it or in circles."""
    folders = [place]
    for _ in range(rng.randint(1, 6)):
        folder = rng.choice(folders)
        target = folder / hostile_name(
            rng, rng.choice((".yaml", ".cmsource.yaml", ".yml", ".csv", ""))
        )
        if os.path.lexists(target):
            continue
        match rng.randrange(8):
            case 0:
                target.mkdir()
                folders.append(target)
            case 1:
                target.symlink_to(
                    rng.choice(("..", ".", "/etc", "/proc/self/environ", "/dev/zero"))
                )
            case 2:
                others = [*place.rglob("*")] or [place]
                target.symlink_to(os.path.relpath(rng.choice(others), folder))
            case 3:
                target.symlink_to(hostile_name(rng))  # to nothing, or to itself
            case 4:
                os.mkfifo(target)
            case 5:
                text = (
                    f"extends: {json.dumps(rng.choice((hostile_name(rng), '../x', target.name)))}\n"
                )
                target.write_text(text, encoding="utf-8", errors="surrogateescape")
            case _:
                text = rng.choice(texts)
                if rng.random() < 0.3:
                    text = mutated_text(rng, text)
                target.write_text(text, encoding="utf-8", errors="replace")


def log(rng: random.Random) -> bytes:
    """A log of messages with accidents, in some encoding."""
    delimiter = rng.choice(",;\t")
    stamp = rng.choice(
        ("2026-01-{d:02} 12:{m:02}", "{d:02}/01/2026 {h}:{m:02}", "2026-01-{d:02}T0{n}:{m:02}:00Z",
         "1/{d}/2026 {n}:{m:02} PM", "17672{d:02}{m:02}0", "2026-01-{d:02}T{h}:{m:02}:00+05:30")
    )  # fmt: skip
    rows = [delimiter.join(("when", "who", hostile_text(rng)))]
    for _ in range(rng.randint(0, 40)):
        numbers = {"d": rng.randint(1, 28), "h": rng.randint(10, 23), "n": rng.randint(1, 9)}
        cells = [stamp.format(**numbers, m=rng.randint(0, 59)), "x", hostile_text(rng)]
        if rng.random() < 0.2:
            cells[rng.randrange(3)] = rng.choice(NASTY)
        rows.append(delimiter.join(cells))
    data = (
        rng.choice(("\n", "\r\n", "\r"))
        .join(rows)
        .encode(rng.choice(("utf-8", "utf-8-sig", "utf-16", "latin-1")), "replace")
    )
    for _ in range(rng.choice((0, 0, 1, 3))):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.randbytes(rng.randint(0, 3)) + data[at + rng.randint(0, 3) :]
    return data


def laid_out(rng: random.Random, data: object) -> str:
    """The same data as YAML of another look: flow or block, quotes, widths, line ends, a mark."""
    if rng.random() < 0.2:
        text = json.dumps(data, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 1, 7)))
    else:
        text = yaml.dump(
            data,
            Dumper=yaml.CSafeDumper,
            allow_unicode=rng.random() < 0.5,
            default_flow_style=rng.choice((None, True, False)),
            default_style=rng.choice((None, None, '"', "'")),
            width=rng.choice((5, 20, 80, 10_000)),
            indent=rng.choice((2, 3, 8)),
            sort_keys=False,
            explicit_start=rng.random() < 0.3,
            explicit_end=rng.random() < 0.3,
        )
    if rng.random() < 0.3:
        text = (
            f"# {hostile_text(rng).encode('ascii', 'ignore').decode().translate(_ONE_LINE)}\n{text}"
        )
    text = text.replace("\n", rng.choice(("\n", "\n", "\r\n")))
    return f"\ufeff{text}" if rng.random() < 0.2 else text


_ONE_LINE = {ord(c): None for c in "\n\r\t\x1b"}


def command_line(rng: random.Random, files: Sequence[str], others: Sequence[str]) -> list[str]:
    """A command with flags, of its own or not, and values that are theirs or not."""
    ending = [name for name in COMMANDS if name != "serve"]
    name = rng.choice([*ending, *ending, "", hostile_text(rng)])
    line = [name] if name else []
    for _ in range(rng.randint(0, 4)):
        match rng.randrange(4):
            case 0:
                line.append(rng.choice(FLAGS))
            case 1:
                line += [rng.choice(FLAGS), rng.choice((*VALUES, hostile_text(rng)))]
            case 2:
                line.append(rng.choice((*files, *others, "-", hostile_text(rng))))
            case _:
                line.append(rng.choice(files))
    if name == "simulate":
        line += ["--draws", "10"]
    return [word.replace("\0", "") for word in line]
