#!/usr/bin/env python3
"""Replays recorded runs of helm through `fairwayctl chart template`: helm_cases.py FAIRWAYCTL [CASES_DIR] [SUITE...] [-v]

Without CASES_DIR the folder is $FAIRWAY_CASES/helm; without either nothing is compared and the exit code is 77; it is 1 when any case differs.

A case is one line of JSON in SUITE.*.jsonl with what helm 4 answered (`helm4`) and what helm 3 did (`helm3`, "same" when alike); it
counts when output or error text and exit status are the same for both. Four shapes are known:
- a template with data, run as a partial of the chart `t`; of what is random only the shape is compared;
- `flags` over `base_values`: the values, and Go's type of each;
- `child_default`, `parent_value`, `user_value`: a subchart's values as it and its parent see them;
- `chart_default`, `file1`, `file2`: a chart's values under two files.
The last two also hold the warnings."""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ABSENT = "__absent__"
CHART = "apiVersion: v2\nname: {}\nversion: 0.1.0\n"
# A partial of the chart: prints Go's type of every leaf as the recorded cases have it.
TYPES = """{{- define "types" -}}
{{- if kindIs "map" . }}{{ "{" }}{{ range $k, $v := . }}{{ $k }}:{{ include "types" $v }},{{ end }}{{ "}" }}
{{- else if kindIs "slice" . }}[{{ range . }}{{ include "types" . }},{{ end }}]
{{- else }}{{ printf "%T" . }}{{ end -}}
{{- end -}}"""


def yaml_of(value):
    """JSON that is YAML, too: what YAML doesn't take as it is stands as an escape; pairs of surrogates it doesn't take either."""
    return re.sub("[\\x7f-\\x84\\x86-\\x9f\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def files_of(row):
    """What stands in the chart's folder, and the arguments behind `template rel FOLDER`."""
    if "template" in row:
        return {"chart/Chart.yaml": CHART.format("t"), "chart/templates/_case.tpl": row["template"],
                "chart/templates/main.yaml": 'case: {{ include "t/templates/_case.tpl" .Values.case | toJson }}\n',
                "chart/values.yaml": yaml_of({"case": row["data"]})}, []
    if "flags" in row:
        return {"chart/Chart.yaml": CHART.format("t"), "chart/values.yaml": yaml_of(row["base_values"]),
                "chart/templates/_types.tpl": TYPES,
                "chart/templates/main.yaml": 'values: {{ .Values | toJson | quote }}\ntypes: {{ include "types" .Values | quote }}\n'}, row["flags"]
    see = "seen: {{ .Values | toJson }}\n"
    files = {"chart/Chart.yaml": CHART.format("parent"), "chart/templates/parent.yaml": see}

    def one(key):
        return yaml_of({} if row[key] == ABSENT else {"k": row[key]})
    if "file1" in row:
        return files | {"chart/values.yaml": one("chart_default"), "1.yaml": one("file1"), "2.yaml": one("file2")}, ["-f", "1.yaml", "-f", "2.yaml"]
    user = {} if row["user_value"] == ABSENT else {"k": row["user_value"]}
    if row["user_sets_sibling"]:
        user["sibling"] = 1
    return files | {"chart/charts/child/Chart.yaml": CHART.format("child"), "chart/charts/child/templates/child.yaml": see,
                    "chart/charts/child/values.yaml": one("child_default"),
                    "chart/values.yaml": yaml_of({} if row["parent_value"] == ABSENT else {"child": {"k": row["parent_value"]}}),
                    "user.yaml": yaml_of({"child": user} if user else {})}, ["-f", "user.yaml"]


def documents(text):
    """Each template's one line behind its key, by the template's name."""
    return {path.rsplit("/", 1)[1]: json.loads(body) for path, body in re.findall(r"# Source: (\S+)\n\w+: (.*)\n", text)}


def shape(text):
    """What two random answers have in common."""
    return re.sub(r"[A-Za-z0-9+/=$.]+", "x", text)


def warnings(text):
    """The lines a log wrote, without their time."""
    return [re.sub(r"^(time=\S+ |\d{4}/\d\d/\d\d \d\d:\d\d:\d\d )", "", line) for line in text.splitlines()]


def differs(row, want, warned, done):
    """What is wrong with an answer; empty when nothing is."""
    if not want["ok"]:
        if done.returncode == 0:
            return f"passed: {done.stdout}"
        return "" if done.stderr.rstrip("\n") == want["err"].rstrip("\n") else done.stderr
    if done.returncode != 0:
        return done.stderr
    if "template" in row:
        got = documents(done.stdout)["main.yaml"]
        same = got == want["out"] or not row["deterministic"] and shape(got) == shape(want["out"])
        return "" if same else json.dumps(got)
    if "flags" in row:
        values, types = re.search(r"\nvalues: (.*)\ntypes: (.*)\n", done.stdout).groups()
        got = {"values_json": json.loads(values), "types": json.loads(types)}
        return "" if all(got[key] == want[key] for key in got) else json.dumps(got)
    got = documents(done.stdout)
    expected = {"parent.yaml": want["values"]} if "values" in want else {"parent.yaml": want["parent"], "child.yaml": want["child"]}
    if got != expected:
        return json.dumps(got)
    said = warnings(done.stderr)
    return "" if said == (warned or "").splitlines() else "\n".join(said)


def replay(binary, row, version):
    want = row["helm4"] if version == 4 or row["helm3"] == "same" else row["helm3"]
    warned = row["helm4"].get("stderr") if version == 4 else row.get("helm3_stderr")
    with tempfile.TemporaryDirectory(prefix="fairway-case-") as folder:
        files, arguments = files_of(row)
        for path, text in files.items():
            at = pathlib.Path(folder, path)
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(text.encode("utf-8", "surrogatepass"))
        done = subprocess.run([binary, "chart", "template", "rel", "chart", "--namespace", "ns", "--helm-version", str(version), *arguments],
                              cwd=folder, capture_output=True, text=True, timeout=60, errors="replace", stdin=subprocess.DEVNULL,
                              env={"PATH": os.environ["PATH"], "HOME": folder, "FOO": "bar", "TZ": "UTC", "KUBECONFIG": "/dev/null"})
    return differs(row, want, warned, done)


def main():
    args = [a for a in sys.argv[1:] if a != "-v"]
    if not args:
        print(__doc__.split("\n")[0])
        return 2
    root = os.environ.get("FAIRWAY_CASES", "")
    folder = args[1] if len(args) > 1 else root and os.path.join(root, "helm")
    if not folder or not pathlib.Path(folder).is_dir():
        print("SKIPPED: NO RECORDED RUNS OF HELM WERE COMPARED. Set FAIRWAY_CASES to the folder that holds helm/.")
        return 77
    binary = os.path.abspath(args[0])
    suites = args[2:] or sorted({path.name.split(".")[0] for path in pathlib.Path(folder).glob("*.jsonl")})
    good = total = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for suite in suites:
            rows = [json.loads(line) for path in sorted(pathlib.Path(folder).glob(suite + ".*.jsonl")) for line in path.read_text().split("\n") if line]
            jobs = [(row, version) for row in rows for version in (4, 3)]
            wrong = set()
            for (row, version), problem in zip(jobs, pool.map(lambda job: replay(binary, *job), jobs)):
                if problem:
                    wrong.add(row["id"])
                    if "-v" in sys.argv:
                        want = row["helm4"] if version == 4 or row["helm3"] == "same" else row["helm3"]
                        print(f"- {row['id']} (helm {version})\n    expected {json.dumps(want)[:900]}\n    got      {problem[:900]}")
            print(f"{suite}: {len(rows) - len(wrong)} of {len(rows)}")
            good += len(rows) - len(wrong)
            total += len(rows)
    print(f"{good} of {total} recorded runs of helm, each as helm 4 and helm 3")
    return 0 if total > 0 and good == total else 1


if __name__ == "__main__":
    sys.exit(main())
