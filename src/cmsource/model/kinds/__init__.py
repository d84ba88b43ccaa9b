"""The model/kinds room."""
