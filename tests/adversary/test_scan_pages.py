"""Of a scan with more pages than are read the rest is named (with the scan extra only)."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")


def test_pages_beyond_those_that_are_read_are_named(world):
    from PIL import Image

    sink = io.BytesIO()
    black = [Image.new("RGB", (400, 300)) for _ in range(8)]
    black[0].save(sink, "TIFF", save_all=True, append_images=black[1:])
    world.put("亭湖区/盖章件.tif", sink.getvalue())
    made = world.run()
    (said,) = made.findings[made.findings["rule"] == "scan.pages"]["message"]
    assert "共 8 页" in said and "前 6 页" in said
