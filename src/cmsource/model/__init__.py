"""The model: pure functions from a frozen scenario to a frozen comparison.

No input or output, no clock, no randomness. Kinds of sources are translated into one primitive
(`resource.Resource`) by `kinds`; past that point nothing asks what kind a source is.
"""
