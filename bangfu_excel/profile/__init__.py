"""Templates and a county's differences, checked, as tables, schemes and policy."""
