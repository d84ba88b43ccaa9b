"""A command at a terminal of its own: what somebody types and sees."""

import os
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_PATIENCE = 30.0
_AGAIN = 5.0  # seconds until a key is pressed once more
_LEFT_OUT = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CMSOURCE_LANG", "LC_ALL", "LC_MESSAGES")


class Terminal:
    """The command line in a process of its own, at a terminal.

    Args:
        arguments: of the command.
        folder: in which it runs.
        out: a file for standard output; the terminal when None.
        variables: others than those of this process.
        program: what runs in the place of cmsource.
    """

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        out: Path | None = None,
        variables: Mapping[str, str] | None = None,
        program: Sequence[str] = (sys.executable, "-m", "cmsource"),
    ) -> None:
        import pty

        environment = {name: text for name, text in os.environ.items() if name not in _LEFT_OUT}
        environment |= {"TERM": "dumb", "LANG": "C.UTF-8", **(variables or {})}
        source = Path(__file__).parents[1] / "src"
        environment["PYTHONPATH"] = os.pathsep.join([str(source), *sys.path])
        self.text = ""
        self._seen = 0
        self._pid, self._leader = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            if out is not None:
                os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT), 1)
            os.execvpe(program[0], [*program, *arguments], environment)

    def see(self, words: str) -> None:
        """Wait until some words are shown, after those that were waited for before."""
        until = time.monotonic() + _PATIENCE
        while (found := self.text.find(words, self._seen)) < 0:
            if not self._read(until):
                raise AssertionError(f"never saw {words!r} in:\n{self.text[self._seen :]}")
        self._seen = found + len(words)

    def type(self, text: str) -> None:
        """Type a line."""
        self.press(f"{text}\n")

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._leader, keys.encode())

    def interrupt(self, words: str = "") -> None:
        """Press Ctrl-C, and wait until some words are shown.

        Pressed just as Python begins to wait for a line, it is heard with the next key only: then
        it is pressed again, as somebody would.
        """
        self.press("\x03")
        while words and self.text.find(words, self._seen) < 0:
            if not self._read(time.monotonic() + _AGAIN):
                self.press("\x03")
                self.see(words)

    def end(self) -> int:
        """The exit status, when everything has been shown."""
        until = time.monotonic() + _PATIENCE
        while self._read(until):
            pass
        if time.monotonic() >= until:
            os.kill(self._pid, signal.SIGKILL)
        os.close(self._leader)
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)

    def _read(self, until: float) -> bool:
        """Take what is shown next; whether there was any."""
        ready, _, _ = select.select([self._leader], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        try:
            data = os.read(self._leader, 65536)
        except OSError:  # the other end is closed
            return False
        self.text += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)
