"""Writers: one file a format; each writes any report. Text is escaped here and nowhere else."""
