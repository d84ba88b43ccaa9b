"""The cheapest organisation that does the job: who, for how many hours, when, and for what work."""
