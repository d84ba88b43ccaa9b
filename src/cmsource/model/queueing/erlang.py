"""The queue with many servers and one line: Poisson arrivals, exponential times, no one gives up.

Formulas: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance
in automatic telephone exchanges" (1917); in the notation of L. Kleinrock, "Queueing Systems",
volume 1 (1975), §3.5. Loads are in erlangs: arrivals a minute × minutes of service.
"""

from math import ceil, exp, floor


def blocking(servers: float, load: float) -> float:
    """Erlang's B: chance that all servers are busy where nobody waits.

    By the recursion 1/B(n) = 1 + (n / load) / B(n − 1), which only adds and multiplies positive
    numbers, so that it holds for hundreds of servers.

    Args:
        servers: how many people answer; between whole numbers it is interpolated.
        load: erlangs.
    """
    if load <= 0:
        return max(0.0, 1.0 - servers)
    inverse = before = 1.0
    whole = ceil(servers)
    for n in range(1, whole + 1):
        before = inverse
        inverse = 1.0 + inverse * n / load
    part = whole - servers
    return part / before + (1 - part) / inverse if part else 1.0 / inverse


def waiting(servers: float, load: float) -> float:
    """Erlang's C: chance that a message has to wait; 1 where the load is all that can be served.

    Args:
        servers: how many people answer; between whole numbers it is interpolated.
        load: erlangs.
    """
    if load >= servers:
        return 1.0
    whole = floor(servers)
    part = servers - whole
    low = _waiting(whole, load)
    return low if not part else (1 - part) * low + part * _waiting(whole + 1, load)


def _waiting(servers: int, load: float) -> float:
    if load >= servers:
        return 1.0
    blocked = blocking(servers, load)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def served_within(servers: float, load: float, service: float, within: float) -> float:
    """Share of the messages whose answer is begun within a time of their arrival.

    1 − C·exp(−(N − load)·t / service); 0 where the load is all that can be served, since the line
    then grows without end.

    Args:
        servers: N.
        load: erlangs.
        service: mean time of an answer.
        within: t, in the same unit.
    """
    if load >= servers:
        return 0.0
    return 1.0 - waiting(servers, load) * exp(-(servers - load) * within / service)


def mean_wait(servers: float, load: float, service: float) -> float:
    """Mean time until an answer is begun, in the unit of the service time."""
    if load >= servers:
        return float("inf")
    return waiting(servers, load) * service / (servers - load)
