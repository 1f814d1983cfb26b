"""`python -m samples [ROOT]`: writes data/raw/masks_2021/ and tests/golden/ anew below ROOT."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from samples.everything import FOLDER, everything

if __name__ == "__main__":
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    shutil.rmtree(root / FOLDER, ignore_errors=True)  # a file no longer in the plan goes as well
    for path, content in everything().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    print(f"{len(everything())} 个文件已写入 {root}")
