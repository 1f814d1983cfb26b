"""Which files came in each period, from whom, when and in what shape: the plan of data/raw/."""

from __future__ import annotations

from dataclasses import dataclass, field

E, C, S = "enterprises", "cases", "sampling"


@dataclass(frozen=True)
class Sent:
    """One file as received. `sheets`: sheet name -> what stands on it ("summary" in a Word or text file).

    `empty` are blank worksheets left in; `leftover` is last period's form on a hidden sheet; `superseded` says that
    a later file of the same unit replaces this one; `undated` leaves 填报时间 unfilled; `since_1904` is a workbook of the other date system.
    """

    path: str
    kind: str  # xlsx, xls, ods, html, gbk, utf8 (delimited), docx, txt, zip
    received: str
    sheets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""
    unit: str = ""  # what the register says of it, usually nothing
    empty: tuple[str, ...] = ()
    leftover: tuple[str, str] | None = None
    superseded: bool = False
    undated: bool = False
    since_1904: bool = False
    contacts: bool = False  # a list of contacts that nobody asked for, no form at all
    members: tuple[Sent, ...] = ()


TEXT = {"": ("summary",)}


def _table(form: str, name: str = "Sheet1") -> dict[str, tuple[str, ...]]:
    return {name: (form,)}


APRIL = {
    "320902": (
        Sent("亭湖区/附件3 非医用口罩生产企业情况统计表.xlsx", "xlsx", "2021-04-08", _table(E, "附件3")),
        Sent("亭湖区/亭湖区附件4、附件5.xlsx", "xlsx", "2021-04-30", {"附件4": (C,), "附件5": (S,)}),
        Sent("亭湖区/亭湖区口罩专项整治工作总结.docx", "docx", "2021-04-30", TEXT),
    ),
    "320903": (
        Sent("盐都/盐都区非医用口罩生产企业情况统计表.xls", "xls", "2021-04-09", _table(E)),
        Sent("盐都/盐都区口罩案件查处情况统计表.xls", "xls", "2021-05-03", _table(C)),
        Sent("盐都/盐都区口罩专项抽检.xls", "xls", "2021-05-03", _table(S)),
        Sent("盐都/工作总结（盐都）.docx", "docx", "2021-05-03", TEXT),
    ),
    "320904": (
        Sent("大丰区市监局/附件3（大丰）.xlsx", "xlsx", "2021-04-10", _table(E)),
        Sent("大丰区市监局/大丰区口罩报表4月.xlsx", "xlsx", "2021-04-29", {"Sheet1": (C, S)}, empty=("Sheet2", "Sheet3")),
        Sent("大丰区市监局/大丰区口罩整治工作总结.docx", "docx", "2021-04-29", TEXT),
    ),
    "320921": (
        Sent("响水县/响水附件3.docx", "docx", "2021-04-09", {"": (E,)}),
        Sent("响水县/响水县口罩专项整治材料.docx", "docx", "2021-05-05", {"": ("summary", C, S)}),
    ),
    "320922": (
        Sent("滨海/附件3.xls", "xls", "2021-04-07", _table(E, "附件3")),
        Sent("滨海/附件4-5最终版(2).xls", "xls", "2021-05-04", {"附件4": (C,), "附件5": (S,)}),
        Sent("滨海/滨海县工作总结.txt", "txt", "2021-05-04", TEXT),
    ),
    "320923": (
        Sent(
            "阜宁县口罩专项整治报送材料.zip", "zip", "2021-04-30", note="邮件附件，一并报送",
            members=(
                Sent("附件3.csv", "gbk", "2021-04-30", {"": (E,)}),
                Sent("附件4.csv", "gbk", "2021-04-30", {"": (C,)}),
                Sent("附件5.csv", "gbk", "2021-04-30", {"": (S,)}),
                Sent("工作总结.txt", "txt", "2021-04-30", TEXT),
            ),
        ),
    ),
    "320924": (
        Sent("射阳县局/射阳附件3.et", "xls", "2021-04-09", _table(E)),
        Sent("射阳县局/射阳附件4.et", "xls", "2021-05-04", _table(C)),
        Sent("射阳县局/射阳附件5.docx", "docx", "2021-05-04", {"": (S,)}),
        Sent("射阳县局/射阳县口罩整治总结.docx", "docx", "2021-05-04", TEXT),
    ),
    "320925": (
        Sent("建湖/建湖县附件3.xls", "html", "2021-04-08", {"": (E,)}),
        Sent("建湖/建湖县附件4.xls", "html", "2021-04-30", {"": (C,)}),
        Sent("建湖/建湖县附件5.ods", "ods", "2021-04-30", _table(S)),
        Sent("建湖/建湖县工作总结.docx", "docx", "2021-04-30", TEXT),
    ),
    "320981": (
        Sent("东台市市场监督管理局/东台市附件3.xlsx", "xlsx", "2021-04-06", _table(E, "附件3"), since_1904=True),
        Sent("东台市市场监督管理局/东台市附件4 的副本.xlsx", "xlsx", "2021-05-05", _table(C), empty=("Sheet2",)),
        Sent("东台市市场监督管理局/东台市附件5.xlsx", "xlsx", "2021-05-05", _table(S)),
        Sent("东台市市场监督管理局/东台市工作总结.docx", "docx", "2021-05-05", TEXT),
    ),
    "320971": (
        Sent("经开区综合行政执法局/口罩生产企业.csv", "utf8", "2021-04-10", {"": (E,)}),
        Sent("经开区综合行政执法局/案件统计.xlsx", "xlsx", "2021-05-05", _table(C)),
        Sent("经开区综合行政执法局/抽检统计.csv", "gbk", "2021-05-05", {"": (S,)}),
        Sent("经开区综合行政执法局/总结.docx", "docx", "2021-05-05", TEXT),
    ),
    "320990": (
        Sent("盐南高新区附件3（零报告）.xlsx", "xlsx", "2021-04-08", _table(E), note="零报告"),
        Sent("盐南高新区附件4.xlsx", "xlsx", "2021-04-30", _table(C)),
        Sent("盐南高新区附件5.xlsx", "xlsx", "2021-04-30", _table(S)),
        Sent("盐南高新区口罩专项整治工作总结.docx", "docx", "2021-04-30", TEXT),
    ),
}  # fmt: skip

MAY = {
    "320902": (
        Sent("亭湖区/亭湖区5月附件3-5.xlsx", "xlsx", "2021-06-02", {"附件3": (E,), "附件4": (C,), "附件5": (S,)}),
        Sent("亭湖区/亭湖区5月工作总结.docx", "docx", "2021-06-02", TEXT),
    ),
    "320903": (
        Sent("盐都/盐都区附件3（5月）.xls", "xls", "2021-06-03", _table(E)),
        Sent("盐都/盐都区附件4（5月）.xls", "xls", "2021-06-03", _table(C)),
        Sent("盐都/盐都区附件5（5月）.xls", "xls", "2021-06-03", _table(S)),
        Sent("盐都/工作总结5月.docx", "docx", "2021-06-03", TEXT),
    ),
    "320904": (
        Sent("大丰区市监局/大丰区口罩报表5月.xlsx", "xlsx", "2021-06-04", {"Sheet1": (C, S), "企业": (E,)},
             leftover=("附件4(4月)", C)),
        Sent("大丰区市监局/大丰区5月总结.docx", "docx", "2021-06-04", TEXT),
    ),
    "320922": (
        Sent("滨海/5月附件3.xls", "xls", "2021-06-05", _table(E, "附件3")),
        Sent("滨海/5月附件4-5.xls", "xls", "2021-06-05", {"附件4": (C,), "附件5": (S,)}),
        Sent("滨海/滨海县5月工作总结.txt", "txt", "2021-06-05", TEXT),
    ),
    "320923": (
        Sent("阜宁县局/阜宁县5月统计表.xlsx", "xlsx", "2021-06-01", {"附件3": (E,), "附件4": (C,), "附件5": (S,)}),
        Sent("阜宁县局/阜宁县5月小结.docx", "docx", "2021-06-01", TEXT),
    ),
    "320924": (
        Sent("射阳县局/射阳县5月附件3-5.docx", "docx", "2021-06-09", {"": (E, C, S)}, note="经催报后送达"),
        Sent("射阳县局/射阳县5月总结.docx", "docx", "2021-06-09", TEXT),
    ),
    "320925": (
        Sent("建湖/建湖县附件3-5月.xls", "html", "2021-06-04", {"": (E,)}),
        Sent("建湖/建湖县附件4-5月.xls", "html", "2021-06-04", {"": (C,)}),
        Sent("建湖/建湖县附件5-5月.ods", "ods", "2021-06-04", _table(S)),
        Sent("建湖/联络员名单.xlsx", "xlsx", "2021-06-04", contacts=True),
        Sent("建湖/建湖县5月工作总结.docx", "docx", "2021-06-04", TEXT),
    ),
    "320981": (
        Sent("东台市市场监督管理局/东台市附件3、5（5月）.xlsx", "xlsx", "2021-06-02", {"附件3": (E,), "附件5": (S,)}),
        Sent("东台市市场监督管理局/东台市附件4（5月）.xlsx", "xlsx", "2021-06-02", _table(C), superseded=True),
        Sent("东台市市场监督管理局/东台市附件4（5月）（更正）.xlsx", "xlsx", "2021-06-04", _table(C),
             note="更正件，替换6月2日报送的附件4"),
        Sent("东台市市场监督管理局/东台市5月工作总结.docx", "docx", "2021-06-02", TEXT),
    ),
    "320971": (
        Sent("经开区综合行政执法局/口罩生产企业5月.csv", "utf8", "2021-06-05", {"": (E,)}),
        Sent("经开区综合行政执法局/案件统计5月.xlsx", "xlsx", "2021-06-05", _table(C)),
        Sent("经开区综合行政执法局/抽检统计5月.csv", "gbk", "2021-06-05", {"": (S,)}),
        Sent("经开区综合行政执法局/5月总结.txt", "txt", "2021-06-05", TEXT),
    ),
    "320990": (
        Sent("盐南附件3零报告.xlsx", "xlsx", "2021-06-02", _table(E), note="零报告"),
        Sent("高新区5月附件4、5.xlsx", "xlsx", "2021-06-02", {"附件4": (C,), "附件5": (S,)}, unit="盐南高新区",
             note="文件名未写明单位，经电话核实", undated=True),
        Sent("盐南高新区5月工作总结.docx", "docx", "2021-06-02", TEXT),
    ),
}  # fmt: skip

PLAN = {"2021-04": APRIL, "2021-05": MAY}
DUE = {
    "2021-04": {E: "2021-04-10", C: "2021-05-05", S: "2021-05-05", "summary": "2021-05-05"},
    "2021-05": {E: "2021-06-05", C: "2021-06-05", S: "2021-06-05", "summary": "2021-06-05"},
}
