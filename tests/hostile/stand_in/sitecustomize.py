"""What `tally` sees of the system is what Windows has: no POSIX module, no POSIX name, `os.name` "nt". Libraries see all.
A file that is open here cannot be replaced or removed; locks are Windows' own (`windows_locks`).

Python imports this by itself in every process that has its folder on its path.
"""

import builtins
import sys
import types

import held_open
import windows_locks

HIDDEN_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "tty"}
HIDDEN = {
    "os": {
        "fork", "setsid", "killpg", "getuid", "getpgid", "wait4", "waitpid", "pidfd_open", "mkfifo", "WNOHANG", "O_DIRECTORY",
        "O_NOFOLLOW", "O_NONBLOCK", "WIFSIGNALED", "WTERMSIG", "WEXITSTATUS", "sysconf", "uname", "fchmod", "statvfs", "nice",
    },
    "signal": {"SIGKILL", "SIGBUS", "SIGXCPU", "SIGHUP", "SIGALRM", "setitimer", "pidfd_send_signal", "pthread_sigmask"},
    "select": {"poll", "epoll"},
    "socket": {"AF_UNIX", "send_fds", "recv_fds", "SOCK_SEQPACKET"},
    "sys": set(),
}  # fmt: skip
GIVEN = {("sys", "platform"): "win32", ("os", "name"): "nt"}
_import, _shown = builtins.__import__, {}


class Shown(types.ModuleType):
    """A module without the names that are hidden."""

    def __getattr__(self, name):
        module = self.__dict__["__name__"]
        if name in HIDDEN[module]:
            raise AttributeError(f"module {module!r} has no attribute {name!r} on Windows")
        return GIVEN.get((module, name), getattr(sys.modules[module], name))

    def __setattr__(self, name, value):
        setattr(sys.modules[self.__dict__["__name__"]], name, value)


def seen(name, where=None, *args, **more):
    asker = (where or {}).get("__name__", "")
    if asker.partition(".")[0] in ("tally", "pipeline") or (
        asker == "__main__" and "tally" in str((where or {}).get("__file__"))
    ):
        if name in HIDDEN_MODULES:
            raise ImportError(name)
        if name == "msvcrt":
            return windows_locks
        if name in HIDDEN:
            _import(name)
            return _shown.setdefault(name, Shown(name))
    return _import(name, where, *args, **more)


builtins.__import__ = seen
held_open.begin()
