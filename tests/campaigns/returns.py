"""Returns of the lifts campaign as towns would send them: a workbook, a Word file, a CSV file, a wide header."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from samples.writers.sheet import sheet_of
from samples.writers.word import word_tables
from samples.writers.xlsx import typed

HERE = Path(__file__).parent
FIRST, SECOND = "2022-03-上半月", "2022-03-下半月"
PLACES = ("住宅小区", "商场超市", "医院", "学校", "其他场所", "总计")
MEASURES = ("检查电梯（台）", "发现隐患（处）", "完成整改（处）", "查封电梯（台）", "罚款（万元）")
LIST = ("序号", "电梯注册代码", "使用单位", "隐患内容", "发现日期", "整改情况", "是否查封")

# Five rows of measures by place; the total is written by `matrix`.
LIUTANG = ((40, 6, 4, 1, "0.5"), (12, 2, 2, 0, "0"), (3, 0, 0, 0, "0"), (5, 1, 1, 0, "0"), (2, 0, 0, 0, "0"))
SHIQIAO = ((25, 3, 3, 0, "0"), (8, 1, 0, 1, "1.2"), (2, 1, 1, 0, "0"), (4, 0, 0, 0, "0"), (0, 0, 0, 0, "0"))
WANGHU = ((18, 2, 1, 0, "0"), (3, 0, 0, 0, "0"), (1, 0, 0, 0, "0"), (2, 0, 0, 0, "0"), (1, 1, 1, 0, "0.3"))
LIUTANG_LATER = ((71, 3, 3, 0, "0.1"), (20, 0, 0, 0, "0"), (5, 0, 0, 0, "0"), (9, 0, 0, 0, "0"), (4, 1, 0, 1, "0"))
SHIQIAO_LATER = ((52, 4, 2, 1, "0.4"), (15, 0, 0, 0, "0"), (4, 0, 0, 0, "0"), (8, 0, 0, 0, "0"), (1, 0, 0, 0, "0"))
WANGHU_LATER = ((30, 1, 1, 0, "0"), (6, 0, 0, 0, "0"), (2, 0, 0, 0, "0"), (4, 1, 1, 0, "0"), (2, 0, 0, 0, "0"))

HAZARDS = (
    ("30101", "柳塘物业服务中心", "门锁触点磨损", "2022-03-04", "已整改", "否"),
    ("30102", "柳塘物业服务中心", "制动器间隙超标", "2022.3.7", "整改中", "是"),
    ("30103", "塘边百货", "应急照明失效", "20220309", "整改完成", "否"),
)
HAZARDS_LATER = (("30104", "塘边百货", "轿厢报警装置不通", "2022-03-21", "未整改", "否"),)


def matrix(rows) -> list[tuple]:
    """The body of 表一 with its 总计 row."""
    total = tuple(sum(r[i] for r in rows) for i in range(4)) + (f"{sum(float(r[4]) for r in rows):g}",)
    return [(place, *row) for place, row in zip(PLACES, (*rows, total), strict=True)]


def write_root(root: Path) -> Path:
    """The campaign's folder and two periods of returns below `root`."""
    shutil.copytree(
        HERE / "lifts_2022", root / "campaigns" / "lifts_2022", ignore=shutil.ignore_patterns("__pycache__")
    )
    raw = root / "data" / "raw" / "lifts_2022"
    workbook(raw / FIRST / "柳塘街道办事处" / "3月上半月报表.xlsx", "柳塘街道办事处", "2022年3月16日", LIUTANG, HAZARDS)
    word(raw / FIRST / "石桥街道" / "电梯检查情况.docx", "石桥街道", SHIQIAO)
    delimited(raw / FIRST / "望湖镇电梯检查情况统计表.csv", WANGHU)
    workbook(
        raw / SECOND / "柳塘" / "3月下半月报表.xlsx", "柳塘街道办事处", "2022年4月1日", LIUTANG_LATER, HAZARDS_LATER
    )
    word(raw / SECOND / "石桥街道" / "电梯检查情况.docx", "石桥街道", SHIQIAO_LATER)
    delimited(raw / SECOND / "望湖镇电梯检查情况统计表.csv", WANGHU_LATER)
    register(raw / FIRST, "2022-03-16")
    register(raw / SECOND, "2022-04-01")
    return root


def register(folder: Path, day: str) -> None:
    """received.csv for all that lies in a period's folder."""
    names = sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != "received.csv"
    )
    with (folder / "received.csv").open("w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([("file", "received", "unit", "note"), *((n, day, "", "") for n in names)])


def workbook(path: Path, unit: str, day: str, rows, hazards) -> None:
    """Both forms on two sheets."""
    signed = (f"填报单位（盖章）：{unit}", None, f"填报日期：{day}")
    listed = [LIST, *((i, *h) for i, h in enumerate(hazards, 1))]
    pages = {
        "Sheet": [("表一",), ("电梯安全检查情况统计表",), signed, ("场所类别", *MEASURES), *matrix(rows)],
        "清单": [("表二",), ("电梯隐患整改清单",), signed, *listed],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(typed(pages))


def word(path: Path, unit: str, rows) -> None:
    """表一 as a Word table; 表二 does not come."""
    lines = [("电梯安全检查情况统计表",), (f"填报单位：{unit}",), ("场所类别", *MEASURES), *matrix(rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(word_tables([sheet_of(lines, top=2)]))


def delimited(path: Path, rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [("电梯安全检查情况统计表",), ("填报单位：望湖镇",), ("场所类别", *MEASURES), *matrix(rows)]
    with path.open("w", encoding="gb18030", newline="") as f:
        csv.writer(f).writerows(lines)
