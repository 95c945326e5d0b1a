"""chart diff: two charts, versions, commits and sets of values, and a dependency's other version."""
import json
import shutil
import subprocess
import unittest

import cli
from chart_repository import chart_files, write_files


class ChartDiff(cli.Case):
    def setUp(self):
        super().setUp()
        write_files(self.home / "shop", chart_files("shop", "1.0.0"))
        write_files(self.home / "shop-2", {**chart_files("shop", "2.0.0"), "values.yaml": "color: red\n",
                                           "templates/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: front}\n"})

    def names(self, *args):
        return [(row["change"], row["kind"], row["name"]) for row in json.loads(self.ctl("chart", "diff", *args, "-o", "json"))]

    def git(self, *args):
        subprocess.run(["git", "-C", str(self.home), "-c", "user.name=T", "-c", "user.email=t@example.com", *args], check=True, capture_output=True)

    def test_two_charts(self):
        text = self.ctl("chart", "diff", "shop", "shop-2")
        self.assertEqual(text, """--- old/ConfigMap/shop\tshop/templates/map.yaml
+++ new/ConfigMap/shop\tshop/templates/map.yaml
@@ -4,4 +4,4 @@
 metadata:
   name: shop
 data:
-  color: blue
+  color: red
--- /dev/null
+++ new/Service/front/web\tshop/templates/service.yaml
@@ -0,0 +1,4 @@
+# Source: shop/templates/service.yaml
+apiVersion: v1
+kind: Service
+metadata: {name: web, namespace: front}
""".replace("@@ -4,4 +4,4 @@", "@@ -3,4 +3,4 @@").replace("@@ -0,0 +1,4 @@", "@@ -0,0 +1,3 @@").replace("+# Source: shop/templates/service.yaml\n", ""))
        self.assertEqual(self.ctl("chart", "diff", "shop", "shop"), "")
        table = self.ctl("chart", "diff", "shop", "shop-2", "-o", "table").splitlines()
        self.assertEqual([line.split() for line in table], [["CHANGE", "KIND", "NAMESPACE", "NAME", "TEMPLATE", "RANDOM", "LINES"],
                                                            ["changed", "ConfigMap", "<none>", "shop", "shop/templates/map.yaml", "0"],
                                                            ["added", "Service", "front", "web", "shop/templates/service.yaml", "0"]])
        self.assertIn("change: changed", self.ctl("chart", "diff", "shop", "shop-2", "-o", "yaml"))
        self.assertEqual(self.names("shop-2", "shop"), [("changed", "ConfigMap", "shop"), ("removed", "Service", "web")])
        self.ctl("chart", "package", "shop-2")
        self.assertEqual(len(self.names("shop", "shop-2.0.0.tgz")), 2)

    def test_exit_codes(self):
        self.assertEqual(self.run_ctl("chart", "diff", "shop", "shop-2", "--detailed-exitcode").returncode, 2)
        self.assertEqual(self.run_ctl("chart", "diff", "shop", "shop", "--detailed-exitcode").returncode, 0)
        for args in (["shop"], ["shop", "nowhere"], ["shop", "shop-2", "-o", "xml"], ["shop", "--old-ref", "HEAD"], ["shop", "--bump", "redis"],
                     ["shop", "--bump", "redis=./x.tgz"], ["shop", "--new-values", "none.yaml"], ["shop", "shop-2", "--show-only", "x"],
                     ["shop", "shop-2", "--context", "many"]):
            with self.subTest(args):
                self.assertTrue(self.refused(1, "chart", "diff", *args).startswith("Error: "))
        self.assertEqual(self.run_ctl("chart", "diff").returncode, 1)
        self.assertIn("Usage:", self.ctl("chart", "diff", "--help"))

    def test_colors_are_helms(self):
        # helm colours neither of the two; what is no mode stops it before anything else.
        for command in (["template", "rel", "shop"], ["lint", "shop"]):
            plain = self.run_ctl("chart", *command)
            for flags in (["--color", "always"], ["--colour=never"], ["--color", "auto"], ["--color", "pink", "--color", "always"]):
                done = self.run_ctl("chart", *command, *flags)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, plain.stdout, plain.stderr))
            for flags in (["--color", "pink"], ["--colour=pink"], ["--color=always", "--color", "pink", "--bogus"]):
                done = self.run_ctl("chart", *command, *flags)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (
                    1, "", 'level=WARN msg="command failed" error="invalid color mode \\"pink\\": must be one of: never, auto, always"\n'))

    def test_sets_of_values(self):
        self.write("green.yaml", "color: green\n")
        self.assertIn("+  color: green", self.ctl("chart", "diff", "shop", "--new-values", "green.yaml"))
        self.assertIn("-  color: green", self.ctl("chart", "diff", "shop", "--old-values", "green.yaml", "--new-set", "color=black"))
        # What both sides share is no difference.
        self.assertEqual(self.ctl("chart", "diff", "shop", "-f", "green.yaml", "--new-set", "other=1"), "")
        self.assertIn("old: ", self.refused(1, "chart", "diff", "shop", "--old-set", "a[b]=1", "--new-set", "b=1"))

    def test_secrets_are_masked(self):
        write_files(self.home / "safe", {**chart_files("safe", "1.0.0"),
                                         "templates/s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: {{ .Values.a | default \"hidden1\" }}, b: stays9}\n"})
        text = self.ctl("chart", "diff", "safe", "--new-set", "a=hidden2")
        self.assertNotIn("hidden", text)
        self.assertNotIn("stays9", text)
        self.assertIn("-  a: '*** (before)'", text)
        self.assertIn("+  a: '*** (after)'", text)
        self.assertIn("hidden2", self.ctl("chart", "diff", "safe", "--new-set", "a=hidden2", "--show-secrets"))

    def test_what_is_random(self):
        secret = ("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  word: {{ randAlphaNum 12 }}\n  plain: {{ .Values.color }}\n"
                  "  ca: {{ (genCA \"ca\" 30).Cert | b64enc }}\n")
        config = ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  id: {{ uuidv4 }}\n  hash: {{ htpasswd \"u\" \"p\" | quote }}\n"
                  "  day: {{ now | date \"2006-01-02\" | quote }}\n  color: {{ .Values.color }}\n")
        files = {**chart_files("dice", "1.0.0"), "templates/secret.yaml": secret, "templates/config.yaml": config}
        write_files(self.home / "dice", files)
        self.assertEqual(self.ctl("chart", "diff", "dice", "dice"), "")
        # One more draw in front, of the same function and length, in another template: nothing else moves.
        write_files(self.home / "dice-2", {**files, "templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: job-{{ randAlphaNum 12 | lower }}}\n"})
        rows = json.loads(self.ctl("chart", "diff", "dice", "dice-2", "-o", "json"))
        self.assertEqual([(row["change"], row["randomLines"]) for row in rows], [("added", {"old": [], "new": [3]})])
        text = self.ctl("chart", "diff", "dice", "--new-set", "color=red")
        self.assertIn("random lines in old: 5-7\nrandom lines in new: 5-7\n--- old/ConfigMap/c\t", text)
        # A Secret's lines are those of the text that is shown: as it stands, or written anew with masks.
        self.assertIn("random lines in old: 6, 8\nrandom lines in new: 6, 8\n--- old/Secret/s\t", text)
        self.assertIn("random lines in old: 5, 7\nrandom lines in new: 5, 7\n--- old/Secret/s\t", self.ctl("chart", "diff", "dice", "--new-set", "color=red", "--show-secrets"))
        changed = [line for line in text.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        self.assertEqual([line for line in changed if "plain" not in line], ["-  color: blue", "+  color: red"] * 2)

    def test_output_is_bounded(self):
        write_files(self.home / "big", {**chart_files("big", "1.0.0"),
                                        "templates/b.yaml": "{{ range $i := until 30 }}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m{{ $i }}}\ndata: {x: {{ $.Values.color }}}\n{{ end }}"})
        done = self.run_ctl("chart", "diff", "big", "--new-set", "color=red", "--max-lines", "40")
        self.assertEqual(done.returncode, 0)
        self.assertLessEqual(done.stdout.count("\n"), 40)
        self.assertRegex(done.stderr, r"^note: \d+ changed objects are not shown with their lines: .*\n$")
        self.assertEqual(self.run_ctl("chart", "diff", "big", "--new-set", "color=red", "--max-lines", "0").stderr, "")
        self.assertEqual(len(self.names("big", "--new-set", "color=red", "--max-lines", "5")), 31)

    @unittest.skipUnless(shutil.which("git"), "NO git: commits were not compared")
    def test_commits(self):
        self.write("prod.yaml", "color: white\n")
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "one")
        self.git("tag", "v1")
        (self.home / "shop/templates/map.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n")
        self.write("prod.yaml", "color: silver\n")
        changes = [("added", "ConfigMap", "other"), ("removed", "ConfigMap", "shop")]
        self.assertEqual(self.names("shop", "--against", "HEAD"), changes)
        self.assertEqual(self.names("shop", "--old-ref", "v1"), changes)
        # Values files are those of the commit.
        self.assertIn("-  color: white", self.ctl("chart", "diff", "shop", "--against", "HEAD", "-f", "prod.yaml"))
        self.write("late.yaml", "color: pink\n")
        done = self.run_ctl("chart", "diff", "shop", "--against", "HEAD", "-f", "late.yaml")
        self.assertIn("-  color: blue", done.stdout)
        self.assertRegex(done.stderr, r"^note: late.yaml was not there at [0-9a-f]{12}: left out\n$")
        self.git("commit", "-q", "-a", "-m", "two")
        self.assertEqual(self.names("shop", "--old-ref", "v1", "--new-ref", "HEAD"), changes)
        self.assertEqual(self.names("shop", "--old-ref", "HEAD", "--new-ref", "HEAD"), [])
        self.assertIn("git knows no commit nowhere", self.refused(1, "chart", "diff", "shop", "--against", "nowhere"))

    def test_a_dependency(self):
        write_files(self.home / "app", {**chart_files("app", "1.0.0"), **{f"charts/shop/{path}": text for path, text in chart_files("shop", "1.0.0").items()}})
        self.write("app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies: [{name: shop, version: 1.x, repository: 'file://../shop-2'}]\n")
        changes = [("changed", "ConfigMap", "shop"), ("added", "Service", "web")]
        self.assertEqual(self.names("app", "--bump", "shop=2.x"), changes)
        self.assertEqual(self.names("app", "--bump", "shop=./shop-2"), changes)
        self.assertIn("the chart doesn't depend on redis", self.refused(1, "chart", "diff", "app", "--bump", "redis=1.0.0"))
        rows = json.loads(self.ctl("chart", "matrix", "app", "--bump", "shop=2.x", "-o", "json"))
        self.assertEqual([change["name"] for change in rows[0]["changes"]], ["shop", "web"])


if __name__ == "__main__":
    unittest.main()
