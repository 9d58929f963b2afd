"""Anything to workbooks: layout, styles, formulas, charts."""
