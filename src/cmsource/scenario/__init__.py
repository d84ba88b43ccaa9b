"""The scenario: what is needed, who could do it, and where each value came from."""
