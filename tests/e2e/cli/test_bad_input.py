"""Whatever goes in wrong: one clear line that names the file, object or flag, and the right exit code."""
import http.server
import threading
import unittest

import cli

KUBECONFIG = """apiVersion: v1
kind: Config
clusters:
- {name: c, cluster: {server: "%s"}}
users:
- {name: u, user: {%s}}
contexts:
- {name: x, context: {cluster: c, user: u}}
current-context: x
"""


class Html(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<html><body>Please log in</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PATCH = do_GET

    def log_message(self, *_):
        pass


class BadInput(cli.Case):
    def kubeconfig(self, server="http://127.0.0.1:1", user="token: t"):
        self.env["KUBECONFIG"] = self.write("kubeconfig", KUBECONFIG % (server, user))

    def test_flags_and_arguments_end_with_two(self):
        self.kubeconfig()
        rows = [
            ([], "subcommand"), (["frobnicate"], "subcommand"), (["get", "pods", "--colour"], "--colour"), (["get"], "which kind"),
            (["get", "pods", "-o", "xml"], '"xml"'), (["get", "pods", "--chunk-size", "many"], "--chunk-size"), (["apply"], "--filename"),
            (["apply", "-f", "x", "--dry-run=maybe"], "--dry-run"), (["delete"], "what to delete"),
            (["delete", "pods", "--all", "-l", "a=b"], "--all"), (["logs"], "pod"), (["logs", "p", "--since", "soon"], "--since"),
            (["logs", "p", "--tail", "x"], "--tail"), (["undo", "abc"], "id"), (["context"], "subcommand"),
        ]
        for args, words in rows:
            with self.subTest(args=args):
                line = self.refused(2, *args)
                self.assertTrue(line.startswith("error: "), line)
                self.assertIn(words, line)

    def test_kubeconfigs(self):
        rows = {
            "not yaml": ("a: [", "kubeconfig"), "a list": ("- a", "kubeconfig"), "html": ("<html></html>", "kubeconfig"),
            "recursive anchor": ("a: &x [*x]", "kubeconfig"), "no current context": ("{apiVersion: v1, kind: Config}", "context"),
        }
        for name, (text, words) in rows.items():
            with self.subTest(name):
                self.env["KUBECONFIG"] = self.write("kubeconfig", text)
                self.assertIn(words, self.refused(1, "get", "pods"))
        self.assertIn("nowhere.yaml", self.refused(1, "get", "pods", "--kubeconfig", "nowhere.yaml"))
        self.kubeconfig()
        self.assertIn('"y"', self.refused(1, "get", "pods", "--context", "y"))

    def test_a_server_that_is_not_there(self):
        self.kubeconfig()
        self.assertIn("127.0.0.1:1", self.refused(1, "get", "pods"))

    def test_a_server_that_answers_html(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Html)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.kubeconfig(f"http://127.0.0.1:{server.server_address[1]}")
        line = self.refused(1, "get", "pods")
        self.assertIn("HTML", line)

    def test_a_plugin_that_prints_rubbish(self):
        plugin = self.write("plugin", "#!/bin/sh\necho rubbish\n")
        (self.home / "plugin").chmod(0o755)
        self.kubeconfig("https://127.0.0.1:1", f'exec: {{apiVersion: client.authentication.k8s.io/v1, command: "{plugin}", interactiveMode: Never}}')
        self.assertIn("plugin", self.refused(1, "get", "pods"))
        self.kubeconfig("https://127.0.0.1:1", 'exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, interactiveMode: Never}')
        self.assertIn("no-such-plugin", self.refused(1, "get", "pods"))

    def test_files(self):
        self.kubeconfig()
        rows = {
            "missing.yaml": (None, "missing.yaml"),
            "broken.yaml": ("a: b: c", "broken.yaml: "),
            "anchor.yaml": ("a: &x\n  b: *x\n", "anchor.yaml"),
            "bomb.yaml": ("a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
                f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(10)), "bomb.yaml"),
            "twice.yaml": ("a: 1\na: 2\n", "twice.yaml"),
            "nokind.yaml": ("apiVersion: v1\nmetadata: {name: x}\n", "nokind.yaml:1: kind is missing"),
            "noname.yaml": ("---\n---\napiVersion: v1\nkind: ConfigMap\n", "noname.yaml:3: ConfigMap: metadata.name is missing"),
            "text.yaml": ("hello", "text.yaml:1: not a Kubernetes object"),
            "empty.yaml": ("# nothing\n", "no objects in"),
            "huge.yaml": ("# " + "x" * (33 << 20), "huge.yaml: larger than"),
        }
        for name, (text, words) in rows.items():
            if text is not None:
                self.write(name, text)
            for command, code in (("apply", 1), ("diff", 2)):
                with self.subTest(name, command=command):
                    self.assertIn(words, self.refused(code, command, "-f", name))
        self.assertIn("standard input:1: kind", self.refused(1, "apply", "-f", "-", stdin="apiVersion: v1\n"))

    def test_ten_megabytes_of_yaml_are_read(self):
        self.kubeconfig()
        text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata:\n" + "".join(f'  k{i}: "{"v" * 100}"\n' for i in range(90000))
        self.write("big.yaml", text)
        self.assertIn("127.0.0.1:1", self.refused(1, "apply", "-f", "big.yaml"))

    def test_routes_in_files(self):
        self.assertIn("none.yaml: ", self.refused(1, "route", "check", "-f", "none.yaml"))
        self.write("anchor.yaml", "a: &x [*x]\n")
        for command in (["check", "-f", "anchor.yaml"], ["weights", "-f", "anchor.yaml", "VirtualService/t", "a=1"]):
            self.assertIn("anchor.yaml: yaml: anchor 'x' value contains itself", self.refused(1, "route", *command))
        head = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: t, namespace: shop}\nspec:\n  hosts: [t]\n  http:\n"
        self.write("text.yaml", head + "  - route:\n    - {destination: {host: a}, weight: lots}\n    - {destination: {host: b}, weight: 10}\n")
        found = self.run_ctl("route", "check", "-f", "text.yaml")
        self.assertEqual((found.returncode, found.stderr), (1, ""))
        self.assertIn("spec.http[0].route[0].weight", found.stdout)
        self.assertIn("weight must be a whole number, not text", self.refused(1, "route", "weights", "-f", "text.yaml", "VirtualService/t", "a=1", "b=2"))
        rule = "  - match: [{uri: {exact: \"/%d\"}}]\n    route: [{destination: {host: reviews}, weight: 100}]\n"
        self.write("big.yaml", head + "".join(rule % i for i in range(110000)))
        self.assertGreater((self.home / "big.yaml").stat().st_size, 9 << 20)
        found = self.run_ctl("route", "check", "-f", "big.yaml")
        self.assertEqual((found.returncode, found.stderr), (1, ""))
        self.assertIn("too many rules", found.stdout)

    def test_a_damaged_journal_is_kept_and_said(self):
        (self.home / "state").mkdir()
        self.write("state/journal.sqlite", "this is no database" * 100)
        done = self.run_ctl("journal", "list")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("was damaged", done.stderr)
        self.assertEqual(len(list((self.home / "state").glob("journal.sqlite.damaged-*"))), 1)

    def test_unreadable_settings_lock_everything(self):
        self.kubeconfig()
        (self.home / "state").mkdir()
        self.write("state/contexts.yaml", "version: [")
        done = self.run_ctl("context", "list")
        self.assertIn("counts as locked", done.stderr)
        self.assertIn("locked", done.stdout)

    def test_output_into_a_closed_pipe_is_no_crash(self):
        import subprocess
        done = subprocess.run(f'"{cli.PROGRAM}" --help | true', shell=True, env=self.env, capture_output=True, text=True)
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
