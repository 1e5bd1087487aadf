"""screen.py - a terminal for scripts: what stands on it is what a person would see, and somebody types at questions.

The terminal is tmux's. Before a screen is read the terminal is asked where its cursor is: the answer comes when all that was printed
before has been drawn, so nothing is waited for by the clock.
"""
import os
import re
import shutil
import subprocess
import time

LINES = 40
QUESTION = re.compile(r"(\[y/N\]|Name of the new migration:|nothing for none\))\s*$")
DRAWN = "printf '\\033[6n'; IFS= read -rs -d R _; "


def there():
    return shutil.which("tmux") is not None


def on_screen(command, output):
    """Shell that runs it on an empty screen and keeps what stands there then."""
    return (f"printf '\\033[H\\033[2J'; {DRAWN} tmux clear-history\n{{ {command}\n}}\n"
            f"{DRAWN} tmux capture-pane -p -S - >{output}")


def play(script, columns, typed, home, work, env, patience):
    """Runs the script; `typed` are the answers to what it asks."""
    env = {name: text for name, text in env.items() if name not in ("NO_COLOR", "TMUX", "TMUX_PANE")}
    path, done, conf = (os.path.join(home, name) for name in ("script", "done", "tmux.conf"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"cd '{work}'\nstty -echo\n{script}\ntouch '{done}'\n")
    with open(conf, "w", encoding="utf-8") as file:
        file.write("set -g history-limit 20000\nset -g status off\nset -g remain-on-exit on\nset -s escape-time 0\n")
    tmux = ["tmux", "-S", os.path.join(home, "tmux"), "-f", conf]
    subprocess.run(tmux + ["new-session", "-d", "-x", str(columns), "-y", str(LINES), "bash", path], env=env, check=True)
    answers, until, asked = list(typed), time.monotonic() + patience, None
    try:
        while not os.path.exists(done) and time.monotonic() < until:
            time.sleep(0.05)
            pane = subprocess.run(tmux + ["capture-pane", "-p"], stdout=subprocess.PIPE, env=env, check=False).stdout.decode(errors="replace")
            shown = pane.rstrip().rsplit("\n", 1)[-1]
            if QUESTION.search(shown) and pane != asked:
                asked = pane
                # A question that nobody expects ends its command, and is seen.
                keys = [["-l", answers.pop(0)], ["Enter"]] if answers else [["C-c"]]
                for key in keys:
                    subprocess.run(tmux + ["send-keys"] + key, env=env, check=False)
    finally:
        subprocess.run(tmux + ["kill-server"], env=env, check=False, stderr=subprocess.DEVNULL)
