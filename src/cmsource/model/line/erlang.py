"""Erlang's loss formula: Poisson arrivals, people who take one message at a time, nobody waits.

A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
telephone exchanges" (1917); in the notation of L. Kleinrock, "Queueing Systems", volume 1 (1975),
§3.5. Loads are in erlangs: arrivals a minute × minutes of service.
"""

from math import ceil


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
