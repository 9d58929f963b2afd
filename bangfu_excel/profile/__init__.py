"""Templates and a county's differences, checked, as tables, schemes and policy."""

from bangfu_excel.profile.aliases import FILE_NAME as ALIASES_FILE
from bangfu_excel.profile.aliases import Confirmed, aliases_text
from bangfu_excel.profile.county import Profile, load_profile
from bangfu_excel.profile.forms import find_form, form_files
from bangfu_excel.profile.known import Known
from bangfu_excel.profile.ledgers import ledger_ids, load_ledgers
from bangfu_excel.profile.schemes import all_schemes, load_scheme, scheme_files
from bangfu_excel.profile.templates import start_profile, templates

__all__ = [
    "ALIASES_FILE", "Confirmed", "Known", "Profile", "aliases_text", "all_schemes", "find_form", "form_files", "ledger_ids", "load_ledgers", "load_profile", "load_scheme", "scheme_files", "start_profile", "templates",
]  # fmt: skip
