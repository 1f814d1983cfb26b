"""What holds for the whole suite: it speaks Chinese, whatever the machine's locale, and no test judges the machine's speed."""

import os

from hypothesis import HealthCheck, settings

os.environ["LANGUAGE"] = "zh"  # what the command line says is asserted in many places

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
