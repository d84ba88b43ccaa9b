"""Where two options cost the same."""
