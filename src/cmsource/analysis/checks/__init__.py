"""Results held against what was expected of them."""
