"""Checks of the skills that activities ask for."""

from collections.abc import Iterator

from cmsource.reading.finding import Finding, Read
from cmsource.values.language import say
from cmsource.values.text import shown


def somebody_can_do_it(read: Read) -> Iterator[Finding]:
    """A skill that an activity asks for is one that some source has."""
    if read.needs is None or not read.whole:
        return
    known = sorted({skill for _, source in read.uses for skill in source.skills})
    for activity, skills in read.needs.skills_for().items():
        path = f"needs.work.{activity}.skills"
        said = read.tree.get("needs", "work", activity, "skills")
        places = {} if said is None else {str(each.value): each for each in said.elements()}
        for skill in sorted(skills.difference(known)):
            yield Finding(
                "W424",
                say(
                    "nobody can take {activity}: it asks for {skill}, a skill that no source has",
                    activity=shown(activity),
                    skill=shown(skill),
                ),
                places.get(skill, said),
                read.closest(skill, known)
                if known
                else say("give it to a source: skills: {texts}", texts=f"[{skill}]"),
                path,
            )
