"""What the signals say of each option, for the forms that people read."""

from collections.abc import Iterator

from cmsource.results.comparison import Comparison

TITLE = "Signals (judgement; they change no figure)"


def by_option(result: Comparison) -> Iterator[tuple[str, str, str]]:
    """For each option with any: its label, what speaks for it and what against it, by rule."""
    for name, option in result.options.items():
        speaks_for = ", ".join(s.rule for s in result.signals if name in s.speaks_for)
        against = ", ".join(s.rule for s in result.signals if name in s.speaks_against)
        if speaks_for or against:
            yield option.label, speaks_for, against
