"""Figures as people write them, through the whole reading: what Parquet holds, in which state, with which finding."""

import pytest

from tests.adversary.world import MEASURES, batch, failing, firm, form3, form4, form5

# written -> (件, 万元): a value read or repaired, or the severity of the finding where there is none
WRITTEN = {
    "１２": (12, 12.0),
    "1,234": (1234, 1234.0),
    "1，234": (1234, 1234.0),
    "\u00a012": (12, 12.0),
    "'12": (12, 12.0),
    "12.0": (12, 12.0),
    "00": (0, 0.0),
    "0.0": (0, 0.0),
    "12.": (12, 12.0),
    "−3": (-3, -3.0),
    "－3": (-3, -3.0),
    "十二": (12, 12.0),
    "壹拾贰": (12, 12.0),
    "〇": (0, 0.0),
    "12件": (12, "error"),
    "12+3": (15, 15.0),
    "1.0E+02": (100, 100.0),
    "约500": (500, 500.0),
    "12②": (12, 12.0),
    "12（累计15）": (12, 12.0),
    "5000元": ("error", 0.5),
    "3万": (30000, 3.0),
    "三万": (30000, 3.0),
    "一万二千": (12000, 1.2),
    "三千": (3000, "error"),
    "三万五": (35000, 3.5),
    "一百五": (150, "error"),
    "¥3500": ("error", "error"),
    "RMB 3,500": ("error", "error"),
    "RMB 3.5万元": ("error", 3.5),
    "￥5000元": ("error", 0.5),
    "1/2": ("error", "error"),
    "½": ("error", "error"),
    "Ⅻ": ("error", "error"),
    "12件/15件": ("error", "error"),
    "本期2累计12": ("error", "error"),
    "1，5": ("error", "error"),
    "1\n2": ("error", "error"),
    "5%": ("error", "error"),
    "1O": ("error", "error"),
    "12-15": ("error", "error"),
    "见附件": ("error", "error"),
    "#REF!": ("error", "error"),
    "不详": ("warning", "warning"),
    "未开展": ("warning", "warning"),
}
WARNED = {"三万五", "一百五", "12+3", "1.0E+02", "约500", "12②", "12（累计15）", "3万"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Every writing in a return of its own unit column: seven writings a form, one form a period."""
    from tests.adversary.world import CATEGORIES, World

    writings, found = list(WRITTEN), {}
    parts = [c for c in CATEGORIES if c != "total"]
    for at in range(0, len(writings), len(parts)):
        some = writings[at : at + len(parts)]
        rows = {c: [5, 6, w, 0, 0, w, 1, 0, 0] for c, w in zip(parts, some, strict=False)}
        world = World(tmp_path_factory.mktemp("figures"))
        world.put("亭湖区/表.xlsx", {"附件4": form4(**rows)})
        out = world.run()
        for category, writing in zip(parts, some, strict=False):
            for field in ("cases_handled", "fines_confiscations"):
                cell = out.cell(category, field)
                said = out.findings[
                    (out.findings["cell"] == cell["cell"]) & out.findings["rule"].str.startswith("cell.")
                ]
                found[writing, field] = (out.value(category, field), cell["state"], set(said["severity"]))
    return found


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(("at", "field"), [(0, "cases_handled"), (1, "fines_confiscations")])
def test_a_figure_is_read_or_its_cell_is_named(figures, written, at, field):
    value, state, severities = figures[written, field]
    expected = WRITTEN[written][at]
    if isinstance(expected, str):
        assert (value, severities) == (None, {expected})
        assert state == ("unreadable" if expected == "error" else "blank")
    else:
        assert value == pytest.approx(expected, abs=1e-12)
        assert state in ("read", "repaired")
        assert severities != set()
        assert "warning" in severities or written not in WARNED


PIECES = {
    "500只": 500, "0.5万只": 5000, "1.2万": 12000, "五百": 500, "1000+500": 1500, "500（1批次）": 500, "2批次": None,
    "5批": None, "1批500只": 500, "2箱": None, "500.5": None, "三万五": 35000, "若干": None, "全部": None,
}  # fmt: skip


def test_pieces_are_never_batches_or_boxes(world):
    rows = [failing(i + 1, enterprise=f"盐城样例{i}口罩厂", failed_quantity=w) for i, w in enumerate(PIECES)]
    world.put("亭湖区/表.xlsx", {"附件5": form5(*rows)})
    out = world.run()
    assert out.column("failed_quantity", "sampling") == list(PIECES.values())
    for i, (written, value) in enumerate(PIECES.items()):
        assert out.at(f"G{5 + i}", "" if value else "error"), written


RESULTS = {
    "合  格": "合格", "√": "合格", "符合": "合格", "合格（阴性）": "合格", "不合格(标识)": "不合格", "×": "不合格", "基本合格": None,
    "合格/不合格": None, "合格（标识不合格）": None, "不合格→合格": None, "未发现不合格": "合格", "□合格 ☑不合格": "不合格", "待检": None,
    "未检": None, "/": None, "所检项目合格": "合格",
}  # fmt: skip


def test_a_result_is_one_of_two_or_an_error(world):
    rows = [batch(seq=i + 1, enterprise=f"盐城样例{i}口罩厂", result=w) for i, w in enumerate(RESULTS)]
    world.put("亭湖区/表.xlsx", {"附件5": form5(*rows)})
    out = world.run()
    assert out.column("result", "sampling") == list(RESULTS.values())
    assert all(out.at(f"E{5 + i}", "error") for i, v in enumerate(RESULTS.values()) if v is None)


DATES = {
    "2020.01.22": "2020-01-22", "20180412": "2018-04-12", "2021年 4月10日": "2021-04-10", "二〇二一年四月十日": "2021-04-10",
    43852: "2020-01-22", "４３８５２": "2020-01-22", "2021年2月30日": None, "4.10": None, "去年": None, "2020年1月": None,
    "22/1/2020": "2020-01-22", "20.1.22": "2020-01-22", "2020.1.22-2021.1.22": None, "成立于2020年1月22日": "2020-01-22",
}  # fmt: skip


def test_a_date_is_a_whole_day_or_an_error(world):
    rows = [
        firm(seq=i + 1, enterprise=f"盐城样例{i}口罩厂", credit_code=None, established=w) for i, w in enumerate(DATES)
    ]
    world.put("亭湖区/表.xlsx", {"附件3": form3(*rows)})
    out = world.run()
    assert [v and v.isoformat() for v in out.column("established", "enterprises")] == list(DATES.values())
    assert all(out.at(f"M{5 + i}", "error") for i, v in enumerate(DATES.values()) if v is None)
    doubted = [i for i, written in enumerate(DATES) if written in ("20.1.22", "成立于2020年1月22日")]
    assert all(out.at(f"M{5 + i}", "warning") for i in doubted)


def test_every_measure_keeps_its_own_unit(world):
    world.put(
        "亭湖区/表.xlsx",
        {"附件4": form4(quality=("20人次", "30户", "4件", "3件", "2件", "1.5万元", "2万元", "5000只", "0件"))},
    )
    out = world.run()
    assert [out.value("quality", m) for m in MEASURES] == [20, 30, 4, 3, 2, 1.5, 2.0, 0.5, 0]
    assert out.at("I6", "warning") == ["cell.unit_converted"]


def test_a_comment_with_a_figure_is_a_warning_whatever_else_is_said_of_the_cell(world):
    from openpyxl.comments import Comment

    from tests.adversary.world import workbook

    def annotate(book):
        book.active["D6"].comment = Comment("实际应为5件", "某甲")
        book.active["E6"] = "3件"
        book.active["E6"].comment = Comment("另有2件", "某甲")

    world.put("亭湖区/表.xlsx", workbook({"附件4": form4()}, annotate))
    out = world.run()
    assert out.at("D6", "warning") == ["cell.comment"]
    assert out.at("E6", "warning") == ["cell.unit_written"]
