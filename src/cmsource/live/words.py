"""What the live page says around the report."""

from cmsource.values.language import say

WORDS = {
    "title": say("Who should run your social-media presence?"),
    "privacy": say("Computed in your browser: nothing of what you type leaves it."),
    "form": say("Your case"),
    "full": say("This scenario is written in full: change it in the editor or with the sliders."),
    "editor": say("The scenario as text (YAML)"),
    "sliders": say("What if…"),
    "given": say("What you gave"),
    "assumed": say("What is assumed"),
    "requirement": say("What is required"),
    "context": say("What cannot be counted"),
    "find": say("Find an input"),
    "moved": say("Changed with the sliders"),
    "back": say("Put back"),
    "all_back": say("Put all back"),
    "link": say("Copy the link"),
    "copied": say("The link is copied. It holds the whole scenario."),
    "yaml": say("Save the scenario"),
    "html": say("Save the report"),
    "csv": say("Save the figures (CSV)"),
    "go": say("Show in the text"),
    "report": say("Report"),
    "working": say("Working…"),
    "stale": say("The report is the last one that could be computed."),
}
"""By the names under which the page asks for them."""

FORM = {
    "country": (
        say("Country"),
        say("Its labour rules, charges and prices fill every gap."),
    ),
    "hours_per_day": (
        say("Hours of work a day"),
        say("Half for answering, half for content: 2, 1h30, or a range such as 1..3."),
    ),
    "cover": (
        say("When somebody must be watching"),
        say("Days and hours: mon-fri 09:00-18:00, or 24/7."),
    ),
    "horizon": (
        say("Length of the comparison"),
        say("24 months, 2 years."),
    ),
    "hourly_wage": (
        say("Gross hourly wage of a hire"),
        say("In the currency of the country; left empty, the usual wage there."),
    ),
    "agency_rate": (
        say("An agency's hour, without VAT"),
        say("As its quote says; left empty, the usual rate there."),
    ),
    "answer_within": (
        say("Time in which to answer"),
        say("2 h, 30 min."),
    ),
    "tools": (
        say("Tools of in-house people"),
        say("Their price a month, such as 549/month."),
    ),
}
"""The keys that the form asks for: what each is called, and how it is written."""
