"""Charts made to harm: each is refused or rendered with bounded memory, in bounded time, with one clear line or helm's own few."""
import io
import os
import signal
import subprocess
import tarfile
import unittest
import zlib

import cli

CHART = "apiVersion: v2\nname: c\nversion: 0.1.0\n"
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
MEGABYTE = b"\0" * (1 << 20)
MOST_MEMORY = 700 << 10  # KiB: texts of 256 MiB may be held, and what makes them grow.
MOST_SECONDS = 60  # On a busy machine; alone each takes less than ten.
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(10))
HELMS_ADVICE = "\n\nUse --debug flag to render out invalid YAML\n"


def archive(*entries):
    """A .tgz of (name, text) and of links (tarfile.TarInfo)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
        for entry in (("c/Chart.yaml", CHART),) + entries:
            if isinstance(entry, tarfile.TarInfo):
                tar.addfile(entry)
                continue
            data = entry[1] if isinstance(entry[1], bytes) else entry[1].encode()
            info = tarfile.TarInfo(entry[0])
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


def bomb(files, megabytes):
    """An archive of zeros that is a thousandth of what it unpacks to, made without holding it."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    out = b""
    for number in range(files):
        info = tarfile.TarInfo(f"c/f{number}")
        info.size = megabytes << 20
        out += packer.compress(info.tobuf())
        for _ in range(megabytes):
            out += packer.compress(MEGABYTE)
    return out + packer.flush()


class Hostile(cli.Case):
    def chart(self, name, files):
        for path, text in {"Chart.yaml": CHART, **files}.items():
            target = self.home / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def measured(self, *args):
        """Exit code, standard error; asserts memory and time."""
        with open(self.home / ".out", "wb") as out, open(self.home / ".err", "wb") as err:
            child = subprocess.Popen([cli.PROGRAM, *args], env=self.env, cwd=self.home, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        old = signal.signal(signal.SIGALRM, lambda *_: child.kill())
        signal.alarm(MOST_SECONDS)
        _, status, usage = os.wait4(child.pid, 0)
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)
        child.returncode = os.waitstatus_to_exitcode(status)
        text = (self.home / ".err").read_text(errors="replace")
        self.assertIn(child.returncode, (0, 1), f"{args}: {text[:300]}")
        self.assertLess(usage.ru_maxrss, MOST_MEMORY, f"{args}: {text[:300]}")
        return child.returncode, text

    def refused_shortly(self, words, *args):
        code, text = self.measured(*args)
        self.assertEqual(code, 1, text[:300])
        self.assertIn(words, text)
        text = text.removesuffix(HELMS_ADVICE)
        self.assertLessEqual(text.rstrip("\n").count("\n"), 3, text[:500])
        self.assertTrue(text.startswith("Error: "), text[:200])
        return text

    def test_archives(self):
        outside = self.home / "outside"
        rows = {
            "traversal": (("c/../../outside", "x"), "chart illegally references parent directory"),
            "an absolute path": (("c//etc/outside", "x"), "chart illegally contains absolute paths"),
            "a drive": (("c/C:/outside", "x"), "chart contains illegally named files"),
            "backslashes": (("c\\..\\..\\outside", "x"), "chart illegally references parent directory"),
        }
        for title, (entry, words) in rows.items():
            (self.home / "bad.tgz").write_bytes(archive(entry))
            with self.subTest(title):
                self.refused_shortly("unable to load chart archive", "chart", "template", "r", "bad.tgz")
                self.refused_shortly(words, "chart", "template", "r", "bad.tgz", "--helm-version", "3")
                self.assertEqual(self.measured("chart", "lint", "bad.tgz")[0], 1)
                self.assertFalse(outside.exists())

    def test_links_in_archives_lead_nowhere(self):
        (self.home / "secret").write_text("do not tell")
        template = ("c/templates/a.yaml", MAP + "data: {x: {{ .Files.Get \"p\" | quote }}}\n")
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            (self.home / "links.tgz").write_bytes(archive(template, link("c/p", str(self.home / "secret"), kind), link("c/templates/b.yaml", "/etc/passwd", kind)))
            with self.subTest(kind):
                code, text = self.measured("chart", "template", "r", "links.tgz")
                self.assertEqual(code, 0, text)
                self.assertNotIn("do not tell", (self.home / ".out").read_text())
                self.assertNotIn("root:", (self.home / ".out").read_text())

    def test_bombs(self):
        for name, data in {"one.tgz": bomb(1, 1024), "many.tgz": bomb(150, 1)}.items():
            (self.home / name).write_bytes(data)
            with self.subTest(name):
                self.refused_shortly("unable to load chart archive", "chart", "template", "r", name)
                self.refused_shortly("larger than the maximum", "chart", "template", "r", name, "--helm-version", "3")
                self.chart("nest", {"charts/c.tgz": data})
                self.refused_shortly("error unpacking subchart c.tgz in c: decompressed chart", "chart", "template", "r", "nest")
        inner = archive()
        for _ in range(70):
            inner = archive(("c/charts/c.tgz", inner))
        (self.home / "deep.tgz").write_bytes(inner)
        self.refused_shortly("nested", "chart", "template", "r", "deep.tgz")

    def test_yaml(self):
        aliases = "yaml: document contains excessive aliasing"
        rows = {
            "laughs in values": ({"values.yaml": LAUGHS}, aliases),
            "laughs in Chart.yaml": ({"Chart.yaml": CHART + LAUGHS}, aliases),
            "laughs in the output": ({"templates/a.yaml": LAUGHS}, aliases),
            "an anchor in itself": ({"values.yaml": "a: &x [*x]\n"}, "anchor 'x' value contains itself"),
            "deep lists": ({"values.yaml": "a: " + "[" * 100000}, "nested deeper than"),
            "deep maps": ({"values.yaml": "{a: " * 100000}, "nested deeper than"),
            "NUL in values": ({"values.yaml": "a: \"\0\"\n"}, "control characters are not allowed"),
            "NUL in Chart.yaml": ({"Chart.yaml": CHART + "description: \"\0\"\n"}, "control characters are not allowed"),
            "NUL in a template": ({"templates/a.yaml": "a: \"\0\"\n"}, "control characters are not allowed"),
            "bad UTF-8 in values": ({"values.yaml": b"a: \xff\xfe\n"}, "invalid leading UTF-8 octet"),
            "bad UTF-8 in Chart.yaml": ({"Chart.yaml": CHART.encode() + b"description: \"\xff\"\n"}, "invalid leading UTF-8 octet"),
            "bad UTF-8 in a template": ({"templates/a.yaml": b"a: \"\xff\"\n"}, "invalid leading UTF-8 octet"),
            "a large values.yaml": ({"values.yaml": "# " + "x" * (6 << 20)}, "larger than the maximum file size 5242880"),
        }
        for number, (title, (files, words)) in enumerate(rows.items()):
            with self.subTest(title):
                self.refused_shortly(words, "chart", "template", "r", self.chart(f"y{number}", {"templates/m.yaml": MAP, **files}))
        (self.home / "laughs.yaml").write_text(LAUGHS)
        self.chart("plain", {"templates/m.yaml": MAP})
        self.refused_shortly(aliases, "chart", "template", "r", "plain", "-f", "laughs.yaml")
        with open(self.home / "large.yaml", "w") as file:
            for number in range(100):
                file.writelines(f'k{number}_{i}: "{"v" * 90}"\n' for i in range(10000))
        self.assertGreater((self.home / "large.yaml").stat().st_size, 100_000_000)
        self.refused_shortly("more than the limit of", "chart", "template", "r", "plain", "-f", "large.yaml")

    def test_templates(self):
        cycle = '{{ $d := dict }}{{ $_ := set $d "d" $d }}'
        rows = {
            "include in itself": ('{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}', "nested reference name: a"),
            "template in itself": ('{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}', "exceeded maximum template depth"),
            "tpl through include": ('{{ define "a" }}{{ tpl `{{ include "a" . }}` . }}{{ end }}{{ include "a" . }}', "error calling include"),
            "tpl in itself": ('{{ $x := `{{ tpl .x . }}` }}{{ tpl $x (dict "x" $x "Template" .Template) }}', "exceeded maximum template depth"),
            "a long range": ("{{ range 1000000000 }}x{{ end }}", "steps"),
            "a long range of nothing": ("{{ range 1000000000 }}{{ end }}", "steps"),
            "a range in a range": ("{{ range until 30000 }}{{ range until 30000 }}{{ end }}{{ end }}", "steps"),
            "until": ("{{ until 1000000000 | len }}", "result is too large"),
            "untilStep": ("{{ untilStep 0 2000000000 1 | len }}", "result is too large"),
            "seq": ("{{ seq 1000000000 }}", "result is too large"),
            "repeat": ('{{ repeat 1000000000000 "x" | len }}', "result is too large"),
            "nindent": ('{{ nindent 1000000000 "a" | len }}', "result is too large"),
            "replace": ('{{ $x := repeat 100000 "a" }}{{ replace "a" $x $x | len }}', "result is too large"),
            "a text that doubles": ('{{ $x := "xxxxxxxx" }}{{ range 60 }}{{ $x = print $x $x }}{{ end }}', "result is too large"),
            "a list that doubles": ("{{ $x := list 1 }}{{ range 60 }}{{ $x = concat $x $x }}{{ end }}", "result is too large"),
            "a list that unfolds": ("{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ toYaml $x }}", "result is too large"),
            "much output": ('{{ $x := repeat 10000000 "x" }}{{ range 1000 }}{{ $x }}{{ end }}', "output exceeds"),
            "mustToJson of a map in itself": (cycle + "{{ mustToJson $d }}", "json: unsupported value: encountered a cycle via map[string]interface {}"),
            "deepCopy of a map in itself": (cycle + "{{ deepCopy $d }}", "encountered a cycle"),
            "parentheses": ("{{ " + "(" * 100000 + "1" + ")" * 100000 + " }}", "max expression depth exceeded"),
            "ifs": ("{{ if 1 }}" * 100000, "max expression depth exceeded"),
        }
        for number, (title, (text, words)) in enumerate(rows.items()):
            with self.subTest(title):
                code, told = self.measured("chart", "template", "r", self.chart(f"t{number}", {"templates/a.yaml": text}))
                self.assertEqual(code, 1)
                self.assertIn(words, told)
        other = '{{ $e := dict }}{{ $_ := set $e "d" $e }}'
        for number, text in enumerate(("deepEqual $d $e", "has $d (list $e)", "uniq (list $d $e)", "merge $d $e", "toString $d | len", "tpl `{{ toYaml . }}` $d")):
            with self.subTest(text):
                chart = self.chart(f"e{number}", {"templates/a.yaml": cycle + other + "# {{ %s | toString | trunc 9 }}\n" % text})
                self.measured("chart", "template", "r", chart)
        for text in ("toYaml", "toJson", "toPrettyJson", "toRawJson", "toToml", "toYamlPretty"):
            with self.subTest(text):
                code, told = self.measured("chart", "template", "r", self.chart(f"c{text}", {"templates/a.yaml": MAP + cycle + "data: {x: {{ %s $d | quote }}}\n" % text}))
                self.assertEqual((code, told), (0, ""))

    def test_flags_and_schemas(self):
        self.chart("plain", {"templates/m.yaml": MAP})
        rows = {
            ("--set", "a[1000000000]=1"): "greater than maximum supported index",
            ("--set", ".".join("a" * 50000) + "=1"): "greater than maximum supported nested level",
            ("--set", "a=" + "{" * 50000): "list must terminate with '}'",
            ("--set-json", "a=" + "[" * 100000): "failed parsing --set-json data",
        }
        for (flag, text), words in rows.items():
            with self.subTest(text[:40]):
                self.refused_shortly(words, "chart", "template", "r", "plain", flag, text)
        doubling = ",".join(f'"a{i}":{{"allOf":[{{"$ref":"#/$defs/a{i + 1}"}},{{"$ref":"#/$defs/a{i + 1}"}}]}}' for i in range(60))
        schemas = {
            '{"not":' * 100000 + "{}" + "}" * 100000: "nested deeper than",
            '{"$defs":{%s,"a60":{}},"$ref":"#/$defs/a0"}' % doubling: "takes too long to check",
            '{"a":"\0"}': "invalid character '\\x00' in string literal",
        }
        for number, (schema, words) in enumerate(schemas.items()):
            with self.subTest(words):
                self.refused_shortly(words, "chart", "template", "r", self.chart(f"s{number}", {"values.schema.json": schema, "templates/m.yaml": MAP}))

    def test_folders(self):
        self.chart("pipe", {"templates/m.yaml": MAP})
        os.mkfifo(self.home / "pipe/templates/p.yaml")
        self.refused_shortly("cannot load irregular file", "chart", "template", "r", "pipe")
        self.chart("zero", {"templates/m.yaml": MAP})
        os.symlink("/dev/zero", self.home / "zero/templates/z.yaml")
        code, text = self.measured("chart", "template", "r", "zero")
        self.assertEqual(code, 1)
        self.assertIn("cannot load irregular file", text)
        self.chart("loop", {"templates/m.yaml": MAP})
        os.symlink("..", self.home / "loop/templates/up")
        self.assertEqual(self.measured("chart", "template", "r", "loop")[0], 1)


if __name__ == "__main__":
    unittest.main()
