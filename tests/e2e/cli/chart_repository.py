"""A chart repository on 127.0.0.1, and fairwayctl beside a real helm: the same commands in a home for each."""
import base64
import http.server
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import unittest

PROGRAM = os.environ.get("FAIRWAYCTL", "fairwayctl")
HELM = {"4": os.environ.get("FAIRWAY_HELM"), "3": os.environ.get("FAIRWAY_HELM3")}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
PATIENCE = 60


class Server:
    """Serves a folder; below /private/ it wants user and password, /moved/ leads to /charts/. Keeps what it was asked."""

    def __init__(self, folder):
        self.asked = []
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args):
                super().__init__(*args, directory=str(folder))

            def do_GET(self):
                outer.asked.append((self.path, self.headers.get("Authorization")))
                wanted = "Basic " + base64.b64encode(b"user:pa:ss word").decode()
                if self.path.startswith("/private/") and self.headers.get("Authorization") != wanted:
                    self.send_error(401)
                elif self.path.startswith("/moved/"):
                    self.send_response(302)
                    self.send_header("Location", "/charts/" + self.path[len("/moved/"):])
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    super().do_GET()

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def chart_files(name, version, **more):
    """A small chart; `more` goes into Chart.yaml."""
    lines = ["apiVersion: v2", f"name: {name}", f"version: {version}"] + [f"{key}: {value}" for key, value in more.items()]
    return {"Chart.yaml": "\n".join(lines) + "\n", "values.yaml": "color: blue\n",
            "templates/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Chart.Name }}\ndata:\n  color: {{ .Values.color }}\n"}


def write_files(folder, files):
    for path, text in files.items():
        target = pathlib.Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)


class Home:
    """One program with a home, and a folder it works in."""

    def __init__(self, folder, program, prefix):
        self.folder = pathlib.Path(folder)
        self.work = self.folder / "work"
        self.work.mkdir(parents=True)
        self.program = program
        self.prefix = prefix  # of commands on charts, and flags behind all
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("HELM_", "XDG_")) and not k.lower().endswith("_proxy")}
        self.env.update(HOME=str(self.folder), TZ="UTC", HELM_CONFIG_HOME=str(self.folder / "config"),
                        HELM_CACHE_HOME=str(self.folder / "cache"), HELM_DATA_HOME=str(self.folder / "data"), TMPDIR=str(self.folder))

    def run(self, args, stdin=None):
        ours = self.prefix is not None
        if ours:
            args = (["chart"] if args[0] not in ("repo", "search") else []) + list(args) + self.prefix
        return subprocess.run([self.program, *args], env=self.env, cwd=self.work, input=stdin if stdin is not None else "",
                              capture_output=True, text=True, timeout=PATIENCE)

    def plain(self, text):
        text = text.replace(str(self.folder), "HOME").replace("fairwayctl chart ", "helm ").replace("fairwayctl ", "helm ")
        text = re.sub(r"tmpcharts-[0-9a-f]+", "tmpcharts-N", text)
        text = re.sub(r"(\.tgz|index\.yaml)\d{6,}", r"\1", text)  # Of the temporary file's name.
        # What Go adds and no other program can know: which name server was asked.
        text = re.sub(r"(lookup \S+) on \S+:53", r"\1", text)
        return TIME.sub("TIME", text)

    def tree(self):
        """Every file by its path: texts without times, archives by what is in them."""
        files = {}
        for path in sorted(self.folder.rglob("*")):
            name = str(path.relative_to(self.folder))
            if path.is_dir() or name.startswith((".cache", ".config", ".kube")) or name.endswith((".lock", "-charts.txt")) and "repositor" in name:
                continue
            data = path.read_bytes()
            if data[:2] == b"\x1f\x8b":
                listed = subprocess.run(["tar", "-tvzf", str(path), "--full-time"], capture_output=True, text=True, check=True).stdout
                whole = subprocess.run(["tar", "-xOzf", str(path)], capture_output=True, check=True).stdout
                files[name] = listed + whole.decode(errors="replace")
            else:
                files[name] = self.plain(data.decode(errors="replace"))
        return files


class Beside(unittest.TestCase):
    """Each command runs with helm and with fairwayctl; what they print, how they exit and what they leave must be the same."""
    helm_version = "4"

    def setUp(self):
        helm = HELM[self.helm_version]
        if not helm:
            self.skipTest(f"NO HELM {self.helm_version}: nothing was held beside it; name one in FAIRWAY_HELM or FAIRWAY_HELM3")
        folder = tempfile.TemporaryDirectory(prefix="fairway-charts-")
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name)
        self.site = self.top / "site"
        self.site.mkdir()
        self.server = Server(self.site)
        self.addCleanup(self.server.stop)
        self.theirs = Home(self.top / "theirs", helm, None)
        self.ours = Home(self.top / "fairwy", PROGRAM, ["--helm-version", self.helm_version])
        self.helm = helm

    def publish(self, *charts, folder="charts", url=None):
        """Packs charts with helm and writes the index."""
        place = self.site / folder
        place.mkdir(parents=True, exist_ok=True)
        for files in charts:
            source = pathlib.Path(tempfile.mkdtemp(dir=self.top))
            name = re.search(r"^name: (.*)$", files["Chart.yaml"], re.M).group(1)
            write_files(source / name, files)
            for path in (source / name).rglob("*"):
                os.utime(path, (1_700_000_000, 1_700_000_000))
            subprocess.run([self.helm, "package", str(source / name), "-d", str(place)], env=self.theirs.env, check=True, capture_output=True)
        self.index(folder, url)

    def index(self, folder="charts", url=None):
        subprocess.run([self.helm, "repo", "index", str(self.site / folder)] + (["--url", url] if url else []), env=self.theirs.env, check=True,
                       capture_output=True)

    def write(self, files):
        """The same files into both working folders."""
        for home in (self.theirs, self.ours):
            write_files(home.work, files)
        stamp = 1_700_000_000
        for home in (self.theirs, self.ours):
            for path in home.work.rglob("*"):
                os.utime(path, (stamp, stamp))

    def same(self, *args, stdin=None, code=None, ordered=True):
        args = [arg.replace("URL", self.server.url) for arg in args]
        theirs, ours = self.theirs.run(args, stdin), self.ours.run(args, stdin)
        for name in ("stdout", "stderr"):
            one, two = self.theirs.plain(getattr(theirs, name)), self.ours.plain(getattr(ours, name))
            if not ordered:
                one, two = sorted(one.splitlines()), sorted(two.splitlines())
            self.assertEqual(two, one, f"{name} of {args}")
        self.assertEqual(ours.returncode, theirs.returncode, f"{args}: {ours.stderr}")
        if code is not None:
            self.assertEqual(theirs.returncode, code, f"{args}: {theirs.stderr}")
        return ours

    def same_files(self):
        self.maxDiff = 4000
        one, two = self.theirs.tree(), self.ours.tree()
        self.assertEqual(sorted(two), sorted(one))
        for name in one:
            self.assertEqual(two[name], one[name], name)

    def swap(self):
        """Each program goes on with what the other one left."""
        for name in ("config", "cache", "work"):
            one, two, between = self.theirs.folder / name, self.ours.folder / name, self.top / "between"
            if one.exists() and two.exists():
                one.rename(between)
                two.rename(one)
                between.rename(two)


def both(cls):
    """The same tests beside Helm 3."""
    cls.helm_version = "4"
    return type(cls.__name__ + "3", (cls,), {"helm_version": "3", "__module__": cls.__module__})

