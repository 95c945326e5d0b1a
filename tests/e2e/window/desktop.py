"""A desktop of its own for a test: X server, D-Bus session, accessibility bus, window manager, home folder.

Everything it starts is a child of the test's process (orphans included) and is ended by its number when the test ends.
"""
import ctypes
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import time

PATIENCE = 30.0
PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "dbus-daemon": "dbus-daemon", "import": "imagemagick", "xprop": "x11-utils"}
A11Y_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
PR_SET_CHILD_SUBREAPER = 36


class Missing(Exception):
    """Something the tests need is not installed."""


def wait_until(condition, what, patience=PATIENCE):
    """The first true value of `condition()`. Asks again and again, because nothing on a desktop says when it is done."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"after {patience:.0f} s still not so: {what() if callable(what) else what}")
        select.select([], [], [], 0.02)


def check_installed():
    absent = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if not any(os.path.exists(path) for path in A11Y_LAUNCHERS):
        absent.append("at-spi2-core")
    try:
        import gi
        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError):
        absent.append("python3-pyatspi")
    if absent:
        raise Missing("not installed: " + ", ".join(absent))


def alive(process):
    return process.poll() is None


class Desktop:
    """Start it once per process: the accessibility library keeps the first bus it meets."""

    def __init__(self, size=(1600, 1000)):
        check_installed()
        # at-spi's helpers fork away from what started them; this way they come back to us.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.size = size
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fairway-window-"))
        self.processes = []
        self.env = {k: v for k, v in os.environ.items()
                    if not k.startswith(("XDG_", "QT_", "KUBE", "DBUS_", "AT_SPI", "WAYLAND")) and k.lower() not in ("http_proxy", "https_proxy", "all_proxy")}
        run = self.folder / "run"
        run.mkdir(mode=0o700)
        (self.folder / "home").mkdir()
        self.env.update(
            HOME=str(self.folder / "home"), XDG_RUNTIME_DIR=str(run), XDG_CONFIG_HOME=str(self.folder / "config"),
            XDG_DATA_HOME=str(self.folder / "data"), XDG_STATE_HOME=str(self.folder / "xdg-state"), XDG_CACHE_HOME=str(self.folder / "cache"),
            LC_ALL="C.UTF-8", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb", QT_QPA_PLATFORMTHEME="")
        try:
            self._start_display()
            self._start_bus()
            self._start_manager()
        except BaseException:
            self.stop()
            raise

    # -- starting

    def spawn(self, *command, log=None, **kwargs):
        with open(self.folder / (log or os.path.basename(command[0]) + ".log"), "ab") as output:
            process = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **kwargs)
        self.processes.append(process)
        return process

    def _answer(self, process, reader, what):
        """The line a started program writes to a pipe once it is ready."""
        line = b""
        # Xvfb writes the number and the end of the line apart, and ends when nobody takes the second.
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([reader], [], [], PATIENCE)
            piece = os.read(reader, 4096) if ready else b""
            if not piece:
                break
            line += piece
        os.close(reader)
        if not line:
            raise AssertionError(f"{what} did not start (exit {process.poll()}); see {self.folder}")
        return line.decode().strip()

    def _start_display(self):
        reader, writer = os.pipe()
        width, height = self.size
        server = self.spawn("Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset", pass_fds=(writer,))
        os.close(writer)
        self.env["DISPLAY"] = ":" + self._answer(server, reader, "Xvfb")

    def _start_bus(self):
        reader, writer = os.pipe()
        bus = self.spawn("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={writer}", pass_fds=(writer,))
        os.close(writer)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._answer(bus, reader, "dbus-daemon")
        launcher = next(path for path in A11Y_LAUNCHERS if os.path.exists(path))
        self.spawn(launcher, "--launch-immediately")
        # The library of the reading side looks at the process' own environment.
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            os.environ[name] = self.env[name]
        os.environ.pop("AT_SPI_BUS_ADDRESS", None)

        def has_owner():
            asked = subprocess.run(["dbus-send", "--session", "--print-reply=literal", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"],
                                   env=self.env, capture_output=True, text=True)
            return asked.returncode == 0 and asked.stdout.strip()
        wait_until(has_owner, "the accessibility bus has an address")

    def _start_manager(self):
        self.spawn("openbox", "--sm-disable")
        wait_until(lambda: b"window id" in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=self.env, capture_output=True).stdout,
                   "the window manager runs")

    # -- acting, as hands on mouse and keyboard

    def xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self.env, check=True, capture_output=True, timeout=PATIENCE)

    def click_at(self, x, y, button=1):
        # Not --sync: it waits long for a pointer that is there already. The X server keeps the order anyway.
        self.xdotool("mousemove", x, y, "click", button)

    def drag(self, start, end, steps=8):
        """With motion in between, as a hand makes it."""
        words = ["mousemove", *start, "mousedown", 1]
        for step in range(1, steps + 1):
            words += ["mousemove", *(a + (b - a) * step // steps for a, b in zip(start, end))]
        self.xdotool(*words, "mouseup", 1)

    def key(self, *names):
        self.xdotool("key", "--clearmodifiers", *names)

    def type(self, text):
        self.xdotool("type", "--clearmodifiers", "--delay", 5, "--", text)

    def screenshot(self, path):
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-silent", "-window", "root", str(path)], env=self.env, check=True, capture_output=True, timeout=PATIENCE)
        return path

    # -- ending

    def stop(self):
        for process in reversed(self.processes):
            end(process)
        for pid in orphans():
            kill(pid, signal.SIGTERM)
        wait_until(lambda: not orphans(), "every helper of the desktop has ended", 5) if orphans() else None
        shutil.rmtree(self.folder, ignore_errors=True)


def kill(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def end(process, patience=10):
    if not alive(process):
        return process.returncode
    process.terminate()
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def orphans():
    """Numbers of this process' children that still run; those that have ended are taken off the list."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return []
    return [int(pid) for pid in pathlib.Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()]
