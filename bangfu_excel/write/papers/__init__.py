"""Papers that are printed, signed and filed: several small tables, sentences and lines to write on, down one page."""
