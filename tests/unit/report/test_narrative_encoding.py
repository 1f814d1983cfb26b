"""The analyst's own text may come from any Chinese editor."""

import pytest

from tally.report.narrative import read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_narrative_is_read_in_utf_8_and_in_gbk(tmp_path, encoding):
    path = tmp_path / "2021-05.md"
    path.write_bytes("# 四、存在问题\n个别企业台账不全。\n".encode(encoding))
    assert read(path).at("存在问题") == ("个别企业台账不全。",)


def test_an_empty_file_says_nothing(tmp_path):
    path = tmp_path / "2021-05.md"
    path.write_bytes(b"\n")
    assert read(path).parts == {}
