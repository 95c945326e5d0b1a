"""Reads an API server with a client of its own (urllib), so that what the window claims is held against something else."""
import base64
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import urllib.error
import urllib.request

ROUTES = "/apis/networking.istio.io/v1/namespaces/{ns}/virtualservices/{name}"
WRITES = ("POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION")


class Api:
    def __init__(self, server, ca_pem, token):
        self.server = server
        self._token = token
        # The proxies of the environment are for the world outside.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=ssl.create_default_context(cadata=ca_pem)))

    @classmethod
    def of_lab(cls, kubeconfig):
        text = pathlib.Path(kubeconfig).read_text()

        def field(name):
            return re.search(rf"^ *{name}: (\S+)", text, re.M)[1]
        return cls(field("server"), base64.b64decode(field("certificate-authority-data")).decode(), field("token"))

    def call(self, method, path, body=None, content_type="application/json"):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.server + path, data, {"Authorization": "Bearer " + self._token, "Content-Type": content_type, "Accept": "*/*"}, method=method)
        try:
            with self._opener.open(request, timeout=20) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code}: {error.read()[:300]!r}") from None

    def get(self, path):
        return json.loads(self.call("GET", path))

    def virtual_service(self, ns, name):
        return self.get(ROUTES.format(ns=ns, name=name))

    def weights(self, ns, name):
        """Of the last rule, as they are stored."""
        return [route.get("weight", 0) for route in self.virtual_service(ns, name)["spec"]["http"][-1]["route"]]

    def set_weights(self, ns, name, weights):
        """As somebody else would: a JSON patch of the last rule."""
        last = len(self.virtual_service(ns, name)["spec"]["http"]) - 1
        patch = [{"op": "replace", "path": f"/spec/http/{last}/route/{i}/weight", "value": weight} for i, weight in enumerate(weights)]
        self.call("PATCH", ROUTES.format(ns=ns, name=name), patch, "application/json-patch+json")

    def write_requests(self, resource="virtualservices"):
        """How many writes of the resource were asked of the server so far: {"PATCH": 1, "PATCH dry run": 2}."""
        counts = {}
        for line in self.call("GET", "/metrics").decode().splitlines():
            if not line.startswith("apiserver_request_total{"):
                continue
            labels = dict(re.findall(r'(\w+)="([^"]*)"', line))
            if labels["resource"] == resource and labels["verb"] in WRITES:
                key = labels["verb"] + (" dry run" if labels["dry_run"] else "")
                counts[key] = counts.get(key, 0) + int(float(line.rsplit(" ", 1)[1]))
        return counts


class RealServer:
    """kube-apiserver and etcd, started by the script that the client's tests use too. Ended by stop()."""

    SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "core/kube/kube_apiserver.sh"

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        held = [socket.socket() for _ in range(2)]
        for each in held:
            each.bind(("127.0.0.1", 0))
        self.port, self.etcd_port = (each.getsockname()[1] for each in held)
        for each in held:
            each.close()
        self.run("setup")
        token = (self.folder / "pki/tokens.csv").read_text().split(",", 1)[0]
        self.api = Api(f"https://127.0.0.1:{self.port}", (self.folder / "pki/ca.crt").read_text(), token)

    @property
    def kubeconfig(self):
        return self.folder / "kubeconfig"

    def run(self, command):
        """setup, up, kill, stop"""
        done = subprocess.run([self.SCRIPT, command, os.environ["FAIRWAY_KUBE_APISERVER_BIN"], self.folder, str(self.port), str(self.etcd_port)],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180)
        if done.returncode:
            raise RuntimeError(f"kube_apiserver.sh {command}: {done.stdout}{done.stderr}")

    def stop(self):
        self.run("stop")


class LabServer:
    """`fairwayctl lab up`: a practice cluster that outlives windows. Ended by stop()."""

    def __init__(self, desk, fairwayctl, wait_until):
        self.kubeconfig = desk.folder / f"lab-{len(desk.processes)}.kubeconfig"
        self._process = desk.spawn(fairwayctl, "lab", "up", "--port", "0", "--kubeconfig", str(self.kubeconfig), log="lab.log")
        wait_until(self.kubeconfig.exists, "the practice cluster is up")
        self.api = Api.of_lab(self.kubeconfig)

    def stop(self):
        self._process.terminate()
        self._process.wait(20)
