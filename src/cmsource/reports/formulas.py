"""The arithmetic of the model as formulas of a spreadsheet."""

from cmsource.reports.sheets import At, Parts


def digits(number: float) -> str:
    """A number as formulas have it."""
    return repr(number).removesuffix(".0").upper()


def to_the_cent(money: Parts, of_cents: Parts = ()) -> Parts:
    """An amount rounded to the cent as the model does it, half to even.

    A spreadsheet's ROUND takes halves away from zero. Cents are rounded to a ten-thousandth first,
    which takes the binary noise away; a half is exact then, and twice its rounded half is the even
    neighbour.

    Args:
        money: the amount.
        of_cents: a cell that holds it in cents to a ten-thousandth, where there is one.
    """
    cents = of_cents or in_cents(money)
    return (
        *("IF(", *cents, "-INT(", *cents, ")=0.5,"),
        *("2*ROUND(", *cents, "/2,0),ROUND(", *cents, ",0))/100"),
    )


def in_cents(money: Parts) -> Parts:
    """An amount in cents, to a ten-thousandth of one."""
    return ("ROUND(", *money, "*100,4)")


def added(cells: At | None) -> Parts:
    """The sum of amounts to the cent, without the noise of adding them."""
    return ("0",) if cells is None else ("ROUND(SUM(", cells, "),2)")
