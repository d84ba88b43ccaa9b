"""``report``: the whole story of one scenario, for somebody who was not there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.reports.blocks import Block, Look, Panel, Paragraph, Section
from cmsource.reports.report import Readable


class Chapter(NamedTuple):
    """A part of the story.

    Attributes:
        title: what it is about.
        report: what it says.
        folded: whether few ask for it.
    """

    title: str
    report: Readable
    folded: bool = False


class StoryReport(NamedTuple):
    """The answer, and what it rests on.

    Attributes:
        answer: the comparison.
        chapters: what comes after it.
    """

    answer: Readable
    chapters: Sequence[Chapter]

    def blocks(self) -> Iterator[Block]:
        """The comparison, then each chapter under its title."""
        yield from self.answer.blocks()
        for chapter in self.chapters:
            blocks: list[Block] = []
            for block in chapter.report.blocks():
                blocks += _in_a_chapter(block)
            yield Section(chapter.title, tuple(blocks), folded=chapter.folded)


def _in_a_chapter(block: Block) -> Iterator[Block]:
    """A block without its frame: the story has one answer only."""
    if not isinstance(block, Panel):
        yield block
        return
    first, *others = block.lines
    yield Paragraph(first, Look.STRONG)
    yield from map(Paragraph, others)
