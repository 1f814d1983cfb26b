"""The whole suite speaks Chinese, whatever the machine's locale: what the command line says is asserted in many places."""

import os

os.environ["LANGUAGE"] = "zh"
