"""The queue of messages: who answers them, how much work waits, and how late the answers are.

From the people to the figures: `answerer` (a source as the queue sees it), `attendance` (who comes
on a day), `workday` and `reach` (what can be done by when), `backlog` (work that waits, as a
distribution), `queue` (the week in steady state), `answering` and `lateness` (what becomes of the
messages), `erlang` (waiting where nothing is left over). `lower_bound` and `upper_bound` bound the
share answered in time without a queue.
"""
