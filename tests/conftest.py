"""How many examples: a few dozen in every run, thousands with `BANGFU_PROPERTY=thorough` (which does not shrink)."""

import os

from hypothesis import HealthCheck, Phase, settings

os.environ["BANGFU_DEBUG"] = "1"  # a mistake of the program's own fails its test; users get a finding on the file

slow_but_sure = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
settings.register_profile(
    "ci",
    max_examples=20,
    deadline=None,
    suppress_health_check=slow_but_sure,
    phases=(Phase.explicit, Phase.generate),  # shrinking a workbook takes minutes and tells little more
    derandomize=True,
    database=None,
)
settings.register_profile(
    "thorough",
    max_examples=int(os.environ.get("BANGFU_EXAMPLES", "2000")),
    deadline=None,
    suppress_health_check=slow_but_sure,
    phases=(Phase.generate,),
    database=None,
)
settings.load_profile(os.environ.get("BANGFU_PROPERTY", "ci"))
