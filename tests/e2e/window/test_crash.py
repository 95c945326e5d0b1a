"""The window is killed while it writes, again and again: the object and the journal must never tell different stories."""
import collections
import json
import os
import signal
import subprocess
import threading
import unittest

import flow
import harness
from cluster import LabServer
from desktop import wait_until

ROUNDS = 14
OLD, NEW = [90, 10], [75, 25]


class Killed(flow.WindowCase):
    context = "lab"

    def setUp(self):
        self.lab = LabServer(harness.desk(), harness.FAIRWAYCTL, wait_until)
        self.addCleanup(self.lab.stop)
        self.api = self.lab.api
        self.folder = harness.desk().folder / "state-killed"

    def start(self):
        self.open("--kubeconfig", self.lab.kubeconfig, "--open", f"routes:VirtualService/{flow.NS}/{flow.NAME}", state=self.folder)
        self.wait_live()
        self.window.wait("text", "Draft weight of v2")

    def journal(self):
        """Oldest first, by another program."""
        env = {**harness.desk().env, "FAIRWAY_STATE": str(self.folder)}
        done = subprocess.run([harness.FAIRWAYCTL, "journal", "list", "-o", "json"], env=env, capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return list(reversed(json.loads(done.stdout)))

    def test_kill_at_any_moment_of_a_write(self):
        self.start()
        self.unlock()
        seen = collections.Counter()
        # How long after the key to kill: halved towards the moment of the write itself, which differs among machines.
        early, late = 0.0, 0.2
        for round_ in range(ROUNDS):
            delay = (early + late) / 2
            before = self.api.weights(flow.NS, flow.NAME)
            wanted = NEW if before == OLD else OLD
            known = len(self.journal())
            self.window.enter("Draft weight of v2", str(wanted[1]))
            self.wait_drafted(wanted)
            self.window.wait("push button", "Apply to lab", enabled=True)
            killer = threading.Timer(delay, os.kill, (self.window.process.pid, signal.SIGKILL))
            killer.start()
            self.window.key("ctrl+Return")
            killer.join()
            self.assertEqual(self.window.process.wait(20), -signal.SIGKILL)

            held = self.api.weights(flow.NS, flow.NAME)
            self.assertIn(held, (before, wanted), f"round {round_}: neither old nor new")
            left = [entry["state"] for entry in self.journal()[known:]]
            self.start()
            # The next start looks at the object and settles what was left open.
            wait_until(lambda: all(entry["state"] != "intended" for entry in self.journal()), lambda: f"the journal is settled: {self.journal()}")
            made = self.journal()[known:]
            self.assertLessEqual(len(made), 1)
            if held == wanted:
                self.assertEqual([entry["state"] for entry in made], ["applied"], f"round {round_}: what was written stands in the journal")
            else:
                self.assertNotIn("applied", [entry["state"] for entry in made], f"round {round_}: what was not written is not claimed")
            self.assertEqual(self.api.weights(flow.NS, flow.NAME), held, "a start writes nothing")
            self.wait_drafted(held)
            if held == before:
                early, late = delay, max(late, delay * 2)
            else:
                early, late = min(early, delay / 2), delay
            if late - early < 0.002:  # Around the write: look on both sides of it.
                early, late = early * 0.9, late * 1.1
            seen["new" if held == wanted else "old", *left] += 1
        print(f"\nkilled {ROUNDS} times; object and journal entry right after: {dict(seen)}", flush=True)
        self.assertTrue(any(key[0] == "new" for key in seen) and any(key[0] == "old" for key in seen), "the kills came all too early or all too late")

    def test_a_crash_tells_where(self):
        self.start()
        os.kill(self.window.process.pid, signal.SIGSEGV)
        self.assertEqual(self.window.process.wait(20), -signal.SIGSEGV, "the end is the usual one")
        report = (self.folder / "crash.txt").read_text()
        self.assertRegex(report, r"^fairway \S+ crashed: SIGSEGV\n")
        self.assertRegex(report, r"\(main\+0x", "the calls have names")
        self.assertIn(report, self.window.output())
        self.assertEqual((self.folder / "crash.txt").stat().st_mode & 0o777, 0o600)


if __name__ == "__main__":
    harness.main()
