#include "tests/core/chart/broken_charts.h"
#include "tests/core/chart/command_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

/// Small charts, most of them wrong in some way, rendered by fairwayctl and by the real helm: output, messages and exit
/// code must be the same to the byte.
namespace {

using fairway::test::CommandFolder;
using fairway::test::CommandOutcome;
using fairway::test::quoted;

const std::string chartYaml = "apiVersion: v2\nname: c\nversion: 0.1.0\n";
const std::string childYaml = "apiVersion: v2\nname: sub\nversion: 0.1.0\n";
const std::string configMap
    = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  v: {{ .Values | toJson | quote }}\n";

using Case = fairway::chart::test::SmallChart;

const std::vector<Case> cases {
    {"plain", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}}, {}},
    {"nochartyaml", {{"templates/a.yaml", configMap}}, {}},
    {"badyaml", {{"Chart.yaml", "a: b: c"}}, {}},
    {"noname", {{"Chart.yaml", R"~(apiVersion: v2
version: 1.0.0
)~"}},
        {}},
    {"nover", {{"Chart.yaml", R"~(apiVersion: v2
name: c
)~"}},
        {}},
    {"badver", {{"Chart.yaml", R"~(apiVersion: v2
name: c
version: x
)~"}},
        {}},
    {"apiv9", {{"Chart.yaml", R"~(apiVersion: v9
name: c
version: 1.0.0
)~"}},
        {}},
    {"apiv3", {{"Chart.yaml", R"~(apiVersion: v3
name: c
version: 1.0.0
)~"}},
        {}},
    {"type", {{"Chart.yaml", chartYaml + R"~(type: foo
)~"}},
        {}},
    {"library", {{"Chart.yaml", chartYaml + R"~(type: library
)~"}},
        {}},
    {"deprecated",
        {{"Chart.yaml", chartYaml + R"~(deprecated: true
)~"},
            {"templates/a.yaml", configMap}},
        {}},
    {"kube",
        {{"Chart.yaml", chartYaml + R"~(kubeVersion: ">=1.99"
)~"},
            {"templates/a.yaml", configMap}},
        {}},
    {"kube2",
        {{"Chart.yaml", chartYaml + R"~(kubeVersion: ">=1.20"
)~"},
            {"templates/a.yaml", configMap}},
        {"--kube-version", "v1.33.4-gke.1"}},
    {"missingdep", {{"Chart.yaml", chartYaml + R"~(dependencies:
- name: sub
  version: 1.x
  repository: http://x
)~"}},
        {}},
    {"depnull", {{"Chart.yaml", chartYaml + R"~(dependencies:
- null
)~"}},
        {}},
    {"maintnull", {{"Chart.yaml", chartYaml + R"~(maintainers:
- null
)~"}},
        {}},
    {"aliasbad", {{"Chart.yaml", chartYaml + R"~(dependencies:
- name: a
  alias: "b c"
)~"}},
        {}},
    {"depdup", {{"Chart.yaml", chartYaml + R"~(dependencies:
- name: a
- name: a
)~"}},
        {}},
    {"valueslist", {{"Chart.yaml", chartYaml}, {"values.yaml", R"~(- a
)~"}},
        {}},
    {"valuesbad", {{"Chart.yaml", chartYaml}, {"values.yaml", R"~(a: b: c
)~"}},
        {}},
    {"valuesbad2", {{"Chart.yaml", chartYaml}, {"values.yaml", R"~(a:
	b: c
)~"}},
        {}},
    {"valuesmulti",
        {{"Chart.yaml", chartYaml}, {"values.yaml", R"~(a: 1
---
b: 2
a: 3
)~"},
            {"templates/a.yaml", configMap}},
        {}},
    {"valuesnull",
        {{"Chart.yaml", chartYaml}, {"values.yaml", R"~(null
)~"},
            {"templates/a.yaml", configMap}},
        {}},
    {"tmplparse", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", "{{ if }}"}}, {}},
    {"tmplparse2", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a
{{ nofunc 1 }})~"}},
        {}},
    {"tmplexec", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", "a: {{ .Values.a.b.c }}"}}, {}},
    {"tmplfail", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ fail "no: way" }})~"}}, {}},
    {"tmplreq", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ required "need a" .Values.a }})~"}}, {}},
    {"tmplinclude",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ include "x" . }})~"},
            {"templates/_h.tpl", R"~({{ define "x" }}{{ .Values.a.b }}{{ end }})~"}},
        {}},
    {"tmplincludefail",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ include "x" . }})~"},
            {"templates/_h.tpl", R"~({{ define "x" }}{{ fail "deep" }}{{ end }})~"}},
        {}},
    {"tmplnotpl", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ include "nope" . }})~"}}, {}},
    {"tmpltpl", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ tpl "{{ .Values.a.b }}" . }})~"}}, {}},
    {"tmpltplparse", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ tpl "{{ if }}" . }})~"}}, {}},
    {"outbad", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", "a: b: c"}}, {}},
    {"outlist", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(- a
)~"}},
        {}},
    {"outstr", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(hello
)~"}},
        {}},
    {"outann", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: A
metadata:
  annotations: [1]
)~"}},
        {}},
    {"outmeta", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: A
metadata: foo
)~"}},
        {}},
    {"outkind", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: [A]
)~"}},
        {}},
    {"outanchor", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: A
x: *nope
)~"}},
        {}},
    {"outdup", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: A
kind: B
)~"}},
        {}},
    {"empty", {{"Chart.yaml", chartYaml}}, {}},
    {"hook",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: Job
metadata:
  name: x
  annotations:
    helm.sh/hook: pre-install
)~"},
            {"templates/b.yaml", R"~(kind: Pod
metadata:
  name: y
  annotations:
    helm.sh/hook: test
)~"}},
        {}},
    {"hooknohooks", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: Job
metadata:
  name: x
  annotations:
    helm.sh/hook: pre-install
)~"}},
        {"--no-hooks"}},
    {"skiptests", {{"Chart.yaml", chartYaml}, {"templates/b.yaml", R"~(kind: Pod
metadata:
  name: y
  annotations:
    helm.sh/hook: test
)~"}},
        {"--skip-tests"}},
    {"hookbad", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: Job
metadata:
  name: x
  annotations:
    helm.sh/hook: foo,bar
)~"}},
        {}},
    {"crds",
        {{"Chart.yaml", chartYaml}, {"crds/b.yaml", R"~(kind: B

)~"},
            {"crds/a.yaml", R"~(---
kind: A
)~"},
            {"crds/x.txt", "no"}, {"templates/a.yaml", configMap}},
        {"--include-crds"}},
    {"showonly", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"templates/b.yaml", R"~(apiVersion: v1
kind: ConfigMap
metadata:
  name: x
data:
  v: {{ .Values | toJson | quote }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: x
data:
  v: {{ .Values | toJson | quote }}
)~"}},
        {"-s", "templates/b.yaml"}},
    {"showglob", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"templates/b.yaml", configMap}},
        {"-s", "templates/*.yaml", "-s", "templates/a.yaml"}},
    {"showmiss", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}}, {"-s", "templates/c.yaml"}},
    {"set", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}},
        {"--set", "a.b=1,c={x,y},d=1e3,e=1000000", "--set-string", "f=1", "--set-json", R"~(g={"a":1.5})~",
            "--set-literal", "h=a,b"}},
    {"setbad", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}}, {"--set", "a"}},
    {"setjsonbad", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}}, {"--set-json", "a={"}},
    {"sub",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml},
            {"charts/sub/values.yaml", R"~(x: 1
global: {g: 1}
)~"},
            {"charts/sub/templates/s.yaml", configMap}, {"values.yaml", R"~(sub: {y: 2}
global: {h: 2}
)~"}},
        {}},
    {"subbad", {{"Chart.yaml", chartYaml}, {"charts/sub/templates/s.yaml", configMap}}, {}},
    {"subtgzbad", {{"Chart.yaml", chartYaml}, {"charts/sub.tgz", "garbage"}}, {}},
    {"subtype", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml}},
        {"--set", "sub=1"}},
    {"subcond",
        {{"Chart.yaml", chartYaml + R"~(dependencies:
- name: sub
  version: 0.1.0
  condition: sub.enabled
)~"},
            {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml},
            {"charts/sub/templates/s.yaml", configMap}},
        {"--set", "sub.enabled=false"}},
    {"subcondbad",
        {{"Chart.yaml", chartYaml + R"~(dependencies:
- name: sub
  version: 0.1.0
  condition: sub.enabled
  tags: [t]
)~"},
            {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml},
            {"charts/sub/templates/s.yaml", configMap}},
        {"--set", "sub.enabled=x,tags.t=y"}},
    {"alias",
        {{"Chart.yaml", chartYaml + R"~(dependencies:
- name: sub
  version: 0.1.0
  alias: one
- name: sub
  version: 0.1.0
  alias: two
)~"},
            {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml},
            {"charts/sub/templates/s.yaml", configMap}, {"charts/sub/values.yaml", R"~(x: 1
)~"}},
        {}},
    {"v1req",
        {{"Chart.yaml", R"~(apiVersion: v1
name: c
version: 0.1.0
)~"},
            {"requirements.yaml", R"~(dependencies:
- name: sub
  version: 0.1.0
  condition: sub.on
)~"},
            {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml},
            {"charts/sub/templates/s.yaml", configMap}},
        {"--set", "sub.on=false"}},
    {"v2req",
        {{"Chart.yaml", chartYaml}, {"requirements.yaml", R"~(dependencies:
- name: sub
  version: 0.1.0
)~"},
            {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml}},
        {}},
    {"schema",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap},
            {"values.schema.json", R"~({"properties":{"a":{"type":"string"}},"required":["b"]})~"},
            {"values.yaml", R"~(a: 1
)~"}},
        {}},
    {"schemaskip",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"values.schema.json", R"~({"required":["b"]})~"}},
        {"--skip-schema-validation"}},
    {"schemabadjson",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"values.schema.json", R"~({"a":)~"}}, {}},
    {"schemasub",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"charts/sub/Chart.yaml", childYaml},
            {"charts/sub/values.schema.json", R"~({"required":["b"]})~"}},
        {}},
    {"files",
        {{"Chart.yaml", chartYaml}, {"f/a.txt", R"~(one
two
)~"},
            {"f/b.bin", "xx"}, {"templates/a.yaml", R"~(a: {{ .Files.Get "f/a.txt" | quote }}
b:
{{ (.Files.Glob "f/*").AsConfig | indent 2 }}
c:
{{ (.Files.Glob "f/**").AsSecrets | indent 2 }}
d: {{ range .Files.Lines "f/a.txt" }}<{{ . }}>{{ end }}
e: {{ range $k, $v := .Files.Glob "**" }}[{{ $k }} {{ len $v }}]{{ end }}
f: {{ .Files.GetBytes "f/b.bin" }}
g: {{ toString (.Files.GetBytes "f/b.bin") }}
h: {{ printf "%s" (.Files.GetBytes "f/b.bin") }}
)~"}},
        {}},
    {"caps",
        {{"Chart.yaml", chartYaml},
            {"templates/a.yaml",
                R"~(a: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }}
b: {{ .Capabilities.APIVersions.Has "foo/v1" }} {{ .Capabilities.APIVersions.Has "apps/v1" }}
c: {{ .Capabilities.HelmVersion.Version }}
d: {{ .Chart.Name }} {{ .Chart.Version | quote }} {{ .Chart.IsRoot }} {{ .Chart.Type }}
e: {{ .Release | toJson }}
f: {{ .Template | toJson }}
g: {{ range .Capabilities.APIVersions }}x{{ end }}
h: {{ len .Capabilities.APIVersions }}
)~"}},
        {"-a", "foo/v1,bar/v2", "--kube-version", "1.30.1", "--is-upgrade"}},
    {"chartmeta",
        {{"Chart.yaml", chartYaml + R"~(keywords: [a,b]
maintainers:
- name: m
  email: e
annotations:
  k: v
appVersion: 1.10
sources: [s]
home: h
icon: i
)~"},
            {"templates/a.yaml",
                R"~(a: {{ .Chart.AppVersion }} {{ .Chart.Keywords }} {{ .Chart.Annotations }} {{ (index .Chart.Maintainers 0).Name }} {{ .Chart.Home }} {{ .Chart.Annotations.k }}
)~"}},
        {}},
    {"chartnofield", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ .Chart.Nope }}
)~"}},
        {}},
    {"subcharts",
        {{"Chart.yaml", chartYaml},
            {"templates/a.yaml", R"~(a: {{ .Subcharts.sub.Chart.Name }} {{ .Subcharts.sub.Values | toJson }}
)~"},
            {"charts/sub/Chart.yaml", childYaml}, {"charts/sub/values.yaml", R"~(x: 1
)~"}},
        {}},
    {"libdep",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ include "l" . }}
)~"},
            {"charts/sub/Chart.yaml", childYaml + R"~(type: library
)~"},
            {"charts/sub/templates/_l.tpl", R"~({{ define "l" }}lib{{ end }})~"},
            {"charts/sub/templates/no.yaml", R"~(kind: No
)~"}},
        {}},
    {"notes", {{"Chart.yaml", chartYaml}, {"templates/NOTES.txt", "hello"}, {"templates/a.yaml", configMap}},
        {"--render-subchart-notes"}},
    {"helmignore",
        {{"Chart.yaml", chartYaml}, {".helmignore", R"~(templates/b.yaml
*.bak
)~"},
            {"templates/a.yaml", configMap}, {"templates/b.yaml", "bad: ["}, {"templates/c.yaml.bak", "bad: ["}},
        {}},
    {"helmignorebad", {{"Chart.yaml", chartYaml}, {".helmignore", R"~(a/**
)~"}},
        {}},
    {"order",
        {{"Chart.yaml", chartYaml}, {"templates/z.yaml", R"~(kind: Service
---
kind: Namespace
)~"},
            {"templates/a.yaml", R"~(kind: Zed
---
kind: Deployment
---
kind: ValidatingWebhookConfiguration
---
kind: Abc
---
# comment
---
kind: MutatingWebhookConfiguration
)~"}},
        {}},
    {"novalue",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ .Values.none }}x{{ .Values.foo.bar }}
)~"},
            {"values.yaml", R"~(foo: {}
)~"}},
        {}},
    {"nsflag", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ .Release.Namespace }}
)~"}},
        {"-n", "other"}},
    {"crlf", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(kind: A
---
kind: B
)~"}},
        {}},
    {"deep",
        {{"Chart.yaml", chartYaml},
            {"templates/a.yaml", R"~({{ define "r" }}{{ include "r" . }}{{ end }}a: {{ include "r" . }})~"}},
        {}},
    {"lookup", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ lookup "v1" "Pod" "" "" | toJson }}
)~"}},
        {}},
    {"valfile",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"values.yaml", R"~(a: {b: 1, c: 2}
d: 1
)~"},
            {"v1.yaml", R"~(a: {b: null, e: 3}
)~"},
            {"v2.yaml", R"~(d: null
)~"}},
        {"-f", "c/v1.yaml", "-f", "c/v2.yaml"}},
    {"valfilecsv",
        {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"v1.yaml", R"~(a: 1
)~"},
            {"v2.yaml", R"~(b: 1
)~"}},
        {"-f", "c/v1.yaml,c/v2.yaml"}},
    {"valfilebad", {{"Chart.yaml", chartYaml}, {"v1.yaml", R"~(a: b: c
)~"}},
        {"-f", "c/v1.yaml"}},
    {"valfilemiss", {{"Chart.yaml", chartYaml}}, {"-f", "c/nope.yaml"}},
    {"setfile", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", configMap}, {"x.txt", R"~(text
)~"}},
        {"--set-file", "a=c/x.txt"}},
    {"lock", {{"Chart.yaml", chartYaml}, {"Chart.lock", R"~(digest: [1]
)~"}},
        {}},
    {"typesofhelm", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~({{- range $i, $e := list .Values .Release .Chart .Capabilities .Files . .Template }}
a{{ $i }}: {{ typeOf $e | quote }}
{{- end }}
b: {{ typeIs "common.Values" .Values }} {{ typeIs "chartutil.Values" .Values }} {{ typeIsLike "chartutil.Values" .Values }} {{ kindIs "map" .Values }}
)~"}},
        {}},
    {"hostbyname", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ getHostByName "127.0.0.1" | quote }}
)~"}},
        {"--enable-dns"}},
    {"hostbynameoff", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ getHostByName "127.0.0.1" | quote }}
)~"}},
        {}},
    {"hostbynamenone", {{"Chart.yaml", chartYaml}, {"templates/a.yaml", R"~(a: {{ getHostByName "" | quote }}
)~"}},
        {"--enable-dns"}},
    {"yamlalias",
        {{"Chart.yaml", chartYaml}, {"values.yaml", R"~(a: &x {k: 1}
b: *x
c:
  <<: *x
  l: 2
)~"},
            {"templates/a.yaml", configMap}},
        {"--set", "b.k=2"}},
};

/// Helm 3 walks Go's maps: faults of one chart come in another order in each run.
std::string inOneOrder(const std::string &messages)
{
    std::vector<std::string> lines;
    std::istringstream in(messages);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    const auto isFault = [](const std::string &line) { return line.starts_with("- "); };
    for (auto first = lines.begin(); first != lines.end();) {
        first = std::find_if(first, lines.end(), isFault);
        const auto end = std::find_if_not(first, lines.end(), isFault);
        std::sort(first, end);
        first = end;
    }
    std::string text;
    for (const std::string &line : lines)
        text += line + "\n";
    return text;
}

void compare(const char *variable, const std::string &version, const std::vector<Case> &charts)
{
    const char *const helm = std::getenv(variable);
    if (helm == nullptr || ::access(helm, X_OK) != 0)
        GTEST_SKIP() << variable << " names no helm: eval \"$(tests/support/oracles.sh)\"";
    for (const Case &row : charts) {
        const CommandFolder folder;
        for (const auto &[name, text] : row.files)
            folder.write("c/" + name, text);
        std::vector<std::string> arguments {"template"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        arguments.insert(arguments.end(), row.flags.begin(), row.flags.end());
        const CommandOutcome wanted = folder.run(quoted(helm), arguments);
        arguments.insert(arguments.begin() + 1, {"--helm-version", version}); // in front: the last flag may want an argument
        const CommandOutcome found = folder.run(quoted(FAIRWAYCTL) + " chart", arguments);
        EXPECT_EQ(found.exitCode, wanted.exitCode) << row.title;
        EXPECT_EQ(found.output, wanted.output) << row.title;
        if (version == "3")
            EXPECT_EQ(inOneOrder(found.messages), inOneOrder(wanted.messages)) << row.title;
        else
            EXPECT_EQ(found.messages, wanted.messages) << row.title;
    }
}

void compareShow(const char *variable, const std::string &version)
{
    const char *const helm = std::getenv(variable);
    if (helm == nullptr || ::access(helm, X_OK) != 0)
        GTEST_SKIP() << variable << " names no helm: eval \"$(tests/support/oracles.sh)\"";
    const CommandFolder folder;
    folder.write("c/Chart.yaml", chartYaml + "keywords: [b, a]\nappVersion: \"1\"\n# comment\nunknown: 1\nmaintainers:\n- name: m\n");
    folder.write("c/values.yaml", "# first\na: 1 # one\nb: {c: d}\n");
    folder.write("c/README.md", "# Title\ntext\n");
    folder.write("c/crds/b.yaml", "kind: A\n");
    folder.write("c/crds/a.yaml", "---\nkind: B\n\n");
    folder.write("c/charts/sub/Chart.yaml", childYaml);
    folder.write("c/charts/sub/crds/s.yaml", "kind: S\n");
    for (const char *const what : {"chart", "values", "readme", "crds", "all"}) {
        for (const char *const chart : {"c", "c/charts/sub", "none"}) {
            const CommandOutcome wanted = folder.run(quoted(helm), {"show", what, chart});
            const CommandOutcome found = folder.run(quoted(FAIRWAYCTL) + " chart", {"show", what, chart, "--helm-version", version});
            EXPECT_EQ(found.isGood, wanted.isGood) << what << " " << chart;
            EXPECT_EQ(found.output, wanted.output) << what << " " << chart;
            EXPECT_EQ(found.messages, wanted.messages) << what << " " << chart;
        }
    }
    for (const char *const path : {"{.a}", "{.b.c}x", "{.none}", "{", "{..c}", "{range .b}{.c}{end}", "{.b", "plain", ""}) {
        const CommandOutcome wanted = folder.run(quoted(helm), {"show", "values", "c", "--jsonpath", path});
        const CommandOutcome found = folder.run(quoted(FAIRWAYCTL) + " chart", {"show", "values", "c", "--jsonpath", path, "--helm-version", version});
        EXPECT_EQ(found.exitCode, wanted.exitCode) << path;
        EXPECT_EQ(found.output, wanted.output) << path;
        EXPECT_EQ(found.messages, wanted.messages) << path;
    }
}

/// Each flag that a command of helm tells of in its help is one of ours, too.
void compareFlags(const char *variable, const std::string &version)
{
    const std::string helm = fairway::test::programOf(variable);
    if (helm.empty())
        GTEST_SKIP() << variable << " names no helm: eval \"$(tests/support/oracles.sh)\"";
    const CommandFolder folder;
    const struct {
        const char *theirs;
        const char *ours;
    } commands[] = {{"template", "chart template"}, {"lint", "chart lint"}, {"package", "chart package"}, {"dependency list", "chart dependency list"},
        {"dependency update", "chart dependency update"}, {"dependency build", "chart dependency build"}, {"show values", "chart show values"},
        {"show chart", "chart show chart"}, {"show all", "chart show all"}, {"show crds", "chart show crds"}, {"show readme", "chart show readme"},
        {"pull", "chart pull"}, {"push", "chart push"}, {"verify", "chart verify"}, {"create", "chart create"}, {"search repo", "search repo"},
        {"repo add", "repo add"}, {"repo index", "repo index"}, {"repo list", "repo list"}, {"repo remove", "repo remove"},
        {"repo update", "repo update"}, {"registry login", "registry login"}, {"registry logout", "registry logout"}};
    std::size_t flags = 0;
    for (const auto &command : commands) {
        std::istringstream help(folder.run(quoted(helm) + " " + command.theirs, {"--help"}).output);
        for (std::string line; std::getline(help, line);) {
            const std::size_t mark = line.find("--");
            const std::size_t end = line.find(' ', mark);
            if (mark == std::string::npos || mark > 8 || end == std::string::npos || line.find_first_not_of(' ') > 6)
                continue;
            const std::string name = line.substr(mark, end - mark);
            // What a command is about names flags, too, in quotes.
            if (name == "--help" || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
                continue;
            ++flags;
            const CommandOutcome found
                = folder.run(quoted(FAIRWAYCTL) + " " + command.ours, {"--helm-version", version, name + "=a=b", "--no-such-flag"});
            EXPECT_EQ(found.messages.find("unknown flag: " + name), std::string::npos) << command.ours << " " << name;
        }
    }
    EXPECT_GT(flags, 500U);
}

} // namespace

TEST(ChartHelm, showsAsHelm4)
{
    compareShow("FAIRWAY_HELM", "4");
}

TEST(ChartHelm, showsAsHelm3)
{
    compareShow("FAIRWAY_HELM3", "3");
}

TEST(ChartHelm, takesTheFlagsOfHelm4)
{
    compareFlags("FAIRWAY_HELM", "4");
}

TEST(ChartHelm, takesTheFlagsOfHelm3)
{
    compareFlags("FAIRWAY_HELM3", "3");
}

TEST(ChartHelm, agreesWithHelm4)
{
    compare("FAIRWAY_HELM", "4", cases);
}

TEST(ChartHelm, agreesWithHelm3)
{
    compare("FAIRWAY_HELM3", "3", cases);
}

TEST(BrokenCharts, areRefusedAsHelm4Does)
{
    compare("FAIRWAY_HELM", "4", fairway::chart::test::brokenCharts());
}

TEST(BrokenCharts, areRefusedAsHelm3Does)
{
    compare("FAIRWAY_HELM3", "3", fairway::chart::test::brokenCharts());
}

TEST(BrokenSchemas, areRefusedAsHelm4Does)
{
    compare("FAIRWAY_HELM", "4", fairway::chart::test::brokenSchemas());
}

TEST(BrokenSchemas, areRefusedAsHelm3Does)
{
    compare("FAIRWAY_HELM3", "3", fairway::chart::test::brokenSchemas());
}

TEST(BrokenPackages, areRefusedAsHelm4)
{
    compare("FAIRWAY_HELM", "4", fairway::chart::test::brokenPackages());
}

TEST(BrokenPackages, areRefusedAsHelm3)
{
    compare("FAIRWAY_HELM3", "3", fairway::chart::test::brokenPackages());
}

TEST(BrokenFlags, areRefusedAsHelm4)
{
    compare("FAIRWAY_HELM", "4", fairway::chart::test::brokenFlags());
}

TEST(BrokenFlags, areRefusedAsHelm3)
{
    compare("FAIRWAY_HELM3", "3", fairway::chart::test::brokenFlags());
}

TEST(SchemasAndValues, goTogetherAsInHelm4)
{
    compare("FAIRWAY_HELM", "4", fairway::chart::test::schemasAndValues());
}

TEST(SchemasAndValues, goTogetherAsInHelm3)
{
    compare("FAIRWAY_HELM3", "3", fairway::chart::test::schemasAndValues());
}

TEST(GoTypes, showAsInHelm4)
{
    compare("FAIRWAY_HELM", "4", fairway::chart::test::goTypes());
}

TEST(GoTypes, showAsInHelm3)
{
    compare("FAIRWAY_HELM3", "3", fairway::chart::test::goTypes());
}
