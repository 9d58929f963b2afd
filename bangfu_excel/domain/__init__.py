"""What this work knows: one file a table, the rules across tables, the code lists."""
