#!/usr/bin/env python3
"""Scores fairway-conformance against reference cases: score.py BINARY [CASES_DIR] [SUITE...] [--least PERCENT] [-v]

Without CASES_DIR the folder is $FAIRWAY_CASES; without either nothing is compared and the exit code is 77. With --least the exit
code is 1 when a suite has a smaller share of its cases right, otherwise when any case is wrong.

A case counts when every key its `expect` lists has the expected value; keys expected to be null are not compared. What the
formats mean by "expected" beyond equality (lists of accepted codes, shares within a tolerance, lists without order) is below."""
import json
import os
import pathlib
import subprocess
import sys

SUITES = ["istio_routes", "istio_validation", "istio_analyze", "gateway_api", "envoy_routes"]
ENVOY_NAMES = {"ListenerMatched", "RouteConfigMatched", "StrictMatch", "FilterChainMatched"}


def lower(mapping):
    return {k.lower(): v for k, v in mapping.items()}


def header_matcher_holds(matcher, given):
    values = [h["string_match"]["exact"] for h in given if h["name"].lower() == matcher["name"].lower()]
    want = matcher.get("string_match", {}).get("exact")
    held = bool(values) and (want is None or ",".join(values) == want)
    return held != matcher.get("invert_match", False)


def value_fits(key, want, got, row):
    if want is None:
        return True
    if key == "status" and isinstance(want, list):
        return got in want
    if key in ("request_header_matches", "response_header_matches"):
        return all(header_matcher_holds(m, got or []) for m in want)
    if key == "distribution":
        got = got or {}
        tolerance = row["expect"].get("tolerance_abs", 0.05)
        return all(abs(got.get(name, 0) - share) <= tolerance for name, share in want.items())
    if key in ("samples", "tolerance_abs", "zero_weight_backend_must_get_none"):
        return True
    if key in ("response_headers", "headers"):
        have = lower(got or {})
        return all(have.get(k.lower()) == v for k, v in want.items())
    if key in ("response_absent_headers", "absent_headers"):
        return all(name.lower() not in lower(got or {}) for name in want) if isinstance(got, dict) else not got
    if key == "response_valid_header_values":
        have = lower(got or {})
        return all(have.get(k.lower()) in v for k, v in want.items())
    if key in ("upstream_request", "redirect"):
        got = got or {}
        for name, part in want.items():
            if name == "absent_headers":
                if any(h.lower() in lower(got.get("headers", {})) for h in part):
                    return False
            elif not value_fits(name, part, got.get(name), row):
                return False
        return True
    if key == "mirrored_to":
        return got == want
    return got == want


def fits(suite, row, got):
    expect = row.get("expect", row.get("expect_messages"))
    if suite == "istio_validation":
        if got.get("expect") != expect:
            return False
        return row.get("warning") is None or expect == "error" or got.get("warning") == row["warning"]
    if suite == "istio_analyze":
        key = lambda m: json.dumps(m, sort_keys=True)
        return sorted(map(key, got)) == sorted(map(key, expect))
    if isinstance(expect, list):
        return all(value_fits(k, v, got.get(k), row) for check in expect for k, v in check.items()
                   if k not in ("response_header", "value")) and all(
            got.get(check["response_header"]) == check.get("value") for check in expect if "response_header" in check)
    for key, want in expect.items():
        if suite == "istio_routes" and key in ENVOY_NAMES:
            continue
        given = got.get(key)
        if key == "response_absent_headers":
            given = got.get("response_headers", {})
        if key == "response_valid_header_values":
            given = got.get("response_headers", {})
        if not value_fits(key, want, given, row):
            return False
    return True


def main():
    args = [a for a in sys.argv[1:] if a != "-v"]
    verbose = "-v" in sys.argv
    least = None
    if "--least" in args:
        at = args.index("--least")
        least = float(args[at + 1])
        del args[at:at + 2]
    if not args:
        print(__doc__.split("\n")[0])
        return 2
    folder = args[1] if len(args) > 1 else os.environ.get("FAIRWAY_CASES", "")
    if not folder:
        print("SKIPPED: NO REFERENCE CASES WERE COMPARED. Set FAIRWAY_CASES to the folder that holds them.")
        return 77
    binary, cases = args[0], pathlib.Path(folder)
    is_bad = False
    for suite in args[2:] or SUITES:
        files = sorted(cases.glob(suite + ".*.jsonl"))
        if not files:
            print(f"{suite}: no cases")
            continue
        lines = [line for file in files for line in file.read_text().splitlines() if line]
        command = [binary, suite]
        configs = cases / (suite + ".configs.json")
        if configs.exists():
            command += ["--configs", str(configs)]
        run = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, timeout=600)
        if run.returncode != 0:
            print(f"{suite}: {run.stderr.strip().splitlines()[0] if run.stderr else run.returncode}")
            is_bad = True
            continue
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        good = 0
        for line, answer in zip(lines, answers):
            row = json.loads(line)
            if "got" in answer and fits(suite, row, answer["got"]):
                good += 1
            elif verbose:
                want = row.get("expect", row.get("expect_messages"))
                print(f"- {row['id']}\n    expected {json.dumps(want)[:600]}\n    got      {json.dumps(answer.get('got', answer.get('skipped')))[:600]}")
        is_bad = is_bad or good < (len(lines) if least is None else len(lines) * least / 100)
        print(f"{suite}: {good} of {len(lines)}")
    return 1 if is_bad else 0


if __name__ == "__main__":
    sys.exit(main())
