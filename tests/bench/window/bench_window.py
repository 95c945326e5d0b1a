#!/usr/bin/python3
"""Start, memory, idle load and frame times of the window, on a virtual display of its own.

  bench_window.py --bin build/release/bin [--rounds 5] [--pods 10000] [--churn 500] [--seconds 10]

start    the process is started until the practice cluster's routes stand painted in the window (median of the rounds)
pods     a cluster of its own process; from connecting until its pods are listed and painted; then the table is scrolled frame
         by frame while pods change; a gap is the longest time the GUI thread did not come back to its event loop
idle     the program on the practice cluster, ten seconds after it settled: processor time and resident memory

Build first: ninja fairway fairwayctl bench_window_probe. Exit 1 when a goal is missed, 77 when Xvfb is missing.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

GOALS = {"start": 1000, "listed": 1000, "gap": 33, "idle": 1.0, "rss": 150}


class Display:
    """Xvfb on a free display."""

    def __enter__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as f:
            number = f.readline().strip()
        if not number:
            sys.exit("Xvfb did not start")
        return dict(os.environ, DISPLAY=":" + number, QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8")

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()


def probe(args, env, *more):
    with tempfile.TemporaryDirectory() as state:
        command = [f"{args.bin}/bench_window_probe", "--state", state, *more, "--started", str(time.monotonic_ns())]
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, timeout=120, check=True)
        return json.loads(done.stdout.splitlines()[-1])


def lab(args, folder):
    """A practice cluster in a process of its own; returns it with its kubeconfig, ready."""
    kubeconfig = f"{folder}/kubeconfig"
    process = subprocess.Popen([f"{args.bin}/fairwayctl", "lab", "up", "--kubeconfig", kubeconfig, "--pods", str(args.pods),
                                "--churn", str(args.churn)], stdout=subprocess.DEVNULL)
    while not os.path.exists(kubeconfig):
        if process.poll() is not None:
            sys.exit("fairwayctl lab up ended")
        time.sleep(0.02)
    return process, kubeconfig


def ticks(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(") ", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def resident(pid):
    with open(f"/proc/{pid}/status") as f:
        return next(int(line.split()[1]) / 1024 for line in f if line.startswith("VmRSS"))


def idle(args, env):
    with tempfile.TemporaryDirectory() as state:
        window = subprocess.Popen([f"{args.bin}/fairway", "--lab", "--state", state], env=env)
        try:
            time.sleep(5)
            before = ticks(window.pid)
            time.sleep(10)
            share = (ticks(window.pid) - before) / os.sysconf("SC_CLK_TCK") / 10 * 100
            return share, resident(window.pid)
        finally:
            window.terminate()
            window.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="build/release/bin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pods", type=int, default=10000)
    parser.add_argument("--churn", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=10)
    args = parser.parse_args()
    if not shutil.which("Xvfb"):
        print("Xvfb is missing")
        return 77
    missed = []

    def row(name, figure, unit, goal):
        verdict = "" if goal is None else f"goal {goal:g} {unit}: {'met' if figure <= goal else 'MISSED'}"
        if goal is not None and figure > goal:
            missed.append(name)
        print(f"{name:44} {figure:10.1f} {unit:3} {verdict}", flush=True)

    with Display() as env:
        starts = [probe(args, env)["usable_ms"] for _ in range(args.rounds)]
        row("start to routes painted (median)", statistics.median(starts), "ms", GOALS["start"])
        row("start to routes painted (worst)", max(starts), "ms", None)
        with tempfile.TemporaryDirectory() as folder:
            cluster, kubeconfig = lab(args, folder)
            try:
                got = [probe(args, env, "--kubeconfig", kubeconfig, "--rows", str(args.pods), "--seconds", str(args.seconds))
                       for _ in range(args.rounds)]
            finally:
                cluster.terminate()
                cluster.wait()
        row(f"connecting to {args.pods} pods painted (median)", statistics.median(g["listed_ms"] for g in got), "ms", GOALS["listed"])
        row("frame while scrolling, p50", statistics.median(g["frame_p50_ms"] for g in got), "ms", None)
        row("frame while scrolling, p99", statistics.median(g["frame_p99_ms"] for g in got), "ms", None)
        row("frame while scrolling, worst of all rounds", max(g["frame_max_ms"] for g in got), "ms", GOALS["gap"])
        row(f"GUI thread away, {args.churn} changes/s, median of worsts", statistics.median(g["gap_max_ms"] for g in got), "ms",
            GOALS["gap"])
        row("GUI thread away, worst of all rounds", max(g["gap_max_ms"] for g in got), "ms", None)
        row("gaps above 33 ms in all rounds", sum(g["gaps_late"] for g in got), "", None)
        share, memory = idle(args, env)
        row("idle processor time of a core", share, "%", GOALS["idle"])
        row("resident memory", memory, "MB", GOALS["rss"])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
