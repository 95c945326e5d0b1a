"""Packages and dependencies beside a real helm: create, package, dependency list, update and build, template --dependency-update."""
import hashlib
import json
import os
import re
import subprocess
import unittest

from chart_repository import Beside, both, chart_files, write_files


def parent(dependencies, version="0.1.0", api="v2", **more):
    files = chart_files("parent", version, **more)
    files["Chart.yaml"] = files["Chart.yaml"].replace("apiVersion: v2", f"apiVersion: {api}")
    target = "Chart.yaml" if api == "v2" else "requirements.yaml"
    files[target] = files.get(target, "") + "dependencies:\n" + dependencies
    return {f"parent/{path}": text for path, text in files.items()}


class Packages(Beside):
    def test_package(self):
        files = {f"demo/{path}": text for path, text in chart_files("demo", "0.1.0", appVersion='"1.0"', keywords="[b, a]",
                                                                    annotations="{note: \"a: b\"}").items()}
        files.update({"demo/.helmignore": "*.bak\n", "demo/left.bak": "x", "demo/README.md": "# demo\n", "demo/crds/crd.yaml": "kind: X\n",
                      "demo/files/" + "long/" * 25 + "name.txt": "deep\n", "demo/files/" + "x" * 120 + ".txt": "long\n",
                      "demo/files/häßlich.txt": "umlauts\n", "demo/templates/_helpers.tpl": "{{/* none */}}\n", "demo/values.schema.json": "{}",
                      "demo/charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n", "demo/charts/sub/values.yaml": "a: 1\n",
                      "one/Chart.yaml": "apiVersion: v1\nname: one\nversion: 1.0.0\n",
                      "one/requirements.yaml": "dependencies:\n- name: inner\n  version: 1.x\n",
                      "one/charts/inner/Chart.yaml": "apiVersion: v1\nname: inner\nversion: 1.5.0\n",
                      "lacks/Chart.yaml": "apiVersion: v2\nname: lacks\nversion: 1.0.0\ndependencies:\n- {name: gone, version: 1.x, repository: ''}\n",
                      "bad/Chart.yaml": "apiVersion: v2\nname: bad\nversion: one\n", "nothing/x": "", "broken/Chart.yaml": "a: b: c\n",
                      "schema/Chart.yaml": "apiVersion: v2\nname: schema\nversion: 1.0.0\n", "schema/values.schema.json": "{",
                      "up/Chart.yaml": "apiVersion: v2\nname: ../up\nversion: 1.0.0\n",
                      "locked/Chart.yaml": "apiVersion: v2\nname: locked\nversion: 1.0.0\n",
                      "locked/Chart.lock": "dependencies: []\ndigest: sha256:0\ngenerated: \"2020-01-02T03:04:05.600+01:00\"\n"})
        self.write(files)
        for command in """
package
package nowhere
package demo
package demo/ -d out
package demo -d out/deep --version 2.0.0-rc.1+build --app-version 7
package demo --version v1.2 -d out
package demo --version nonsense
package one demo -d several
package lacks
package bad
package nothing
package broken
package schema
package up
package locked -d out
package demo-0.1.0.tgz
package demo -d demo/Chart.yaml
package --sign demo
""".strip().splitlines():
            if "--sign" in command:
                continue
            if self.helm_version == "3" and ("schema" in command or command.endswith(".tgz")):
                continue  # Told with a capital letter there, and of an archive that its Chart.yaml is missing.
            with self.subTest(command):
                self.same(*command.split())
        if self.helm_version == "4":  # Helm 3 stamps every file with the present time.
            self.same_files()

    def test_the_same_bytes_again_and_a_bound_of_time(self):
        self.write({f"demo/{path}": text for path, text in chart_files("demo", "0.1.0").items()})
        home = self.ours
        home.run(["package", "demo", "-d", "a"])
        home.env["SOURCE_DATE_EPOCH"] = "1600000000"
        home.run(["package", "demo", "-d", "b"])
        for path in (home.work / "demo").rglob("*"):
            os.utime(path)
        home.run(["package", "demo", "-d", "c"])
        first, bound, again = ((home.work / name / "demo-0.1.0.tgz").read_bytes() for name in "abc")
        self.assertEqual(bound, again)
        self.assertNotEqual(first, bound)
        listed = subprocess.run(["tar", "-tvzf", str(home.work / "b/demo-0.1.0.tgz"), "--utc"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(set(re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", listed)), {"2020-09-13 12:26"})

    def test_helm_takes_the_created_chart(self):
        self.assertEqual(self.ours.run(["create", "fresh"]).returncode, 0)
        for settings in ("", "ingress.enabled=true,ingress.className=x", "autoscaling.enabled=true,service.type=NodePort",
                         "httpRoute.enabled=true,service.type=LoadBalancer,serviceAccount.create=false", "nameOverride=other,fullnameOverride=whole"):
            made = [home.run(["template", "r", str(self.ours.work / "fresh"), "--set", settings]) for home in (self.ours, self.theirs)]
            self.assertEqual(made[0].returncode, 0, made[0].stderr)
            self.assertEqual(made[0].stdout, made[1].stdout)
            self.assertIn("kind: Deployment", made[0].stdout)
        lint = subprocess.run([self.helm, "lint", "--strict", str(self.ours.work / "fresh")], env=self.theirs.env, capture_output=True, text=True)
        self.assertEqual(lint.returncode, 0, lint.stdout + lint.stderr)
        for home, name in ((self.ours, "a"), (self.theirs, "b")):
            done = home.run(["package", str(self.ours.work / "fresh"), "-d", str(self.top / name)])
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_create_says_and_refuses_the_same(self):
        self.write({"file": "x", "there/values.yaml": "x", "starter/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\nicon: x\n",
                    "starter/values.yaml": "# <CHARTNAME>\nname: <CHARTNAME>\n", "starter/templates/a.yaml": "a: <CHARTNAME>\n",
                    "starter/README.md": "<CHARTNAME>\n", "starter/values.schema.json": "{}",
                    "starter/charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n"})
        for home in (self.ours, self.theirs):
            write_files(home.folder / "data/starters/mine", {"Chart.yaml": "apiVersion: v1\nname: m\nversion: 1.0.0\n", "templates/x": "<CHARTNAME>"})
        for command in """
create
create a b
create bad*name
create nowhere/chart
create file
create file/chart
create there
create --starter nothing x
create --starter mine fromname
create new
create new
""".strip().splitlines():
            with self.subTest(command):
                if command == "create new":
                    ours, theirs = self.ours.run(["create", "new"]), self.theirs.run(["create", "new"])
                    self.assertEqual(self.ours.plain(ours.stdout).splitlines()[0], self.theirs.plain(theirs.stdout).splitlines()[0])
                    if self.helm_version == "4":  # Helm 3's starter has no HTTPRoute.
                        self.assertEqual(len(ours.stdout.splitlines()), len(theirs.stdout.splitlines()))
                else:
                    self.same(*command.split())
        for home in (self.ours, self.theirs):
            done = home.run(["create", "--starter", str(home.work / "starter"), "sub/fresh"])
            self.assertEqual(done.returncode, 0, done.stderr)
        one, two = ((home.work / "sub/fresh") for home in (self.ours, self.theirs))
        names = [sorted(str(path.relative_to(top)) for path in top.rglob("*")) for top in (one, two)]
        self.assertEqual(*names)
        for name in names[0]:
            if (one / name).is_file() and not name.endswith(".tgz"):
                self.assertEqual((one / name).read_text(), (two / name).read_text(), name)
        self.assertEqual((self.ours.work / "fromname/templates/x").read_text(), "fromname")


Packages3 = both(Packages)


class DependenciesOf(Beside):
    def setUp(self):
        super().setUp()
        self.publish(chart_files("alpha", "1.0.0"), chart_files("alpha", "1.2.0"), chart_files("alpha", "2.0.0-beta.1"), chart_files("beta", "0.1.0"),
                     chart_files("gamma", "3.1.0+build.1"))

    def drop_work(self):
        for home in (self.ours, self.theirs):
            subprocess.run(["rm", "-rf", str(home.work)], check=True)
            home.work.mkdir()

    def both_parents(self, dependencies, **more):
        self.drop_work()
        self.write(parent(dependencies.replace("URL", self.server.url), **more))

    def test_update_build_and_list(self):
        cases = {
            "a range": "- {name: alpha, version: 1.x, repository: URL/charts}\n",
            "several": "- {name: alpha, version: ~1.0.0, repository: URL/charts}\n- {name: beta, version: 0.1.0, repository: URL/charts}\n"
                       "- {name: gamma, version: '>=3', repository: URL/charts/}\n",
            "the same with two aliases": "- {name: alpha, version: 1.x, repository: URL/charts, alias: one}\n"
                                         "- {name: alpha, version: 1.x, repository: URL/charts, alias: two}\n",
            "everything that is hashed": "- name: alpha\n  version: '>=1.0.0 <3'\n  repository: URL/charts\n  condition: a.b,c\n  tags: [x, '<y>']\n"
                                         "  enabled: true\n  alias: other\n  import-values:\n  - data\n  - {child: a, parent: b}\n",
            "a prerelease": "- {name: alpha, version: '>1.5.0-0', repository: URL/charts}\n",
            "no version fits": "- {name: alpha, version: 7.x, repository: URL/charts}\n- {name: beta, version: 8.x, repository: URL/charts}\n",
            "no such chart": "- {name: omega, version: 1.x, repository: URL/charts}\n",
            "a bad range": "- {name: alpha, version: 'one', repository: URL/charts}\n",
            "no such repository": "- {name: alpha, version: 1.x, repository: URL/nowhere}\n",
            "a name that was never added": "- {name: alpha, version: 1.x, repository: '@nobody'}\n",
            "a plain name": "- {name: alpha, version: 1.x, repository: stable}\n",
            "an alias that was never added": "- {name: alpha, version: 1.x, repository: 'alias:nobody'}\n",
            "a folder that is not there": "- {name: alpha, version: 1.x, repository: 'file://../nowhere'}\n",
            "nothing in charts": "- {name: alpha, version: 1.x, repository: ''}\n",
            "an empty list": " []\n",
        }
        for name, text in cases.items():
            with self.subTest(name):
                self.both_parents(text)
                self.same("dependency", "list", "parent")
                self.same("dependency", "build", "parent", ordered=False)
                self.same("dependency", "update", "parent", ordered=False)
                self.same_files()
                self.same("dependency", "list", "parent")
                self.same("dependency", "build", "parent", ordered=False)
                self.same("dependency", "update", "parent", "--skip-refresh")
                self.same("template", "r", "parent")
                self.same_files()

    def test_repositories_that_were_added(self):
        self.same("repo", "add", "mine", "URL/charts", code=0)
        self.publish(chart_files("alpha", "1.5.0"), folder="private/charts")
        self.same("repo", "add", "locked", "URL/private/charts", "--username", "user", "--password", "pa:ss word", code=0)
        for text in ("- {name: alpha, version: 1.x, repository: '@mine'}\n", "- {name: alpha, version: 1.x, repository: 'alias:mine'}\n",
                     "- {name: alpha, version: 1.x, repository: URL/charts/}\n", "- {name: alpha, version: 1.x, repository: '@locked'}\n",
                     "- {name: alpha, version: 1.x, repository: URL/private/charts}\n"):
            with self.subTest(text):
                self.both_parents(text)
                self.same("dependency", "update", "parent", code=0, ordered=False)
                self.same("dependency", "build", "parent", code=0, ordered=False)
                self.same_files()
                self.same("dependency", "update", "parent", "--skip-refresh", code=0)

    def test_folders(self):
        text = "- {name: near, version: '>=1', repository: 'file://../near'}\n- {name: inside, version: 1.x, repository: ''}\n"
        self.drop_work()
        files = parent(text)
        files.update({f"near/{path}": body for path, body in chart_files("near", "1.4.0").items()})
        files.update({f"parent/charts/inside/{path}": body for path, body in chart_files("inside", "1.0.1").items()})
        files["parent/charts/stranger/Chart.yaml"] = "apiVersion: v2\nname: stranger\nversion: 1.0.0\n"
        files["parent/charts/readme.tgz"] = "no chart"
        for broken in (None, ("parent/charts/inside/Chart.yaml", "apiVersion: v2\nname: inside\nversion: 2.0.0\n"),
                       ("near/Chart.yaml", "apiVersion: v2\nname: near\nversion: 0.1.0\n"), ("near/Chart.yaml", "a: b: c\n")):
            with self.subTest(broken):
                self.drop_work()
                self.write({**files, **dict([broken] if broken else [])})
                for path in ("parent/charts/readme.tgz",):
                    for home in (self.ours, self.theirs):
                        (home.work / path).unlink()
                self.same("dependency", "update", "parent", ordered=False)
                self.same("dependency", "list", "parent")
                self.same("dependency", "build", "parent", ordered=False)
                if self.helm_version == "4":
                    self.same_files()

    def test_old_charts_and_old_locks(self):
        self.both_parents("- {name: alpha, version: 1.x, repository: URL/charts}\n", api="v1")
        self.same("dependency", "update", "parent", code=0)
        self.same_files()
        self.same("dependency", "list", "parent", code=0)
        for digest in ("sha256:wrong", "helm2"):
            for home in (self.ours, self.theirs):
                lock = home.work / "parent/requirements.lock"
                if digest == "helm2":
                    wanted = {"dependencies": [{"name": "alpha", "version": "1.x", "repository": self.server.url + "/charts"}]}
                    digest_text = "sha256:" + hashlib.sha256(json.dumps(wanted, separators=(",", ":")).encode()).hexdigest()
                else:
                    digest_text = digest
                lock.write_text(re.sub(r"digest: .*", "digest: " + digest_text, lock.read_text()))
            self.same("repo", "add", "mine", "URL/charts", "--force-update", code=0)
            ours, theirs = (home.run(["dependency", "build", "parent"]) for home in (self.ours, self.theirs))
            self.assertEqual((ours.returncode, ours.stdout), (theirs.returncode, theirs.stdout), ours.stderr + theirs.stderr)
            self.assertEqual(ours.stderr.splitlines()[-1:], theirs.stderr.splitlines()[-1:])

    def test_outdated_archives_go_and_locks_are_checked(self):
        self.both_parents("- {name: alpha, version: 1.0.0, repository: URL/charts}\n")
        self.same("dependency", "update", "parent", code=0)
        for home in (self.ours, self.theirs):
            chart = home.work / "parent/Chart.yaml"
            chart.write_text(chart.read_text().replace("1.0.0, repo", "1.2.0, repo"))
        self.same("dependency", "build", "parent", code=1)
        self.same("dependency", "update", "parent", code=0)
        self.same_files()
        self.swap()
        self.same("repo", "add", "mine", "URL/charts", code=0)
        self.same("dependency", "build", "parent", code=0)
        self.same_files()
        self.same("dependency", "update", "nowhere", code=1)
        self.same("dependency", "update", "parent/Chart.yaml", code=1)
        self.same("dependency", "update", "parent", "again", code=1)
        self.same("dependency", "list", "nowhere", code=1)
        self.same("dependency", "list", "parent/charts/alpha-1.2.0.tgz", code=0)

    def test_on_the_way_to_something_else(self):
        self.both_parents("- {name: alpha, version: 1.x, repository: URL/charts}\n")
        self.same("template", "r", "parent", code=1)
        self.same("template", "r", "parent", "--dependency-update", code=0)
        self.same_files()
        self.both_parents("- {name: alpha, version: 1.x, repository: URL/charts}\n")
        self.same("package", "parent", "--dependency-update", code=0)
        self.same("show", "chart", "parent-0.1.0.tgz", code=0)

    def test_charts_in_folders_get_theirs_first(self):
        """Our own: --recursive."""
        self.both_parents("- {name: middle, version: 1.x, repository: 'file://../middle'}\n")
        middle = chart_files("middle", "1.0.0")
        middle["Chart.yaml"] += f"dependencies:\n- {{name: alpha, version: 1.x, repository: {self.server.url}/charts}}\n"
        self.write({f"middle/{path}": text for path, text in middle.items()})
        done = self.ours.run(["dependency", "update", "parent", "--recursive"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(path.name for path in (self.ours.work / "middle/charts").iterdir()), ["alpha-1.2.0.tgz"])
        shown = subprocess.run([self.helm, "template", "r", str(self.ours.work / "parent")], env=self.theirs.env, capture_output=True, text=True)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("name: alpha", shown.stdout)
        write_files(self.ours.work, {"middle/Chart.yaml": "apiVersion: v2\nname: middle\nversion: 1.0.0\n"
                                     "dependencies:\n- {name: parent, version: '*', repository: 'file://../parent'}\n"})
        done = self.ours.run(["dependency", "update", "parent", "--recursive"])
        self.assertEqual(done.returncode, 1)
        self.assertIn("nested more than", done.stderr)


DependenciesOf3 = both(DependenciesOf)


class Mirrors(Beside):
    """Our own: what lies under one URL is read from another."""

    def test_mirrors(self):
        self.publish(chart_files("alpha", "1.0.0"), url="https://charts.invalid/stable")
        mirror = f"https://charts.invalid/stable={self.server.url}/charts"
        home = self.ours
        self.assertEqual(home.run(["repo", "add", "one", "https://charts.invalid/stable"]).returncode, 1)
        done = home.run(["repo", "add", "one", "https://charts.invalid/stable", "--mirror", mirror, "--username", "user", "--password", "secret"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(all(credentials is None for _, credentials in self.server.asked), "a mirror gets no credentials of the original")
        write_files(home.work, {"mirrors.yaml": f"mirrors:\n- {{from: https://charts.invalid/, to: {self.server.url}/nothing}}\n"
                                                f"- {{from: https://charts.invalid/stable, to: {self.server.url}/charts}}\n", "bad.yaml": "mirrors: [x]\n"})
        home.env["FAIRWAY_MIRRORS"] = "mirrors.yaml"
        done = home.run(["pull", "one/alpha"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((home.work / "alpha-1.0.0.tgz").exists())
        for name, what in (("bad.yaml", "mirror 1"), ("nowhere.yaml", "no such file")):
            home.env["FAIRWAY_MIRRORS"] = name
            done = home.run(["pull", "one/alpha"])
            self.assertEqual(done.returncode, 1)
            self.assertIn(what, done.stderr)
        del home.env["FAIRWAY_MIRRORS"]
        self.assertIn("--mirror", home.run(["repo", "update", "--mirror", "nonsense"]).stderr)


if __name__ == "__main__":
    unittest.main()
