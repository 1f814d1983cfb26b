"""A scan, a photo beside the forms: a note where all forms came, a warning where it came later, an error where one is missing."""

import pytest

from tests.unit.county.conftest import Folder, cases_sheet, sampling_sheet

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)
ROSTER = [
    ["非医用口罩生产企业情况统计表"],
    ["填报单位：亭湖区"],
    ["序号", "企业名称", "企业生产状况", "企业规模", "证照情况"],
    [1, "示例甲口罩有限公司", "在产", "小型", "齐全"],
]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def severities(folder: Folder, day: str, sheets: dict, data: bytes = PICTURE, name: str = "盖章件.png") -> list[str]:
    folder.put("亭湖区/报表.xlsx", sheets)
    folder.put(f"亭湖区/{name}", data)
    lines = f"file,received,unit,note\n亭湖区/报表.xlsx,2021-06-03,,\n亭湖区/{name},{day},,\n"
    folder.paths.register.write_text(lines, encoding="utf-8")
    return [f.severity for f in folder.read().findings if f.file == f"亭湖区/{name}"]


ALL = {"附件3": ROSTER, "附件4": cases_sheet(), "附件5": sampling_sheet(["示例甲口罩有限公司"])}


@pytest.mark.parametrize(("day", "severity"), [("2021-06-03", "note"), ("2021-06-05", "warning")])
def test_a_picture_beside_all_forms_is_no_fault(folder, day, severity):
    assert severities(folder, day, ALL) == [severity]


def test_a_picture_in_place_of_a_form_is_a_fault(folder):
    assert severities(folder, "2021-06-03", {"附件4": cases_sheet()}) == ["error"]


def test_a_broken_workbook_beside_all_forms_stays_a_fault(folder):
    assert severities(folder, "2021-06-03", ALL, b"PK\x03\x04 cut off", "更正.xlsx") == ["error"]
