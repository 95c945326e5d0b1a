"""A small shop for a bare API server (1.20: no controllers, no kubelet): its kinds, Services, endpoints, Pods and routes."""

ISTIO = "/apis/networking.istio.io/v1/namespaces/shop"
NAMED = {"v1": 3, "v2": 2}


def definition(group, plural, kind, versions):
    """As little of a CustomResourceDefinition as the server takes: every field is kept."""
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {
            "name": f"{plural}.{group}", "annotations": {"api-approved.kubernetes.io": "unapproved, a test"}},
        "spec": {
            "group": group, "scope": "Namespaced", "names": {"plural": plural, "singular": kind.lower(), "kind": kind, "listKind": kind + "List"},
            "versions": [{"name": v, "served": True, "storage": v == versions[0], "schema": schema} for v in versions]}}


def definitions():
    istio, gateway = "networking.istio.io", "gateway.networking.k8s.io"
    return [definition(istio, "virtualservices", "VirtualService", ["v1", "v1beta1"]), definition(istio, "destinationrules", "DestinationRule", ["v1", "v1beta1"]),
            definition(istio, "gateways", "Gateway", ["v1"]), definition(gateway, "httproutes", "HTTPRoute", ["v1"])]


def service(name):
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name},
            "spec": {"selector": {"app": name}, "ports": [{"name": "http", "port": 8080, "targetPort": 8080}]}}


def pod(app, version, number):
    """With an address from the range for documentation: nobody answers there, so a rehearsal needs stand-ins."""
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"{app}-{version}-{number}", "labels": {"app": app, "version": version}},
            "spec": {"automountServiceAccountToken": False, "nodeName": "node", "containers": [{"name": "app", "image": "none", "ports": [{"containerPort": 8080}]}]}}


def pod_status(address):
    return {"status": {"phase": "Running", "podIP": address, "podIPs": [{"ip": address}], "conditions": [
        {"type": "Ready", "status": "True"}, {"type": "ContainersReady", "status": "True"}, {"type": "Initialized", "status": "True"}],
        "containerStatuses": [{"name": "app", "ready": True, "restartCount": 0, "image": "none", "imageID": "none", "state": {"running": {}}}]}}


def slice_of(app, pods):
    return {"apiVersion": "discovery.k8s.io/v1beta1", "kind": "EndpointSlice", "metadata": {"name": f"{app}-1", "labels": {"kubernetes.io/service-name": app}},
            "addressType": "IPv4", "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}],
            "endpoints": [{"addresses": [address], "conditions": {"ready": True}, "targetRef": {"kind": "Pod", "name": name, "namespace": "shop"}} for name, address in pods]}


def virtual_service():
    def split(weights):
        return [{"destination": {"host": "reviews", "subset": subset}, "weight": weight} for subset, weight in zip(("v1", "v2"), weights)]
    return {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "reviews"},
            "spec": {"hosts": ["reviews"], "http": [
                {"name": "testers", "match": [{"headers": {"x-tester": {"exact": "true"}}}], "route": [{"destination": {"host": "reviews", "subset": "v2"}}]},
                {"name": "rest", "timeout": "5s", "route": split((90, 10))}]}}


def destination_rule():
    return {"apiVersion": "networking.istio.io/v1", "kind": "DestinationRule", "metadata": {"name": "reviews"},
            "spec": {"host": "reviews", "subsets": [{"name": v, "labels": {"version": v}} for v in NAMED]}}


def http_route():
    return {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "cart"},
            "spec": {"hostnames": ["cart.example"], "rules": [{"backendRefs": [{"name": "cart", "port": 8080, "weight": 4}, {"name": "reviews", "port": 8080, "weight": 1}]}]}}


def create(api, wait_until):
    for each in definitions():
        api.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", each)
    api.call("POST", "/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}})
    api.call("POST", "/api/v1/namespaces/shop/serviceaccounts", {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}})
    number = 0
    for app, versions in (("reviews", NAMED), ("cart", {"v1": 1})):
        api.call("POST", "/api/v1/namespaces/shop/services", service(app))
        addresses = []
        for version, count in versions.items():
            for i in range(count):
                number += 1
                made = pod(app, version, i)
                name, address = made["metadata"]["name"], f"192.0.2.{number}"
                api.call("POST", "/api/v1/namespaces/shop/pods", made)
                api.call("PATCH", f"/api/v1/namespaces/shop/pods/{name}/status", pod_status(address), "application/merge-patch+json")
                addresses.append((name, address))
        api.call("POST", "/apis/discovery.k8s.io/v1beta1/namespaces/shop/endpointslices", slice_of(app, addresses))

    def is_served(path):
        try:
            return api.get(path)
        except RuntimeError:
            return None
    for path, made in ((ISTIO + "/virtualservices", virtual_service()), (ISTIO + "/destinationrules", destination_rule()),
                       ("/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes", http_route())):
        wait_until(lambda: is_served(path), f"{path} is served")
        api.call("POST", path, made)


def reset(api):
    """The route as it was at first, whatever a test has left."""
    try:
        api.call("DELETE", ISTIO + "/virtualservices/reviews")
    except RuntimeError:
        pass
    api.call("POST", ISTIO + "/virtualservices", virtual_service())
