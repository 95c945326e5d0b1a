"""Whatever is wrong outside, the window says it once, clearly, with the next step; and it stays usable."""
import http.server
import os
import re
import socket
import threading
import unittest

import flow
import harness
from cluster import LabServer, RealServer
from desktop import wait_until

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
PLUGIN = 'exec: {apiVersion: client.authentication.k8s.io/v1, command: "%s", interactiveMode: Never}'


class Html(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<html><body>Please log in</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Relay:
    """Passes bytes to a server; cut() ends every connection in the middle of whatever it carries, close() lets no new one in."""

    def __init__(self, port):
        self._target = port
        self._lock = threading.Lock()
        self._open = set()
        self._listener = None
        self.port = 0
        self.listen()

    def listen(self):
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            with self._lock:
                self._open |= {near, far}
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=pair, daemon=True).start()

    @staticmethod
    def _pump(source, sink):
        try:
            while piece := source.recv(65536):
                sink.sendall(piece)
        except OSError:
            pass
        for each in (source, sink):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        with self._lock:
            for each in self._open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
            self._open.clear()

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()


class BadInput(flow.WindowCase):
    def setUp(self):
        self.folder = harness.desk().folder / f"bad-{self.id().rsplit('.', 1)[-1]}"
        self.folder.mkdir()

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def says(self, kubeconfig, pattern, *arguments, allows=False):
        """The window is there, says it in one place, and the practice cluster can be opened all the same."""
        window = self.open("--kubeconfig", kubeconfig, *arguments)
        if allows:
            window.click("push button", "Run it")
        said = window.wait_text(pattern)
        self.assertEqual(len(window.all(None, re.compile(pattern))), 1, "said once")
        self.assertNotRegex(said.name, r"[a-z)] (Ask|Check|Install|Log|Mend|Run|Then)\b", "sentences end with a full stop")
        window.click("check box", "Routes")
        window.wait("label", re.compile("No cluster chosen|No connection to "))
        self.assertFalse(window.all(None, re.compile("on its way")), "nothing is on its way")
        self.assertFalse(window.all("push button", "Unlock …"))
        window.click("check box", "Home")
        window.click("push button", "Open the practice cluster")
        self.wait_live()
        window.close()

    def test_kubeconfigs(self):
        rows = {
            "broken.yaml": ("a: [", r"broken\.yaml: not a kubeconfig: .*line 1"),
            "page.yaml": ("<html></html>", r"page\.yaml: not a kubeconfig"),
            "anchor.yaml": ("a: &x [*x]\n", r"anchor\.yaml: not a kubeconfig: .*contains itself"),
            "large.yaml": ("# " + "x" * (10 << 20), r"large\.yaml"),
        }
        for name, (text, pattern) in rows.items():
            with self.subTest(name):
                self.says(self.file(name, text), pattern)
        with self.subTest("missing"):
            self.says(self.folder / "missing.yaml", r"missing\.yaml: No such file")
        with self.subTest("no such context"):
            self.says(self.file("one.yaml", KUBECONFIG % ("https://127.0.0.1:1", "token: t")), "no context named other", "--context", "other")

    def test_servers_and_plugins(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Html)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        rubbish = self.file("rubbish", "#!/bin/sh\necho rubbish\n")
        rows = {
            "unreachable": ("http://127.0.0.1:1", "token: t", r"Can't connect to x: .*no connection to 127\.0\.0\.1:1.*Check the address"),
            "answers HTML": (f"http://127.0.0.1:{server.server_address[1]}", "token: t", r"answered with HTML.*Check the server's address"),
            "plugin prints rubbish": ("https://127.0.0.1:1", PLUGIN % rubbish, r"plugin rubbish: printed something.*Run it in a terminal"),
            "plugin is absent": ("https://127.0.0.1:1", PLUGIN % "no-such-plugin", r"no-such-plugin: is not installed.*Install it"),
        }
        for name, (address, user, pattern) in rows.items():
            with self.subTest(name):
                self.says(self.file("kubeconfig", KUBECONFIG % (address, user)), pattern, allows="exec" in user)

    def test_a_foreign_kubeconfig_runs_nothing_unasked(self):
        mark = self.folder / "mark"
        plugin = self.file("greedy", f"#!/bin/sh\ntouch {mark}\n")
        window = self.open("--kubeconfig", self.file("kubeconfig", KUBECONFIG % ("https://127.0.0.1:1", PLUGIN % plugin)))
        window.wait_text(re.escape(str(plugin)))
        window.click("push button", "Cancel")
        window.wait_text("x signs in by a command that nobody has allowed to run")
        self.assertFalse(mark.exists())
        window.click("push button", "Retry")
        window.wait("push button", "Run it")
        self.assertFalse(mark.exists())
        window.click("push button", "Run it")
        window.wait_text("plugin greedy: printed nothing")
        self.assertTrue(mark.exists())

    def test_a_plugin_that_hangs_is_named_while_it_does(self):
        plugin = self.file("slow-login", "#!/bin/sh\nexec sleep 1000\n")
        window = self.open("--kubeconfig", self.file("kubeconfig", KUBECONFIG % ("https://127.0.0.1:1", PLUGIN % plugin)))
        window.click("push button", "Run it")
        window.wait_text("Waiting for the credential plugin slow-login")
        window.click("push button", "Open the practice cluster")
        self.wait_live()

    def test_certificates_and_rights(self):
        if not os.environ.get("FAIRWAY_KUBE_APISERVER_BIN"):
            raise unittest.SkipTest("FAIRWAY_KUBE_APISERVER_BIN IS NOT SET: refused credentials were not tried in the window")
        server = RealServer(harness.desk().folder / "refusing")
        self.addCleanup(server.stop)
        rows = {
            "expired-cert": r"[Cc]ertificate.*expired|expired.*certificate|refused the credentials", "expired": "refused the credentials.*Then Retry",
            "other-ca": "not trusted.*check certificate-authority in the kubeconfig.*Then Retry", "nobody": "no right to list anything",
        }
        for context, pattern in rows.items():
            with self.subTest(context):
                self.says(server.kubeconfig, pattern, "--context", context)

    def test_a_watch_cut_off_in_its_middle(self):
        lab = LabServer(harness.desk(), harness.FAIRWAYCTL, wait_until)
        self.addCleanup(lab.stop)
        relay = Relay(int(lab.api.server.rsplit(":", 1)[1]))
        self.addCleanup(relay.close)
        kubeconfig = self.file("kubeconfig", lab.kubeconfig.read_text().replace(lab.api.server, f"https://127.0.0.1:{relay.port}"))
        window = self.open("--kubeconfig", kubeconfig, "--open", f"routes:VirtualService/{flow.NS}/{flow.NAME}")
        self.wait_live()
        for weights in ([80, 20], [70, 30], [90, 10]):
            relay.cut()
            lab.api.set_weights(flow.NS, flow.NAME, weights)
            wait_until(lambda: self.drafted() == weights, lambda: f"{weights} after the cut; shown: {self.drafted()}")
        relay.close()
        window.wait_text("^Stale since .*out of date")
        lab.api.set_weights(flow.NS, flow.NAME, [60, 40])
        self.assertEqual(self.drafted(), [90, 10], "stale, and said to be")
        relay.listen()
        self.wait_live()
        wait_until(lambda: self.drafted() == [60, 40], "the present weights are shown again")

    def test_weights_of_text(self):
        window = self.open("--lab", "--open", f"routes:VirtualService/{flow.NS}/{flow.NAME}")
        self.wait_live()
        rows = {"abc": "Type a whole number", "-5": "A weight can't be below 0", "1e3": "Type a whole number", "12 34": "Type a whole number",
                "99999999999999999999": "At most 100"}
        for text, said in rows.items():
            with self.subTest(text):
                window.enter("Draft weight of v2", text)
                window.wait_text("^" + said)
                self.wait_drafted([90, 10])
                self.assertFalse(window.find(None, "1 draft, not applied"))
                window.enter("Draft weight of v2", "20")
                window.wait_gone(None, re.compile("^" + said))
                window.key("ctrl+r")
                self.wait_drafted([90, 10])


if __name__ == "__main__":
    harness.main()
