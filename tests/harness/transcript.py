#!/usr/bin/env python3
"""transcript.py [--accept] [--sections] BELLOWS PAGE...

Runs what a page of Markdown shows. In each block fenced as `console` a line that begins with `$ ` is a command, with lines that begin
with `> ` going on; what follows is its output, both streams as on a terminal. A line `...` there stands for any lines, times and names
that differ from run to run are equal. Commands of a page run one after the other in one shell in an empty folder, without a terminal;
with --sections each heading of the second level begins anew. What stands before a block, invisible to readers:

    <!-- file: PATH -->     the next block, of any kind, is written into that file
    <!-- not run: WHY -->   the next console block is not run, which is told

A page that has `<!-- terminal: 80 -->` is played on a terminal of so many columns (tmux), and what stands on its screen is compared.
There one more thing may stand before a block:

    <!-- typed: y | a_name -->   what is typed at the questions of the block, in their order

`$DATABASE_URL` is a new database of the server in BELLOWS_TEST_URL, where that is set; a page or section that has
`<!-- no database -->` gets none. --accept writes the outputs into the page.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

import screen

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 300  # seconds for the commands of a page

SAME = [  # what differs from run to run
    (r"\b20\d{12}(?=[_ ])", "<time>"),
    (r"\b\d+(\.\d+)? ?ms\b", "<ms>"),
    (r"\b\d+(\.\d+)? s\b", "<s>"),
    (r"\b\d+ (second|minute)s?\b", "<s>"),
    (r"\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00", "<when>"),
    (r"\bprocess \d+", "process <n>"),
    (r"(--confirm|plan=|plan|plan:|\"id\":|\"plan\":) *\"?[0-9a-f]{6,16}\b\"?", r"\1 <plan>"),
    (r"PostgreSQL \d+(\.\d+)*", "PostgreSQL <version>"),
    (r"[ \t]+$", ""),
]


PASSING = [  # lines that come or not, as the machine is fast or slow
    r"^  \d{14}_\S+: \d+ (of about \d+ )?rows?\b",
    r"^  a lock is taken, try",
    r"^  waiting for an older transaction",
    r"^A shadow database is needed: ",
]


def lasting(lines):
    return [line for line in lines if not any(re.match(pattern, line) for pattern in PASSING)]


def same(line):
    for pattern, text in SAME:
        line = re.sub(pattern, text, line)
    return line


def matches(wanted, got):
    """`...` stands for any lines."""
    if not wanted:
        return not got
    if wanted[0] == "...":
        return any(matches(wanted[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and same(wanted[0]) == same(got[0]) and matches(wanted[1:], got[1:])


class Command:
    def __init__(self, line, text):
        self.line, self.text, self.wanted, self.end = line, text, [], line + 1


def read_page(path):
    """Parts, each a list of ("file", PATH, TEXT), ("command", Command), ("skip", WHY, line), ("bare",), ("terminal", COLUMNS),
    ("typed", [TEXT])."""
    lines = open(path, encoding="utf-8").read().split("\n")
    parts, at, note = [("", [])], 0, None
    while at < len(lines):
        line = lines[at]
        told = re.match(r"<!-- (file: (?P<file>\S+)|not run: (?P<why>.*?)|(?P<bare>no database)|terminal: (?P<columns>\d+)"
                        r"|typed: (?P<typed>.*)) -->$", line)
        fence = re.match(r"```(\S*)", line)
        if line.startswith("## "):
            parts.append((line[3:], []))
        if told and told["bare"]:
            parts[-1][1].append(("bare",))
        elif told and told["columns"]:
            parts[-1][1].append(("terminal", int(told["columns"])))
        elif told and told["typed"]:
            parts[-1][1].append(("typed", told["typed"].split(" | ")))
        elif told:
            note = told
        elif fence:
            start = at + 1
            at = start
            while lines[at] != "```":
                at += 1
            if note and note["file"]:
                parts[-1][1].append(("file", note["file"], "\n".join(lines[start:at]) + "\n"))
            elif fence[1] == "console" and note:
                parts[-1][1].append(("skip", note["why"], start))
            elif fence[1] == "console":
                read_block(lines, start, at, parts[-1][1])
            note = None
        at += 1
    return lines, parts


def read_block(lines, start, end, items):
    command = None
    for at in range(start, end):
        line = lines[at]
        if line.startswith("$ "):
            command = Command(at, line[2:])
            items.append(("command", command))
        elif command and line.startswith("> ") and not command.wanted:
            command.text += "\n" + line[2:]
            command.end = at + 1
        elif command:
            command.wanted.append(line)
            command.end = at + 1


def environment(home, bellows):
    env = dict(os.environ)
    for line in open(os.path.join(HERE, "../../cli/console/callers.def"), encoding="utf-8"):
        row = re.match(r'CALLER\("[^"]*", *"(\w+)"', line)
        if row:
            env.pop(row[1], None)
    for name in ("DATABASE_URL", "SHADOW_DATABASE_URL", "CI", "COLUMNS", "FORCE_COLOR"):
        env.pop(name, None)
    env.update(NO_COLOR="1", LC_ALL="C.UTF-8", HOME=home, BELLOWS_HOME=os.path.join(HERE, "../.."),
               PATH=os.path.dirname(bellows) + ":" + env["PATH"])
    return env


count = 0


def new_database(env):
    global count
    server = os.environ.get("BELLOWS_TEST_URL")
    if not server:
        return None
    count += 1
    name = f"told_{os.getpid()}_{count}"
    subprocess.run(["psql", "-X", "-q", server, "-c", f"CREATE DATABASE {name}"], check=True, stdout=subprocess.DEVNULL)
    url = re.sub(r"/postgres(?=\?|$)", "/" + name, server)
    env["DATABASE_URL"] = url
    env["SERVER_URL"] = server
    return name


def drop_database(name):
    server = os.environ["BELLOWS_TEST_URL"]
    subprocess.run(["psql", "-X", "-q", server, "-c",
                    f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'", "-c",
                    f"DROP DATABASE {name}"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run_part(items, bellows):
    """The outputs of the commands, in order."""
    home = tempfile.mkdtemp(prefix="told.")
    os.chmod(home, 0o755)
    work, outputs = os.path.join(home, "project"), os.path.join(home, "outputs")
    os.mkdir(work)
    os.mkdir(outputs)
    env = environment(home, bellows)
    database = None if any(item[0] == "bare" for item in items) else new_database(env)
    columns = next((item[1] for item in items if item[0] == "terminal"), None)
    script, commands, typed = [], [], []
    for item in items:
        if item[0] == "file":
            keep = os.path.join(outputs, f"file{len(script)}")
            open(keep, "w", encoding="utf-8").write(item[2])
            script.append(f'mkdir -p "$(dirname "{item[1]}")"; cp "{keep}" "{item[1]}"')
        elif item[0] == "command":
            commands.append(item[1])
            output = f"{outputs}/{len(commands) - 1}"
            script.append(screen.on_screen(item[1].text, output) if columns else "{ " + item[1].text + f"\n}} >{output} 2>&1 </dev/null")
        elif item[0] == "typed":
            typed += item[1]
    script.append("bellows server stop --remove >/dev/null 2>&1")
    if columns:
        screen.play("\n".join(script), columns, typed, home, work, env, PATIENCE)
    else:
        subprocess.run(["bash", "-c", "\n".join(script)], cwd=work, env=env, timeout=PATIENCE, check=False)
    texts = []
    for i in range(len(commands)):
        text = open(f"{outputs}/{i}", encoding="utf-8", errors="replace").read() if os.path.exists(f"{outputs}/{i}") else ""
        for secret, shown in ((env.get("DATABASE_URL"), "$DATABASE_URL"), (os.path.realpath(work), "."), (work, "."),
                              (database, "shop")):
            if secret:
                text = text.replace(secret, shown)
        socket = re.search(r"host=([^&]*)", env.get("DATABASE_URL", ""))
        if socket:
            text = text.replace(socket[1], "localhost").replace(socket[1].replace("%2F", "/"), "localhost")
        text = re.sub(r"%2F[^:?`\s]*socket", "localhost", text)
        texts.append(text.rstrip("\n").split("\n") if text.strip("\n") else [])
    shutil.rmtree(home, ignore_errors=True)
    if database:
        drop_database(database)
    return commands, texts


def main():
    words, options = sys.argv[1:], set()
    while words[0].startswith("--"):
        options.add(words.pop(0))
    home = tempfile.mkdtemp(prefix="told.")
    os.chmod(home, 0o755)
    bellows = os.path.join(home, "bellows")
    os.symlink(os.path.realpath(words[0]), bellows)
    passed = failed = skipped = 0
    for path in words[1:]:
        lines, parts = read_page(path)
        if "--sections" not in options:
            parts = [("", [item for part in parts for item in part[1]])]
        changes = []
        for title, items in parts:
            for item in items:
                if item[0] == "skip":
                    skipped += 1
                    print(f"SKIPPED {path}:{item[2]}: {item[1]}")
            if not any(item[0] == "command" for item in items):
                continue
            if any(item[0] == "terminal" for item in items) and not screen.there():
                skipped += 1
                print(f"SKIPPED {path}: no tmux, which is the terminal")
                continue
            commands, texts = run_part(items, bellows)
            fresh, differs = [], False  # what one run said: names with times in them go through all of it
            for command, got in zip(commands, texts):
                if any("AddressSanitizer" in line or "runtime error:" in line for line in got):
                    failed += 1
                    print(f"FAIL {path}:{command.line + 1}: a sanitizer spoke\n" + "\n".join(got))
                elif matches(lasting(command.wanted), lasting(got)):
                    passed += 1
                    fresh += [(command, got)] if "..." not in command.wanted else []
                elif "--accept" in options:
                    print(f"accepted {path}:{command.line + 1}: {title}")
                    differs = True
                    fresh.append((command, got))
                else:
                    failed += 1
                    print(f"FAIL {path}:{command.line + 1}: $ {command.text}")
                    print("\n".join(difflib.unified_diff(command.wanted, got, "page", "now", lineterm="")))
            changes += fresh if differs else []
        for command, got in reversed(changes):
            lines[command.line + 1 + command.text.count("\n"):command.end] = got
        if changes:
            open(path, "w", encoding="utf-8").write("\n".join(lines))
    shutil.rmtree(home, ignore_errors=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed or passed + skipped == 0 else 0)


main()
