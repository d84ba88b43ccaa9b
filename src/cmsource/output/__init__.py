"""Output: one module a format; each takes results and returns text."""
