"""Reports: one file a command; each turns results into blocks, data and rows, in no format yet."""
