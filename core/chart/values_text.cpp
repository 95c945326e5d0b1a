#include "core/chart/values_text.h"

#include "core/chart/go_text.h"
#include "core/value/yaml.h"

#include <vector>

namespace fairway::chart {

using value::Map;
using value::Value;

namespace {

struct Document {
    std::string_view text;
    std::uint32_t linesBefore = 0;
};

/// Cuts where a line is `---` and white space, as Kubernetes' reader of YAML streams does, so that a mark with something behind it
/// stays in its document.
std::vector<Document> splitDocuments(std::string_view text)
{
    std::vector<Document> documents;
    std::size_t start = 0;
    std::uint32_t startLine = 0;
    std::uint32_t line = 0;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t newline = text.find('\n', at);
        const std::size_t next = newline == std::string_view::npos ? text.size() : newline + 1;
        const std::string_view content = text.substr(at, next - at);
        if (content.starts_with("---") && trimSpace(content.substr(3)).empty()) {
            if (at > start)
                documents.push_back({text.substr(start, at - start), startLine});
            start = next;
            startLine = line + 1;
        }
        at = next;
    }
    if (start < text.size())
        documents.push_back({text.substr(start), startLine});
    return documents;
}

void shiftLines(Value &tree, std::uint32_t lines)
{
    if (tree.isMap()) {
        for (auto &[name, member] : tree.asMap())
            shiftLines(member, lines);
    } else if (tree.isList()) {
        for (Value &item : tree.asList())
            shiftLines(item, lines);
    }
    const value::SourcePosition position = tree.position();
    tree.setPosition({position.file, position.line + lines});
}

Result<Value> readMap(std::string_view text, std::uint16_t file)
{
    Result<Value> read = readYamlAsGo(text, file);
    if (!read || read->isMap())
        return read;
    if (read->isNull())
        return Value::map();
    const std::string_view kind = read->isList() ? "array" : read->isString() ? "string" : read->isBool() ? "bool" : "number";
    return fail(ErrorCode::InvalidInput, "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal " + std::string(kind)
        + " into Go value of type map[string]interface {}");
}

} // namespace

Result<Value> readYamlAsGo(std::string_view text, std::uint16_t file)
{
    value::YamlOptions options;
    options.file = file;
    options.numbers = value::NumberStyle::Helm;
    Result<Value> read = value::parseYaml(text, options);
    const auto is = [&](std::string_view beginning) { return !read && read.error().message.starts_with(beginning); };
    if (is("yaml: ") || is("json: ") || is("unsupported map key")) // not what only we refuse
        return failWith("error converting YAML to JSON", read.error());
    return read;
}

Value mergeMaps(const Value &base, const Value &over)
{
    if (base.size() == 0 && over.isMap())
        return over;
    Value merged = Value::map();
    Map &out = merged.asMap();
    static_cast<std::map<std::string, Value, std::less<>> &>(out) = base.asMap();
    for (const auto &[name, member] : over.asMap()) {
        Value *const present = out.get(name);
        if (present && present->isMap() && member.isMap())
            *present = mergeMaps(*present, member);
        else
            out.set(name, member);
    }
    return merged;
}

Result<Value> readValues(std::string_view text, std::uint16_t file, HelmVersion version)
{
    if (version == HelmVersion::V3)
        return readMap(text, file);
    Value values = Value::map();
    for (const Document &document : splitDocuments(text)) {
        Result<Value> read = readMap(document.text, file);
        if (!read)
            return failWith("cannot unmarshal yaml document", read.error());
        if (document.linesBefore > 0)
            shiftLines(*read, document.linesBefore);
        values = mergeMaps(values, *read);
    }
    return values;
}

} // namespace fairway::chart
