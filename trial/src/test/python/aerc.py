"""Reads, files and marks letters with aerc, by its keys, in a terminal of our own.

Argument: the directory that is its home, with its configuration. Ends with status 0 when all that was
looked for came to be seen.
"""

import os
import pty
import re
import select
import sys
import time

PATIENCE = 60
CONTROL = re.compile(rb"\x1b\[[0-9;?>=]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>78]|[\x00-\x08\x0e-\x1f]")


class Terminal:
    def __init__(self, home: str):
        self.seen = b""
        child, self.fd = pty.fork()
        if child == 0:
            os.environ.update(
                HOME=home, TERM="xterm", LC_ALL="C.UTF-8", XDG_RUNTIME_DIR=home, LINES="40", COLUMNS="140"
            )
            os.environ.pop("XDG_CONFIG_HOME", None)
            os.execvp("aerc", ["aerc"])
        self.child = child
        import fcntl
        import struct
        import termios

        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))

    def read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            some = os.read(self.fd, 65536)
        except OSError:
            return False
        self.seen += some
        return bool(some)

    def until(self, text: str):
        """Waits for a text after what was looked for before; blanks may be moves of the cursor."""
        end = time.monotonic() + PATIENCE
        wanted = text.replace(" ", "").encode()
        while True:
            plain = CONTROL.sub(b"", self.seen).replace(b" ", b"")
            if wanted in plain:
                self.seen = b""
                return
            if time.monotonic() > end or not self.read(0.5):
                sys.exit(f"never saw {text!r} but:\n{plain[-4000:].decode(errors='replace')}")

    def say(self, keys: str):
        os.write(self.fd, keys.encode())

    def end(self):
        self.say(":quit -f\r")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.read(0.5):
            pass
        os.waitpid(self.child, 0)


def main():
    aerc = Terminal(sys.argv[1])
    aerc.until("Pour aerc")
    aerc.say(":flag\r")
    aerc.until("successful")
    aerc.say(":view\r")
    aerc.until("Lu dans un terminal")
    aerc.say(":close\r")
    aerc.say(":mkdir Gardé\r")
    aerc.until("created")
    aerc.say(":mv Gardé\r")
    aerc.until("oved")
    aerc.end()


main()
