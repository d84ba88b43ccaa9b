"""What ``--help`` and ``--version`` show, without loading anything: they are asked for often."""

from textwrap import fill

COMMANDS = {
    "compare": "What every option costs and covers, and which one to take.",
    "explain": "The ledger of an option: every cost with its arithmetic and its sources.",
    "coverage": "The week of every option: who is there when, and who is not.",
    "cursor": "Where to put the cursor: how much in-house, how much outside.",
    "breakeven": "Where two options cost the same: on one input, or on each in turn.",
    "sensitivity": "Which input moves the answer, and which one changes it.",
    "simulate": "How sure the answer is: draws from the ranges of a scenario.",
    "batch": "Many scenarios at once, for CI: one row each, totals, what failed.",
    "diff": "What changed between two files of results, and why.",
    "merge": "Put the parts of a sharded batch together.",
    "inbox": "When messages come and how many, from a log of them.",
    "validate": "Check scenarios and show everything that is wrong with them.",
    "expand": "Print a scenario in full, every default spelled out.",
    "init": "Write a commented scenario to start from.",
    "payroll": "What an employee costs the employer, line by line.",
    "countries": "The sourced values of each country.",
    "schema": "Print the JSON Schema of scenarios, for editors.",
}
"""Every command and what it does, in the order of ``--help``."""

_OPTIONS = {
    "--version": "Show the version and exit.",
    "-h, --help": "Show this message and exit; with a command, its flags.",
}
_WIDTH = 80


def front(flag: str) -> str:
    """What ``--version``, ``--help`` or ``-h`` print."""
    if flag == "--version":
        from cmsource import __version__

        return f"cmsource {__version__}\n"
    return page() + "\n"


def page() -> str:
    """The page of ``--help``."""
    return "\n".join(
        (
            "Usage: cmsource COMMAND [ARGUMENTS]...",
            "",
            "  Who should run your social-media presence, and what will it cost and cover?",
            "",
            "Commands:",
            *_list(COMMANDS),
            "",
            "Options:",
            *_list(_OPTIONS),
            "",
            "  Start with:    cmsource init scenario.yaml",
            "  The main job:  cmsource compare scenario.yaml",
        )
    )


def _list(items: dict[str, str]) -> list[str]:
    column = max(map(len, items)) + 4
    return [
        fill(
            text,
            _WIDTH,
            initial_indent=f"  {name}".ljust(column),
            subsequent_indent=" " * column,
        )
        for name, text in items.items()
    ]
