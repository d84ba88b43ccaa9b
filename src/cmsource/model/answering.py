"""proto"""
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from math import erf, exp, sqrt, inf
from typing import NamedTuple

from cmsource.model.arrivals import profile_weights
from cmsource.model.backlog import Backlog, Grid, Sums, exceeds, mixed
from cmsource.model.erlang import waiting
from cmsource.model.resource import Resource
from cmsource.model.workday import WorkDay
from cmsource.week import DAY, WEEK

NEAR = 0.9
TOL = 1e-3
MAXSWEEPS = 40
NODES = ((0.21132486540518713, 0.5), (0.7886751345948129, 0.5))


class Piece(NamedTuple):
    start: float
    end: float
    load: float  # work a minute
    on: tuple[int, ...]
    cut: bool


class Run(NamedTuple):
    day: int
    way: int | None
    chance: float
    people: float
    busy: bool
    pieces: list[Piece]
    before: Backlog


class Queue:
    def __init__(self, resources, weekly, service, profile, within):
        self.resources = [r for r in resources if r.duty and r.depth > 0]
        self.service = service
        self.days = [WorkDay(i, self.resources) for i in range(7)]
        r = self.resources
        capacity = sum(x.depth * (1 - x.absent) * x.duty.minutes for x in r)
        work = weekly * service
        self.answered = min(1.0, capacity / work) if work else 1.0
        self.weights = profile_weights(profile)
        self.rate = [w / 60 * work * self.answered for w in self.weights]
        self.offsets = [
            [(o, s) for o, s in ((x.answer_delay, 1 - x.escalates), (x.answer_delay + x.escalation_delay, x.escalates)) if s > 0]
            for x in r
        ]
        self.plain = len({o for off in self.offsets for o, _ in off}) == 1
        daily = work * self.answered / 7
        step = max(daily / 32, service / 2)
        self.grid = Grid(step, service, max(capacity, 8*step))
        self.within = within
        self.cuts = self._cuts(within)
        self._erl = {}
        self._fut = {}
        self.blocks = list(self._blocks())
        self.settle()

    def _cuts(self, within):
        edges = {e for d in self.days for e in d.edges if d.opens < d.end}
        offs = {o for off in self.offsets for o, _ in off}
        return {(e - within + o) % WEEK for e in edges for o in offs if o <= within}

    def _blocks(self):
        """Stretches: (day, staffed, pieces)."""
        free = []
        for d, day in enumerate(self.days):
            pieces = self._pieces(day)
            before = [p for p in pieces if p.end <= day.opens]
            during = [p for p in pieces if day.opens <= p.start < day.closes and day.opens < day.closes]
            after = [p for p in pieces if p.start >= day.closes and day.opens < day.closes]
            free += before
            if during:
                if free:
                    yield d, False, free
                yield d, True, during
                free = []
            free += after
        if free:
            yield 6, False, free

    def _pieces(self, day):
        hours = [h * 60 for h in range(day.start // 60, day.end // 60) if h == 0 or self.weights[h] != self.weights[h - 1]]
        cuts = {c for c in self.cuts if day.start <= c < day.end}
        points = sorted({*day.edges, *hours, *cuts})
        return [
            Piece(a, b, self.rate[int(a // 60)], day.on_duty(a), a in cuts)
            for a, b in zip(points, points[1:])
        ]

    def settle(self):
        law = Backlog(1.0, [])
        for n in range(MAXSWEEPS):
            self.runs = []
            self.peak = (-1.0, 0)
            start = law
            for d, staffed, pieces in self.blocks:
                if staffed:
                    parts = []
                    for w, way in enumerate(self.days[d].ways):
                        parts.append((way.chance, self._through(d, w, way.chance, way.people, pieces, law)))
                    law = mixed(parts)
                else:
                    law = self._through(d, None, 1.0, None, pieces, law)
            m = max(len(start.masses), len(law.masses))
            a = start.masses + [0.0] * (m - len(start.masses))
            b = law.masses + [0.0] * (m - len(law.masses))
            diff = sum(abs(x - y) for x, y in zip(a, b)) + abs(law.clear - start.clear)
            if diff < TOL:
                break
        self.sweeps = n + 1

    def _through(self, d, w, chance, people, pieces, law):
        groups = []
        for p in pieces:
            n = sum(people[i] for i in p.on) if people else 0.0
            busy = n > 0 and p.load > NEAR * n
            key = (n, busy)
            if groups and groups[-1][0] == key and not (p.cut and n == 0):
                groups[-1][1].append(p)
            else:
                groups.append((key, [p]))
        for (n, busy), group in groups:
            self.runs.append(Run(d, w, chance, n, busy, group, law))
            arriving = served = 0.0
            for p in group:
                arriving += p.load * (p.end - p.start)
                served += n * (p.end - p.start)
            law = self.grid.moved(law, arriving, served)
            if busy:
                law = self.grid.overrun(law, arriving - served, 2 * self.service * arriving)
        return law

    def futures(self, d, count):
        """Joint ways of `count` days after day d: list of (chance, ways)."""
        key = (d, count)
        if key not in self._fut:
            days = [self.days[(d + 1 + i) % 7] for i in range(count)]
            full = 1
            lists = []
            for day in days:
                ways = list(enumerate(day.ways))
                if full * len(ways) > 24 and len(ways) > 1:
                    best = max(ways, key=lambda w: w[1].chance)
                    lists.append([(best[0], 1.0)])
                else:
                    full *= len(ways)
                    lists.append([(i, w.chance) for i, w in ways])
            out = []
            for combo in product(*lists):
                p = 1.0
                for _, c in combo:
                    p *= c
                out.append((p, tuple(i for i, _ in combo)))
            self._fut[key] = out
        return self._fut[key]

    def steps(self, d, w, t, within):
        """List of (weight, capacity threshold, leeway) for a message at t (minute of the week) in day d."""
        y = t + within
        day = self.days[d]
        end = day.end
        if w is None and t < day.opens:
            d, end = d - 1, day.start
        if self.plain:
            y -= self.offsets[0][0][0]
            if y < t:
                return
            if y <= end:
                if w is None:
                    return
                c = day.capacity(w, y) - day.capacity(w, t)
                if c > 0:
                    yield 1.0, c
                return
            rest = 0.0 if w is None else day.whole(w) - day.capacity(w, t)
            count = int((y - end - 1e-9) // DAY) + 1
            for chance, ways in self.futures(d, count):
                c = rest
                for i, wi in enumerate(ways):
                    other = self.days[(d + 1 + i) % 7]
                    if i < count - 1:
                        c += other.whole(wi)
                    else:
                        c += other.capacity(wi, other.start + y - end - i * DAY)
                if c > 0:
                    yield chance, c
            return
        longest = y
        count = max(0, int((y - end - 1e-9) // DAY) + 1) if y > end else 0
        for chance, ways in (self.futures(d, count) if count else [(1.0, ())]):
            events = []
            for s, offs in enumerate(self.offsets):
                for off, share in offs:
                    c = self._last(d, w, ways, s, t, t + within - off, end)
                    if c is not None:
                        events.append((c, s, share))
            events.sort(reverse=True)
            rho = [0.0] * len(self.resources)
            before = 0.0
            for c, s, share in events:
                rho[s] += share
                none = 1.0
                for r in rho:
                    none *= 1 - r
                now = 1 - none
                if now > before:
                    yield chance * (now - before), c
                    before = now

    def _last(self, d, w, ways, s, t, y, end):
        """Capacity until the last moment at which source s is there in [t, y]; None if never."""
        if y < t:
            return None
        day = self.days[d]
        best = None
        total = 0.0
        if w is not None:
            if day.ways[w].people[s] > 0:
                last = day.last(s, t, min(y, day.end))
                if last is not None:
                    best = day.capacity(w, last) - day.capacity(w, t)
            total = day.whole(w) - day.capacity(w, t)
        for i, wi in enumerate(ways):
            other = self.days[(d + 1 + i) % 7]
            left = y - end - i * DAY
            if left <= 0:
                break
            if other.ways[wi].people[s] > 0:
                last = other.last(s, other.start, other.start + min(DAY, left))
                if last is not None:
                    best = total + other.capacity(wi, last)
            total += other.whole(wi)
        return best

    def erl(self, n, load):
        key = (n, load)
        v = self._erl.get(key)
        if v is None:
            v = self._erl[key] = waiting(n, load)
        return v

    def share(self, within, nodes=NODES):
        total = 0.0
        cuts = sorted(self._cuts(within)) if within != self.within else None
        s = self.service
        step = self.grid.step
        for run in self.runs:
            n = run.people
            d = run.day
            clear = run.before.clear
            sums = Sums(run.before.masses, step)
            engaged = sums._sums[-1] > 1e-7
            m0 = D0 = 0.0
            for p in run.pieces:
                if p.load <= 0:
                    D0 += n * (p.end - p.start)
                    continue
                if run.way is None:
                    dd = int(p.start // DAY)
                else:
                    dd = d
                points = [p.start, p.end]
                if cuts is not None:
                    points[1:1] = cuts[bisect_left(cuts, p.start + 1e-9):bisect_left(cuts, p.end - 1e-9)]
                for a, b in zip(points, points[1:]):
                    for x, wt in nodes:
                        t = a + x * (b - a)
                        m = m0 + p.load * (t - p.start)
                        D = D0 + n * (t - p.start)
                        sd = sqrt(2 * s * m)
                        value = 0.0
                        for chance, c in self.steps(dd, run.way, t, within):
                            value += chance * self.chance(run, n, p.load, c, m, D, sd, clear, sums, engaged)
                        total += run.chance * p.load * wt * (b - a) * value
                m0 += p.load * (p.end - p.start)
                D0 += n * (p.end - p.start)
        return total / sum(self.rate) / 60 * self.answered

    def chance(self, run, n, load, c, m, D, sd, clear, sums, engaged):
        s = self.service
        if n == 0:
            v = sums.blurred(c - m, sd) if engaged else 0.0
            # atom
            if clear:
                none = exp(-m / s)
                z = (c - m) / sd if sd > 0 else inf
                v += clear * max(none, 0.5 * (1 + erf(z * 0.7071067811865476)))
            return v
        if run.busy:
            tail = exceeds(c, m - D, sd * sd) if m > 0 else 0.0
        else:
            tail = self.erl(n, load) * exp(-(n - load) * c / (n * s))
        if not engaged:
            return clear * (1 - tail)
        zero = sums.blurred(D - m, sd)
        v = sums.blurred(c + D - m, sd)
        return max(0.0, v - zero) + (clear + zero) * (1 - tail)
