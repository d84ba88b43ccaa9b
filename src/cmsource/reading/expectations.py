"""What a scenario expects of its own result, as CI asserts it."""

from cmsource.reading.records import RecordReader, unknown_key
from cmsource.scenario.bounds import read_bound
from cmsource.scenario.expectations import Expectation
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.node import Node
from cmsource.scenario.options import RESERVED
from cmsource.scenario.require import NOTHING
from cmsource.values.language import say
from cmsource.values.quantities import QuantityError
from cmsource.values.text import printable, shown


class ExpectationReader:
    """Reads ``expect``.

    Args:
        records: reads records and single values.
        currency: the scenario's currency.
        options: names of all options of the scenario.
    """

    def __init__(self, records: RecordReader, currency: str, options: list[str]) -> None:
        self.records = records
        self.report = records.report
        self.currency = currency
        self.options = dict.fromkeys(options)

    def expectations(self, node: Node | None) -> tuple[Expectation, ...]:
        """All expectations that can be read; the others are reported."""
        if node is None:
            return ()
        hint = say("write recommended: hybrid")
        if not self.records.is_map(node, "expect", say("expectations"), hint):
            return ()
        found: list[Expectation] = []
        for name, child in node.entries():
            if name in RESERVED:
                found += self.names(name, child)
            elif name not in self.options:
                message = say("`expect` names {name}, which is not an option", name=shown(name))
                close = self.report.closest(name, [*self.options, *RESERVED])
                self.report.add("E309", message, child.place, close, f"expect.{name}")
            elif child.value is not None:
                found += self.figures(name, child)
        return tuple(found)

    def names(self, subject: str, node: Node) -> list[Expectation]:
        """The option that is recommended, or those that are eligible or not."""
        path = f"expect.{subject}"
        many = subject != "recommended"
        if node.value is None:
            return []
        if isinstance(node.value, list) is not many or isinstance(node.value, dict):
            places = {"path": path, "found": node.kind()}
            message = (
                say("`{path}` takes a list of options, found {found}", **places)
                if many
                else say("`{path}` takes the name of an option, or none, found {found}", **places)
            )
            self.report.add("E203", message, node, self._shape(many), path)
            return []
        for element in node.elements() if many else [node]:
            name = element.value
            known = isinstance(name, str) and name in self.options
            if not known and (many or name not in NOTHING):
                message = say(
                    "`{path}` names {found}, which is not an option",
                    path=path,
                    found=element.kind(),
                )
                text = name if isinstance(name, str) else ""
                hint = self.report.closest(text, list(self.options))
                self.report.add("E309", message, element, hint, path)
                return []
        bound: str | tuple[str, ...] = str(node.value)
        if not many and bound in NOTHING and bound not in self.options:
            bound = NOTHING[0]
        if many:
            bound = tuple(str(element.value) for element in node.elements())
        place = self.report.place(node.origin, path)
        return [Expectation(subject, "", bound, node.origin.ref, None, place)]

    def _shape(self, many: bool) -> str:
        """How one names options: some of them in a list, or one by itself."""
        some = list(self.options)[:2] or ["hire"]
        shape = f"[{', '.join(some)}]" if many else some[0]
        return say("write {texts}", texts=printable(shape))

    def figures(self, option: str, node: Node) -> list[Expectation]:
        """The bounds on the figures of an option."""
        path = f"expect.{option}"
        if not self.records.is_map(node, path, say("figures"), say('write {total: "<= 90000"}')):
            return []
        found = []
        for figure, bound in node.entries():
            here = f"{path}.{figure}"
            if figure not in FIGURES:
                unknown_key(figure, bound, list(FIGURES), path, self.report)
            elif bound.value is not None:
                found += self.figure(option, figure, bound, here)
        return found

    def figure(self, option: str, figure: str, node: Node, path: str) -> list[Expectation]:
        """One bound, such as ``<= 90000``."""
        value = node.value
        if isinstance(value, (dict, list)) or value is None:
            message = say("`{path}` takes a bound, found {found}", path=path, found=node.kind())
            self.report.add("E203", message, node, say('write "<= 90000" or ">= 95%"'), path)
            return []
        try:
            bound = read_bound(value, figure, self.currency)
        except QuantityError as error:
            self.report.add(
                "E204",
                say("`{path}`: {problem}", path=path, problem=error.message),
                node,
                error.hint,
                path,
            )
            return []
        place = self.report.place(node.origin, path)
        return [Expectation(option, figure, bound.text, node.origin.ref, bound, place)]
