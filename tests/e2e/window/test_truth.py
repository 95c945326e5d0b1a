"""The truth meter against clusters that lie: each kind of lie is made on the practice cluster, and must be called what it is."""
import re

import flow
import harness
import shop
from cluster import LabServer
from desktop import wait_until

NS = "/namespaces/shop"
ISTIO = "/apis/networking.istio.io/v1" + NS + "/virtualservices"
ROUTES = "/apis/gateway.networking.k8s.io/v1" + NS + "/httproutes"
CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
ROLLOUTS = "/apis/argoproj.io/v1alpha1" + NS + "/rollouts"
CANARIES = "/apis/flagger.app/v1beta1" + NS + "/canaries"


def virtual_service(name, split):
    """`split`: (host, subset or None, weight)"""
    return {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": name}, "spec": {"hosts": [name], "http": [{"name": "primary", "route": [
        {"destination": {"host": host, **({"subset": subset} if subset else {})}, "weight": weight} for host, subset, weight in split]}]}}


def http_route(name, weights):
    return {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": name}, "spec": {
        "parentRefs": [{"name": "elsewhere"}], "hostnames": [f"{name}.example"],
        "rules": [{"backendRefs": [{"name": service, "port": 8080, "weight": weight} for service, weight in zip(("reviews", "ratings"), weights)]}]}}


class Lies(flow.WindowCase):
    context = "lab"

    def setUp(self):
        self.lab = LabServer(harness.desk(), harness.FAIRWAYCTL, wait_until)
        self.addCleanup(self.lab.stop)
        self.api = self.lab.api

    def show(self, kind, name):
        self.open("--kubeconfig", self.lab.kubeconfig, "--open", f"routes:{kind}/shop/{name}", "--size", "1600x1000")
        self.wait_live()

    def assert_told(self, words, why):
        self.window.wait_text("^" + re.escape(words) + "$")
        self.window.wait_text(why)

    def report(self, name, generation, **condition):
        """As a controller of that Gateway would."""
        route = self.api.get(f"{ROUTES}/{name}")
        route["status"] = {"parents": [{"controllerName": "example.com/elsewhere", "parentRef": {"name": "elsewhere"}, "conditions": [
            {"type": "Accepted", "status": "True", "reason": "Accepted", "message": "", "lastTransitionTime": "2026-01-02T03:04:05Z", "observedGeneration": generation,
             **condition}]}]}
        self.api.call("PUT", f"{ROUTES}/{name}/status", route)

    def test_a_controller_that_is_behind(self):
        self.api.call("POST", ROUTES, http_route("late", (90, 10)))
        self.report("late", 1)
        self.show("HTTPRoute", "late")
        self.window.wait_text("^gen 1 accepted$")
        late = self.api.get(f"{ROUTES}/late")
        late["spec"]["rules"][0]["backendRefs"][1]["weight"] = 30
        self.api.call("PUT", f"{ROUTES}/late", late)
        self.assert_told("the controller is behind the spec", "generation 2, and its controller")
        self.report("late", 2)
        self.window.wait_text("^gen 2 accepted$")
        self.window.wait_gone(None, "the controller is behind the spec")

    def test_a_controller_that_refuses(self):
        self.api.call("POST", ROUTES, http_route("refused", (90, 10)))
        self.report("refused", 1, status="False", reason="NotAllowedByListeners")
        self.show("HTTPRoute", "refused")
        self.assert_told("the controller refuses the route", "NotAllowedByListeners. The weights of this generation are not in force")

    def test_weights_of_nothing(self):
        self.api.call("POST", ROUTES, http_route("nothing", (0, 0)))
        self.show("HTTPRoute", "nothing")
        self.assert_told("nothing gets the requests", "every request is answered 500")

    def test_a_destination_that_cannot_answer(self):
        self.api.call("POST", ISTIO, virtual_service("deadend", [("reviews", "v1", 80), ("reviews", "v9", 20)]))
        self.show("VirtualService", "deadend")
        self.assert_told("20 % go to v9, which can't answer", "no subset v9")

    def test_rollouts_and_flagger_that_say_otherwise(self):
        self.api.call("POST", CRDS, shop.definition("argoproj.io", "rollouts", "Rollout", ["v1alpha1"]))
        self.api.call("POST", CRDS, shop.definition("flagger.app", "canaries", "Canary", ["v1beta1"]))
        self.api.call("POST", ISTIO, virtual_service("edited", [("reviews", "v1", 75), ("reviews", "v2", 25)]))
        for name in ("drift-primary", "drift-canary"):
            service = shop.service(name)
            service["spec"]["selector"] = {"app": "reviews"}
            self.api.call("POST", "/api/v1" + NS + "/services", service)
        self.api.call("POST", ISTIO, virtual_service("drift", [("drift-primary", None, 60), ("drift-canary", None, 40)]))
        rollout = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "reviews"}, "spec": {"strategy": {"canary": {"trafficRouting": {"istio": {
            "virtualService": {"name": "edited", "routes": ["primary"]},
            "destinationRule": {"name": "reviews", "stableSubsetName": "v1", "canarySubsetName": "v2"}}}}}},
            "status": {"phase": "Paused", "canary": {"weights": {"canary": {"weight": 20}, "stable": {"weight": 80}}}}}
        wait_until(lambda: self.made(ROLLOUTS, rollout), "rollouts are served")
        canary = {"apiVersion": "flagger.app/v1beta1", "kind": "Canary", "metadata": {"name": "drift"}, "spec": {"provider": "istio", "targetRef": {"name": "drift"}},
                  "status": {"phase": "Progressing", "canaryWeight": 15}}
        wait_until(lambda: self.made(CANARIES, canary), "canaries are served")
        self.show("VirtualService", "edited")
        self.assert_told("Argo Rollouts says 20 %, the spec 25 %", r"^Rollout shop/reviews \(Paused\) steers the share of v2.*writes its weight over this one")
        rollout = self.api.get(ROLLOUTS + "/reviews")
        rollout["status"]["canary"]["weights"]["canary"]["weight"] = 25
        self.api.call("PUT", ROLLOUTS + "/reviews", rollout)
        self.window.wait_gone(None, "Argo Rollouts says 20 %, the spec 25 %")
        self.window.wait_text("^Argo Rollouts$")
        self.unlock()
        self.window.enter("Draft weight of v2", "30")
        self.window.wait_text("^Argo Rollouts owns these weights$")
        self.window.wait_text("Rollout shop/reviews writes the share of v2")
        self.window.key("ctrl+r")
        self.window.close()
        self.show("VirtualService", "drift")
        self.assert_told("Flagger says 15 %, the spec 40 %", "goes on from the edited weight at its next step")

    def made(self, path, each):
        try:
            self.api.call("POST", path, each)
        except RuntimeError as error:
            return "409" in str(error)  # a moment after its definition, a kind is not served yet
        return True

    def test_a_rehearsal_of_other_weights(self):
        self.show("VirtualService", flow.NAME)
        self.window.wait("text", "Draft weight of v2")
        self.set_spin("Load of the rehearsal", 2000)
        self.set_spin("Duration of the rehearsal", 5)
        self.window.click("push button", "Rehearse")
        self.window.wait_text("^every known stage agrees$")
        self.window.wait("push button", "Rehearse")  # it has ended: one that runs follows the draft
        self.window.enter("Draft weight of v2", "25")
        self.assert_told("the rehearsal ran other weights", "says nothing of these")


if __name__ == "__main__":
    harness.main()
