"""The highest price at which an option stays recommended, for who sells it."""
