"""Fails when a module includes a header of a module, or of a Qt library, that it does not declare.

Usage: check_layering.py SOURCE_ROOT LAYERING_TXT
LAYERING_TXT holds a line a module: "core_http core/http deps=core_base qt=". A module may use the headers of what it
declares, directly or through those it declares. The edges themselves are held against the ones the design allows.
"""
import pathlib
import re
import sys

# What the design allows, by folder; an edge that is not here is refused even when a CMakeLists.txt declares it.
ALLOWED = {
    "core/base": "", "core/value": "base", "core/gotemplate": "value", "core/funcs": "gotemplate", "core/chart": "funcs",
    "core/http": "base", "core/net": "base", "core/route": "value", "core/metrics": "value",
    "core/proxy": "http net route metrics", "core/kube": "value http net", "core/ipvs": "value", "core/dns": "value",
    "core/autoscale": "value", "core/rollout": "route metrics autoscale", "core/release": "chart kube",
    "core/operate": "kube release rollout proxy", "core/lab": "kube proxy",
}


def read_modules(path):
    modules = {}
    for line in path.read_text().splitlines():
        name, folder, deps, qt = line.split(" ")
        modules[name] = (folder, [d for d in deps[5:].split(",") if d], [q for q in qt[3:].split(",") if q])
    return modules


def closure(modules, name, seen):
    if name not in seen:
        seen.add(name)
        for dep in modules[name][1]:
            closure(modules, dep, seen)
    return seen


def edge_problems(modules):
    reach = {}

    def reachable(folder):
        if folder not in reach:
            reach[folder] = set()
            for short in ALLOWED[folder].split():
                reach[folder] |= {"core/" + short} | reachable("core/" + short)
        return reach[folder]

    for name, (folder, deps, qts) in modules.items():
        if folder.startswith("core/") and folder != "core/engine":
            for dep in deps:
                if modules[dep][0] not in reachable(folder):
                    yield f"{folder}: the design has no edge to {modules[dep][0]}"
            if qts:
                yield f"{folder}: only core/engine may use Qt"
        elif folder == "core/engine" and set(qts) - {"Core", "Network"}:
            yield f"{folder}: links Qt {qts}, may use Core and Network"


def main():
    root, modules = pathlib.Path(sys.argv[1]), read_modules(pathlib.Path(sys.argv[2]))
    qt_root = next(iter(sorted(pathlib.Path("/usr/include").glob("*/qt6"))), None)
    owner = {}
    if qt_root:
        owner = {h.name: lib.name[2:] for lib in qt_root.glob("Qt*") if lib.is_dir() for h in lib.iterdir()}
    problems = list(edge_problems(modules))
    for name, (folder, _, _) in modules.items():
        allowed = closure(modules, name, set())
        folders = [modules[m][0] for m in allowed]
        qts = {q for m in allowed for q in modules[m][2]}
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            for number, text in enumerate(path.read_text().splitlines(), 1):
                ours = re.match(r'\s*#\s*include\s+"((?:core|widgets|app)/[^"]*)/[^"/]+"', text)
                theirs = re.match(r"\s*#\s*include\s+<(?:Qt(\w+)/)?(Q\w+)>", text)
                if ours and not any(ours.group(1) == f or ours.group(1).startswith(f + "/") for f in folders):
                    problems.append(f"{path}:{number}: {name}: {ours.group(1)} is not among its DEPENDS")
                if theirs:
                    library = theirs.group(1) or owner.get(theirs.group(2), "Core")
                    if library not in qts:
                        problems.append(f"{path}:{number}: {name}: Qt {library} is not among its QT")
    print("\n".join(problems))
    print(f"{len(modules)} modules, {len(problems)} problems")
    return bool(problems) or not modules


sys.exit(main())
