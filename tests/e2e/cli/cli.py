"""Runs fairwayctl in a home of its own, and a practice cluster for those tests that need one."""
import os
import pathlib
import subprocess
import tempfile
import threading
import unittest

PROGRAM = os.environ.get("FAIRWAYCTL", "fairwayctl")
# Sanitized builds are slow, and this machine may be busy.
PATIENCE = 60


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="fairway-cli-")
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        self.env = {k: v for k, v in os.environ.items() if k not in ("KUBECONFIG", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
        self.env.update(HOME=folder.name, FAIRWAY_STATE=str(self.home / "state"))

    def write(self, name, text):
        path = self.home / name
        path.write_text(text)
        return str(path)

    def run_ctl(self, *args, stdin=None, timeout=PATIENCE):
        done = subprocess.run([PROGRAM, *args], env=self.env, cwd=self.home, input=stdin, capture_output=True, text=True, timeout=timeout)
        self.assertGreaterEqual(done.returncode, 0, f"{args} ended by a signal: {done.stderr}")
        return done

    def ctl(self, *args, **kwargs):
        """Must succeed; returns standard output."""
        done = self.run_ctl(*args, **kwargs)
        self.assertEqual(done.returncode, 0, f"{args}: {done.stderr}")
        return done.stdout

    def refused(self, code, *args, **kwargs):
        """Must fail with this code and one line; returns the line."""
        done = self.run_ctl(*args, **kwargs)
        self.assertEqual(done.returncode, code, f"{args}: {done.stdout} {done.stderr}")
        self.assertEqual(done.stderr.count("\n"), 1, f"{args}: {done.stderr!r}")
        return done.stderr.strip()


class LabCase(Case):
    """With a practice cluster that is unlocked; `self.env` names its kubeconfig."""

    @classmethod
    def setUpClass(cls):
        cls.lab_folder = tempfile.TemporaryDirectory(prefix="fairway-lab-")
        cls.addClassCleanup(cls.lab_folder.cleanup)
        cls.kubeconfig = pathlib.Path(cls.lab_folder.name) / "kubeconfig"
        cls.lab = subprocess.Popen([PROGRAM, "lab", "up", "--port", "0", "--kubeconfig", str(cls.kubeconfig)], stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, env={**os.environ, "HOME": cls.lab_folder.name})
        cls.addClassCleanup(cls.stop_lab)
        # The file is written when the cluster is ready.
        ready = threading.Event()
        for _ in range(PATIENCE * 20):
            if cls.kubeconfig.exists() or cls.lab.poll() is not None:
                break
            ready.wait(0.05)
        if not cls.kubeconfig.exists():
            raise RuntimeError("lab up did not write its kubeconfig: " + (cls.lab.stdout.read() if cls.lab.poll() is not None else "still starting"))

    @classmethod
    def stop_lab(cls):
        cls.lab.terminate()
        try:
            cls.lab.wait(20)
        except subprocess.TimeoutExpired:
            cls.lab.kill()
            cls.lab.wait()
        cls.lab.stdout.close()

    def setUp(self):
        super().setUp()
        self.env["KUBECONFIG"] = str(self.kubeconfig)

    def unlock(self):
        self.ctl("context", "unlock")
