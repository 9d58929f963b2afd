"""Current tables and a scheme to what was due, met and scored."""
