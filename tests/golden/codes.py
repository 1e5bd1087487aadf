#!/usr/bin/env python3
"""codes.py [--accept] - docs/codes.md, the page of each diagnostic: its row of diagnostics.def, and an example that a test has run.

Examples are the sections of told/*.md (run by golden_told and live_told) and the blocks of diagnostics/*.txt (golden). A code without
one has a line in told/without.txt that says why, and may name a test that speaks of it. Fails where a code has neither, where a section does not show the code it is called
after, and where docs/codes.md is another text; --accept writes it.
"""
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.join(HERE, "../..")
EXITS = {"DONE": 0, "FAILED": 1, "DIFFERENT": 2, "REFUSED": 3, "HISTORY": 4, "USAGE": 64, "LOCKED": 75, "INTERRUPTED": 130}

def rows():
    text = open(os.path.join(TOP, "base/diag/diagnostics.def"), encoding="utf-8").read()
    text = text[text.index("*/") + 2:]
    for row in re.finditer(r'^DIAG\((\w+),\s*"(\w+)",\s*(\w+),\s*(\w+),((?:\s*"(?:[^"\\]|\\.)*"\s*)+),((?:\s*"(?:[^"\\]|\\.)*"\s*)+)\)', text, re.M):
        def joined(strings):
            parts = re.findall(r'"((?:[^"\\]|\\.)*)"', strings)
            return re.sub(r'\\(.)', r'\1', "".join(parts)).replace("{:}", "...").replace("{}", "...")
        yield row[1], row[2], row[3], row[4], joined(row[5]), joined(row[6])


def told():
    """CODE -> the section, without what is for the runner alone."""
    found, bad = {}, []
    for path in sorted(glob.glob(os.path.join(HERE, "told/*.md"))):
        for part in re.split(r"(?m)^(?=## )", open(path, encoding="utf-8").read())[1:]:
            head = re.match(r"## (\w+): (.*)\n", part)
            body = part[head.end():].replace("<!-- no database -->\n", "")
            if f"[{head[1]}" not in body:
                bad.append(f"{path}: the section {head[1]} does not show it")
            body = body.replace("```\n<!-- file:", "```\n\n<!-- file:")
            body = re.sub(r"<!-- file: (\S+) -->\n```\w*", r"`\1`:\n\n```text", body)
            found[head[1]] = f"{head[2]}.\n\n" + body.replace("```console", "```text").strip("\n")
    return found, bad


def recorded():
    """CODE -> the shortest block of the golden diagnostics."""
    found = {}
    for path in sorted(glob.glob(os.path.join(HERE, "diagnostics/*.txt"))):
        for block in open(path, encoding="utf-8").read().split("\n\n"):
            head = re.match(r"\w+\[(\w+)", block)
            if head and (head[1] not in found or len(block) < len(found[head[1]])):
                found[head[1]] = block.strip("\n")
    plain = {code: re.sub(r" *// (error|warning)( [EW]\d+)+", "", block) for code, block in found.items()}
    return {code: f"```text\n{block}\n```" for code, block in plain.items()}


def without():
    return dict(line.split(None, 1) for line in open(os.path.join(HERE, "told/without.txt"), encoding="utf-8") if line[0] not in "#\n")


def page():
    sections, faults = told()
    blocks, reasons = recorded(), without()
    by_code = {}
    ids = {}
    for name, code, severity, leave, message, remedy in rows():
        ids.setdefault(code, []).append(name)
        by_code.setdefault(code, []).append((severity, leave, message, remedy))
    lines = ["# Messages by code", "",
             "What each message means and an example of it, as `bellows help CODE` shows it. Written by `tests/golden/codes.py` from the table",
             "of messages and from examples that tests have run.", ""]
    for code in sorted(by_code, key=lambda c: (c[0] == "P", c[1:])):
        example = sections.get(code) or blocks.get(code)
        if not example and code not in reasons:
            faults.append(f"{code} has no example: write a section of tests/golden/told, or a line of without.txt")
        test = re.search(r": (tests/\S+)$", reasons.get(code, "").strip())
        if test and not re.search(rf"\b({'|'.join([code] + ids[code])})\b", open(os.path.join(TOP, test[1]), encoding="utf-8").read()):
            faults.append(f"without.txt: {test[1]} does not speak of {code}")
        if example and code in reasons:
            faults.append(f"{code} has an example: its line of without.txt is not needed")
        lines += [f"## {code}", ""]
        for severity, leave, message, remedy in by_code[code]:
            lines += [f"{severity.capitalize()}, exit code {EXITS[leave]}: {message}", ""]
            lines += [f"*What to do:* {remedy}", ""] if remedy.strip(". ") else []
        if example:
            lines += ["*Example:* " + example if code in sections else "*Example:*\n\n" + example, ""]
    for code in sections.keys() - by_code.keys():
        faults.append(f"told: there is no {code}")
    for code in reasons.keys() - by_code.keys():
        faults.append(f"without.txt: there is no {code}")
    return "\n".join(lines).rstrip("\n") + "\n", faults, len(by_code)


def main():
    text, faults, count = page()
    path = os.path.join(TOP, "docs/codes.md")
    if "--accept" in sys.argv:
        open(path, "w", encoding="utf-8").write(text)
    elif not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
        faults.append("docs/codes.md is another text: tests/golden/codes.py --accept")
    for fault in faults:
        print("FAIL", fault)
    print(f"{count} codes, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
