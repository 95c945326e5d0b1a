#!/usr/bin/python3
"""How long the GUI thread is away on the Charts page with manifests and a values file of 7 MB, on a virtual display.

  bench_large_texts.py --bin build/release/bin [--megabytes 7] [--rounds 1]

For each thing a user does: the longest time the GUI thread did not come back to its event loop, until all that follows has come to rest
(manifests, origins, colours, findings); of the rounds the median. "Own work" is the thread's processor time in the worst gap: what is
away beyond it waited for a processor. Build first: ninja bench_window_chart_probe. Exit 1 when a goal is missed, 77 without Xvfb.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from bench_window import Display

GOAL = 33
OBJECT = """---
apiVersion: v1
kind: ConfigMap
metadata:
  name: item-{{ . }}
  labels:
    tag: {{ $.Values.tag | quote }}
data:
{{- if $.Values.extra }}
  extra: "true"
{{- end }}
{{- range until 28 }}
  key{{ . }}: "a value of some length"
{{- end }}
"""


def write_chart(folder, size):
    objects = size // 1050
    os.makedirs(f"{folder}/templates")
    files = {"Chart.yaml": "apiVersion: v2\nname: large\nversion: 1.0.0\n", "values.yaml": 'tag: "1"\n',
             "templates/maps.yaml": f"{{{{- range until {objects} }}}}\n{OBJECT}{{{{- end }}}}\n"}
    for name, text in files.items():
        with open(f"{folder}/{name}", "w", encoding="utf-8") as f:
            f.write(text)


def write_values(file, size):
    with open(file, "w", encoding="utf-8") as f:
        for i in range(size // 130):
            f.write(f"service{i}:\n  image:\n    repository: registry.example.com/team/service{i}\n    tag: \"1.0.{i}\"\n  replicas: {i % 9}\n  # as agreed\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="build/release/bin")
    parser.add_argument("--megabytes", type=float, default=7)
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    if not shutil.which("Xvfb"):
        print("Xvfb is missing")
        return 77
    size = int(args.megabytes * 1e6)
    worst = {}
    with Display() as env:
        for _ in range(args.rounds):
            with tempfile.TemporaryDirectory() as folder:
                write_chart(f"{folder}/large", size)
                write_values(f"{folder}/values.yaml", size)
                done = subprocess.run([f"{args.bin}/bench_window_chart_probe", "--state", f"{folder}/state", "--chart", f"{folder}/large",
                                       "--values", f"{folder}/values.yaml"], env=env, stdout=subprocess.PIPE, text=True, timeout=600, check=True)
            for line in done.stdout.splitlines():
                name, away, busy, rest = line.split("\t")
                worst.setdefault(name, []).append((float(away), float(busy), int(rest)))
    missed = 0
    for name, runs in worst.items():
        away, busy, rest = (statistics.median(one[i] for one in runs) for i in range(3))
        missed += away > GOAL
        print(f"{name:44} {away:7.1f} ms {away / GOAL:6.2f}x of {GOAL} ms {'MISSED' if away > GOAL else 'met':6} "
              f"own work {busy:7.1f} ms, at rest after {rest:6.0f} ms", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
