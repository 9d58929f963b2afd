"""What leaders, units, helpers and townships are given besides the assessment workbook."""

from bangfu_excel.pipeline.printed.making import PAPERS, papers

__all__ = ["PAPERS", "papers"]
