"""Analysis: questions about a comparison, answered by asking the model or arranging its answer."""
