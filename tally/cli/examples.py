"""An example or two for each command's --help: what follows `python pipeline.py`."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "run": ("run 2021-05", "run 5月 --edition public"),
    "check": ("check 2021-05 --all", "check --xlsx 问题.xlsx"),
    "trace": ("trace 2021-05 查办案件", "trace 5月 质量类案件.罚没.累计@滨海县"),
    "approve": ("approve 2021-05 --by 张三 --date 2021-06-08",),
    "verify": ("verify 2021-05", "verify 2021-05 手头的报告.docx"),
    "disclosure": ("disclosure 2021-05",),
    "new-campaign": ("new-campaign lifts_2022",),
    "templates": ("templates 2021-06",),
    "receive": ("receive 收件/*.xlsx --period 2021-05 --date 2021-06-03",),
    "status": ("status", "status 2021-05 --json"),
    "remind": ("remind 2021-05",),
    "accept": ("accept 2021-05 滨海县 射阳县 --by 张三",),
    "desk": ("desk 2021-05 --by 张三", "desk 2021-05 --take 问题清单.xlsx"),
    "lab": ("lab", "lab -- --no-browser"),
}


def examples(command: str) -> str:
    """The command lines, one after the other."""
    return "；".join(f"python pipeline.py {example}" for example in EXAMPLES[command])
