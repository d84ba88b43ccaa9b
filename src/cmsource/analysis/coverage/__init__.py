"""The week of an option, hour by hour and at one moment."""
