"""Results: comparisons, differences, rows of a batch; plain frozen data."""
