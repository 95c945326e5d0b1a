"""The window on a real kube-apiserver: the same way through, and what only a server that is not ours can show."""
import os
import re
import subprocess
import unittest

import flow
import harness
import shop
from cluster import RealServer
from desktop import wait_until

_server = None


def setUpModule():
    global _server
    if not os.environ.get("FAIRWAY_KUBE_APISERVER_BIN"):
        raise unittest.SkipTest("FAIRWAY_KUBE_APISERVER_BIN IS NOT SET: the window was not tried on a real kube-apiserver. "
                                "tests/support/kube-apiserver.sh build prints the folder to name.")
    server = RealServer(harness.desk().folder / "cluster")
    unittest.addModuleCleanup(server.stop)
    shop.create(server.api, wait_until)
    _server = server


class OnRealCluster(flow.WindowCase):
    context = "admin"
    players = r"Stand-ins  v1"

    def setUp(self):
        self.api = _server.api
        shop.reset(self.api)
        self.open("--kubeconfig", _server.kubeconfig)
        self.wait_live()

    def ctl(self, *arguments):
        env = {**harness.desk().env, "FAIRWAY_STATE": str(harness.desk().folder / "other-state"), "KUBECONFIG": str(_server.kubeconfig)}
        return subprocess.run([harness.FAIRWAYCTL, *arguments], env=env, capture_output=True, text=True, timeout=60, check=True).stdout


class FlowOnRealCluster(flow.RouteFlow, OnRealCluster):
    pass


class Trouble(OnRealCluster):
    def test_a_server_killed_mid_watch_is_told_and_comes_back(self):
        window = self.window
        window.click("check box", "Routes")
        self.open_route()
        try:
            _server.run("kill")
            told = window.wait_text("^Stale since")
            self.assertRegex(told.description or window.words().__str__(), "127.0.0.1")
            window.wait("push button", re.compile("Retry"))
            self.assertEqual(self.drafted(), [90, 10], "the last picture stays")
        finally:
            _server.run("up")
        self.wait_live()
        self.api.set_weights(flow.NS, flow.NAME, [55, 45])
        window.wait("table cell", re.compile("^reviews, VirtualService in shop, split 55 / 45"))
        wait_until(lambda: self.drafted() == [55, 45], "the row shows what is live again")

    def test_an_object_deleted_while_edited(self):
        window = self.window
        window.click("check box", "Routes")
        self.open_route()
        self.unlock()
        window.enter("Draft weight of v2", "25")
        self.wait_drafted([75, 25])
        self.ctl("context", "unlock", "admin")
        self.ctl("delete", "virtualservice", "reviews", "-n", "shop")
        window.wait_text("This object no longer exists")
        window.wait_text("^reviews no longer exists$")
        window.wait_text("Your draft 75 / 25 is kept and can be exported")
        window.click("push button", "Export my draft")
        shown = window.wait("text", re.compile("[Pp]atch"))
        wait_until(lambda: "value: 75" in shown.text and "value: 25" in shown.text, lambda: f"the patch is whole: {shown.text}")


if __name__ == "__main__":
    harness.main()
