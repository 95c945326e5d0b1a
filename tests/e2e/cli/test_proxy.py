"""`proxy run` with the routes of a mesh, and with Envoy's."""
import collections
import http.client
import http.server
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import unittest

import cli

ROUTES = """\
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 9080}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http:
  - {match: [{uri: {prefix: /old}}], redirect: {uri: /new}}
  - {match: [{uri: {prefix: /api}, headers: {x-tester: {exact: "true"}}}], rewrite: {uri: /tested}, route: [{destination: {host: reviews, subset: v2}}]}
  - {match: [{uri: {prefix: /down}}], route: [{destination: {host: reviews, subset: v3}}]}
  - {match: [{uri: {prefix: /said}}], directResponse: {status: 418, body: {string: by the proxy}}}
  - {match: [{uri: {prefix: /abort}}], fault: {abort: {percentage: {value: 100}, httpStatus: 555}}, route: [{destination: {host: reviews, subset: v1}}]}
  - {match: [{uri: {prefix: /slow}}], timeout: 0.2s, retries: {attempts: 0}, route: [{destination: {host: reviews, subset: v1}}]}
  - {match: [{uri: {prefix: /flaky}}], retries: {attempts: 2, retryOn: 5xx}, route: [{destination: {host: reviews, subset: v1}}]}
  - {match: [{uri: {prefix: /mirrored}}], mirror: {host: reviews, subset: v2}, route: [{destination: {host: reviews, subset: v1}}]}
  - match: [{uri: {prefix: /split}}]
    route: [{destination: {host: reviews, subset: v1}, weight: 75}, {destination: {host: reviews, subset: v2}, weight: 25}]
  - {headers: {response: {set: {x-seen: "yes"}}}, route: [{destination: {host: reviews, subset: v1}}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: shop}
spec:
  host: reviews
  trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3}}
  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: deny, namespace: shop}
"""

ENVOY = {"configs": [
    {"static_clusters": [{"cluster": {"name": "web", "load_assignment": {"cluster_name": "web", "endpoints": [
        {"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}}}]}]}}}]},
    {"dynamic_route_configs": [{"route_config": {"name": "http.80", "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [
        {"match": {"prefix": "/gone"}, "direct_response": {"status": 410}},
        {"match": {"prefix": "/"}, "route": {"cluster": "web", "hash_policy": [{"header": {"header_name": "x"}}]}}]}]}}]}]}


INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$2, nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8}
spec:
  tls: [{hosts: [shop.test], secretName: cert}]
  rules:
  - host: shop.test
    http: {paths: [{path: '/app(/|$)(.*)', pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}
"""


class Backend:
    """Says its name and the path; `hits` counts by path."""

    def __init__(self, name):
        self.hits = collections.Counter()
        self.changed = threading.Condition()
        backend = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: else each answer waits for an acknowledgement

            def do_GET(self):
                with backend.changed:
                    backend.hits[self.path] += 1
                    backend.changed.notify_all()
                    if self.path == "/slow":  # answered when another request comes, or the test is over
                        backend.changed.wait(5)
                body = f"{name} {self.path}".encode()
                is_flaky = self.path == "/flaky" and backend.hits[self.path] == 1
                self.send_response(503 if is_flaky else 200)
                self.send_header("Content-Length", str(len(body)))
                if "x-a" in self.headers:
                    self.send_header("x-got-a", self.headers["x-a"])
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

            def handle(self):
                try:
                    super().handle()
                except ConnectionError:
                    pass  # the proxy gave up waiting

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def saw(self, path):
        with self.changed:
            return self.changed.wait_for(lambda: self.hits[path] > 0, cli.PATIENCE)


Answer = collections.namedtuple("Answer", "status headers body")


class Running:
    def __init__(self, case, args, stdin):
        self.case = case
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen([cli.PROGRAM, "proxy", "run", *args], env=case.env, cwd=case.home, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True)
        self.process.stdin.write(stdin or "")
        self.process.stdin.close()
        self.ports = []
        self.played = []
        for _ in range(args.count("--listen") or 1):
            line = self.process.stdout.readline()
            port = re.fullmatch(r"listening on 127\.0\.0\.1:(\d+)(?: for port (\d+))?\n", line)
            case.assertTrue(port, f"{line!r} {self.said()}")
            self.ports.append(int(port[1]))
            self.played.append(port[2])
        self.port = self.ports[0]

    def said(self):
        # pread: the position belongs to the process that writes, too.
        return os.pread(self.errors.fileno(), 1 << 20, 0).decode()

    def wait_for(self, words):
        end = time.monotonic() + cli.PATIENCE
        while words not in self.said():
            self.case.assertLess(time.monotonic(), end, f"{words!r} was never said: {self.said()}")
            time.sleep(0.02)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.case.assertEqual(self.process.wait(cli.PATIENCE), 0)
        self.process.stdout.close()
        self.errors.close()


class ProxyTraffic(cli.Case):
    def backend(self, name):
        backend = Backend(name)
        self.addCleanup(backend.server.server_close)
        self.addCleanup(backend.server.shutdown)
        return backend

    def run_proxy(self, *args, stdin=None):
        """The running proxy: its port, and what it says on standard error."""
        running = Running(self, args, stdin)
        self.addCleanup(running.stop)
        return running

    def get(self, proxy, path, host, method="GET", listener=0, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", proxy.ports[listener], timeout=cli.PATIENCE)
        self.addCleanup(connection.close)
        connection.request(method, path, headers={"Host": host, **{k.replace("_", "-"): v for k, v in headers.items()}})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())

    def test_executes_the_routes_of_a_mesh(self):
        self.write("routes.yaml", ROUTES)
        stable, canary = self.backend("stable"), self.backend("canary")
        proxy = self.run_proxy("-f", self.write("proxy.yaml", f"""\
listen: 127.0.0.1:0
traffic:
  files: [routes.yaml]
  namespace: shop
  endpoints:
    reviews v1: "127.0.0.1:{stable.port}"
    reviews v2: "127.0.0.1:{canary.port}"
"""))
        answer = self.get(proxy, "/api", "reviews")
        self.assertEqual((answer.status, answer.body, answer.headers["x-seen"]), (200, "stable /api", "yes"))
        answer = self.get(proxy, "/api", "reviews", x_tester="true")
        self.assertEqual((answer.status, answer.body), (200, "canary /tested"))
        answer = self.get(proxy, "/old", "reviews")
        self.assertEqual((answer.status, answer.headers["location"]), (301, "http://reviews/new"))
        answer = self.get(proxy, "/said", "reviews")
        self.assertEqual((answer.status, answer.body), (418, "by the proxy"))
        self.assertEqual(self.get(proxy, "/down", "reviews").status, 503)
        self.assertEqual(self.get(proxy, "/abort", "reviews").status, 555)
        self.assertEqual(self.get(proxy, "/slow", "reviews").status, 504, "the route's timeout")
        self.assertEqual(self.get(proxy, "/flaky", "reviews").body, "stable /flaky", "tried again after the first answer")
        self.assertEqual(stable.hits["/flaky"], 2)
        self.assertEqual(self.get(proxy, "/mirrored", "reviews").body, "stable /mirrored")
        self.assertTrue(canary.saw("/mirrored"), "the copy")
        shares = collections.Counter(self.get(proxy, "/split", "reviews").body.split()[0] for _ in range(400))
        self.assertTrue(250 <= shares["stable"] <= 350, f"weights 75 and 25: {shares}")
        self.assertEqual(self.get(proxy, "/", "unknown.example").status, 502, "a sidecar would pass it on to wherever it was sent")
        said = proxy.said()
        self.assertIn("note: without an endpoint, answered with 503: reviews.shop.svc.cluster.local:9080 v3\n", said)
        self.assertIn("not executed: traffic policies (DestinationRule shop/reviews spec.trafficPolicy.outlierDetection)", said)
        self.assertIn("AuthorizationPolicy (shop/deny)", said)

    def test_flags_take_the_place_of_a_file(self):
        """As after `fairwayctl chart template … |`; and other objects after SIGHUP."""
        stable, canary = self.backend("stable"), self.backend("canary")
        flags = ["--listen", "127.0.0.1:0", "--from-namespace", "shop", "--endpoints", f"reviews v1=127.0.0.1:{stable.port}", "--endpoints", f"reviews v2=127.0.0.1:{canary.port}"]
        piped = self.run_proxy(*flags, "--routes", "-", stdin=ROUTES)
        self.assertEqual(self.get(piped, "/api", "reviews").body, "stable /api")
        folder = self.home / "routes"
        folder.mkdir()
        (folder / "routes.yaml").write_text(ROUTES)
        proxy = self.run_proxy(*flags, "--routes", "routes")
        self.assertEqual(self.get(proxy, "/api", "reviews").body, "stable /api")
        (folder / "routes.yaml").write_text(ROUTES.replace("- {headers: {response: {set: {x-seen: \"yes\"}}}, route: [{destination: {host: reviews, subset: v1}}]}",
                                                           "- {route: [{destination: {host: reviews, subset: v2}}]}"))
        proxy.process.send_signal(signal.SIGHUP)
        proxy.wait_for("configuration read again")
        self.assertEqual(self.get(proxy, "/api", "reviews").body, "canary /api")
        (folder / "routes.yaml").write_text("a: [")
        proxy.process.send_signal(signal.SIGHUP)
        proxy.wait_for("configuration kept as it was: ")
        self.assertEqual(self.get(proxy, "/api", "reviews").body, "canary /api")

    def test_pods_of_a_dump_serve_their_services(self):
        backend = self.backend("pod")
        dump = {"apiVersion": "v1", "kind": "List", "items": [
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"clusterIP": "10.0.0.1", "selector": {"app": "web"}, "ports": [{"name": "http", "port": 80}]}},
            {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "web-1", "namespace": "shop", "labels": {"kubernetes.io/service-name": "web"}},
             "addressType": "IPv4", "ports": [{"name": "http", "port": backend.port}], "endpoints": [{"addresses": ["127.0.0.1"], "conditions": {"ready": True}}]},
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "front", "namespace": "shop"},
             "spec": {"gatewayClassName": "any", "listeners": [{"name": "http", "port": 80, "protocol": "HTTP"}]}},
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"parentRefs": [{"name": "front"}], "hostnames": ["shop.example"], "rules": [{
                 "filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {"set": [{"name": "x-a", "value": "b"}]}},
                             {"type": "URLRewrite", "urlRewrite": {"path": {"type": "ReplaceFullPath", "replaceFullPath": "/full"}}}],
                 "sessionPersistence": {"sessionName": "s"}, "backendRefs": [{"name": "web", "port": 80}]}]}}]}
        self.write("dump.json", json.dumps(dump))
        proxy = self.run_proxy("--listen", "127.0.0.1:0", "--routes", "dump.json", "--at", "gateway/shop/front")
        answer = self.get(proxy, "/x", "shop.example")
        self.assertEqual((answer.status, answer.body, answer.headers["x-got-a"]), (200, "pod /full", "b"))
        self.assertEqual(self.get(proxy, "/x", "other.example").status, 404)
        self.assertIn("not executed: session persistence (HTTPRoute shop/web spec.rules[0].sessionPersistence)", proxy.said())

    def test_imports_and_executes_envoys_routes(self):
        endpoint = ENVOY["configs"][0]["static_clusters"][0]["cluster"]["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]
        endpoint["address"]["socket_address"]["port_value"] = self.backend("web").port
        done = self.run_ctl("proxy", "import-envoy", self.write("dump.json", json.dumps(ENVOY)))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("note: route.hash_policy is left out: virtual host all, route 1\n", done.stderr)
        proxy = self.run_proxy("-f", self.write("proxy.yaml", done.stdout.replace("127.0.0.1:8080", "127.0.0.1:0")))
        self.assertEqual(self.get(proxy, "/x", "any.example").body, "web /x")
        self.assertEqual(self.get(proxy, "/gone", "any.example").status, 410)
        direct = self.run_proxy("--listen", "127.0.0.1:0", "--envoy", "dump.json", "--endpoints", f"web=127.0.0.1:{endpoint['address']['socket_address']['port_value']}")
        self.assertEqual(self.get(direct, "/y", "any.example").body, "web /y")

    def test_each_listener_plays_a_port(self):
        backend = self.backend("web")
        self.write("ingress.yaml", INGRESS)
        args = ["--routes", "ingress.yaml", "--at", "ingress", "--endpoints", f"web=127.0.0.1:{backend.port}"]
        listen = ["--listen", "127.0.0.1:0"]
        for ports, played in ((["--port", "443", "--port", "80"], ["443", "80"]), ([], ["80", "443"])):
            proxy = self.run_proxy(*listen, *listen, *ports, *args)
            self.assertEqual(proxy.played, played)
            proxy.wait_for("annotation whitelist-source-range is not modelled")
            plain, tls = played.index("80"), played.index("443")
            redirected = self.get(proxy, "/app/cart?x=1", "shop.test", listener=plain)
            self.assertEqual((redirected.status, redirected.headers["location"]), (308, "https://shop.test/app/cart?x=1"))
            self.assertEqual(self.get(proxy, "/app/cart?x=1", "shop.test", listener=tls).body, "web /cart?x=1")
        line = self.refused(1, "proxy", "run", *listen, *listen, *listen, "--port", "80", "--port", "443", *args)
        self.assertIn("--port: 2 ports for 3 listeners", line)

    def test_bad_input_is_one_clear_error(self):
        self.write("routes.yaml", ROUTES)
        self.write("broken.yaml", "apiVersion: v1\nkind: [\n")
        self.write("odd.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualServce\nmetadata: {name: shop}\n")
        self.write("old.yaml", "apiVersion: networking.istio.io/v2\nkind: VirtualService\nmetadata: {name: shop}\n")
        self.write("nothing.json", "{}")
        self.write("broken.json", "{\"configs\": [")
        self.write("mesh.yaml", "listen: 127.0.0.1:0\ntraffic: {files: [routes.yaml], namespace: shop, port: 80}\n")
        self.write("two.yaml", "listen: 127.0.0.1:0\ntraffic: {files: [routes.yaml], envoy: x}\n")
        listen = ["proxy", "run", "--listen", "127.0.0.1:0"]
        mesh = [*listen, "--from-namespace", "shop", "--routes", "routes.yaml"]
        for code, words, args in (
                (1, ["broken.yaml: ", "line 2"], [*listen, "--routes", "broken.yaml"]),
                (1, ["no-such.yaml"], [*listen, "--routes", "no-such.yaml"]),
                (1, ["odd.yaml:1", "VirtualServce shop", "networking.istio.io has no kind VirtualServce"], [*listen, "--routes", "odd.yaml"]),
                (1, ["old.yaml:1", "VirtualService shop", "no version v2"], [*listen, "--routes", "old.yaml"]),
                (1, ["--port: ", "9080, not on 80"], [*mesh, "--port", "80"]),
                (1, ["mesh.yaml: traffic.port: ", "9080, not on 80"], ["proxy", "run", "-f", "mesh.yaml"]),
                (1, ["two.yaml:2: traffic: needs either files or envoy"], ["proxy", "run", "-f", "two.yaml"]),
                (1, ["--at: ", "shop/front"], [*mesh, "--at", "gateway/shop/front"]),
                (1, ["--at: ", "ingress"], [*mesh, "--at", "ingress"]),
                (1, ["--endpoints: \"reviews v9\" is no target"], [*mesh, "--endpoints", "reviews v9=127.0.0.1:1"]),
                (2, ["--endpoints: \"reviews\"", "TARGET=ADDR:PORT"], [*mesh, "--endpoints", "reviews"]),
                (2, ["--endpoints: ", "\"nowhere\" is not ADDR:PORT"], [*mesh, "--endpoints", "reviews v1=nowhere"]),
                (2, ["--from-labels"], [*mesh, "--from-labels", "x"]),
                (2, ["--routes or --envoy"], listen),
                (1, ["nothing.json", "no route configuration"], [*listen, "--envoy", "nothing.json"]),
                (1, ["broken.json"], [*listen, "--envoy", "broken.json"]),
                (1, ["nothing.json", "no route configuration"], ["proxy", "import-envoy", "nothing.json"]),
                (1, ["no-such"], ["proxy", "import-envoy", "no-such"])):
            with self.subTest(args=args):
                line = self.refused(code, *args)
                for word in words:
                    self.assertIn(word, line)


if __name__ == "__main__":
    unittest.main(verbosity=2)
