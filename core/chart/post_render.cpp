#include "core/chart/post_render.h"

#include "core/chart/go_text.h"
#include "core/chart/manifests.h"
#include "core/chart/paths.h"
#include "core/value/yaml_tree.h"

#include <algorithm>
#include <optional>

namespace fairway::chart {

namespace {

using value::TextEdit;
using value::YamlNode;

constexpr std::string_view annotation = "postrenderer.helm.sh/postrender-filename";

std::string quotedScalar(std::string_view text)
{
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
}

bool isBlockMap(const YamlNode &node)
{
    return node.kind == YamlNode::Kind::Map && node.style != YamlNode::Style::Flow;
}

bool isFlowMap(const YamlNode &node)
{
    return node.kind == YamlNode::Kind::Map && node.style == YamlNode::Style::Flow;
}

/// Where the line that holds `at` ends, before its line break.
std::size_t lineEnd(std::string_view text, std::size_t at)
{
    return std::min(text.find('\n', at), text.size());
}

/// A new member at the end of a block map, in lines of its own.
TextEdit memberAtEnd(std::string_view text, const YamlNode &map, const std::string &lines)
{
    const std::string indent(map.start.column - 1, ' ');
    std::string indented;
    for (std::string_view rest = lines; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        indented += indent + std::string(rest.substr(0, end)) + "\n";
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    // After the last line with content; a block scalar's end stands behind its line break already.
    std::size_t at = map.end.offset;
    if (at > 0 && at <= text.size() && text[at - 1] == '\n')
        return {at, at, indented};
    at = lineEnd(text, at);
    if (at == text.size())
        return {at, at, "\n" + indented.substr(0, indented.size() - 1)};
    return {at + 1, at + 1, indented};
}

TextEdit memberAtFlowEnd(const YamlNode &map, const std::string &member)
{
    return {map.end.offset - 1, map.end.offset - 1, (map.members.empty() ? "" : ", ") + member};
}

/// `key: value` in the place of a value that is null.
TextEdit insteadOfNull(const YamlNode &key, const YamlNode &node, const std::string &member)
{
    return {node.start.offset, node.end.offset, "\n" + std::string(key.start.column + 1, ' ') + member};
}

const std::pair<YamlNode, YamlNode> *findMember(const YamlNode &map, std::string_view name)
{
    for (const auto &member : map.members) {
        if (member.first.kind == YamlNode::Kind::Scalar && member.first.text == name)
            return &member;
    }
    return nullptr;
}

bool isNull(const YamlNode &node)
{
    return node.kind == YamlNode::Kind::Scalar && node.style == YamlNode::Style::Plain && (node.text.empty() || node.text == "null" || node.text == "~");
}

Result<std::string> annotated(std::string_view text, const YamlNode &root, std::string_view path)
{
    const std::string entry = std::string(annotation) + ": " + quotedScalar(path);
    std::optional<TextEdit> edit;
    if (const auto *const metadata = findMember(root, "metadata"); metadata == nullptr) {
        edit = isFlowMap(root) ? memberAtFlowEnd(root, "metadata: {annotations: {" + entry + "}}")
                               : memberAtEnd(text, root, "metadata:\n  annotations:\n    " + entry);
    } else if (isNull(metadata->second)) {
        edit = insteadOfNull(metadata->first, metadata->second, "annotations: {" + entry + "}");
    } else if (metadata->second.kind == YamlNode::Kind::Map) {
        const YamlNode &map = metadata->second;
        if (const auto *const annotations = findMember(map, "annotations"); annotations == nullptr)
            edit = isFlowMap(map) ? memberAtFlowEnd(map, "annotations: {" + entry + "}") : memberAtEnd(text, map, "annotations:\n  " + entry);
        else if (isNull(annotations->second))
            edit = insteadOfNull(annotations->first, annotations->second, entry);
        else if (isFlowMap(annotations->second))
            edit = memberAtFlowEnd(annotations->second, entry);
        else if (isBlockMap(annotations->second))
            edit = memberAtEnd(text, annotations->second, entry);
    }
    if (!edit)
        return fail(ErrorCode::InvalidInput, "wrong node kind: metadata or its annotations are no mapping");
    return value::applyEdits(text, {*edit});
}

/// Takes member `index` out of a map: its lines, or its part between commas.
TextEdit without(std::string_view text, const YamlNode &map, std::size_t index)
{
    const auto &[key, node] = map.members[index];
    if (isFlowMap(map)) {
        if (index > 0)
            return {map.members[index - 1].second.end.offset, node.end.offset, ""};
        return {key.start.offset, map.members.size() > 1 ? map.members[1].first.start.offset : node.end.offset, ""};
    }
    const std::size_t begin = key.start.offset - (key.start.column - 1);
    const std::size_t end = lineEnd(text, node.end.offset > 0 && text[node.end.offset - 1] == '\n' ? node.end.offset - 1 : node.end.offset);
    return {begin, std::min(end + 1, text.size()), ""};
}

std::size_t indexOf(const YamlNode &map, std::string_view name)
{
    const auto *const member = findMember(map, name);
    return member == nullptr ? map.members.size() : static_cast<std::size_t>(member - map.members.data());
}

/// The text without the annotation, and the path it held. A map of annotations that is left empty goes with it.
Result<std::string> takenOff(std::string_view text, const YamlNode &root, std::string &path)
{
    const auto *const metadata = findMember(root, "metadata");
    const auto *const annotations = metadata != nullptr ? findMember(metadata->second, "annotations") : nullptr;
    const std::size_t index = annotations != nullptr ? indexOf(annotations->second, annotation) : 0;
    if (annotations == nullptr || index == annotations->second.members.size())
        return std::string(text);
    path = annotations->second.members[index].second.text;
    TextEdit edit;
    if (annotations->second.members.size() > 1)
        edit = without(text, annotations->second, index);
    else if (metadata->second.members.size() > 1)
        edit = without(text, metadata->second, indexOf(metadata->second, "annotations"));
    else // Of metadata nothing is left, but it was there, or had to be.
        edit = {metadata->second.start.offset, metadata->second.end.offset, "{}"};
    return value::applyEdits(text, {edit});
}

Result<std::vector<YamlNode>> rootsOf(std::string_view document)
{
    Result<std::vector<YamlNode>> roots = value::parseYamlTree(document);
    if (!roots)
        return failWith("MalformedYAMLError", roots.error());
    for (const YamlNode &root : *roots) {
        if (root.kind != YamlNode::Kind::Map && !isNull(root))
            return fail(ErrorCode::InvalidInput, std::string("wrong node kind: expected MappingNode but got ")
                    + (root.kind == YamlNode::Kind::List ? "SequenceNode" : "ScalarNode") + ": node contents:\n" + std::string(document.substr(0, 200)) + "\n");
    }
    return roots;
}

/// Cutting at one mark can leave another in front.
std::string_view withoutMarks(std::string_view document)
{
    constexpr std::string_view mark = "---\n";
    while (document.starts_with(mark))
        document.remove_prefix(mark.size());
    return document;
}

std::string endedByLine(std::string_view document)
{
    std::string out(document);
    if (!out.ends_with('\n'))
        out += '\n';
    return out;
}

} // namespace

Result<std::string> mergedForPostRender(const std::map<std::string, std::string> &files)
{
    std::string out;
    for (const auto &[path, content] : files) {
        if (basePath(path).starts_with('_') || trimSpace(content).empty())
            continue;
        for (const std::string_view part : splitManifests(content)) {
            const std::string_view document = withoutMarks(part);
            const Result<std::vector<YamlNode>> roots = rootsOf(document);
            if (!roots)
                return failWith("parsing " + path, roots.error());
            if (roots->empty() || isNull(roots->front()))
                continue;
            const Result<std::string> text = annotated(document, roots->front(), path);
            if (!text)
                return failWith("annotating " + path, text.error());
            out += (out.empty() ? "" : "---\n") + endedByLine(*text);
        }
    }
    return out;
}

Result<std::map<std::string, std::string>> splitAfterPostRender(std::string_view manifests)
{
    std::map<std::string, std::string> out;
    std::size_t index = 0;
    for (const std::string_view part : splitManifests(manifests)) {
        const std::string_view document = withoutMarks(part);
        const Result<std::vector<YamlNode>> roots = rootsOf(document);
        if (!roots)
            return failWith("error parsing YAML", roots.error());
        if (roots->empty() || isNull(roots->front()))
            continue;
        std::string path;
        const Result<std::string> text = takenOff(document, roots->front(), path);
        if (!text)
            return failWith("clearing filename annotation", text.error());
        if (path.empty())
            path = "generated-by-postrender-" + std::to_string(index) + ".yaml";
        std::string &file = out[path];
        file += (file.empty() ? "" : "---\n") + endedByLine(*text);
        ++index;
    }
    return out;
}

} // namespace fairway::chart
