"""Windows' locks of a range of bytes, by those of this system."""

import fcntl
import os

LK_NBLCK = 2


def locking(handle, mode, number):
    assert mode == LK_NBLCK
    fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, number, os.lseek(handle, 0, os.SEEK_CUR))
