"""What of routing takes more than one object, or more than one cluster: from the keyboard to what the API servers then hold."""
import re

import cluster
import flow
import harness
import shop
from desktop import wait_until

NS = "/namespaces/shop"
ISTIO = "/apis/networking.istio.io/v1" + NS
ROUTES = ISTIO + "/virtualservices"
RULES = ISTIO + "/destinationrules"
GATEWAYS = ISTIO + "/gateways"
FILTERS = "/apis/networking.istio.io/v1alpha3/envoyfilters"


class OnLab(flow.WindowCase):
    context = "practice"
    more = ()

    def setUp(self):
        kubeconfig = harness.desk().folder / f"lab-{self.id().rsplit('.', 1)[-1]}"
        self.open("--lab", "--lab-kubeconfig", kubeconfig, *self.more)
        self.wait_live()
        self.api = cluster.Api.of_lab(kubeconfig)

    def choose(self, name, weight):
        self.window.key("ctrl+2")
        self.window.wait("tree", flow.LIST)
        self.window.click("table cell", re.compile(rf"^{name}, VirtualService in shop"))
        self.window.wait("text", f"Draft weight of {weight}")

    def choose_unlocked(self, name, weight):
        self.choose(name, weight)
        self.unlock()
        self.choose(name, weight)  # the list has the keyboard again, no field that would take a letter

    def there(self, path):
        """The object without what the server writes; None when it is not there."""
        try:
            found = self.api.get(path)
        except RuntimeError as error:
            if ": 404:" in str(error):
                return None
            raise
        return {key: value for key, value in found.items() if key not in ("metadata", "status")}

    def wait_there(self, path, holds, what):
        wait_until(lambda: holds(self.there(path)), lambda: f"{what}; there: {self.there(path)}")

    def apply_by_key(self):
        wait_until(lambda: any(button.is_enabled for button in self.window.all("push button", f"Apply to {self.context}")), "the change may be applied")
        self.window.key("ctrl+Return")

    def undo_in_dialog(self):
        self.window.click("push button", "Undo this write")

    def writes(self):
        return {kind: self.api.write_requests(kind) for kind in ("virtualservices", "destinationrules")}


class OthersWrite(OnLab):
    """A draft belongs to its rule. Whatever others do to the object meanwhile, no other rule is written to."""

    def rules(self, name="ratings"):
        return self.there(f"{ROUTES}/{name}")["spec"]["http"]

    def patch(self, operations, name="ratings"):
        self.api.call("PATCH", f"{ROUTES}/{name}", operations, "application/json-patch+json")

    def insert_vip(self):
        vip = {**self.rules()[0], "match": [{"uri": {"prefix": "/vip"}}]}
        self.patch([{"op": "add", "path": "/spec/http/0", "value": vip}])
        return vip

    def weights(self, rule):
        return [each["weight"] for each in rule["route"]]

    def test_weights_follow_their_rule(self):
        window = self.window
        self.choose_unlocked("ratings", "v2")
        window.enter("Draft weight of v2", "30")
        vip = self.insert_vip()
        window.wait_text("^Split of rule 2$")
        self.assertEqual(window.wait("text", "Draft weight of v2").text, "30")
        self.apply_by_key()
        self.wait_there(ROUTES + "/ratings", lambda now: self.weights(now["spec"]["http"][1]) == [70, 30], "the weights are stored at the rule they were set at")
        self.assertEqual(self.rules()[0], vip, "and nowhere else")
        window.wait_text(r"^Applied\.")
        window.click("push button", "Undo this write")
        self.wait_there(ROUTES + "/ratings", lambda now: self.weights(now["spec"]["http"][1]) == [95, 5], "undone")
        self.assertEqual(self.rules()[0], vip)

    def test_a_draft_whose_rule_is_gone_is_set_aside(self):
        window = self.window
        self.choose_unlocked("ratings", "v2")
        window.enter("Draft weight of v2", "30")
        self.patch([{"op": "add", "path": "/spec/http/0/match", "value": [{"uri": {"prefix": "/vip"}}]}])
        window.wait_text("^The draft's rule is gone$")
        before = self.rules()
        window.key("ctrl+Return")
        self.assertFalse(window.all("push button", f"Apply to {self.context}"))
        self.patch([{"op": "remove", "path": "/spec/http/0/match"}])  # with the rule the draft comes back
        window.wait_gone("label", "The draft's rule is gone")
        self.assertEqual(window.wait("text", "Draft weight of v2").text, "30")
        self.assertEqual(self.weights(before[0]), [95, 5])
        self.apply_by_key()
        self.wait_there(ROUTES + "/ratings", lambda now: self.weights(now["spec"]["http"][0]) == [70, 30], "and can be applied")

    def test_a_form_laid_over_is_that_of_its_rule(self):
        window = self.window
        self.choose_unlocked("ratings", "v2")
        window.key("e")
        window.wait_text(r"^Edit rule http\[0\]$")
        window.enter("Timeout", "7s")
        window.wait_text("^1 field$")
        vip = self.insert_vip()
        self.apply_by_key()
        window.wait_text("^Changed in the cluster meanwhile$")
        window.click("push button", re.compile("^Lay (my|the) draft over"))
        window.wait_text(r"^Edit rule http\[1\]$")
        self.apply_by_key()
        self.wait_there(ROUTES + "/ratings", lambda now: now["spec"]["http"][1].get("timeout") == "7s", "the timeout is the rule's it was typed for")
        self.assertEqual(self.rules()[0], vip)

    def test_the_page_stays_at_its_rule_when_a_canary_is_put_before_it(self):
        window = self.window
        self.choose_unlocked("reviews", "v2")
        window.wait_text("^Split of rule 3$")
        window.key("shift+e")
        window.wait_text("^Canary for some senders, before rule")
        window.type("v2")
        window.key("Tab")
        window.type("source")
        window.enter("Source labels", "app=tester")
        window.wait_text("^1 field$")
        self.apply_by_key()
        window.wait_text(r"^Applied\.")
        window.key("Escape")
        window.wait_text("^Split of rule 4$")
        self.assertEqual(window.wait("text", "Draft weight of v1").text, "90")

    def test_who_owns_the_weights_is_named_before_the_write(self):
        window = self.window
        there = self.api.get(ROUTES + "/ratings")
        mine = {key: there[key] for key in ("apiVersion", "kind", "spec")}
        mine["metadata"] = {"name": "ratings", "namespace": "shop", "annotations": {"argocd.argoproj.io/tracking-id": "shop:networking.istio.io/VirtualService:shop/ratings"}}
        self.api.call("PATCH", ROUTES + "/ratings?fieldManager=argocd-controller&force=true", mine, "application/apply-patch+yaml")
        self.choose_unlocked("ratings", "v2")
        window.enter("Draft weight of v2", "30")
        window.wait_text("^Argo CD owns these weights$")
        window.wait_text("field manager argocd-controller owns spec.http")
        self.assertFalse(window.all("push button", f"Apply to {self.context}"), "to export is the default")
        self.assertTrue(window.all("push button", "Export patch"))
        self.assertTrue(window.all("push button", "Apply anyway…") or window.all("push button", "Apply"))


class CanaryStep(OnLab):
    def fill(self, subset, labels):
        window = self.window
        window.key("shift+e")
        window.wait_text("^Canary for some senders, before rule")
        window.type("new")  # the first field has the keyboard
        window.enter("Name of the subset", subset)
        window.key("Tab")
        window.type(labels)
        window.key("Tab")
        window.type("header")
        window.enter("Header or cookie", "x-canary")

    def test_a_version_nobody_named_yet_is_one_step_and_one_undo(self):
        window = self.window
        self.choose_unlocked("refunds", "refunds")
        route = self.there(ROUTES + "/refunds")
        self.assertIsNone(self.there(RULES + "/refunds"))
        before = self.writes()
        self.fill("v1", "")
        window.wait_text("^2 objects, one step$")
        diff = window.wait(None, "What changes").description
        self.assertIn("DestinationRule shop/refunds, new", diff)
        self.assertIn("VirtualService shop/refunds", diff)
        self.assertEqual(window.unnamed_controls(), [], "the dialog")
        window.key("ctrl+d")
        window.wait_text("^Dry run passed")
        self.assertIsNone(self.there(RULES + "/refunds"), "a dry run stores nothing")
        self.assertEqual(self.there(ROUTES + "/refunds"), route)
        self.assertEqual(self.writes()["destinationrules"], {**before["destinationrules"], "POST dry run": before["destinationrules"].get("POST dry run", 0) + 1})
        self.apply_by_key()
        self.wait_there(ROUTES + "/refunds", lambda now: len(now["spec"]["http"]) == 2, "the canary's rule is stored")
        made = self.there(ROUTES + "/refunds")["spec"]
        self.assertEqual(made["http"][0]["route"], [{"destination": {"host": "refunds", "port": {"number": 80}, "subset": "v1"}}])
        self.assertEqual(made["http"][1], route["spec"]["http"][0], "the old rule is as it was")
        self.assertEqual(self.there(RULES + "/refunds")["spec"], {"host": "refunds", "subsets": [{"name": "v1", "labels": {"version": "v1"}}]})
        window.wait_text(r"^Applied\.")
        self.undo_in_dialog()
        self.wait_there(RULES + "/refunds", lambda now: now is None, "the DestinationRule is gone again")
        self.assertEqual(self.there(ROUTES + "/refunds"), route)
        window.wait_text("^Undone")
        window.key("Escape")
        window.key("ctrl+j")
        window.wait_text("DestinationRule shop/refunds, VirtualService shop/refunds")

    def test_a_rule_that_is_there_keeps_all_else_and_a_version_without_pods_is_asked_about(self):
        window = self.window
        self.choose_unlocked("reviews", "v2")
        rule, route = self.there(RULES + "/reviews"), self.there(ROUTES + "/reviews")
        self.fill("v4", "")
        window.wait_text("^2 objects, one step$")
        window.click("check box", re.compile("v4"))  # no pod carries it
        self.apply_by_key()
        self.wait_there(RULES + "/reviews", lambda now: len(now["spec"]["subsets"]) == 4, "the subset is stored")
        self.wait_there(ROUTES + "/reviews", lambda now: len(now["spec"]["http"]) == 4, "and the rule")
        now = self.there(RULES + "/reviews")
        self.assertEqual(now["spec"]["subsets"].pop(), {"name": "v4", "labels": {"version": "v4"}})
        self.assertEqual(now, rule, "nothing else of it was written")
        window.wait_text(r"^Applied\.")
        self.undo_in_dialog()
        self.wait_there(ROUTES + "/reviews", lambda now: now == route, "the route is as it was")
        self.wait_there(RULES + "/reviews", lambda now: now == rule, "the rule too")

    def test_when_the_second_is_refused_nothing_is_left_of_the_first(self):
        window = self.window
        self.choose_unlocked("refunds", "refunds")
        self.fill("v1", "")
        window.wait_text("^2 objects, one step$")
        # Somebody else writes the route meanwhile: what the draft began from is no more.
        self.api.call("PATCH", ROUTES + "/refunds", [{"op": "add", "path": "/spec/http/0/timeout", "value": "9s"}], "application/json-patch+json")
        self.apply_by_key()
        window.wait_text("^Changed in the cluster meanwhile$")
        self.assertIsNone(self.there(RULES + "/refunds"))
        window.click("push button", re.compile("^Lay (my|the) draft over"))
        self.apply_by_key()
        self.wait_there(RULES + "/refunds", lambda now: now is not None, "laid over, both are stored")
        self.wait_there(ROUTES + "/refunds", lambda now: len(now["spec"]["http"]) == 2 and now["spec"]["http"][1]["timeout"] == "9s", "with what the other wrote")


class Policies(OnLab):
    def test_a_traffic_policy_where_there_is_none(self):
        window = self.window
        self.choose_unlocked("refunds", "refunds")
        window.click("push button", "Edit this route")
        window.key("Down", "Down", "Down", "Return")
        window.wait_text("^New traffic policy for shop/refunds$")
        self.assertEqual(window.unnamed_controls(), [], "the dialog")
        window.enter("Connections at most", "64")
        window.wait_text("^1 field$")
        self.apply_by_key()
        self.wait_there(RULES + "/refunds", lambda now: now is not None, "the DestinationRule is stored")
        self.assertEqual(self.there(RULES + "/refunds")["spec"], {"host": "refunds", "trafficPolicy": {"connectionPool": {"tcp": {"maxConnections": 64}}}})
        window.wait_text(r"^Applied\.")
        self.undo_in_dialog()
        self.wait_there(RULES + "/refunds", lambda now: now is None, "it is gone again")


class Comparison(OnLab):
    def setUp(self):
        self.lab = cluster.LabServer(harness.desk(), harness.FAIRWAYCTL, wait_until)
        self.addCleanup(self.lab.stop)
        self.more = ("--kubeconfig", self.lab.kubeconfig)
        super().setUp()

    def test_a_route_beside_the_same_of_another_cluster(self):
        window = self.window
        self.lab.api.set_weights("shop", "reviews", [60, 40])
        self.lab.api.call("DELETE", ROUTES + "/refunds")
        self.choose("reviews", "v2")
        window.key("shift+c")
        window.wait_text("^With which context")
        window.type("lab")  # the choice has the keyboard
        window.wait_text(r"^\d+ differences?$")
        told = [element.name for element in window.all("list item")]
        self.assertTrue(any("60" in each and "40" in each for each in told), told)
        yaml = window.wait(None, "Differences of the YAML").description
        self.assertIn("weight: 60", yaml)
        self.assertEqual(window.unnamed_controls(), [], "the comparison")
        self.lab.api.set_weights("shop", "reviews", [90, 10])
        window.key("ctrl+r")
        window.wait("label", "No difference")
        window.key("Escape")
        self.choose("refunds", "refunds")
        window.key("shift+c")
        window.wait_text("^With which context")
        window.type("lab")
        window.wait_text("has no such route$")
        self.lab._process.kill()
        window.click("push button", "Try again")
        window.wait_text("could not be read$")
        window.key("Escape")


class Http1(OnLab):
    context = "lab"

    def setUp(self):
        self.lab = cluster.LabServer(harness.desk(), harness.FAIRWAYCTL, wait_until)
        self.addCleanup(self.lab.stop)
        self.api = self.lab.api
        self.api.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", shop.definition("networking.istio.io", "envoyfilters", "EnvoyFilter", ["v1alpha3"]))
        wait_until(lambda: self.there(FILTERS) is not None, "EnvoyFilters are served")
        self.open("--kubeconfig", self.lab.kubeconfig)
        self.wait_live()

    def test_a_gateway_is_kept_at_http1_and_let_go_again(self):
        window = self.window
        secure = {"apiVersion": "networking.istio.io/v1", "kind": "Gateway", "metadata": {"name": "secure"}, "spec": {"selector": {"istio": "ingressgateway"}, "servers": [
            {"port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["pay.shop.example"], "tls": {"mode": "SIMPLE", "credentialName": "pay"}}]}}
        mutual = {**secure, "metadata": {"name": "mutual"}, "spec": {**secure["spec"], "servers": [{**secure["spec"]["servers"][0], "tls": {"mode": "MUTUAL", "credentialName": "pay"}}]}}
        for each in (secure, mutual):
            self.api.call("POST", GATEWAYS, each)
        self.choose_unlocked("reviews", "v2")
        window.key("h")
        window.wait("check box", "shop/secure")
        self.assertFalse(window.wait("check box", "shop/mutual").is_enabled, "it asks clients for certificates")
        self.assertEqual(window.unnamed_controls(), [], "the dialog")
        window.click("check box", "shop/secure")
        window.wait_text("^1 field$")
        # Nobody listens at that address: said, and no more than said.
        window.enter("Connect to", "127.0.0.1:9")
        window.click("push button", "Ask the servers")
        window.wait_text("^pay.shop.example:443: ")
        self.apply_by_key()
        window.wait_text(r"^Applied\.")
        made = [each for each in self.api.get(FILTERS)["items"] if each["metadata"]["name"] == "secure-http1"]
        self.assertEqual(len(made), 1)
        self.assertEqual(made[0]["spec"]["workloadSelector"], {"labels": {"istio": "ingressgateway"}})
        window.wait_text("secure-http1 keeps it at HTTP/1.1 already")
        self.undo_in_dialog()
        wait_until(lambda: not self.api.get(FILTERS)["items"], "the EnvoyFilter is gone again")
        wait_until(lambda: window.wait("check box", "shop/secure").is_enabled, "it can be chosen again")


if __name__ == "__main__":
    harness.main()
