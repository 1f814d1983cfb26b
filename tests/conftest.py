"""What holds for the whole suite: it speaks Chinese, whatever the machine's locale, no test judges the machine's speed, and what
tries things of Linux alone is not collected elsewhere.
"""

import os
import sys

from hypothesis import HealthCheck, settings

os.environ["LANGUAGE"] = "zh"  # what the command line says is asserted in many places

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Forked notebooks, kills of processes, Dask's under fire: elsewhere notebooks run through plain papermill.
ONLY_ON_LINUX = ["kills", "scale", "unit/engine", "remote/test_killed.py", "remote/test_dask.py"]
collect_ignore = [] if sys.platform == "linux" else ONLY_ON_LINUX
