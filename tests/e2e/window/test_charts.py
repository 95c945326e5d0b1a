"""The Charts page with a real chart on the disk: type a value, follow a line to its origin, break and mend a template."""
import os
import re
import shutil
import subprocess
import unittest

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

import flow
import harness
from desktop import end, wait_until

FILES = {
    "Chart.yaml": "apiVersion: v2\nname: checkout\nversion: 2.8.0\nappVersion: 4.12.0\n",
    "values.yaml": "image:\n  tag: \"4.11.0\"\ncanary:\n  weight: 0\n",
    "templates/_helpers.tpl": "{{- define \"labels\" -}}\napp: checkout\n{{- end -}}\n",
    "templates/route.yaml": """apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {{ .Release.Name }}
  labels:
    {{- include "labels" . | nindent 4 }}
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: {host: checkout, subset: v2}
      weight: {{ .Values.canary.weight }}
""",
    "templates/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata:\n  tag: {{ .Values.image.tag | quote }}\n",
}
VALUES = "Text of values.yaml"
OUTPUT = "Rendered manifests"
LINE = 20  # about the height of a line in pixels


def signing_key(test, folder):
    """A key without passphrase as helm reads keys: files with the private and the public one."""
    folder.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", str(folder), "--batch", "--quiet"]
    subprocess.run([*gpg, "--passphrase", "", "--quick-generate-key", "fairway-test <test@example.com>", "rsa2048", "sign", "never"], check=True, capture_output=True, timeout=120)
    test.addCleanup(subprocess.run, ["gpgconf", "--homedir", str(folder), "--kill", "gpg-agent"], capture_output=True)
    files = []
    for name, option in (("secring.gpg", "--export-secret-keys"), ("pubring.gpg", "--export")):
        files.append(folder / name)
        files[-1].write_bytes(subprocess.run([*gpg, option], check=True, capture_output=True, timeout=60).stdout)
    return files


def registry(test, folder):
    """Debian's docker-registry on a free port; its address."""
    folder.mkdir()
    config, log = folder / "config.yml", folder / "log"
    config.write_text(f"version: 0.1\nlog: {{level: info, formatter: text}}\nstorage: {{filesystem: {{rootdirectory: {folder}/data}}}}\nhttp: {{addr: '127.0.0.1:0'}}\n")
    with open(log, "wb") as output:
        server = subprocess.Popen(["docker-registry", "serve", str(config)], stdout=output, stderr=output)
    test.addCleanup(end, server)
    return wait_until(lambda: re.search(r"listening on (127\.0\.0\.1:\d+)", log.read_text()), lambda: f"the registry listens: {log.read_text()}")[1]


def dialog_button(window, name):
    """Of the dialog in front: the page below may have one of the same name."""
    return window.wait("push button", name, enabled=True)


class Charts(flow.WindowCase):
    def setUp(self):
        self.chart = harness.desk().folder / f"chart-{self.id().rsplit('.', 1)[-1]}" / "checkout"
        for name, text in FILES.items():
            file = self.chart / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        self.prod = self.chart.parent / "prod.yaml"
        self.prod.write_text("canary:\n  # careful\n  weight: 5\n")
        self.open("--chart", self.chart, size="1600x1000")
        self.wait_output(r"weight: 0$")

    # -- words for the steps

    def editor(self, name):
        return self.window.wait("text", name)

    def output(self):
        return self.editor(OUTPUT).text

    def wait_output(self, pattern):
        wait_until(lambda: re.search(pattern, self.output(), re.M), lambda: f"the output has {pattern}; it is {self.output()!r}")

    def click_text(self, name, part):
        """Clicks the first line in an editor where `part` stands, aiming by where the caret lands as a person does by eye."""
        editor = self.editor(name)
        wanted = editor.text[:editor.text.index(part)].count("\n")
        left, top, width, _ = editor.box
        y = top + wanted * LINE + LINE // 2
        for _ in range(8):
            harness.desk().click_at(left + width // 3, y)
            hit = self.caret_line(name)
            if hit == wanted:
                return
            y += (wanted - hit) * LINE
        self.fail(f"line {wanted + 1} of {name} can't be hit: the caret is in line {self.caret_line(name) + 1}")

    def caret_line(self, name):
        editor = self.editor(name)
        caret = Atspi.Text.get_caret_offset(editor._accessible.get_text_iface())
        return editor.text[:caret].count("\n")

    def retype(self, name, old, new):
        """Replaces the first `old` as a person does: finds it, types over it."""
        self.click_text(name, old)
        self.window.key("ctrl+f")
        self.window.wait("text", "Find in this text")
        self.window.key("ctrl+a")
        self.window.type(old)
        self.window.key("Escape")
        self.window.type(new)

    # -- tests

    def test_type_follow_and_save(self):
        window = self.window
        self.retype(VALUES, "weight: 0", "weight: 42")
        self.wait_output(r"weight: 42$")
        self.assertIn("weight: 0", (self.chart / "values.yaml").read_text(), "nothing is written unasked")
        window.key("ctrl+s")
        wait_until(lambda: "weight: 42" in (self.chart / "values.yaml").read_text(), "the text is saved")
        self.prod.write_text("canary:\n  weight: 6\n")
        # Somebody else's change of a file appears at once.
        (self.chart / "values.yaml").write_text("image:\n  tag: x\ncanary:\n  weight: 77\n")
        self.wait_output(r"weight: 77$")
        self.assertIn("weight: 77", self.editor(VALUES).text)

    def test_a_line_tells_where_it_comes_from(self):
        window = self.window
        window.key("ctrl+shift+e")
        window.wait("text", "Flag 1")
        window.type("canary.weight=15")
        self.wait_output(r"weight: 15$")
        self.click_text(OUTPUT, "weight: 15")
        window.wait("push button", re.compile(r"^Output line \d+ weight: 15"))
        window.wait("push button", re.compile(r"^templates/route.yaml:12 weight: {{ .Values.canary.weight }}"))
        window.wait("push button", "Values key canary.weight")
        window.wait("push button", re.compile(r"^default values.yaml:4  0"))
        window.wait("push button", re.compile(r"^--set weight  15 wins"))
        self.assertIn(".Values.canary.weight", self.editor("Text of templates/route.yaml").text)
        # The chip of the weaker layer leads to its line.
        window.click("push button", re.compile(r"^default values.yaml:4"))
        self.editor(VALUES)
        window.click("push button", "Drop --set")
        self.wait_output(r"weight: 0$")

    def test_break_and_mend_a_template(self):
        window = self.window
        window.click("table cell", re.compile("^route.yaml")) if window.find("table cell", re.compile("^route.yaml")) else window.click("tree item", re.compile("^route.yaml"))
        name = "Text of templates/route.yaml"
        self.retype(name, ".Values.canary.weight", ".Values.canary.weight.x.y")
        window.wait_text(r"^templates/route.yaml:12: .*")
        window.wait("push button", "Show (F8)")
        self.assertIn("kind: VirtualService", self.output(), "what came out last stays in sight")
        self.retype(name, ".Values.canary.weight.x.y", ".Values.canary.weight")
        window.wait_gone("push button", "Show (F8)")
        self.wait_output(r"weight: 0$")

    def test_a_conflict_is_asked_about(self):
        window = self.window
        self.retype(VALUES, "weight: 0", "weight: 1")
        self.wait_output(r"weight: 1$")
        (self.chart / "values.yaml").write_text("image:\n  tag: theirs\ncanary:\n  weight: 99\n")
        window.wait("push button", "Keep mine")
        self.assertIn("weight: 1", self.editor(VALUES).text)
        window.click("push button", "Take theirs")
        self.wait_output(r"weight: 99$")
        window.wait_gone("push button", "Keep mine")

    def test_from_a_value_to_a_package_that_helm_takes(self):
        """The whole way: type a value, ask a line where it comes from, mend an error that shows in place, package."""
        window = self.window
        self.retype(VALUES, "weight: 0", "weight: 42")
        self.wait_output(r"weight: 42$")
        self.click_text(OUTPUT, "weight: 42")
        window.wait("push button", re.compile(r"^templates/route.yaml:12 "))
        window.wait("push button", re.compile(r"^default values.yaml:4  42 wins"))
        self.assertEqual(self.caret_line(VALUES), 3, "the value's own line")
        name = "Text of templates/route.yaml"
        self.assertIn(".Values.canary.weight", self.editor(name).text)
        self.retype(name, ".Values.canary.weight", ".Values.canary.wieght | int | add1 | fial")
        window.wait_text(r"templates/route.yaml:12\): function \"fial\" not defined")
        self.retype(name, ".Values.canary.wieght | int | add1 | fial", ".Values.canary.weight")
        window.wait_gone("push button", "Show (F8)")
        self.wait_output(r"weight: 42$")

        window.click("push button", "Package")
        window.wait_text(r"^Package checkout$")
        window.click("push button", "Save all")
        wait_until(lambda: "weight: 42" in (self.chart / "values.yaml").read_text(), "the texts are saved")
        window.enter("Version", "3.0.0")
        archive = self.chart.parent / "checkout-3.0.0.tgz"
        window.wait_text(re.escape(str(archive)))
        self.assertTrue(archive.exists())
        window.key("Escape")
        # Once more: it asks first.
        window.click("push button", "Package")
        window.enter("Version", "3.0.0")
        window.click("push button", "Replace")
        window.wait_text(r"^The package is made\.$")
        helm = os.environ.get("FAIRWAY_HELM") or shutil.which("helm")
        if not helm:
            self.skipTest("packaged; no helm to hold it against: FAIRWAY_HELM is not set")
        run = lambda *words: subprocess.run([helm, *map(str, words)], capture_output=True, text=True, timeout=60)  # noqa: E731
        for words in (("lint", archive), ("template", "checkout", archive), ("show", "chart", archive)):
            done = run(*words)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("weight: 42", run("template", "checkout", archive).stdout)
        self.assertIn("version: 3.0.0", run("show", "chart", archive).stdout)

    def test_signed_and_through_a_registry_and_back(self):
        """Package and sign, push, verified by the real helm; then the library opens it out of the registry."""
        helm = os.environ.get("FAIRWAY_HELM") or shutil.which("helm")
        for needed in ("gpg", "docker-registry"):
            if not shutil.which(needed):
                self.skipTest(f"nothing signed or pushed: {needed} is not installed")
        if not helm:
            self.skipTest("nothing signed or pushed: no helm to hold it against, FAIRWAY_HELM is not set")
        window = self.window
        folder = self.chart.parent
        private, public = signing_key(self, folder / "gnupg")
        address = registry(self, folder / "registry")
        window.click("push button", "Package")
        window.wait_text("^Package checkout$")
        window.click("check box", re.compile("^Sign it"))
        for name, text in (("Key", "fairway-test"), ("Keyring", private)):
            window.click("text", name)
            window.key("ctrl+a")
            window.type(str(text))
        window.press(dialog_button(window, "Package"))
        window.wait_text(r"^The package is made and signed\.$")
        archive = folder / "checkout-2.8.0.tgz"
        verified = subprocess.run([helm, "verify", "--keyring", str(public), str(archive)], capture_output=True, text=True, timeout=60)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        self.assertIn("fairway-test", verified.stdout)

        window.click("text", "Registry to push to")
        window.type(f"oci://{address}/charts")
        window.click("check box", "Plain HTTP, without TLS")
        window.click("push button", "Push")
        window.wait_text(rf"^The registry has it as {re.escape(address)}/charts/checkout:2\.8\.0, sha256:")
        (folder / "pulled").mkdir()
        pulled = subprocess.run([helm, "pull", f"oci://{address}/charts/checkout", "--version", "2.8.0", "--plain-http", "--verify", "--keyring", str(public), "-d", str(folder / "pulled")],
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(pulled.returncode, 0, pulled.stdout + pulled.stderr)
        self.assertEqual((folder / "pulled" / "checkout-2.8.0.tgz").read_bytes(), archive.read_bytes())
        window.key("Escape")

        window.key("alt+1")
        window.key("ctrl+shift+l")
        window.click("radio button" if window.find("radio button", "OCI or URL") else None, "OCI or URL")
        window.click("text", "OCI reference or URL of a chart")
        window.type(f"oci://{address}/charts/checkout")
        window.click("check box", "Plain HTTP, without TLS")
        window.click("push button", "Find versions")
        wait_until(lambda: "2.8.0" in window.words(), lambda: f"the registry's versions; there: {window.words()}")
        window.press(dialog_button(window, "Open"))
        self.wait_output(r"weight: 0$")
        window.wait_text(re.escape("checkout-2.8.0.tgz"))

    def test_what_may_be_typed_is_suggested(self):
        window = self.window
        (self.chart / "values.schema.json").write_text(
            '{"properties": {"image": {"properties": {"pullPolicy": {"enum": ["Always", "Never"], "description": "When to pull"}, "tag": {"type": "string"}}}}}')
        self.click_text(VALUES, "tag:")
        window.key("End", "Return")
        window.type("pu")
        window.key("ctrl+space")
        window.wait("list item", re.compile(r"^pullPolicy, choice"))
        window.wait_text("^When to pull$")
        window.key("Return")
        window.wait("list item", re.compile("^Always"))
        window.key("Down", "Return")
        wait_until(lambda: "\n  pullPolicy: Never\n" in self.editor(VALUES).text, lambda: f"inserted; there: {self.editor(VALUES).text!r}")

    def test_another_version_of_a_dependency_is_tried(self):
        """In a workspace: what is missing is fetched, then the matrix says what another version would change."""
        window = self.window
        for version in "12":
            folder = self.chart.parent / "parts" / version
            (folder / "templates").mkdir(parents=True)
            (folder / "Chart.yaml").write_text(f"apiVersion: v2\nname: part\nversion: {version}.0.0\n")
            (folder / "templates/map.yaml").write_text(f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: part\ndata:\n  of: part-{version}\n")
        (self.chart / "Chart.yaml").write_text(FILES["Chart.yaml"] + "dependencies:\n- {name: part, version: 1.x, repository: 'file://../parts/1'}\n")
        self.window.close()
        self.open("--open", f"charts:workspace:{self.chart.parent}", size="1600x1000")
        window = self.window
        window.click("push button", "Make available offline")
        window.wait("list item", re.compile("^checkout: has all it depends on"))
        window.press(dialog_button(window, "Close"))
        window.wait_gone("push button", "Make available offline")
        window.click("push button", "Bump a dependency")
        window.click("combo box", "Version to try")
        window.key("ctrl+a")
        window.type(str(self.chart.parent / "parts" / "2"))
        window.press(dialog_button(window, "Compare"))
        window.click("table cell", re.compile("^checkout in values.yaml alone: .* 1 object differs"))
        window.wait("list item", re.compile("^ConfigMap part, changed"))
        window.click("push button", "End the comparison with the other version")
        window.wait("table cell", re.compile(r"^checkout in values.yaml alone: \d+ objects(, \d findings?)? $"))

    def test_profiles_lookup_and_order(self):
        """What templates see of a cluster: its version, its objects; and the order of an install."""
        window = self.window
        (self.chart / "templates/seen.yaml").write_text(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: seen\ndata:\n  kube: {{ .Capabilities.KubeVersion.Version }}\n"
            "  mesh: {{ .Capabilities.APIVersions.Has \"example.com/v1\" | quote }}\n  found: {{ dig \"data\" \"key\" \"none\" (lookup \"v1\" \"ConfigMap\" \"default\" \"there\") }}\n"
            "  random: {{ randAlphaNum 8 }}\n")
        objects = self.chart.parent / "objects.yaml"
        objects.write_text("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: there\n  namespace: default\ndata:\n  key: from-the-file\n")
        self.wait_output(r"mesh: \"false\"$")
        window.wait_text("^1 random lines? pinned$")
        self.click_text(VALUES, "image:")
        window.key("ctrl+shift+p")
        for name, text in (("Kubernetes version", "1.31"), ("Further API versions", "example.com/v1"), ("Objects for lookup", objects)):
            window.click("text", name)
            window.type(str(text))
        window.click("combo box", "Cluster profile")
        window.key("ctrl+a")
        window.type("edge")
        window.press(dialog_button(window, "Save"))
        window.press(dialog_button(window, "Done"))
        self.wait_output(r"kube: v1\.31$")
        self.wait_output(r"mesh: \"true\"$")
        self.wait_output(r"found: from-the-file$")
        objects.write_text(objects.read_text().replace("from-the-file", "changed"))
        self.wait_output(r"found: changed$")
        window.click("radio button" if window.find("radio button", "By file") else None, "By file")
        wait_until(lambda: re.search(r"(?s)tag: .*kind: VirtualService.*kind: ConfigMap", self.output()), lambda: f"by file: {self.output()}")

    def random_value(self):
        return re.search(r"^  random: (\w{8})$", self.output(), re.M)[1]

    def test_random_values_are_pinned_until_told_otherwise(self):
        window = self.window
        (self.chart / "templates/random.yaml").write_text(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: random\ndata:\n  random: {{ randAlphaNum 8 }}\n  tag: {{ .Values.image.tag | quote }}\n")
        self.wait_output(r"^  random: \w{8}$")
        window.wait_text("^1 random lines? pinned$")
        first = self.random_value()
        self.retype(VALUES, "4.11.0", "5.0.0")
        self.wait_output(r'^  tag: "?5\.0\.0"?$')
        self.assertEqual(self.random_value(), first, "only the edit shows")
        window.key("ctrl+shift+g")
        wait_until(lambda: self.random_value() != first, "asked for, there is another one")
        second = self.random_value()
        window.key("ctrl+shift+p")
        window.click("check box", "Pin what is random, so that only your edits show")
        window.press(dialog_button(window, "Done"))
        window.wait_text("^1 random lines?$")
        wait_until(lambda: self.random_value() != second, "unpinned, each run has its own")

    def test_what_is_shown_is_exported(self):
        window = self.window
        file = self.chart.parent / "exported.yaml"
        window.key("ctrl+e")
        window.wait("push button", "Save")
        window.key("ctrl+a")
        window.type(str(file))
        window.key("Return")
        wait_until(file.exists, "the file is written")
        wait_until(lambda: file.read_text().strip() == self.output().strip(), lambda: f"the file holds what is shown: {file.read_text()}")

    def test_where_no_route_is_rendered_none_is_offered(self):
        self.window.wait("push button", "Routes", enabled=True)
        (self.chart / "templates/route.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\n")
        self.wait_output(r"name: plain")
        self.window.wait_gone("push button", "Routes")

    def test_a_field_of_the_form_keeps_the_keyboard(self):
        window = self.window
        window.key("alt+5")
        window.click("table cell", "tag: 4.11.0")
        window.key("F2")
        window.type("9.9")
        self.wait_output(r'tag: "9.9"$')
        window.key("alt+5")
        self.assertTrue(self.editor(VALUES).text.startswith('image:\n  tag: "9.9"\n'), self.editor(VALUES).text)

    def test_rendered_routes_are_rehearsed_and_never_applied(self):
        window = self.window
        window.click("push button", "Routes")
        window.wait_text(r"^Routes of chart checkout as it renders now")
        window.wait("text", "Draft weight of v2")
        window.wait_text(r"^Only rendered$")
        self.assertIsNone(window.find("push button", re.compile("^Apply")))
        window.click("push button", "Back to chart checkout")
        self.editor(VALUES)

    def test_every_control_has_a_name(self):
        self.assertEqual(self.window.unnamed_controls(), [])

    @unittest.skipUnless(os.environ.get("FAIRWAY_HELM") or shutil.which("helm"), "no helm to compare with: FAIRWAY_HELM is not set")
    def test_what_is_shown_is_what_helm_prints(self):
        helm = os.environ.get("FAIRWAY_HELM") or shutil.which("helm")
        printed = subprocess.run([helm, "template", "checkout", str(self.chart)], capture_output=True, text=True, check=True, timeout=60).stdout
        self.assertEqual(self.output().strip(), printed.strip())


if __name__ == "__main__":
    harness.main()
