"""Checks typed rows: column schemas (pandera), row rules, rules across rows and tables. Withholds values, returns rows."""

from bangfu_excel.validate.relations import relate
from bangfu_excel.validate.schema import DataFrameSchema, column_schema
from bangfu_excel.validate.settings import ValidateSettings
from bangfu_excel.validate.stage import validate

__all__ = ["DataFrameSchema", "ValidateSettings", "column_schema", "relate", "validate"]
