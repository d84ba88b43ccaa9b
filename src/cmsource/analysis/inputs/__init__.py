"""The numbers of a scenario: found, named, and replaced by others."""
