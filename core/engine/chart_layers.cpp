#include "core/engine/chart_layers.h"

#include "core/chart/value_options.h"
#include "core/chart/values_text.h"
#include "core/engine/text.h"
#include "core/gotemplate/tracer.h"
#include "core/value/yaml.h"
#include "core/value/yaml_tree.h"

#include <algorithm>

namespace fairway::engine {
namespace {

constexpr int MaxShown = 60;
constexpr int MaxDepth = 64;

chart::HelmVersion versionOf(const ChartInputs &inputs)
{
    return inputs.helmVersion == 3 ? chart::HelmVersion::V3 : chart::HelmVersion::V4;
}

void collect(const value::YamlNode &node, const std::string &path, int depth, std::map<int, std::string> &lines)
{
    if (depth > MaxDepth)
        return;
    if (node.kind == value::YamlNode::Kind::Map) {
        for (const auto &[key, member] : node.members) {
            const std::string inner = gotemplate::memberPath(path, key.text);
            lines[static_cast<int>(key.start.line)] = inner;
            collect(member, inner, depth + 1, lines);
        }
    } else if (node.kind == value::YamlNode::Kind::List) {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const std::string inner = path + "[" + std::to_string(i) + "]";
            lines.emplace(static_cast<int>(node.items[i].start.line), inner);
            collect(node.items[i], inner, depth + 1, lines);
        }
    } else {
        // A block text's end mark stands at the start of the line behind it.
        const bool isBlock = node.end.column == 1 && node.end.line > node.start.line;
        const int last = static_cast<int>(node.end.line) - (isBlock ? 1 : 0);
        for (int line = static_cast<int>(node.start.line); line <= last; ++line)
            lines[line] = path;
    }
}

value::Value flagValues(const SetFlag &flag, chart::HelmVersion version)
{
    chart::ValueOptions options;
    const std::string text = toUtf8(flag.text);
    switch (flag.kind) {
    case SetFlag::Kind::Set: options.values = {text}; break;
    case SetFlag::Kind::String: options.stringValues = {text}; break;
    case SetFlag::Kind::Json: options.jsonValues = {text}; break;
    case SetFlag::Kind::Literal: options.literalValues = {text}; break;
    case SetFlag::Kind::File: options.fileValues = {text}; break;
    }
    chart::ValueSources sources;
    // Which keys a --set-file sets is all that matters here: its file was read for the render.
    const auto read = [](std::string_view) -> Result<std::string> { return std::string("…"); };
    Result<value::Value> values = chart::mergeValueOptions(options, version, sources, read);
    return values ? std::move(*values) : value::Value();
}

/// In Helm's order of precedence, whatever the order among kinds.
constexpr SetFlag::Kind Precedence[]
    = {SetFlag::Kind::Json, SetFlag::Kind::Set, SetFlag::Kind::String, SetFlag::Kind::File, SetFlag::Kind::Literal};

QString fileName(const QString &path)
{
    return path.section(QLatin1Char('/'), -1);
}

} // namespace

const value::Value *findValue(const value::Value &root, std::string_view path)
{
    if (path.empty())
        return &root;
    if (path.front() == '[') {
        const std::size_t close = path.find(']');
        if (close == std::string_view::npos || !root.isList())
            return nullptr;
        std::size_t index = 0;
        for (const char c : path.substr(1, close - 1))
            index = c >= '0' && c <= '9' ? index * 10 + static_cast<std::size_t>(c - '0') : root.size();
        if (index >= root.size())
            return nullptr;
        std::string_view rest = path.substr(close + 1);
        if (rest.starts_with('.'))
            rest.remove_prefix(1);
        return findValue(root[index], rest);
    }
    if (!root.isMap())
        return nullptr;
    std::string key;
    std::size_t at = 0;
    for (; at < path.size() && path[at] != '.' && path[at] != '['; ++at) {
        if (path[at] == '\\' && at + 1 < path.size())
            ++at;
        key += path[at];
    }
    const value::Value *const member = root.asMap().get(key);
    return member ? findValue(*member, path.substr(at < path.size() && path[at] == '.' ? at + 1 : at)) : nullptr;
}

std::map<int, std::string> pathsByLine(std::string_view yaml)
{
    std::map<int, std::string> lines;
    if (const Result<std::vector<value::YamlNode>> documents = value::parseYamlTree(yaml); documents) {
        for (const value::YamlNode &document : *documents)
            collect(document, {}, 0, lines);
    }
    return lines;
}

QString shortValue(const value::Value &value)
{
    if (value.isMap())
        return value.size() == 0 ? QStringLiteral("{}") : QStringLiteral("{…} %1").arg(value.size());
    if (value.isList())
        return value.size() == 0 ? QStringLiteral("[]") : QStringLiteral("[…] %1").arg(value.size());
    QString text = value.isString() ? toQString(value.asString()) : toQString(value::toYaml(value)).trimmed();
    text = text.simplified();
    if (value.isString() && text.isEmpty())
        return QStringLiteral("\"\"");
    return text.size() > MaxShown ? text.left(MaxShown) + QStringLiteral("…") : text;
}

ChartLayers::ChartLayers(const ChartSource &source, const TextEdits &edits, const ChartIndex &index, const ChartInputs &inputs,
    const TextEdits &texts)
{
    for (auto chart = index.charts().rbegin(); chart != index.charts().rend(); ++chart) {
        const std::string file = chart->folder.empty() ? "values.yaml" : chart->folder + "/values.yaml";
        const auto edit = edits.find(file);
        const std::string *text = edit == edits.end() ? source.find(file) : edit->second.get();
        if (text)
            add({ValueLayer::Kind::Default, toQString(file), file, chart->folder, -1, index.valuesPrefix(chart->folder), {}, {}}, *text);
    }
    for (const ValuesFile &file : inputs.valuesFiles) {
        const auto text = texts.find(toUtf8(file.path));
        if (file.isOn && text != texts.end())
            add({ValueLayer::Kind::ValuesFile, QStringLiteral("-f %1").arg(fileName(file.path)), text->first, {}, -1, {}, {}, {}}, *text->second);
    }
    for (const SetFlag::Kind kind : Precedence) {
        for (qsizetype i = 0; i < inputs.sets.size(); ++i) {
            const SetFlag &flag = inputs.sets[i];
            if (flag.isOn && flag.kind == kind)
                m_layers.push_back({ValueLayer::Kind::Set, toString(kind), {}, {}, static_cast<int>(i), {}, flagValues(flag, versionOf(inputs)), {}});
        }
    }
}

void ChartLayers::add(Layer layer, std::string_view text)
{
    if (Result<value::Value> values = chart::readValues(text, 0, chart::HelmVersion::V4); values)
        layer.values = std::move(*values);
    layer.lines = pathsByLine(text);
    m_layers.push_back(std::move(layer));
}

QList<ValueLayer> ChartLayers::layersOf(std::string_view path) const
{
    const std::size_t global = path.find(".global.");
    QList<ValueLayer> found;
    for (const Layer &layer : m_layers) {
        std::string_view inside = path;
        if (inside.starts_with(layer.prefix))
            inside.remove_prefix(layer.prefix.size());
        else if (global != std::string_view::npos)
            inside = path.substr(global + 1);
        else
            continue;
        const value::Value *value = findValue(layer.values, inside);
        if (!value && global != std::string_view::npos)
            value = findValue(layer.values, inside = path.substr(global + 1));
        if (!value)
            continue;
        ValueLayer one;
        // The root's values.yaml speaking about a subchart's value is the parent's word, not the default.
        const bool isParents = layer.kind == ValueLayer::Kind::Default && !found.isEmpty();
        one.kind = isParents ? ValueLayer::Kind::ParentChart : layer.kind;
        one.label = layer.label;
        one.place.file = toQString(layer.file);
        one.setIndex = layer.setIndex;
        one.value = shortValue(*value);
        if (!layer.file.empty()) {
            for (const auto &[line, at] : layer.lines) {
                if (at == inside) {
                    one.place.line = line;
                    break;
                }
            }
        }
        found.append(one);
    }
    if (!found.isEmpty())
        found.last().isWinner = true;
    return found;
}

std::string ChartLayers::valueAt(const std::string &file, int line) const
{
    for (const Layer &layer : m_layers) {
        if (layer.file != file || file.empty())
            continue;
        const auto found = layer.lines.find(line);
        return found == layer.lines.end() ? std::string() : layer.prefix + found->second;
    }
    return {};
}

} // namespace fairway::engine
