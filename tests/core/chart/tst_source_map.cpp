#include "core/chart/source_map.h"

#include "core/chart/value_options.h"
#include "tests/core/chart/chart_fixture.h"
#include "tests/core/chart/mutation_check.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace fairway;
using namespace fairway::chart;
using chart::test::MutationCheck;
using value::Value;

namespace {

/// A chart with all that a source map has to follow.
std::vector<std::pair<std::string, std::string>> shop()
{
    return {
        {"Chart.yaml", R"(apiVersion: v2
name: shop
version: 0.1.0
dependencies:
  - {name: cache, version: 0.1.0, condition: cache.enabled}
  - {name: cache, version: 0.1.0, alias: second, import-values: [{child: defaults, parent: fromCache}]}
)"},
        {"values.yaml", R"(image:
  repository: web
  tag: "1.0"
replicas: 2
global:
  registry: docker.io
cache:
  enabled: true
  port: 6380
labels:
  team: a
  app.kubernetes.io/part-of: shop
hook: true
text: "<{{ .Values.image.tag }}>"
tls: false
suffix: ""
args: [one, two]
ports:
  - {name: http, port: 80}
  - {name: admin, port: 81}
)"},
        {"templates/_helpers.tpl", R"({{- define "shop.name" -}}
{{ .Release.Name }}-shop{{ if .Values.suffix }}-{{ .Values.suffix }}{{ end }}
{{- end -}}
{{- define "shop.labels" -}}
app: {{ include "shop.name" . }}
{{ toYaml .Values.labels }}
{{- end -}}
{{- define "shop.secure" -}}
{{- if .Values.tls }}true{{ end -}}
{{- end -}}
)"},
        {"templates/service.yaml", R"(apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.name" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  ports:
    {{- range .Values.ports }}
    - name: {{ .name }}
      port: {{ .port }}
    {{- end }}
    {{- if include "shop.secure" . }}
    - name: https
      port: 443
    {{- else }}
    - name: plain
      port: 8080
    {{- end }}
)"},
        {"templates/a-deployment.yaml", R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . | quote }}
  annotations:
    checksum: {{ include "shop.labels" . | sha256sum }}
spec:
  replicas: {{ .Values.replicas }}
  {{- with .Values.nodeName }}
  nodeName: {{ . }}
  {{- end }}
  image: {{ .Values.global.registry }}/{{ .Values.image.repository }}:{{ .Values.image.tag | default "latest" }}
  text: {{ tpl .Values.text . }}
  args:
  {{- range $i, $arg := .Values.args }}
  - {{ $arg | upper }}
  {{- end }}
  cache: {{ .Values.fromCache.size }}
---
# a second document of the same file
apiVersion: v1
kind: ServiceAccount
metadata: {name: {{ .Values.account | default "none" }}}
)"},
        {"templates/hook.yaml", R"({{- if .Values.hook }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-hook
  annotations:
    helm.sh/hook: pre-install
spec: {{ .Values.replicas | int | add 1 }}
{{- end }}
)"},
        {"templates/NOTES.txt", "Visit {{ .Values.image.repository }}\nnow.\n"},
        {"crds/thing.yaml", "kind: CustomResourceDefinition\nspec:\n  group: x\n"},
        {"charts/cache/Chart.yaml", "apiVersion: v2\nname: cache\nversion: 0.1.0\n"},
        {"charts/cache/values.yaml", "enabled: false\nport: 6379\ndefaults:\n  size: 10Mi\nname: c\nglobal: {registry: quay.io, zone: z1}\n"},
        {"charts/cache/templates/cm.yaml", R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Chart.Name }}-{{ .Values.name }}
data:
  port: {{ .Values.port | quote }}
  registry: {{ .Values.global.registry }}
  zone: {{ .Values.global.zone }}
)"},
    };
}

struct Rendered {
    ReleaseText text;
    ReleaseText notes;
    std::shared_ptr<RenderRecord> record;
    ValueSources sources;

    [[nodiscard]] SourceMap map() const { return {record, sources, text}; }
    /// The number of the only line that contains this.
    [[nodiscard]] std::size_t lineOf(std::string_view part) const
    {
        const std::size_t at = text.text.find(part);
        EXPECT_NE(at, std::string::npos) << part << " is not in\n" << text.text;
        return 1 + static_cast<std::size_t>(std::count(text.text.begin(), text.text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    }
};

Rendered rendered(const ValueOptions &options, const ReleaseTextOptions &shown = {})
{
    test::Loading loading;
    Rendered out;
    const auto values = mergeValueOptions(options, HelmVersion::V4, loading.sources,
        [](std::string_view) -> Result<std::string> { return std::string("# mine\nreplicas: 5\ncache:\n  name: fromfile\n"); });
    auto tree = test::chartOf(shop(), loading);
    EXPECT_TRUE(tree) << (tree ? "" : tree.error().message);
    ReleaseRequest request;
    request.capabilities = defaultCapabilities(HelmVersion::V4);
    request.release.name = "rel";
    request.release.nameSpace = "ns";
    out.record = std::make_shared<RenderRecord>();
    request.render.record = out.record.get();
    const auto release = renderRelease(*tree, *values, request, loading.messages);
    EXPECT_TRUE(release) << (release ? "" : release.error().error.message);
    if (!release)
        return out;
    const auto text = releaseText(*release, shown);
    EXPECT_TRUE(text);
    out.text = text.value();
    out.notes = notesText(*release);
    out.sources = loading.sources;
    return out;
}

std::string placeText(const SpanOrigin::Place &place)
{
    return place.templateName + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string valuesText(const std::vector<ValueOrigin> &values)
{
    std::string out;
    for (const ValueOrigin &one : values) {
        out += (out.empty() ? "" : "; ") + std::string(one.isCondition ? "if " : "") + one.path + " = " + one.source;
        if (one.line > 0)
            out += ":" + std::to_string(one.line);
        out += " (" + std::string(toString(one.layer)) + ")";
    }
    return out;
}

std::string examplesOf(const MutationCheck::Figures &figures)
{
    std::string out;
    for (const std::string &example : figures.examples)
        out += example + "\n";
    return out;
}

} // namespace

TEST(SourceMap, TellsPlaceAndWinningLayerOfALine)
{
    ValueOptions options;
    options.files = {"prod.yaml"};
    options.values = {"image.tag=2.0", "second.port=7000"};
    const Rendered all = rendered(options);
    const SourceMap map = all.map();
    const struct {
        std::string_view line;
        std::string_view place;
        std::string_view includes;
        std::string_view values;
    } rows[] = {
        {"  replicas: 5", "shop/templates/a-deployment.yaml:8:3", "", "replicas = -f prod.yaml:2 (user)"},
        {"  image: ", "shop/templates/a-deployment.yaml:12:3", "",
            "global.registry = shop/values.yaml:6 (default); image.repository = shop/values.yaml:2 (default); image.tag = --set image.tag=2.0 (user)"},
        {"  text: ", "shop/templates/a-deployment.yaml:13:3", "", "image.tag = --set image.tag=2.0 (user); text = shop/values.yaml:14 (default)"},
        {"    team: a", "shop/templates/_helpers.tpl:6:4", "shop/templates/service.yaml:6:9", "labels.team = shop/values.yaml:11 (default)"},
        {"part-of", "shop/templates/_helpers.tpl:6:4", "shop/templates/service.yaml:6:9",
            "labels.app\\.kubernetes\\.io/part-of = shop/values.yaml:12 (default)"},
        {"    app: rel", "shop/templates/_helpers.tpl:5:1", "shop/templates/service.yaml:6:9", "if suffix = shop/values.yaml:16 (default)"},
        {"  cache: 10Mi", "shop/templates/a-deployment.yaml:18:3", "",
            "fromCache.size = shop/charts/cache/values.yaml:4 (import-values)"},
        {"port: \"6380\"", "shop/charts/cache/templates/cm.yaml:6:3", "",
            "cache.port = shop/values.yaml:9 (parent chart); if cache.enabled = shop/values.yaml:8 (parent chart)"},
        {"cache-fromfile", "shop/charts/cache/templates/cm.yaml:4:3", "",
            "cache.name = -f prod.yaml:4 (user); if cache.enabled = shop/values.yaml:8 (parent chart)"},
        {"port: \"7000\"", "shop/charts/second/templates/cm.yaml:6:3", "", "second.port = --set second.port=7000 (user)"},
        {"  registry: docker.io", "shop/charts/cache/templates/cm.yaml:7:3", "",
            "global.registry = shop/values.yaml:6 (default); if cache.enabled = shop/values.yaml:8 (parent chart)"},
        {"  zone: z1", "shop/charts/cache/templates/cm.yaml:8:3", "",
            "cache.global.zone = shop/charts/cache/values.yaml:6 (default); if cache.enabled = shop/values.yaml:8 (parent chart)"},
        {"name: plain", "shop/templates/service.yaml:17:5", "", "if tls = shop/values.yaml:15 (default)"},
        {"name: admin", "shop/templates/service.yaml:10:5", "",
            "ports[1].name = shop/values.yaml:20 (default); if ports = shop/values.yaml:19 (default)"},
        {"metadata: {name: none}", "shop/templates/a-deployment.yaml:23:1", "", "account =  (not set)"},
        {"# a second document", "shop/templates/a-deployment.yaml:20:1", "", ""},
        {"spec: 6", "shop/templates/hook.yaml:8:1", "", "replicas = -f prod.yaml:2 (user); if hook = shop/values.yaml:13 (default)"},
        {"spec:\n  ports", "shop/templates/service.yaml:7:1", "", ""},
        {"  - TWO", "shop/templates/a-deployment.yaml:16:3", "", "args[1] = shop/values.yaml:17 (default); if args = shop/values.yaml:17 (default)"},
    };
    for (const auto &row : rows) {
        const LineOrigin origin = map.at(all.lineOf(row.line));
        std::string includes;
        for (const auto &place : origin.includes)
            includes += (includes.empty() ? "" : ", ") + placeText(place);
        EXPECT_EQ(origin.kind, LineOrigin::Kind::Template) << row.line;
        EXPECT_EQ(placeText(origin.place), row.place) << row.line;
        EXPECT_EQ(includes, row.includes) << row.line;
        EXPECT_EQ(valuesText(origin.values), row.values) << row.line;
    }
    // Spans of a line, left to right without a hole.
    const LineOrigin image = map.at(all.lineOf("  image: "));
    std::uint32_t column = 1;
    for (const SpanOrigin &span : image.spans) {
        EXPECT_EQ(span.beginColumn, column);
        column = span.endColumn;
    }
    EXPECT_EQ(column, std::string_view("  image: docker.io/web:2.0").size() + 1);
}

TEST(SourceMap, KnowsLinesThatNoTemplateWrote)
{
    const Rendered all = rendered({}, {true, false, false, {}});
    const SourceMap map = all.map();
    const LineOrigin crd = map.at(all.lineOf("  group: x"));
    EXPECT_EQ(crd.kind, LineOrigin::Kind::File);
    EXPECT_EQ(placeText(crd.place), "shop/crds/thing.yaml:3:3");
    const LineOrigin mark = map.at(all.lineOf("# Source: shop/templates/service.yaml"));
    EXPECT_EQ(mark.kind, LineOrigin::Kind::Frame);
    EXPECT_EQ(mark.place.templateName, "shop/templates/service.yaml");
    EXPECT_EQ(map.linesOfTemplate("shop/crds/thing.yaml", 3), std::vector<std::size_t> {all.lineOf("  group: x")});
    for (std::size_t line = 1; line <= map.lineCount(); ++line)
        EXPECT_FALSE(map.at(line).place.templateName.empty()) << line;

    const Rendered only = rendered({}, {false, false, false, {"templates/service.yaml", "charts/*/templates/cm.yaml"}});
    const LineOrigin part = only.map().at(only.lineOf("name: plain"));
    EXPECT_EQ(placeText(part.place), "shop/templates/service.yaml:17:5");
    EXPECT_EQ(only.map().at(1).kind, LineOrigin::Kind::Frame);

    const SourceMap notes(all.record, all.sources, all.notes);
    EXPECT_EQ(placeText(notes.at(1).place), "shop/templates/NOTES.txt:1:1");
    EXPECT_EQ(valuesText(notes.at(1).values), "image.repository = shop/values.yaml:2 (default)");
    EXPECT_EQ(placeText(notes.at(2).place), "shop/templates/NOTES.txt:2:1");
}

TEST(SourceMap, GoesBackFromTemplatesAndValues)
{
    const Rendered all = rendered({});
    const SourceMap map = all.map();
    EXPECT_EQ(map.linesOfTemplate("shop/templates/service.yaml", 4), std::vector<std::size_t> {all.lineOf("  name: rel-shop\n  labels")});
    // The line of an include leads to all it brought.
    const std::size_t labels = all.lineOf("    app: rel-shop");
    EXPECT_EQ(map.linesOfTemplate("shop/templates/service.yaml", 6), (std::vector<std::size_t> {labels, labels + 1, labels + 2}));
    const auto tags = map.linesOfValue("image.tag");
    EXPECT_EQ(tags, (std::vector<std::size_t> {all.lineOf("  image: "), all.lineOf("  text: ")}));
    EXPECT_EQ(map.linesOfValue("image").size(), 2U);
    EXPECT_TRUE(map.linesOfValue("imag").empty());
    EXPECT_EQ(map.valueAt("cache.port").layer, ValueLayer::ParentChart);
    EXPECT_EQ(map.valueAt("nothing.of.this").layer, ValueLayer::NotSet);
}

TEST(SourceMap, ChangingAValueChangesJustTheLinesThatNameIt)
{
    test::Loading loading;
    const auto tree = test::chartOf(shop(), loading);
    ASSERT_TRUE(tree);
    MutationCheck check(*tree, Value::map(), loading.sources);
    ASSERT_EQ(check.failure(), "");
    const MutationCheck::Figures figures = check.run({});
    const std::string examples = examplesOf(figures);
    EXPECT_EQ(figures.missed, 0U) << examples;
    EXPECT_EQ(figures.idle, 0U) << examples;
    EXPECT_GT(figures.changedLines, 40U);
    EXPECT_GT(figures.named, 40U);
}

// A line behind {{break}} or {{continue}} stands there because the jump was not taken.
TEST(SourceMap, NamesWhatEndsARange)
{
    test::Loading loading;
    const auto tree = test::chartOf({{"Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"},
                                        {"values.yaml", "hosts: [hard, soft, small]\nlimit: NodePort\nskip: None\nisLoud: false\nisSet: false\n"},
                                        {"templates/a.yaml", R"(apiVersion: v1
kind: ConfigMap
metadata: {name: hosts}
data:
{{- range .Values.hosts }}
  {{- if eq . $.Values.limit }}{{ break }}{{ end }}
  {{- if ne . "never" }}
    {{- if eq . $.Values.skip }}{{ continue }}{{ end }}
  {{- end }}
  {{ . }}: "{{ if $.Values.isLoud }}!{{ end }}"
{{- end }}
  last: "1"
{{- $d := dict "kept" "a" "lost" "b" }}
{{- if .Values.isSet }}
  {{- $_ := set $d "kept" "c" }}
  {{- $_ := set $d "new" "d" }}
{{- end }}
  kept: {{ $d.kept }}
  new: {{ $d.new | default "none" }}
)"}},
        loading);
    ASSERT_TRUE(tree);
    MutationCheck check(*tree, Value::map(), loading.sources);
    ASSERT_EQ(check.failure(), "");
    const MutationCheck::Figures figures = check.run({});
    const std::string examples = examplesOf(figures);
    EXPECT_EQ(figures.missed, 0U) << examples;
    EXPECT_GE(figures.named, 12U);
}

TEST(SourceMap, TellsOfAnEmptyLineWhyItStandsThere)
{
    test::Loading loading;
    const auto tree = test::chartOf({{"Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"}, {"values.yaml", "own: \"\"\n"},
                                        {"templates/a.yaml", R"(apiVersion: v1
kind: ConfigMap
metadata: {name: texts}
data:
  text: |
{{- if .Values.own }}
    {{ .Values.own }}
{{- else }}
    one

    two
{{- end }}
)"}},
        loading);
    ASSERT_TRUE(tree);
    MutationCheck check(*tree, Value::map(), loading.sources);
    ASSERT_EQ(check.failure(), "");
    const std::size_t at = check.text().find("\n\n");
    ASSERT_NE(at, std::string::npos);
    const auto before = std::count(check.text().begin(), check.text().begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const LineOrigin empty = check.map().at(static_cast<std::size_t>(before) + 2);
    EXPECT_EQ(placeText(empty.place), "c/templates/a.yaml:10:1");
    EXPECT_EQ(valuesText(empty.values).substr(0, 6), "if own");
    EXPECT_EQ(check.run({}).missed, 0U);
}

// A checksum knows of conditions under which a text inside it would be longer; a text that was read back keeps its own lines' origins; of a
// list that is asked for a word only that word matters.
TEST(SourceMap, FollowsTextsThatAreSummedUpOrReadBack)
{
    test::Loading loading;
    const auto tree = test::chartOf({{"Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"},
                                        {"values.yaml", "team: false\nport: 80\nhostNetwork: false\nkinds: [pods, nodes, jobs]\n"},
                                        {"templates/_helpers.tpl", R"({{- define "labels" -}}
app: web
{{- if .Values.team }}
team: blue
{{- end }}
{{- end -}}
{{- define "settings" -}}
settings:
  {{- include "labels" . | nindent 2 }}
{{- end -}}
{{- define "pod" -}}
name: web
lifecycle:
ports:
- {{ .Values.port }}
{{- if .Values.hostNetwork }}
hostNetwork: true
{{- end }}
{{- end -}}
)"},
                                        {"templates/a.yaml", R"(apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  sum: {{ include "settings" . | sha256sum }}
  {{- if has "nodes" .Values.kinds }}
  nodes: "yes"
  {{- end }}
  {{- if not (has "secrets" .Values.kinds) }}
  secrets: "no"
  {{- end }}
spec: {{- include "pod" . | fromYaml | toYaml | nindent 2 }}
)"}},
        loading);
    ASSERT_TRUE(tree);
    MutationCheck check(*tree, Value::map(), loading.sources);
    ASSERT_EQ(check.failure(), "");
    const MutationCheck::Figures figures = check.run({});
    const std::string examples = examplesOf(figures);
    EXPECT_EQ(figures.missed, 0U) << examples;
    EXPECT_LE(figures.idle, 1U) << examples; // that the list itself could hold "secrets" is told, and no change of one of its words shows it
    EXPECT_GE(figures.named, 4U);
}
