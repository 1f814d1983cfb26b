"""All files that the samples consist of, as path -> bytes; nothing is written here."""

from __future__ import annotations

import csv
import io
import json

from samples.build import Truths, built, with_double_claim
from samples.golden import truth_of
from samples.invent import PERIODS, all_truths
from samples.received import PLAN

FOLDER = "data/raw/masks_2021"
README = """# 样例报送材料（虚构） / Sample returns (invented)

本目录下的全部报送材料均为**虚构样例**：企业、人员、电话、地址、信用代码和数字都是程序生成的，不对应任何真实的单位或个人。
企业名称含“示例”“样例”“虚构”，信用代码使用不存在的区划 999999，电话为 1990000xxxx 和 0515-0000xxxx，人名为“某甲”一类。

Everything below this folder is **invented**: firms, persons, phones, addresses, codes and figures come from a program and
belong to nobody. Firm names say 示例, 样例 or 虚构; credit codes carry the division 999999, which does not exist.

- 由 `python -m samples` 生成，每次结果逐字节相同 / made by `python -m samples`, the same bytes on every run
- `<campaign>/<period>/received.csv`：收件登记（文件、收到日期、单位、备注）/ the register of when each file came
- 每个文件的正确读数和有意设置的差错见 `tests/golden/` / the right reading of each file and the planted mistakes
"""


def everything() -> dict[str, bytes]:
    """Path below the project -> bytes: returns, registers, README and truth files; the same on every call."""
    truths = with_double_claim(all_truths())
    files = {"data/raw/README.md": README.encode()}
    for period in PERIODS:
        files |= _period(truths, period)
    return files


def _period(truths: Truths, period: str) -> dict[str, bytes]:
    files, contents = {}, []
    for path, content, members in built(truths, period):
        files[f"{FOLDER}/{period}/{path}"] = content
        contents += members
    files[f"{FOLDER}/{period}/received.csv"] = _register(period)
    text = json.dumps(truth_of(period, contents), ensure_ascii=False, indent=1) + "\n"
    files[f"tests/golden/truth_{period}.json"] = text.encode()
    return files


def _register(period: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "received", "unit", "note"))
    for sent in (s for files in PLAN[period].values() for s in files):
        writer.writerow((sent.path, sent.received, sent.unit, sent.note))
    return out.getvalue().encode()
