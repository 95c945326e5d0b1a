#include "core/chart/yaml_fault_place.h"

#include "core/chart/manifests.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <array>

namespace fairway::chart {

namespace {

constexpr std::string_view errorStart = "YAML parse error on ";
constexpr std::string_view faultStart = "yaml: ";

/// A reader's fault as go-yaml tells it: "line 3: did not find expected key".
struct Fault {
    std::size_t line = 0; ///< Of the document, from 0.
    std::string words;
};

Fault faultOf(std::string_view message)
{
    Fault fault;
    constexpr std::string_view line = "line ";
    if (message.starts_with(line)) {
        const std::size_t colon = std::min(message.find(": "), message.size());
        for (const char digit : message.substr(line.size(), colon - line.size()))
            fault.line = fault.line * 10 + static_cast<std::size_t>(digit >= '0' && digit <= '9' ? digit - '0' : 0);
        message.remove_prefix(std::min(colon + 2, message.size()));
    }
    fault.words = message;
    // go-yaml counts a parser's line from 0 and a scanner's from 1.
    constexpr std::array<std::string_view, 6> parsers {"did not find expected key", "did not find expected '-' indicator",
        "did not find expected node content", "did not find expected ','", "did not find expected <document start>", "found undefined tag handle"};
    const bool isParser = std::any_of(parsers.begin(), parsers.end(), [&](std::string_view words) { return message.starts_with(words); });
    if (!isParser && fault.line > 0)
        --fault.line;
    return fault;
}

std::string_view lineAt(std::string_view text, std::size_t number, std::size_t &begin)
{
    begin = 0;
    for (; number > 0 && text.find('\n', begin) != std::string_view::npos; --number)
        begin = text.find('\n', begin) + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
}

} // namespace

std::optional<YamlFaultPlace> placeOfYamlFault(const RenderRecord &record, std::string_view error)
{
    if (!error.starts_with(errorStart))
        return std::nullopt;
    const std::size_t colon = error.find(": ", errorStart.size());
    const RenderRecord::Output *const output = record.find(error.substr(errorStart.size(), colon - errorStart.size()));
    if (output == nullptr)
        return std::nullopt;
    for (const std::string_view document : splitManifests(output->text)) {
        const auto read = value::parseYaml(document, {.numbers = value::NumberStyle::Helm});
        if (read || error.find(read.error().message) == std::string_view::npos)
            continue;
        std::string_view message = read.error().message;
        if (message.starts_with(faultStart))
            message.remove_prefix(faultStart.size());
        Fault fault = faultOf(message);
        std::size_t begin = 0;
        const std::string_view line = lineAt(document, fault.line, begin);
        const std::size_t blank = std::min(line.find_first_not_of(" \t"), line.size());
        const std::size_t at = static_cast<std::size_t>(document.data() - output->text.data()) + begin + (blank < line.size() ? blank : 0);
        for (const gotemplate::Tracer::Piece &piece : output->pieces) {
            if (piece.begin <= at && at < piece.end && piece.place != 0)
                return YamlFaultPlace {record.tracer().place(piece.place), std::string(line), std::move(fault.words)};
        }
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace fairway::chart
