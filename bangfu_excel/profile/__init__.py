"""Templates and a county's differences, checked, as tables, schemes and policy."""

from bangfu_excel.profile.county import Profile, load_profile
from bangfu_excel.profile.schemes import load_scheme, scheme_files
from bangfu_excel.profile.templates import templates

__all__ = ["Profile", "load_profile", "load_scheme", "scheme_files", "templates"]
