"""How many examples: a few dozen in every run, thousands with `--hypothesis-profile=thorough`."""

from hypothesis import HealthCheck, settings

slow_but_sure = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
settings.register_profile("ci", max_examples=40, deadline=None, suppress_health_check=slow_but_sure, derandomize=True)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=slow_but_sure)
settings.load_profile("ci")
