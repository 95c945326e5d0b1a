"""The window on the practice cluster: `fairway --lab` as a newcomer has it."""
import re

import cluster
import flow
import harness
from desktop import wait_until


class Lab(flow.WindowCase):
    context = "practice"
    players = r"Stand-ins  none"  # the practice cluster's Pods answer themselves

    def setUp(self):
        kubeconfig = harness.desk().folder / f"lab-{self.id().rsplit('.', 1)[-1]}"
        self.open("--lab", "--lab-kubeconfig", kubeconfig)
        self.wait_live()
        self.api = cluster.Api.of_lab(kubeconfig)
        self.assertEqual(self.api.weights(flow.NS, flow.NAME), [90, 10])


class FlowOnLab(flow.RouteFlow, Lab):
    pass


class AroundOnLab(Lab):
    def test_home_is_first_and_its_doors_open(self):
        window = self.window
        self.assertTrue(window.wait("check box", "Home").is_checked)
        window.wait("push button", re.compile("^Context card practice"))
        window.click("push button", re.compile(r"^Route reviews in shop"))
        window.wait("text", "Draft weight of v2")
        self.assertTrue(window.wait("check box", "Routes").is_checked)

    def test_home_tells_why_and_each_line_leads_there(self):
        window = self.window
        window.wait("push button", re.compile(r"^Route payments in shop, 50 / 50: .*no ready"))
        window.click("push button", re.compile(r"^payments-v2-.*: CrashLoopBackOff"))
        window.wait_text("^Explorer")
        window.wait_text("payments-v2-")

    def test_one_line_tells_which_rule_a_request_hits(self):
        window = self.window
        window.key("ctrl+2")
        self.open_route()
        window.click("text", "Request to look up")
        window.type("GET /reviews/7 x-tester: true")
        window.key("Return")
        window.wait("push button", "Rule 1")
        window.wait_text("^→ v2")
        window.click("push button", "Open the X-ray of this request")
        window.wait_text("Takes it|takes it")
        window.wait_text("the host of the route on the screen")

    def test_every_control_has_a_name(self):
        window = self.window
        self.assertEqual(window.unnamed_controls(), [], "Home")
        window.key("ctrl+2")
        self.open_route()
        for tab in ("Details", "YAML", "History"):
            window.click("page tab", tab)
            self.assertEqual(window.unnamed_controls(), [], f"Routes, {tab}")
        window.key("ctrl+4")
        window.wait_text("^Explorer")
        self.assertEqual(window.unnamed_controls(), [], "Explorer")
        window.key("ctrl+j")
        self.assertEqual(window.unnamed_controls(), [], "Journal")

    def test_every_rule_of_a_route_is_rehearsed(self):
        window = self.window
        window.key("ctrl+2")
        self.open_route()
        self.set_spin("Load of the rehearsal", 5000)
        self.set_spin("Duration of the rehearsal", 5)
        window.click("check box", "Play every rule of the route")
        window.click("push button", "Rehearse")
        window.wait_text(r"^3 of 3 rules ran")
        window.wait("push button", re.compile("^Everything else: runs"))
        self.assertEqual(self.api.weights(flow.NS, flow.NAME), [90, 10], "a rehearsal changes nothing")

    def test_palette_finds_objects_and_pages(self):
        window = self.window
        window.key("ctrl+k")
        window.wait("text", re.compile("Search|command"))
        window.type("ratings")
        window.wait(None, re.compile("^ratings.*VirtualService"))
        window.key("Return")
        window.wait("text", "Draft weight of v2")
        wait_until(lambda: window.find("table cell", re.compile("^ratings, ")).states >= {"selected"}, "the route found is chosen")
        window.key("ctrl+k")
        window.type("home")
        window.key("Return")
        wait_until(lambda: window.wait("check box", "Home").is_checked, "the page found is open")

    def test_question_mark_shows_the_keys(self):
        window = self.window
        window.key("question")
        window.wait("label", "Keys")
        window.wait("label", "What can be done from the keyboard here.")
        window.key("Escape")
        window.wait_gone("label", "What can be done from the keyboard here.")


class XrayOnLab(Lab):
    LINE = ('[2026-11-22T13:20:03.114Z] "GET /api/7?page=2 HTTP/1.1" 503 UF via_upstream - "-" 0 91 12 - "10.0.0.9" "curl/8.1" "2f1a77c0" '
            '"reviews:9080" "10.1.0.7:9080" outbound|9080|v1|reviews.shop.svc.cluster.local 10.1.0.3:51234 10.96.0.12:9080 10.1.0.3:40000 - default')

    def address_of(self, app, version=""):
        pods = self.api.get("/api/v1/namespaces/shop/pods")["items"]
        fits = [p for p in pods if p["metadata"]["labels"].get("app") == app and version in (p["metadata"]["labels"].get("version"), "")]
        return fits[0]["status"]["podIP"]

    def test_from_an_access_log_line_to_rule_subset_and_pod(self):
        window = self.window
        window.key("ctrl+2")
        window.wait("tree", flow.LIST)
        window.click("table cell", re.compile(r"^refunds, VirtualService in shop"))
        window.wait("text", "Draft weight of refunds")
        window.key("x")
        window.wait("text", "Request to follow")
        window.type(self.LINE)
        window.key("Return")
        # The rule: that of another route than the one that was shown, so the page goes there.
        window.wait_text(r"^VirtualService shop/reviews http\[2\] takes it\.$")
        window.wait("push button", "Takes it: Everything else")
        passed = window.wait("push button", re.compile("^Does not match: .*x-tester"))
        self.assertIn('wanted is one that is "true"', passed.description)
        absent = window.wait("push button", re.compile("^Not loaded here: .*mobile-bff"))
        self.assertIn("app=mobile-bff", absent.description)
        wait_until(lambda: window.find("table cell", re.compile("^reviews, ")).states >= {"selected"}, "the route that takes it is chosen")
        # The subset and its pods.
        window.wait_text("^90 of 100$")
        window.wait_text(r"^9 of 9 ready$")
        pod = window.wait("push button", re.compile(r"^Pod shop/reviews-v1-")).name
        self.assertEqual(window.unnamed_controls(), [], "the X-ray")

        # The line disagrees with where the routes send it, says why it failed, and names an endpoint that is gone.
        window.wait_text(r"^The log disagrees: it was sent to reviews\.shop\.svc\.cluster\.local:9080 v1|^The log agrees: ")
        window.wait_text(r"^The log's UF: the connection to the endpoint failed\.$")
        window.wait_text(r"^The line's endpoint 10\.1\.0\.7:9080 is none of these pods")

        # A line of a client that is a pod: its labels decide, and the endpoint it names is marked.
        client, endpoint = self.address_of("mobile-bff"), self.address_of("reviews", "v1")
        window.click("text", "Request to follow")
        window.key("ctrl+a")
        window.type(self.LINE.replace("10.1.0.3:40000", client + ":40000").replace("10.1.0.7:9080", endpoint + ":9080"))
        window.key("Return")
        window.wait("push button", re.compile("^Takes it: .*mobile-bff"))
        window.wait_text(r"^The client of the line is pod shop/mobile-bff-")
        window.wait_text(r"^in the log$")

        # The same request of another client: labels decide, and the rule that was not loaded takes it.
        window.enter("Client pod", "app=mobile-bff")
        window.wait("push button", re.compile("^Takes it: .*mobile-bff"))
        # What is no request is said to be none.
        window.click("text", "Request to follow")
        window.key("ctrl+a")
        window.type("what is this")
        window.key("Return")
        window.wait_text("^Neither a URL, a curl command")

        window.key("ctrl+a")
        window.type("http://reviews.shop.example/api")
        window.click("text", "Client pod")
        window.key("ctrl+a")
        window.key("Delete")
        window.click("push button", "Follow")
        window.wait_text("Gateway shop/public-gw")
        window.click("push button", pod)
        window.wait_text("^Explorer")


class MeshOnLab(Lab):
    def test_the_whole_mesh_is_drawn_and_filtered(self):
        window = self.window
        window.key("ctrl+2")
        self.open_route()
        window.key("m")
        window.wait_text(r"^Routes: 14\. Press a rule")
        self.assertEqual(window.unnamed_controls(), [], "the mesh")
        window.key("ctrl+f")
        window.type("ratings")
        window.wait_text(r"^Routes: 2\.")
        window.key("ctrl+a")
        window.type("nobody")
        window.wait("label", "No route fits.")
        window.key("Escape")


class EditOnLab(Lab):
    def spec(self):
        return self.api.virtual_service(flow.NS, flow.NAME)["spec"]

    def wait_spec(self, holds, what):
        wait_until(lambda: holds(self.spec()), lambda: f"{what}; there: {self.spec()}")

    def apply_by_key(self):
        """Once the server has said that it may: the page behind has a button of the same name."""
        wait_until(lambda: any(button.is_enabled for button in self.window.all("push button", "Apply to practice")), "the change may be applied")
        self.window.key("ctrl+Return")

    def test_a_finding_with_one_right_answer_is_mended(self):
        window = self.window
        before = self.spec()
        deprecated = [{"op": "add", "path": "/spec/http/2/mirror", "value": {"host": "reviews", "subset": "v3"}}, {"op": "add", "path": "/spec/http/2/mirrorPercent", "value": 5}]
        self.api.call("PATCH", cluster.ROUTES.format(ns=flow.NS, name=flow.NAME), deprecated, "application/json-patch+json")
        window.key("ctrl+2")
        self.open_route()
        self.unlock()
        window.click("push button", re.compile("^Mend…: "))
        window.wait_text("^Replace mirrorPercent by mirrorPercentage$")
        self.assertEqual(window.unnamed_controls(), [], "the mend")
        self.assertEqual(self.spec()["http"][2]["mirrorPercent"], 5, "nothing is written before Apply")
        self.apply_by_key()
        self.wait_spec(lambda spec: spec["http"][2].get("mirrorPercentage") == {"value": 5} and "mirrorPercent" not in spec["http"][2], "the mend is stored")
        window.wait_text(r"^Applied\.")
        after = self.spec()
        del after["http"][2]["mirror"], after["http"][2]["mirrorPercentage"]
        self.assertEqual(after, before, "only that was written")
        window.key("Escape")
        window.wait_gone("push button", re.compile("^Mend…: "))

    def test_a_finding_leads_to_its_field(self):
        window = self.window
        window.key("ctrl+2")
        self.open_route()
        self.api.call("PATCH", cluster.ROUTES.format(ns=flow.NS, name=flow.NAME), [{"op": "add", "path": "/spec/exportTo", "value": [".", "."]}], "application/json-patch+json")
        window.click("push button", re.compile("^Show the field: "))
        shown = window.wait("text", "YAML of the route")
        wait_until(lambda: "exportTo" in shown.selected or "- ." in shown.selected, lambda: f"the field is chosen; chosen is {shown.selected!r}")

    def test_a_timeout_and_a_canary_for_pods_with_a_label(self):
        window = self.window
        window.key("ctrl+2")
        self.open_route()
        self.unlock()
        before = self.spec()
        window.key("e")
        title = window.wait_text(r"^Edit rule http\[\d\]$").name
        rule = int(re.search(r"\d", title).group())
        window.enter("Timeout", "7")
        window.wait_text("is no duration")
        window.key("ctrl+Return")  # nothing that can't be read is sent
        window.enter("Timeout", "7s")
        window.wait_text("^1 field$")
        self.apply_by_key()
        self.wait_spec(lambda spec: spec["http"][rule].get("timeout") == "7s", "the timeout is stored")
        window.wait_text(r"^Applied\.")
        after = self.spec()
        del after["http"][rule]["timeout"]
        self.assertEqual(after, before, "only the timeout was written")
        window.key("Escape")
        window.wait_gone("label", title)

        window.key("shift+e")
        window.wait_text("^Canary for some senders, before rule")
        self.assertEqual(window.unnamed_controls(), [], "the dialog")
        window.type("v2")  # the first field has the keyboard
        window.key("Tab")
        window.type("source")
        window.enter("Source labels", "app=tester")
        window.wait_text("^1 field$")
        self.apply_by_key()
        self.wait_spec(lambda spec: len(spec["http"]) == len(before["http"]) + 1, "the canary rule is stored")
        made = self.spec()["http"][rule]
        self.assertIn({"app": "tester"}, [match.get("sourceLabels") for match in made["match"]])
        self.assertEqual([each["destination"]["subset"] for each in made["route"]], ["v2"])
        self.assertEqual(self.spec()["http"][rule + 1]["route"], before["http"][rule]["route"], "the old rule is as it was")
        window.wait_text(r"^Applied\.")
        # What was typed is not lost without a word.
        window.key("Escape")
        window.wait_gone("label", re.compile("^Canary for some senders, before"))
        window.key("e")
        window.enter("Timeout", "9s")
        window.key("Escape")
        window.wait_text("^Close without applying")
        window.click("push button", "Cancel")
        wait_until(lambda: window.wait("text", "Timeout").text == "9s", "what was typed is still there")


if __name__ == "__main__":
    harness.main()
