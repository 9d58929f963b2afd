"""What a table, a cell, a rule and a finding are. No I/O, nothing of the domain."""
