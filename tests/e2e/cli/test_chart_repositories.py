"""Chart repositories beside a real helm: repo add, list, update, remove, index, search, pull, show and template by name and URL."""
import shutil
import subprocess
import tempfile
import unittest

from chart_repository import Beside, both, chart_files, write_files


def catalogue():
    return [chart_files("alpha", "1.0.0", description="the first of all charts", appVersion="1.0", keywords="[web, demo]"),
            chart_files("alpha", "1.2.0", description="the first of all charts", appVersion="1.2", keywords="[web, demo]"),
            chart_files("alpha", "1.10.0", description="the first of all charts", appVersion="1.10", keywords="[web, demo]"),
            chart_files("alpha", "2.0.0-beta.1", description="not ready yet", appVersion="2.0"),
            chart_files("beta", "0.1.0", description="alpha's neighbour, with a description that is far too long for any column of fifty"),
            chart_files("gamma", "3.0.0", description="häßlich & <schön>", keywords="[database]"),
            chart_files("gamma", "3.1.0+build.5", description="with metadata"),
            chart_files("old-stuff", "0.0.1", deprecated="true")]


class Repositories(Beside):
    def setUp(self):
        super().setUp()
        self.publish(*catalogue())

    def test_add_list_update_remove(self):
        for command in """
repo list
repo list -o json
repo list -o yaml
repo list -o xml
repo list extra
repo add
repo add one
repo add one URL/charts
repo add one URL/charts
repo add one URL/charts/
repo add one URL/charts/ --force-update
repo add two/three URL/charts
repo add two URL/nowhere
repo add two ftp://127.0.0.1/charts
repo add two ://
repo add two charts
repo add two http://127.0.0.1:1/charts
repo add two https://kubernetes-charts.storage.googleapis.com
repo add two URL/moved --timeout 5s
repo add three URL/charts --timeout soon
repo list
repo list --no-headers
repo list -o json
repo list -o yaml
repo update one
repo update nobody
repo remove
repo remove nobody
repo remove two
repo list
repo rm one
repo list
repo update
repo remove one
""".strip().splitlines():
            if self.helm_version == "3" and any(word in command for word in ("--timeout", "no-headers")):
                continue
            with self.subTest(command):
                self.same(*command.split())
                self.same_files()

    def test_each_reads_what_the_other_wrote(self):
        self.same("repo", "add", "one", "URL/charts", code=0)
        self.swap()
        self.same("repo", "list", code=0)
        self.same("repo", "add", "two", "URL/moved", code=0)
        self.same("search", "repo", code=0)
        self.swap()
        self.same("repo", "update", code=0, ordered=False)
        self.same("search", "repo", "-l", code=0)
        self.same_files()

    def test_search(self):
        self.same("search", "repo", code=1)
        self.same("repo", "add", "one", "URL/charts", code=0)
        self.same("repo", "add", "two", "URL/charts", code=0)
        for command in """
search repo
search repo -l
search repo --devel
search repo -l --devel
search repo alpha
search repo ALPHA
search repo alpha -o json
search repo alpha -o yaml
search repo gamma -o json
search repo one/alpha
search repo web
search repo database
search repo nothing
search repo nothing -o json
search repo nothing --fail-on-no-result
search repo nothing -o json --fail-on-no-result
search repo the first
search repo -r a.pha
search repo -r ^alpha
search repo -r (
search repo --version ^1
search repo --version 1.x -l
search repo alpha --version 1.2.0
search repo alpha --version >1.0.0 --devel
search repo --version not-a-version
search repo --max-col-width 10
search repo --max-col-width 3
search repo --max-col-width -1
search repo --versions=maybe
search repo -o xml
""".strip().splitlines():
            with self.subTest(command):
                self.same(*command.split())

    def test_a_cache_that_is_missing_or_broken(self):
        self.same("repo", "add", "one", "URL/charts", code=0)
        self.same("repo", "add", "two", "URL/charts", code=0)
        for home in (self.ours, self.theirs):
            (home.folder / "cache/repository/two-index.yaml").unlink()
            (home.folder / "cache/repository/one-index.yaml").write_text("apiVersion: v1\nentries: [\n")
        self.same("search", "repo")
        self.same("pull", "two/alpha", code=1)
        self.same("pull", "one/alpha", code=1)
        self.same("pull", "URL/charts/alpha-1.0.0.tgz", code=1)

    def test_pull(self):
        self.same("repo", "add", "one", "URL/charts", code=0)
        self.write({"there/alpha/x": "", "out/x": ""})
        for command in """
pull
pull one/alpha
pull one/alpha --version 1.0.0
pull one/alpha --version 1.0
pull one/alpha --version ^1.0.0 -d out
pull one/alpha --version 9
pull one/alpha --version no-version
pull one/alpha --devel
pull one/alpha --devel --version 1.2.0
pull one/nothing
pull two/alpha
pull alpha
pull one/alpha -d nowhere
pull URL/charts/beta-0.1.0.tgz
pull URL/charts/beta-9.9.9.tgz
pull ftp://127.0.0.1/charts/beta-0.1.0.tgz
pull beta --repo URL/charts
pull beta --repo URL/charts --version 7
pull beta --repo URL/nowhere
pull nothing --repo URL/charts
pull one/alpha --untar
pull one/alpha --untar
pull one/alpha --untar --untardir there
pull one/gamma --untar --untardir new/place
pull one/gamma --untar --untardir deep -d out
pull gamma --repo URL/charts --untar --untardir byrepo
pull one/beta one/gamma
""".strip().splitlines():
            with self.subTest(command):
                self.same(*command.split())
        self.same_files()

    def test_basic_authentication(self):
        self.publish(*catalogue()[:2], folder="private/charts")
        (self.site / "elsewhere").mkdir()
        for path in (self.site / "private/charts").glob("*.tgz"):
            (self.site / "elsewhere" / path.name).write_bytes(path.read_bytes())
        self.index("elsewhere", self.server.url.replace("127.0.0.1", "localhost") + "/private/charts")
        for args, stdin in [(["repo", "add", "one", "URL/private/charts"], None),
                            (["repo", "add", "one", "URL/private/charts", "--username", "user", "--password", "wrong"], None),
                            (["repo", "add", "one", "URL/private/charts", "--username", "user", "--password-stdin"], "pa:ss word\n"),
                            (["pull", "one/alpha"], None),
                            (["pull", "URL/private/charts/alpha-1.0.0.tgz"], None),
                            (["pull", "alpha", "--repo", "URL/private/charts"], None),
                            (["pull", "alpha", "--repo", "URL/private/charts", "--username", "user", "--password", "pa:ss word", "-d", "."], None),
                            (["repo", "add", "two", "URL/elsewhere", "--username", "user", "--password", "pa:ss word"], None),
                            (["pull", "two/alpha"], None),
                            (["repo", "add", "two", "URL/elsewhere", "--username", "user", "--password", "pa:ss word", "--pass-credentials",
                              "--force-update"], None),
                            (["pull", "two/alpha", "--version", "1.0.0"], None)]:
            with self.subTest(args):
                self.same(*args, stdin=stdin)
        self.same_files()

    def keyrings(self):
        """Keyrings in both working folders; skips without gpg."""
        if not shutil.which("gpg"):
            self.skipTest("NO gpg: signatures were not looked at; install gnupg")
        home = tempfile.mkdtemp(prefix="fw-", dir="/tmp")  # A socket's path is short.
        self.addCleanup(shutil.rmtree, home, ignore_errors=True)
        self.addCleanup(subprocess.run, ["gpgconf", "--homedir", home, "--kill", "all"], capture_output=True)

        def gpg(*args):
            return subprocess.run(["gpg", "--homedir", home, "--batch", "--quiet", "--no-tty", *args], check=True, capture_output=True).stdout

        for name in ("Signer <signer@example.com>", "Other <other@example.com>"):
            gpg("--passphrase", "", "--quick-generate-key", name, "rsa2048", "sign", "never")
        rings = {"public.gpg": gpg("--export", "signer"), "private.gpg": gpg("--export-secret-keys", "signer"), "other.gpg": gpg("--export", "other")}
        for folder in (self.ours.work, self.theirs.work):
            for name, data in rings.items():
                (folder / name).write_bytes(data)

    def test_signatures_over_http(self):
        self.keyrings()
        self.write({f"demo/{path}": text for path, text in chart_files("demo", "1.0.0").items()})
        place = self.site / "charts"
        done = self.ours.run(["package", "demo", "--sign", "--key", "signer", "--keyring", "private.gpg", "-d", str(place)])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((place / "demo-1.0.0.tgz.prov").exists())
        # Signed for one archive, beside another.
        (place / "beta-0.1.0.tgz.prov").write_bytes((place / "demo-1.0.0.tgz.prov").read_bytes())
        # The text says another version than was signed.
        text = (place / "demo-1.0.0.tgz.prov").read_text()
        (place / "gamma-3.0.0.tgz.prov").write_text(text.replace("version: 1.0.0", "version: 9.0.0"))
        self.index()
        self.same("repo", "add", "one", "URL/charts", code=0)
        for command in """
pull one/demo --verify --keyring public.gpg
pull one/demo --verify --keyring other.gpg
pull one/demo --verify --keyring none.gpg
pull one/demo --prov -d .
pull URL/charts/demo-1.0.0.tgz --verify --keyring public.gpg
pull demo --repo URL/charts --verify --keyring public.gpg
pull one/demo --verify --keyring public.gpg --untar
pull one/alpha --version 1.0.0 --verify --keyring public.gpg
pull one/alpha --version 1.2.0 --prov
pull one/beta --verify --keyring public.gpg
pull one/gamma --version 3.0.0 --verify --keyring public.gpg
template r one/demo --verify --keyring public.gpg
template r one/demo --verify --keyring other.gpg
show chart one/demo --verify --keyring public.gpg
verify demo-1.0.0.tgz --keyring public.gpg
""".strip().splitlines():
            with self.subTest(command):
                self.same(*command.split())

    def test_show_and_template_by_name_and_address(self):
        self.same("repo", "add", "one", "URL/charts", code=0)
        for command in """
template r one/alpha
template r one/alpha --version 1.0.0 --set color=red
template r URL/charts/beta-0.1.0.tgz
template r beta --repo URL/charts
template r nothing --repo URL/charts
template r one/nothing
show chart one/alpha
show values one/alpha --version 1.0.0
show chart alpha --repo URL/charts --devel
show all one/gamma
""".strip().splitlines():
            with self.subTest(command):
                self.same(*command.split())
        self.same_files()


Repositories3 = both(Repositories)


class Index(Beside):
    def write_charts(self):
        self.publish(*catalogue())
        for home in (self.ours, self.theirs):
            (home.work / "repo/below").mkdir(parents=True)
            for path in (self.site / "charts").glob("*.tgz"):
                target = home.work / "repo" / ("below" if "beta" in path.name else "") / path.name
                target.write_bytes(path.read_bytes())
            write_files(home.work, {"repo/no-chart.tgz": "nothing", "repo/readme.txt": "x"})

    def test_index(self):
        self.write_charts()
        for command in """
repo index
repo index nowhere
repo index repo
repo index repo --url https://charts.example.com/stable
repo index repo --url https://charts.example.com/stable/
repo index repo --url relative/path
repo index repo --merge new.yaml
repo index repo --merge repo/index.yaml --url https://other.example.com
repo index repo --json
repo index repo --merge repo/index.yaml
repo index repo --merge repo/readme.txt
""".strip().splitlines():
            with self.subTest(command):
                self.same(*command.split())
                self.same_files()

    def test_merge_keeps_what_was_there(self):
        self.write_charts()
        self.same("repo", "index", "repo", code=0)
        for home in (self.ours, self.theirs):
            (home.work / "repo/index.yaml").rename(home.work / "old.yaml")
            for path in (home.work / "repo").glob("alpha-1.0*.tgz"):
                path.unlink()
        self.same("repo", "index", "repo", "--merge", "old.yaml", "--url", "https://new.example.com", code=0)
        self.same_files()
        self.swap()
        self.same("repo", "index", "repo", "--merge", "old.yaml", code=0)
        self.same_files()

    def test_poisoned_indexes(self):
        """Told as helm tells it; what helm puts up with, too."""
        version = "  - {name: x, version: %s, urls: [x.tgz], apiVersion: v2}\n"
        poisoned = {
            "empty": "",
            "blank": "\n",
            "no version": "entries: {}\n",
            "not YAML": "a: b: c\n",
            "a list": "- 1\n",
            "a text": "hello\n",
            "entries as a list": "apiVersion: v1\nentries: []\n",
            "an entry as a text": "apiVersion: v1\nentries:\n  x: text\n",
            "a version as a text": "apiVersion: v1\nentries:\n  x:\n  - text\n",
            "unknown field": "apiVersion: v1\nsurprise: 1\nentries: {}\n",
            "unknown field of a chart": "apiVersion: v1\nentries:\n  x:\n  - {name: x, version: 1.0.0, urls: [x.tgz], surprise: 1}\n",
            "a key twice": "apiVersion: v1\napiVersion: v1\nentries: {}\n",
            "a chart twice": "apiVersion: v1\nentries:\n  x: []\n  x: []\n",
            "a version twice": "apiVersion: v1\nentries:\n  x:\n" + version % "1.0.0" * 2,
            "bad versions": "apiVersion: v1\nentries:\n  x:\n" + version % "one" + version % "1.0.0" + version % "'1.0.0.0'" + version % "''",
            "traversal in a name": "apiVersion: v1\nentries:\n  ../x:\n  - {name: ../../x, version: 1.0.0, urls: [x.tgz]}\n",
            "no name": "apiVersion: v1\nentries:\n  x:\n  - {version: 1.0.0, urls: [x.tgz]}\n",
            "nothing in a list": "apiVersion: v1\nentries:\n  x:\n  - {name: x, version: 1.0.0, urls: []}\n  - {name: x, version: 2.0.0}\n",
            "JSON": '{"apiVersion":"v1","surprise":1,"entries":{"x":[{"name":"x","version":"1.0.0","urls":["x.tgz"],"more":2}]}}',
            "JSON with a wrong type": '{"apiVersion":"v1","entries":{"x":[{"name":["x"],"version":"1.0.0"}]}}',
            "control characters": "apiVersion: v1\nentries:\n  x:\n  - {name: x, version: 1.0.0, urls: [x.tgz], description: \"a\\tb\\x07c\"}\n",
            "null version": "apiVersion: v1\nentries:\n  x:\n  - null\n  - {name: x, version: 1.0.0, urls: [x.tgz], apiVersion: v2}\n",
        }
        for name, text in poisoned.items():
            if self.helm_version == "3" and name in ("null version",):
                continue  # Helm 3 goes on with the empty entry and crashes.
            with self.subTest(name):
                write_files(self.site, {"bad/index.yaml": text})
                self.same("repo", "add", "bad", "URL/bad", "--force-update")
                self.same("search", "repo", "-o", "json", "-l")
                self.same("pull", "bad/x")
                self.same("pull", "bad/x", "--version", "1.0.0", "--untar")

    def test_addresses_in_an_index(self):
        self.publish(chart_files("x", "1.0.0"))
        row = "  - {name: x, version: 1.0.%d, apiVersion: v2, urls: [%s]}\n"
        urls = ["x-1.0.0.tgz", "./x-1.0.0.tgz", "../charts/x-1.0.0.tgz", "/charts/x-1.0.0.tgz", self.server.url + "/charts/x-1.0.0.tgz",
                "//" + self.server.url[7:] + "/charts/x-1.0.0.tgz", "'x-1.0.0.tgz?token=1'", "file:///etc/passwd", "../..", "/", "nothing.tgz",
                "'%zz'", "'x-1.0.0.tgz#part'", "..%2f..%2fx.tgz"]
        text = "apiVersion: v1\nentries:\n  x:\n" + "".join(row % pair for pair in enumerate(urls))
        write_files(self.site, {"charts/index.yaml": text})
        self.same("repo", "add", "one", "URL/charts", code=0)
        self.same("repo", "add", "two", "URL/charts?key=1", code=0)
        for number, url in enumerate(urls):
            for repository in ("one", "two"):
                with self.subTest(url=url, repository=repository):
                    ours, theirs = (home.run(["pull", f"{repository}/x", "--version", f"1.0.{number}"]) for home in (self.ours, self.theirs))
                    self.assertEqual(ours.returncode, theirs.returncode, ours.stderr + theirs.stderr)
        self.assertEqual(sorted(path.name for path in self.ours.work.iterdir()), sorted(path.name for path in self.theirs.work.iterdir()))


Index3 = both(Index)

if __name__ == "__main__":
    unittest.main()
