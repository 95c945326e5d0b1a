"""Chart repositories behind a real nginx, with TLS, client certificates and basic authentication, beside a real helm."""
import shutil
import socket
import subprocess
import time
import unittest

from chart_repository import Beside, chart_files

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

CONFIG = """
daemon off;
pid {top}/nginx.pid;
error_log {top}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {top}/t1; proxy_temp_path {top}/t2; fastcgi_temp_path {top}/t3; uwsgi_temp_path {top}/t4; scgi_temp_path {top}/t5;
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {top}/server.pem; ssl_certificate_key {top}/server.key;
    ssl_client_certificate {top}/ca.pem; ssl_verify_client optional;
    root {site};
    location /certificate/ {{ alias {site}/charts/; if ($ssl_client_verify != SUCCESS) {{ return 403; }} }}
    location /password/ {{ alias {site}/charts/; auth_basic charts; auth_basic_user_file {top}/passwords; }}
    location /moved/ {{ rewrite ^/moved/(.*)$ /charts/$1 redirect; }}
  }}
}}
"""


@unittest.skipUnless(NGINX and shutil.which("openssl"), "NO NGINX or openssl: TLS, client certificates and passwords were not tried")
class Nginx(Beside):
    def setUp(self):
        super().setUp()
        self.publish(chart_files("alpha", "1.0.0"), chart_files("alpha", "1.1.0"))
        top = self.top
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        ssl = lambda *args: subprocess.run(["openssl", *args], cwd=top, check=True, capture_output=True)
        ssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test authority", "-days", "2")
        for name, extra in (("server", "subjectAltName=IP:127.0.0.1"), ("client", "extendedKeyUsage=clientAuth")):
            (top / f"{name}.ext").write_text(extra + "\n")
            ssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
            ssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", f"{name}.pem", "-days", "2",
                "-extfile", f"{name}.ext")
        (top / "passwords").write_text("user:{PLAIN}secret word\n")
        (top / "nginx.conf").write_text(CONFIG.format(top=top, site=self.site, port=self.port))
        # Workers of a root's nginx run as another user.
        for path in (top, self.site, self.site / "charts"):
            path.chmod(0o755)
        self.nginx = subprocess.Popen([NGINX, "-p", str(top), "-c", str(top / "nginx.conf"), "-e", str(top / "error.log")], stderr=subprocess.PIPE)
        self.addCleanup(self.stop)
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            self.assertIsNone(self.nginx.poll(), "nginx ended")
            time.sleep(0.01)
        self.fail("nginx does not answer")

    def stop(self):
        self.nginx.terminate()
        self.nginx.wait(20)
        self.nginx.stderr.close()

    def test_what_helm_reaches_is_reached(self):
        top = self.top
        ca, pair = ["--ca-file", f"{top}/ca.pem"], ["--cert-file", f"{top}/client.pem", "--key-file", f"{top}/client.key"]
        password = ["--username", "user", "--password", "secret word"]
        rows = [("plain", "charts", []), ("ca", "charts", ca), ("insecure", "charts", ["--insecure-skip-tls-verify"]), ("moved", "moved", ca),
                ("nocert", "certificate", ca), ("cert", "certificate", ca + pair), ("nopassword", "password", ca),
                ("wrong", "password", ca + ["--username", "user", "--password", "wrong"]), ("password", "password", ca + password),
                ("gone", "charts", ["--ca-file", f"{top}/nothing.pem"]), ("nokey", "certificate", ca + pair[:2]),
                ("mixed", "certificate", ca + ["--cert-file", f"{top}/client.pem", "--key-file", f"{top}/server.key"]), ("http", "charts", [])]
        good = set()
        for name, place, flags in rows:
            scheme = "http" if name == "http" else "https"
            url = f"{scheme}://127.0.0.1:{self.port}/{place}"
            with self.subTest(name):
                ours, theirs = (home.run(["repo", "add", name, url, *flags]) for home in (self.ours, self.theirs))
                self.assertEqual(ours.returncode, theirs.returncode, ours.stderr + theirs.stderr)
                self.assertEqual(ours.stdout, theirs.stdout)
                if name in ("plain", "nocert", "nopassword", "wrong", "http"):
                    self.assertEqual(ours.stderr, theirs.stderr)
                if ours.returncode == 0:
                    good.add(name)
                    done = [home.run(["pull", f"{name}/alpha", "-d", "."]) for home in (self.ours, self.theirs)]
                    self.assertEqual(done[0].returncode, 0, done[0].stderr)
                by_url = [home.run(["pull", "alpha", "--repo", url, *flags]) for home in (self.ours, self.theirs)]
                self.assertEqual(by_url[0].returncode, by_url[1].returncode, by_url[0].stderr + by_url[1].stderr)
        self.assertEqual(good, {"ca", "insecure", "moved", "cert", "password"})
        self.same_files()


if __name__ == "__main__":
    unittest.main()
