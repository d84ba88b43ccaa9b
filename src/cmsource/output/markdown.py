"""A comparison as Markdown: for a wiki page, a pull request or a mail."""

from collections.abc import Sequence

from cmsource.output.table import MARKS, SHOWN_ASSUMPTIONS, figures, left_uncovered, verdict_of
from cmsource.results.comparison import Comparison
from cmsource.values.money import style_for

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>()#|~"})


def to_markdown(result: Comparison, *, details: bool = False) -> str:
    """A comparison as Markdown: the answer, the table, warnings and assumptions."""
    style = style_for(result.currency)
    answer = "none"
    gaps: list[str] = []
    if result.recommended is not None:
        found = left_uncovered(result.options[result.recommended], style)
        gaps = [found] if found else []
        answer = f"**{text(result.options[result.recommended].label)}**"
    shown = figures(result, style)
    rows = []
    for option in result.options.values():
        label = text(option.label)
        rows.append(
            [
                f"**{label}**" if option.name == result.recommended else label,
                *(text(figure.text(option)) for figure in shown),
                text(verdict_of(option, style)[0]),
            ]
        )
    heads = ["Option", *(figure.title for figure in shown), "Does the job?"]
    rights = [False, *(True for _ in shown), False]
    parts = [
        f"## {text(result.name)}",
        f"Recommended: {answer}. {text(' '.join([result.reason, *gaps]))}",
        _table(heads, rights, rows),
    ]
    if result.signals:
        parts.append(_signals(result))
    if result.warnings:
        parts.append("\n".join(f"- {w.code}: {text(w.message)}" for w in result.warnings))
    kept = result.assumptions if details else result.assumptions[:SHOWN_ASSUMPTIONS]
    if kept:
        count = (
            f"{len(kept)} of {len(result.assumptions)} assumptions, those that matter most first"
        )
        body = [
            [text(a.path), text(a.value), text(a.source), MARKS.get(a.confidence, a.confidence)]
            for a in kept
        ]
        table = _table(["Key to set", "Taken as", "From", "Mark"], [False] * 4, body)
        parts.append(f"{count[0].upper()}{count[1:]}:\n\n{table}")
    if result.advice:
        parts.append(text(" ".join(result.advice)))
    return "\n\n".join(parts) + "\n"


def _signals(result: Comparison) -> str:
    """What speaks for and against each option, then the reason of each rule."""
    from cmsource.output.signals import TITLE, by_option

    body = [[text(cell) for cell in row] for row in by_option(result)]
    reasons = [f"- {text(signal.rule)}: {text(signal.reason)}" for signal in result.signals]
    table = _table(["Option", "For", "Against"], [False] * 3, body)
    return "\n\n".join([f"{TITLE}:", table, "\n".join(reasons)])


def text(value: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    printable = "".join(c if c.isprintable() else " " for c in value)
    return printable.replace("\N{NO-BREAK SPACE}", "&nbsp;").translate(_SPECIAL)


def _table(heads: Sequence[str], rights: Sequence[bool], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---:" if right else "---" for right in rights]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *rows])
