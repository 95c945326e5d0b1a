"""What fairwayctl is made of and how fast it starts."""
import os
import pathlib
import re
import subprocess
import time
import unittest

import cli

ROUTE = """\
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: {name: shop, namespace: default}
spec:
  hosts: [shop]
  http:
  - route:
    - {destination: {host: shop, subset: v1}, weight: 90}
    - {destination: {host: shop, subset: v2}, weight: 10}
---
apiVersion: networking.istio.io/v1beta1
kind: DestinationRule
metadata: {name: shop, namespace: default}
spec:
  host: shop
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
"""

KUBECONFIG = """\
apiVersion: v1
kind: Config
current-context: here
contexts: [{name: here, context: {cluster: here, user: me}}]
clusters: [{name: here, cluster: {server: "https://127.0.0.1:9"}}]
users: [{name: me, user: {token: t}}]
"""


class Program(cli.Case):
    def test_links_nothing_heavy(self):
        libraries = subprocess.run(["ldd", cli.PROGRAM], capture_output=True, text=True, check=True).stdout
        for name in ("libQt", "libcurl", "libssl", "libcrypto", "libsqlite3", "libgpgme", "libgnutls", "libX11"):
            self.assertNotIn(name, libraries)

    def test_takes_its_libraries_from_the_system_only(self):
        # A run path with an empty entry would take libraries from wherever the program is started.
        dynamic = subprocess.run(["readelf", "-d", cli.PROGRAM], capture_output=True, text=True, check=True).stdout
        self.assertIn("NEEDED", dynamic)
        self.assertNotRegex(dynamic, "RUNPATH|RPATH")

    def test_says_its_version(self):
        self.assertRegex(self.ctl("--version"), r"^fairwayctl \d+\.\d+\.\d+\n$")

    def test_help_names_every_command(self):
        text = self.ctl("--help")
        for command in ("get", "watch", "describe", "apply", "diff", "delete", "api-resources", "logs", "context", "journal", "undo",
                        "route", "rehearse", "proxy", "lab"):
            self.assertRegex(text, rf"(?m)^  {command}\b", command)

    def test_every_chart_command_tells_of_itself(self):
        commands = re.findall(r"(?m)^  ([a-z]+) +\S", self.ctl("chart", "--help"))
        self.assertIn("template", commands)
        for command in commands:
            with self.subTest(command):
                self.assertIn(f"Usage:  fairwayctl chart {command}", self.ctl("chart", command, "--help"))

    def test_starts_within_5_ms_where_no_network_is_needed(self):
        if os.environ.get("FAIRWAY_COLD_START") != "ON":
            self.skipTest("THE COLD START IS MEASURED ON OPTIMISED BUILDS ONLY")
        routes = self.write("routes.yaml", ROUTE)
        commands = {
            "--version": ["--version"],
            "route check": ["route", "check", "-f", routes],
            "route weights": ["route", "weights", "-f", routes, "VirtualService/shop", "v1=75", "v2=25"],
        }
        for name, arguments in commands.items():
            with self.subTest(name):
                self.ctl(*arguments)
                # What other programs do to the machine only ever adds to a run: the best of many is what ours costs.
                times = sorted(self.start(arguments) for _ in range(200))
                print(f"cold start of {name}: best {times[0]:.2f} ms, lower quartile {times[len(times) // 4]:.2f} ms (goal: 5)")
                self.assertLess(times[0], 5.0)

    def start(self, arguments):
        """Milliseconds of the clock from before the start of the program to its end."""
        nowhere = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
        before = time.perf_counter()
        pid = os.posix_spawn(cli.PROGRAM, [cli.PROGRAM, *arguments], self.env, file_actions=nowhere)
        os.waitpid(pid, 0)
        return (time.perf_counter() - before) * 1000

    def test_a_library_that_can_t_be_opened_is_named_with_its_package(self):
        self.write("kubeconfig", KUBECONFIG)
        self.env.update(LD_LIBRARY_PATH=str(self.home), KUBECONFIG=str(self.home / "kubeconfig"))
        for library, package, arguments in [
            ("libsqlite3.so.0", "libsqlite3-0", ["journal", "list"]),
            ("libcrypto.so.3", "libssl3", ["journal", "list"]),
            ("libcurl.so.4", "libcurl4", ["get", "pods"]),
            ("libssl.so.3", "libssl3", ["lab", "up"]),
        ]:
            with self.subTest(library):
                self.ctl("--version")
                broken = pathlib.Path(self.write(library, ""))
                line = self.refused(1, *arguments)
                self.assertTrue(line.startswith("error: "), line)
                self.assertIn(library, line)
                self.assertIn(f"install the package {package}", line)
                broken.unlink()


if __name__ == "__main__":
    unittest.main(verbosity=2)
