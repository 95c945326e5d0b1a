"""The whole loop of the command line on a practice cluster: look, diff, write, undo, with the guard rails."""
import json
import queue
import re
import subprocess
import threading
import unittest

import cli

CONFIG_MAP = """apiVersion: v1
kind: ConfigMap
metadata: {name: %s, namespace: shop, labels: {made-by: test}}
data: {colour: "%s"}
"""


class Lab(cli.LabCase):
    def get(self, *args):
        return json.loads(self.ctl("get", *args, "-o", "json"))

    def test_lists_every_form(self):
        table = self.ctl("get", "svc", "-n", "shop")
        self.assertRegex(table, r"^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\n")
        names = self.ctl("get", "vs", "-n", "shop", "-o", "name").split()
        self.assertIn("virtualservice.networking.istio.io/reviews", names)
        everything = self.ctl("get", "pods", "-A")
        self.assertTrue(everything.startswith("NAMESPACE "))
        one = self.get("vs", "reviews", "-n", "shop")
        self.assertEqual(one["kind"], "VirtualService")
        self.assertNotIn("managedFields", one["metadata"])
        self.assertEqual(self.get("vs", "-n", "shop")["kind"], "List")
        self.assertIn("virtualservices", self.ctl("api-resources"))

    def test_what_is_not_there(self):
        self.assertIn("(NotFound)", self.refused(1, "get", "pods", "nobody"))
        self.assertIn('"wombats"', self.refused(1, "get", "wombats"))
        done = self.run_ctl("get", "configmaps", "-l", "a=none")
        self.assertEqual((done.returncode, done.stderr), (0, "No resources found in shop namespace.\n"))

    def test_a_locked_context_sends_nothing(self):
        file = self.write("locked.yaml", CONFIG_MAP % ("locked", "red"))
        self.assertIn("context unlock", self.refused(1, "apply", "-f", file))
        self.assertIn("context unlock", self.refused(1, "apply", "-f", file, "--dry-run=server"))
        self.assertIn("context unlock", self.refused(1, "delete", "vs/reviews", "-n", "shop"))
        self.assertIn("(NotFound)", self.refused(1, "get", "cm", "locked", "-n", "shop"))
        done = self.run_ctl("diff", "-f", file)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("+  colour: red", done.stdout)

    def test_apply_diff_undo_delete(self):
        self.unlock()
        file = self.write("c.yaml", CONFIG_MAP % ("loop", "red"))
        self.assertEqual(self.ctl("apply", "-f", file), "configmap/loop serverside-applied\n")
        self.assertEqual(self.run_ctl("diff", "-f", file).stdout, "")
        file = self.write("c.yaml", CONFIG_MAP % ("loop", "blue"))
        done = self.run_ctl("diff", "-f", file)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("-  colour: red\n+  colour: blue\n", done.stdout)
        self.assertEqual(self.ctl("apply", "-f", file, "--dry-run=server"), "configmap/loop serverside-applied (server dry run)\n")
        self.assertEqual(self.get("cm", "loop", "-n", "shop")["data"]["colour"], "red")
        self.ctl("apply", "-f", file)
        entry = json.loads(self.ctl("journal", "list", "-o", "json"))[0]
        self.assertEqual((entry["state"], entry["canUndo"], entry["object"]), ("applied", True, "ConfigMap shop/loop"))
        self.assertIn('-  colour: blue\n+  colour: red\n', self.ctl("undo", str(entry["id"]), "--dry-run"))
        self.ctl("undo", str(entry["id"]))
        self.assertEqual(self.get("cm", "loop", "-n", "shop")["data"]["colour"], "red")
        self.assertIn("already undone", self.refused(1, "undo", str(entry["id"])))
        self.assertEqual(self.ctl("delete", "cm", "loop", "-n", "shop"), 'configmap "loop" deleted from shop namespace\n')
        self.assertIn("(NotFound)", self.refused(1, "delete", "cm", "loop", "-n", "shop"))
        self.assertEqual(self.ctl("delete", "cm", "loop", "-n", "shop", "--ignore-not-found"), "")

    def test_several_objects_as_one_step(self):
        self.unlock()
        self.ctl("apply", "-f", self.write("one.yaml", CONFIG_MAP % ("one", "red")))
        file = self.write("both.yaml", CONFIG_MAP % ("one", "blue") + "---\n" + CONFIG_MAP % ("two", "blue"))
        self.assertIn("configmap/two serverside-applied (server dry run)", self.ctl("apply", "-f", file, "--as-one-step", "--dry-run=server"))
        before = len(json.loads(self.ctl("journal", "list", "-o", "json")))
        self.assertEqual(self.ctl("apply", "-f", file, "--as-one-step"), "configmap/one serverside-applied\nconfigmap/two serverside-applied\n")
        entries = json.loads(self.ctl("journal", "list", "-o", "json"))
        self.assertEqual(len(entries), before + 1)
        entry = entries[0]
        self.assertEqual((entry["state"], entry["canUndo"], entry["object"]), ("applied", True, "ConfigMap shop/one, ConfigMap shop/two"))
        self.assertEqual([part["written"] for part in entry["parts"]], [True, True])
        self.assertIn("# ConfigMap shop/two\n", self.ctl("undo", str(entry["id"]), "--dry-run"))
        self.ctl("undo", str(entry["id"]))
        self.assertEqual(self.get("cm", "one", "-n", "shop")["data"]["colour"], "red")
        self.assertIn("(NotFound)", self.refused(1, "get", "cm", "two", "-n", "shop"))
        self.assertEqual(json.loads(self.ctl("journal", "show", str(entry["id"]), "-o", "json"))["state"], "undone")
        # What one object would be refused, none gets.
        self.ctl("apply", "-f", self.write("t.yaml", CONFIG_MAP % ("two", "green")), "--field-manager", "somebody")
        line = self.refused(1, "apply", "-f", file, "--as-one-step")
        self.assertIn("nothing was written", line)
        self.assertEqual(self.get("cm", "one", "-n", "shop")["data"]["colour"], "red")
        self.refused(2, "apply", "-f", file, "--as-one-step", "-o", "json")

    def test_one_route_in_two_contexts(self):
        same = self.run_ctl("route", "diff", "VirtualService/shop/reviews", "--contexts", "lab,lab-reader")
        self.assertEqual((same.returncode, same.stdout), (0, ""), same.stderr)
        self.assertIn("no difference", same.stderr)
        other = self.home / "other"
        lab = subprocess.Popen([cli.PROGRAM, "lab", "up", "--port", "0", "--kubeconfig", str(other)], stdout=subprocess.PIPE, text=True, env=self.env)
        self.addCleanup(lab.stdout.close)
        self.addCleanup(lab.wait, 20)
        self.addCleanup(lab.terminate)
        lab.stdout.readline()  # said when its kubeconfig stands
        other.write_text(re.sub(r"((?:name|cluster|user|current-context): )lab", r"\1other", other.read_text()))
        both = {**self.env, "KUBECONFIG": f"{self.kubeconfig}:{other}"}

        def ctl(*args, stdin=None):
            return subprocess.run([cli.PROGRAM, *args], env=both, input=stdin, capture_output=True, text=True, timeout=60)
        self.assertEqual(ctl("context", "unlock", "other").returncode, 0)
        there = ctl("--context", "other", "get", "vs", "reviews", "-n", "shop", "-o", "yaml")
        wanted = ctl("route", "weights", "VirtualService/shop/reviews", "http[2]", "v1=60", "v2=40", "-f", "-", stdin=there.stdout)
        applied = ctl("--context", "other", "apply", "--force-conflicts", "-f", "-", stdin=wanted.stdout)
        self.assertEqual(applied.returncode, 0, applied.stderr)
        done = ctl("route", "diff", "VirtualService/shop/reviews", "--contexts", "lab,other", "-o", "json")
        self.assertEqual(done.returncode, 1, done.stderr)
        told = json.loads(done.stdout)
        self.assertEqual(told["differences"], ["rule http[2] (Everything else): v1=90, v2=10 → v1=60, v2=40"])
        self.assertIn("-      weight: 90\n+      weight: 60\n", told["diff"])
        self.assertNotIn("resourceVersion", told["diff"])
        missing = ctl("route", "diff", "VirtualService/shop/nobody", "--contexts", "lab,other")
        self.assertEqual(missing.returncode, 2)
        self.assertIn("lab: ", missing.stderr)
        self.assertEqual(ctl("route", "diff", "VirtualService/shop/reviews", "--contexts", "lab").returncode, 2)

    def test_production_wants_its_name_and_a_reason(self):
        self.unlock()
        context = json.loads(self.ctl("context", "list", "-o", "json"))[0]["name"]
        self.ctl("context", "production")
        file = self.write("p.yaml", CONFIG_MAP % ("prod", "red"))
        self.assertIn("--confirm-context", self.refused(1, "apply", "-f", file))
        self.assertIn("--confirm-context", self.refused(1, "apply", "-f", file, "--confirm-context", context))
        self.ctl("apply", "-f", file, "--confirm-context", context, "--reason", "for the test")
        events = self.get("events", "-n", "shop")["items"]
        self.assertTrue(any("for the test" in event.get("message", "") for event in events))
        self.ctl("delete", "-f", file, "--confirm-context", context, "--reason", "done")

    def test_field_conflicts_are_named(self):
        self.unlock()
        file = self.write("f.yaml", CONFIG_MAP % ("fields", "red"))
        self.ctl("apply", "-f", file, "--field-manager", "somebody")
        file = self.write("f.yaml", CONFIG_MAP % ("fields", "blue"))
        line = self.refused(1, "apply", "-f", file)
        self.assertIn("somebody", line)
        self.assertIn("f.yaml:1", line)
        self.ctl("apply", "-f", file, "--force-conflicts")
        self.assertEqual(self.get("cm", "fields", "-n", "shop")["data"]["colour"], "blue")

    def test_watch_shows_changes_as_they_come(self):
        self.unlock()
        watch = subprocess.Popen([cli.PROGRAM, "watch", "cm", "-n", "shop", "-l", "made-by=test"], env=self.env, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(watch.wait)
        self.addCleanup(watch.stdout.close)
        self.addCleanup(watch.kill)
        lines = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in watch.stdout], daemon=True).start()
        file = self.write("w.yaml", CONFIG_MAP % ("watched", "red"))
        self.ctl("apply", "-f", file)
        while not lines.get(timeout=cli.PATIENCE).startswith("watched "):
            pass

    def test_logs_and_describe(self):
        pods = self.get("pods", "-n", "shop")["items"]
        pod = next(p for p in pods if p.get("status", {}).get("phase") == "Running")["metadata"]["name"]
        self.ctl("logs", pod, "-n", "shop", "--tail", "3")
        text = self.ctl("describe", "pod", pod, "-n", "shop")
        self.assertRegex(text, rf"(?m)^Name: +{pod}$")
        self.assertRegex(text, r"(?m)^Events:")


if __name__ == "__main__":
    unittest.main(verbosity=2)
