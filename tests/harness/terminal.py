#!/usr/bin/env python3
"""terminal.py [--columns N] [--without-editor] PATTERN KEYS ... -- COMMAND...

Runs COMMAND on a terminal of its own. Where a PATTERN (regular expression) shows, its KEYS (Python escapes) are typed, one pair
after the other; KEYS `signal:TERM` sends that signal instead. All output goes to standard output, the exit code is the command's.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

PATIENCE = 30  # seconds without output before the command is given up


def main():
    arguments = sys.argv[1:]
    columns, editor = 80, True
    while arguments[0] in ("--columns", "--without-editor"):
        if arguments.pop(0) == "--columns":
            columns = int(arguments.pop(0))
        else:
            editor = False
    at = arguments.index("--")
    pairs, command = list(zip(arguments[0:at:2], arguments[1:at:2])), arguments[at + 1:]
    pid, tty = pty.fork()
    if pid == 0:
        for name in ("CI", "NO_COLOR"):
            os.environ.pop(name, None)
        os.environ.update(TERM="xterm" if editor else "dumb", LC_ALL="C.UTF-8")
        time.sleep(0.1)
        os.execvp(command[0], command)
    fcntl.ioctl(tty, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    seen, fresh = b"", ""
    while True:
        if not select.select([tty], [], [], PATIENCE)[0]:
            os.kill(pid, signal.SIGKILL)
            seen += b"\n*** no output any more\n"
            break
        try:
            more = os.read(tty, 4096)
        except OSError:
            break
        if not more:
            break
        seen += more
        fresh += more.decode(errors="replace")
        if pairs and re.search(pairs[0][0], fresh):
            keys = pairs.pop(0)[1]
            time.sleep(0.2)
            fresh = ""
            if keys.startswith("signal:"):
                os.kill(pid, getattr(signal, "SIG" + keys[7:]))
            else:
                os.write(tty, keys.encode().decode("unicode_escape").encode("latin-1"))
    status = os.waitpid(pid, 0)[1]
    sys.stdout.write(seen.decode(errors="replace").replace("\r", ""))
    sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


main()
