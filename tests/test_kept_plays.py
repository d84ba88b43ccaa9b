"""What simulations come to is kept only as long as they are the same."""

from kept_plays import KEPT, simulation


def test_what_is_kept_is_of_this_simulation() -> None:
    """Where a line of it changed, nothing that is kept counts: delete the file, and --play."""
    assert KEPT
    assert all(name.startswith(simulation()) for name in KEPT)
