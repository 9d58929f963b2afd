"""The statistics that plans quote, one file a table: shares, averages and distributions, each with what was missing."""
