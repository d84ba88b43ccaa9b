"""Formulas of the queue with many servers and one line, to hold the model against.

Poisson arrivals, exponential times, nobody gives up: L. Kleinrock, "Queueing Systems", volume 1
(1975), §3.5. Servers are whole numbers; loads are in erlangs.
"""

from math import exp, factorial


def blocking(servers: int, load: float) -> float:
    """Erlang's B: chance that all servers are busy where nobody waits."""
    terms = [load**n / factorial(n) for n in range(servers + 1)]
    return terms[-1] / sum(terms)


def waiting(servers: int, load: float) -> float:
    """Erlang's C: chance that a message has to wait."""
    blocked = blocking(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def served_within(servers: int, load: float, service: float, within: float) -> float:
    """Share of the messages that are taken within a time, in the unit of the service time."""
    return 1 - waiting(servers, load) * exp(-(servers - load) * within / service)
