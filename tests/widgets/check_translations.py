"""Fails when the Chinese translation lacks a string, is unfinished, or loses a placeholder.

Usage: check_translations.py SOURCE_ROOT LUPDATE
Runs lupdate into a copy first: a string added to the code and not to the .ts is then found too.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def main():
    root, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "fairway_zh_CN.ts"
        shutil.copy(root / "translations" / "fairway_zh_CN.ts", copy)
        subprocess.run([lupdate, "-silent", "-no-obsolete", "-locations", "none", "widgets", "core/engine", "app/fairway",
                        "-ts", str(copy)], cwd=root, check=True, stderr=subprocess.DEVNULL)
        tree = ElementTree.parse(copy).getroot()
    problems, count = [], 0
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
