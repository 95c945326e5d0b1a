#include "core/chart/extra_lint.h"

#include "core/chart/value_options.h"
#include "tests/core/chart/chart_fixture.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::chart;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

std::string linted(Files files, const ValueOptions &options = {}, const std::string &kube = "v1.34.0")
{
    test::Loading loading;
    const auto user = mergeValueOptions(options, HelmVersion::V4, loading.sources, [](std::string_view) -> Result<std::string> { return std::string(); });
    const auto tree = test::chartOf(std::move(files), loading);
    if (!tree)
        return tree.error().message;
    ReleaseRequest request;
    request.capabilities = defaultCapabilities(HelmVersion::V4);
    request.capabilities.kubeVersion = parseKubeVersion(kube, HelmVersion::V4).value();
    request.release.name = "rel";
    request.release.nameSpace = "ns";
    std::string out;
    for (const ExtraFinding &one : extraLint(*tree, *user, loading.sources, request))
        out += std::string(toString(one.code)) + " " + one.file + ":" + std::to_string(one.line) + " " + one.subject + "\n";
    return out;
}

const std::string configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n";

} // namespace

TEST(ExtraLint, findsValuesNobodyTakes)
{
    const struct {
        const char *values;
        const char *action;
        const char *result;
    } rows[] = {
        {"a: 1\n", "{{ .Values.a }}", ""},
        {"a: 1\nb: 2\n", "{{ .Values.a }}", "unused-value parent/values.yaml:2 b\n"},
        {"a:\n  b: 1\n  c: 2\n", "{{ .Values.a.b }}", "unused-value parent/values.yaml:3 a.c\n"},
        {"a:\n  b: 1\n  c: 2\n", "{{ toYaml .Values.a | nindent 4 }}", ""},
        {"a:\n  b: 1\n  c: 2\n", "{{ with .Values.a }}{{ .c }}{{ end }}", ""},
        {"a-b: 1\nc: 1\n", "{{ index .Values \"a-b\" }}", "unused-value parent/values.yaml:2 c\n"},
        {"a: 1\nb: 2\n", "{{ range $k, $v := .Values }}{{ $k }}{{ end }}", ""},
        {"a: 1\n", "{{/* .Values.a */}}", "unused-value parent/values.yaml:1 a\n"},
        {"a: 1\n", "{{- /* {{ .Values.b }} {{ .Values.a }} */ -}}", "unused-value parent/values.yaml:1 a\n"},
        {"a: '{{ .Values.b }}'\nb: 1\nc: 1\n", "{{ tpl .Values.a . }}", "unused-value parent/values.yaml:3 c\n"},
        {"a: 1\n", "{{ if false }}{{ $.Values.a }}{{ end }}", ""},
        {"ab: 1\n", "{{ .Values.a | default 1 }}{{ .Values.abc | default 1 }}", "unused-value parent/values.yaml:1 ab\n"},
        {"global:\n  x: 1\n", "", ""},
    };
    for (const auto &row : rows)
        EXPECT_EQ(linted({{"values.yaml", row.values}, {"templates/a.yaml", configMap + "  k: " + row.action + "\n"}}), row.result) << row.action;
}

TEST(ExtraLint, findsValuesNobodySays)
{
    const struct {
        const char *values;
        const char *action;
        const char *result;
    } rows[] = {
        {"image:\n  tag: 1\n", "{{ .Values.image.tga }}{{ .Values.image.tag }}", "undefined-value parent/templates/a.yaml:6 image.tga\n"},
        {"a: 1\n", "{{ .Values.a }}{{ .Values.typo }}", "undefined-value parent/templates/a.yaml:6 typo\n"},
        {"a: 1\n", "{{ .Values.a }}{{ .Values.optional | default 1 }}", ""},
        {"a: 1\n", "{{ .Values.a }}{{ if .Values.optional }}{{ .Values.optional }}{{ end }}", ""},
        {"a: 1\n", "{{ .Values.a }}{{ with .Values.o }}{{ $.Values.o.p }}{{ end }}", ""},
        {"a: {}\n", "{{ .Values.a.anything }}", ""},
        {"a: 1\n", "{{ .Values.a }}{{ .Values.global.zone }}", ""},
    };
    for (const auto &row : rows)
        EXPECT_EQ(linted({{"values.yaml", row.values}, {"templates/a.yaml", configMap + "  k: x" + row.action + "\n"}}), row.result) << row.action;
}

TEST(ExtraLint, leavesLibrariesToWhoeverIncludesThem)
{
    const Files files {{"templates/a.yaml", configMap + "  k: {{ include \"l\" . }}\n"}, {"values.yaml", "a: 1\n"},
        {"charts/lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n"},
        {"charts/lib/templates/_l.tpl", "{{ define \"l\" }}{{ .Values.a }}{{ .Values.other }}{{ end }}"}};
    EXPECT_EQ(linted(files), "");
}

TEST(ExtraLint, findsOverridesThatHitNothing)
{
    const Files files {
        {"Chart.yaml", "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {name: child, version: 0.1.0, condition: child.enabled}\n"
                       "- {name: child, version: 0.1.0, alias: other}\n"},
        {"values.yaml", "child:\n  enabled: true\n  port: 1\n  prot: 2\nother:\n  naem: x\n  extra: y\n"},
        {"charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n"},
        {"charts/child/values.yaml", "port: 80\nname: n\n"},
        {"charts/child/templates/a.yaml", configMap + "  k: {{ .Values.port }}{{ .Values.name }}{{ .Values.extra | default 1 }}\n"}};
    EXPECT_EQ(linted(files),
        "useless-override parent/values.yaml:4 child.prot\nuseless-override parent/values.yaml:6 other.naem\n");
    ValueOptions options;
    options.values = {"child.nosuch=1", "child.port=2"};
    EXPECT_EQ(linted(files, options),
        "useless-override child.nosuch=1:1 child.nosuch\nuseless-override parent/values.yaml:4 child.prot\n"
        "useless-override parent/values.yaml:6 other.naem\n");
}

TEST(ExtraLint, findsOldApisAndNumbersThatBecomeFloats)
{
    const Files files {{"values.yaml", "size: 1000000\nsmall: 99\nexact: 2000000\n"},
        {"templates/_h.tpl", "{{- define \"api\" }}{{ if .Capabilities.APIVersions.Has \"none\" }}policy/v1{{ else }}policy/v1beta1{{ end }}{{ end }}"},
        {"templates/a.yaml", "# first\n---\napiVersion: {{ include \"api\" . }}\nkind: PodDisruptionBudget\nmetadata:\n  name: a\n"
                             "spec:\n  x: {{ .Values.size }}\n  y: {{ .Values.small }}\n  z: {{ .Values.exact | int }}\n"}};
    EXPECT_EQ(linted(files), "deprecated-api parent/templates/a.yaml:3 policy/v1beta1 PodDisruptionBudget\nnumber-as-float parent/templates/a.yaml:8 size\n");
    EXPECT_EQ(linted(files, {}, "v1.20.0"), "number-as-float parent/templates/a.yaml:8 size\n");
}

TEST(ExtraLint, wantsANewVersionForAChangedChart)
{
    test::Loading loading;
    const std::string now = "apiVersion: v2\nname: parent\nversion: 1.2.0\n";
    const auto tree = test::chartOf({{"Chart.yaml", now}}, loading);
    ASSERT_TRUE(tree);
    const auto check = [&](const std::optional<std::string> &before, bool isChanged) { return versionNotBumped(tree->root(), now, before, isChanged); };
    const auto finding = check("apiVersion: v2\nname: parent\nversion: 1.2.0\n", true);
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->toString(), "[WARNING] parent/Chart.yaml:3: the chart changed and its version is still 1.2.0 (version-not-bumped)");
    EXPECT_FALSE(check("apiVersion: v2\nname: parent\nversion: 1.1.9\n", true));
    EXPECT_FALSE(check(now, false));
    EXPECT_FALSE(check(std::nullopt, true));
}

TEST(ExtraLint, namesTheTemplatesLineThatWritesNoYaml)
{
    const std::string helper = "{{ define \"h\" }}first: 1\nsecond: [1\n{{ end }}";
    const struct {
        const char *text;
        const char *result;
    } rows[] = {
        {"a: 1\n{{/* one\n two */}}\nb: {{ .Values.x }}\n", "broken-yaml parent/templates/a.yaml:4 mapping values are not allowed in this context\n"},
        {"a: 1\n---\n\nb: \"{{ .Values.x }}\nc: 1\n", "broken-yaml parent/templates/a.yaml:5 found unexpected end of stream\n"},
        {"a: 1\n{{ if true }}\n\tb: 1\n{{ end }}", "broken-yaml parent/templates/a.yaml:3 found a tab character that violates indentation\nunused-value parent/values.yaml:1 x\n"},
        {"a: {{ .Values.x | quote }}\n", ""},
    };
    for (const auto &row : rows) {
        EXPECT_EQ(linted({{"values.yaml", "x: 'p: q'\n"}, {"templates/_h.tpl", helper}, {"templates/a.yaml", row.text}}), row.result) << row.text;
    }
}
