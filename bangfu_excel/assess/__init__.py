"""Current tables and a scheme to what was due, met and scored."""

from bangfu_excel.assess.stage import assess, entered_into
from bangfu_excel.core.assessment import COUNTY, Assessment

__all__ = ["COUNTY", "Assessment", "assess", "entered_into"]
