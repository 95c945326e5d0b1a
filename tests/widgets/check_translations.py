"""Fails when the Chinese translation lacks a string, is unfinished, or loses a placeholder, and when lupdate overlooks a phrase() of
core (it passes over calls whose literals it can't read).

Usage: check_translations.py SOURCE_ROOT LUPDATE
Runs lupdate into a copy first: a string added to the code and not to the .ts is then found too.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def phrases(folder):
    """(file, context, pattern) of every phrase("context", "pattern" "continued") in the sources."""
    literal = r'"((?:[^"\\]|\\.)*)"'
    call = re.compile(r'\bphrase\(\s*' + literal + r'\s*,\s*((?:' + literal + r'\s*)+)\)')
    for path in sorted(folder.rglob("*.cpp")):
        for match in call.finditer(path.read_text(encoding="utf-8")):
            parts = re.findall(literal, match.group(2))
            yield path.name, match.group(1), "".join(parts).replace('\\"', '"')


def main():
    root, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "fairway_zh_CN.ts"
        shutil.copy(root / "translations" / "fairway_zh_CN.ts", copy)
        subprocess.run([root / "translations" / "update.sh", copy], check=True, env={**os.environ, "LUPDATE": lupdate})
        tree = ElementTree.parse(copy).getroot()
    problems, count = [], 0
    known = {(context.findtext("name"), message.findtext("source"))
             for context in tree.findall("context") for message in context.findall("message")}
    for place, context, pattern in phrases(root / "core"):
        if (context, pattern) not in known:
            problems.append(f"{place}: lupdate did not collect {context}: {pattern}")
    for context in tree.findall("context"):
        name = context.findtext("name")
        for message in context.findall("message"):
            count += 1
            source, translation = message.findtext("source"), message.find("translation")
            text = "".join(translation.itertext())
            if translation.get("type") == "unfinished" or not text.strip() and source.strip():
                problems.append(f"{name}: not translated: {source}")
            elif set(re.findall(r"%\d", source)) != set(re.findall(r"%\d", text)):
                problems.append(f"{name}: placeholders differ: {source} | {text}")
    print("\n".join(problems))
    print(f"{count} strings, {len(problems)} problems")
    return bool(problems) or count < 300


sys.exit(main())
