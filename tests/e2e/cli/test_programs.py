"""What fairwayctl is made of and how fast it starts."""
import os
import subprocess
import unittest

import cli


class Program(cli.Case):
    def test_links_neither_qt_nor_libcurl(self):
        libraries = subprocess.run(["ldd", cli.PROGRAM], capture_output=True, text=True, check=True).stdout
        for name in ("libQt", "libcurl", "libgpgme", "libgnutls", "libX11"):
            self.assertNotIn(name, libraries)

    def test_says_its_version(self):
        self.assertRegex(self.ctl("--version"), r"^fairwayctl \d+\.\d+\.\d+\n$")

    def test_help_names_every_command(self):
        text = self.ctl("--help")
        for command in ("get", "watch", "describe", "apply", "diff", "delete", "api-resources", "logs", "context", "journal", "undo",
                        "route", "rehearse", "proxy", "lab"):
            self.assertRegex(text, rf"(?m)^  {command}\b", command)

    def test_loads_nothing_heavy_to_start(self):
        if os.environ.get("FAIRWAY_COLD_START") != "ON":
            self.skipTest("THE COLD START IS MEASURED ON OPTIMISED BUILDS ONLY")
        times = []
        nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        for _ in range(60):
            pid = os.posix_spawn(cli.PROGRAM, [cli.PROGRAM, "--version"], self.env, file_actions=nowhere)
            usage = os.wait4(pid, 0)[2]
            times.append((usage.ru_utime + usage.ru_stime) * 1000)
        # Processor time, not the clock's: another program on the machine must not fail this.
        best = sorted(times)[len(times) // 4]
        # The goal is 5 ms on a quiet machine; what must never come back is a library like libcurl, which is heavy to load.
        print(f"cold start: {best:.2f} ms of processor time (goal: 5)")
        self.assertLess(best, 20.0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
