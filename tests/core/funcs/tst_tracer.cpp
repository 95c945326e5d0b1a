#include "core/funcs/helm_functions.h"
#include "core/gotemplate/template.h"
#include "core/gotemplate/tracer.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace fairway;
using gotemplate::Tracer;
using value::Value;

namespace {

struct Traced {
    std::string text;
    std::unique_ptr<Tracer> tracer;
    std::vector<Tracer::Piece> pieces;

    [[nodiscard]] std::vector<std::string> paths(Tracer::Label label) const
    {
        std::vector<std::string> out;
        for (const Tracer::PathId id : tracer->inputs(label))
            out.push_back(tracer->path(id));
        return out;
    }

    /// The paths that any piece of the line names.
    [[nodiscard]] std::set<std::string> pathsOfLine(std::size_t line) const
    {
        std::size_t begin = 0;
        for (; line > 0; --line)
            begin = text.find('\n', begin) + 1;
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::set<std::string> out;
        for (const Tracer::Piece &piece : pieces) {
            const bool isEmpty = piece.begin == piece.end;
            const bool isApart = (piece.beginsLine && piece.begin == end) || (piece.endsLine && piece.begin == begin);
            if (isEmpty ? piece.end < begin || piece.begin > end || isApart : piece.end <= begin || piece.begin >= end)
                continue;
            for (const Tracer::Label label : {piece.values, piece.conditions}) {
                const std::vector<std::string> names = paths(label);
                out.insert(names.begin(), names.end());
            }
        }
        return out;
    }
};

class Chart {
public:
    Chart()
    {
        funcs::registerHelm(m_functions, m_context);
        m_set = std::make_unique<gotemplate::TemplateSet>(m_functions);
    }
    void add(std::string_view name, std::string_view text)
    {
        const auto parsed = m_set->parse(name, text);
        ASSERT_TRUE(parsed) << parsed.error().message;
    }
    [[nodiscard]] std::string render(const Value &values) const
    {
        const auto out = m_set->execute("main.yaml", Value::map({{"Values", values}}));
        return out ? *out : out.error().message;
    }
    [[nodiscard]] Traced trace(const Value &values) const
    {
        auto tracer = std::make_unique<Tracer>();
        gotemplate::ExecuteOptions options;
        options.tracer = tracer.get();
        const auto out = m_set->execute("main.yaml", Value::map({{"Values", tracer->label(values, "")}}), options);
        std::vector<Tracer::Piece> pieces = tracer->take();
        return {out ? *out : out.error().message, std::move(tracer), std::move(pieces)};
    }

private:
    funcs::HelmContext m_context;
    gotemplate::FunctionMap m_functions;
    std::unique_ptr<gotemplate::TemplateSet> m_set;
};

Value parsed(std::string_view json)
{
    value::JsonLimits limits;
    limits.numbers = value::NumberStyle::Helm;
    return value::parseJson(json, limits).value();
}

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines {""};
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    return lines;
}

/// Every scalar of the values changed in turn: its path and the values with it.
void mutations(const Value &root, Value &whole, Value &node, const std::string &path, std::vector<std::pair<std::string, Value>> &out)
{
    if (node.isMap()) {
        for (auto &[key, member] : node.asMap())
            mutations(root, whole, member, path.empty() ? key : path + "." + key, out);
        return;
    }
    if (node.isList()) {
        for (std::size_t i = 0; i < node.size(); ++i)
            mutations(root, whole, node.asList()[i], path + "[" + std::to_string(i) + "]", out);
        return;
    }
    const Value before = node;
    node = node.isBool() ? Value(!node.asBool()) : node.isFloat() ? Value(node.asFloat() + 1) : Value(std::string(node.stringOr()) + "z");
    out.emplace_back(path, value::deepCopy(whole));
    node = before;
}

} // namespace

TEST(Tracer, CoversTheOutputAndNamesPlaces)
{
    Chart chart;
    chart.add("_helpers.tpl", "{{ define \"labels\" }}app: {{ .Values.name }}\ntier: web{{ end }}");
    chart.add("main.yaml", "metadata:\n  labels:\n    {{- include \"labels\" . | nindent 4 }}\nport: {{ .Values.port }}\n");
    const Traced traced = chart.trace(parsed(R"({"name":"shop","port":80})"));
    EXPECT_EQ(traced.text, "metadata:\n  labels:\n    app: shop\n    tier: web\nport: 80\n");
    std::size_t at = 0;
    for (const Tracer::Piece &piece : traced.pieces) {
        EXPECT_EQ(piece.begin, at);
        at = piece.end;
    }
    EXPECT_EQ(at, traced.text.size());
    const auto pieceAt = [&](std::string_view text) {
        const std::size_t offset = traced.text.find(text);
        return *std::find_if(traced.pieces.begin(), traced.pieces.end(), [&](const auto &piece) { return piece.end > offset; });
    };
    const Tracer::Piece name = pieceAt("shop");
    const Tracer &tracer = *traced.tracer;
    EXPECT_EQ(tracer.place(name.place), (Tracer::Place {"_helpers.tpl", 1, 30}));
    ASSERT_EQ(tracer.includes(name.includes).size(), 1U);
    EXPECT_EQ(tracer.place(tracer.includes(name.includes)[0]).templateName, "main.yaml");
    EXPECT_EQ(tracer.place(tracer.includes(name.includes)[0]).line, 3U);
    EXPECT_EQ(traced.paths(name.values), std::vector<std::string> {"name"});
    EXPECT_EQ(traced.paths(pieceAt("tier").values), std::vector<std::string> {});
    EXPECT_EQ(tracer.place(pieceAt("tier").place), (Tracer::Place {"_helpers.tpl", 2, 1}));
    EXPECT_EQ(tracer.place(pieceAt("  labels").place), (Tracer::Place {"main.yaml", 2, 3}));
    EXPECT_EQ(traced.paths(pieceAt("80").values), std::vector<std::string> {"port"});
    EXPECT_EQ(tracer.place(pieceAt("80").place).line, 4U);
}

// Changing a named value changes the line; changing one that is not named doesn't.
TEST(Tracer, NamesJustTheValuesThatMatter)
{
    Chart chart;
    chart.add("_helpers.tpl", R"({{- define "fullname" -}}
{{- if .Values.nameOverride }}{{ .Values.nameOverride | trunc 63 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Values.release .Values.chart }}{{ end -}}
{{- end -}}
{{- define "image" -}}{{ .root.registry }}/{{ .image.repository }}:{{ .image.tag | default .root.appVersion }}{{- end -}}
)");
    chart.add("main.yaml", R"(name: {{ include "fullname" . | quote }}
{{- if .Values.service.enabled }}
service:
  port: {{ .Values.service.port }}
  type: {{ .Values.service.type | default "ClusterIP" }}
{{- end }}
image: {{ include "image" (dict "root" .Values "image" .Values.image) }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
args:
{{- range $i, $arg := .Values.args }}
  - {{ $arg | upper }}
{{- end }}
{{- $mode := "plain" }}
{{- if .Values.tls }}{{ $mode = "secure" }}{{ end }}
mode: {{ $mode }}
sum: {{ add .Values.a .Values.b }}
both: {{ and .Values.service.enabled .Values.tls }}
text: {{ tpl .Values.template . }}
{{- with .Values.image }}
pull: {{ .pullPolicy }}
{{- end }}
)");
    const Value values = parsed(R"({"nameOverride":"","release":"r","chart":"c","registry":"docker.io","appVersion":"1.0",
        "service":{"enabled":true,"port":80,"type":""},"image":{"repository":"web","tag":"","pullPolicy":"Always"},
        "resources":{"limits":{"cpu":"1","memory":"2Gi"},"requests":{"cpu":"100m"}},"args":["x","y"],"tls":false,
        "a":1,"b":2,"template":"<{{ .Values.chart }}>","unused":"u"})");
    const Traced traced = chart.trace(values);
    const std::string plain = chart.render(values);
    ASSERT_EQ(traced.text, plain);
    const std::vector<std::string> lines = linesOf(plain);

    std::vector<std::pair<std::string, Value>> changed;
    Value whole = value::deepCopy(values);
    mutations(values, whole, whole, "", changed);
    ASSERT_GT(changed.size(), 20U);
    std::size_t compared = 0;
    for (const auto &[path, mutated] : changed) {
        const std::vector<std::string> now = linesOf(chart.render(mutated));
        if (now.size() != lines.size())
            continue; // Lines came or went: their conditions are checked below.
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const std::set<std::string> named = traced.pathsOfLine(i);
            EXPECT_EQ(now[i] != lines[i], named.contains(path)) << path << " and line " << i << ": " << lines[i] << " -> " << now[i];
            ++compared;
        }
    }
    EXPECT_GT(compared, 300U);
    EXPECT_TRUE(traced.pathsOfLine(1).contains("service.enabled"));
    EXPECT_FALSE(traced.pathsOfLine(1).contains("service.port"));
}
