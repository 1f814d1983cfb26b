"""Who may read and write what is made on a shared folder: whom the user's own settings let, as for any file of his."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tally.paths import PROJECT

WRITE = "import os, sys; from pathlib import Path; os.umask(int(sys.argv[2], 8)); from tally.store.files import write_bytes; write_bytes(Path(sys.argv[1]), b'x')"


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's there")
@pytest.mark.parametrize(("umask", "rights"), [("002", 0o664), ("022", 0o644), ("027", 0o640), ("077", 0o600)])
def test_a_file_has_the_rights_that_the_users_settings_give(tmp_path: Path, umask: str, rights: int):
    made = tmp_path / "corrections.csv"
    subprocess.run([sys.executable, "-c", WRITE, str(made), umask], check=True, cwd=PROJECT, timeout=60)
    assert stat.S_IMODE(made.stat().st_mode) == rights
