"""Draws from the ranges of a scenario."""
