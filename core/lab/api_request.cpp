#include "core/lab/api_request.h"

#include <charconv>

namespace fairway::lab {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// Takes the part before `separator` off `rest`.
std::string_view take(std::string_view &rest, char separator)
{
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return part;
}

} // namespace

std::optional<std::string> percentDecoded(std::string_view text, bool isQuery)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && isQuery) {
            result += ' ';
        } else if (text[i] != '%') {
            result += text[i];
        } else {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            result += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return result;
}

Query::Query(std::string_view text)
{
    while (!text.empty()) {
        std::string_view pair = take(text, '&');
        const std::string_view key = take(pair, '=');
        auto decodedKey = percentDecoded(key, true);
        auto decodedValue = percentDecoded(pair, true);
        if (decodedKey && decodedValue)
            m_values.emplace(std::move(*decodedKey), std::move(*decodedValue));
    }
}

std::string_view Query::get(std::string_view key) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? std::string_view() : std::string_view(found->second);
}

bool Query::has(std::string_view key) const
{
    return m_values.find(key) != m_values.end();
}

bool Query::isTrue(std::string_view key) const
{
    const std::string_view text = get(key);
    return text == "1" || text == "true" || text == "True";
}

std::optional<std::uint64_t> Query::number(std::string_view key) const
{
    const std::string_view text = get(key);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<Accepted> negotiate(std::string_view accept)
{
    if (trimmed(accept).empty())
        return Accepted {};
    while (!accept.empty()) {
        std::string_view entry = take(accept, ',');
        const std::string_view type = trimmed(take(entry, ';'));
        std::string_view as;
        std::string_view version;
        std::string_view group;
        while (!entry.empty()) {
            std::string_view parameter = take(entry, ';');
            const std::string_view key = trimmed(take(parameter, '='));
            if (key == "as")
                as = trimmed(parameter);
            else if (key == "v")
                version = trimmed(parameter);
            else if (key == "g")
                group = trimmed(parameter);
        }
        const bool isYaml = type == "application/yaml";
        if (!isYaml && type != "application/json" && type != "*/*" && type != "application/*")
            continue;
        Accepted accepted;
        accepted.isYaml = isYaml;
        if (as.empty())
            return accepted;
        if (group == "meta.k8s.io" && version == "v1" && as == "Table") {
            accepted.form = Form::Table;
            return accepted;
        }
        if (group == "meta.k8s.io" && version == "v1" && (as == "PartialObjectMetadata" || as == "PartialObjectMetadataList")) {
            accepted.form = Form::Metadata;
            return accepted;
        }
        if (group == "apidiscovery.k8s.io" && version == "v2" && as == "APIGroupDiscoveryList") {
            accepted.isAggregatedDiscovery = true;
            return accepted;
        }
    }
    return std::nullopt;
}

std::optional<std::vector<std::string>> pathSegments(std::string_view path)
{
    std::vector<std::string> segments;
    while (!path.empty()) {
        const std::string_view segment = take(path, '/');
        if (segment.empty())
            continue;
        auto decoded = percentDecoded(segment, false);
        if (!decoded)
            return std::nullopt;
        segments.push_back(std::move(*decoded));
    }
    return segments;
}

std::optional<ResourcePath> parseResourcePath(const std::vector<std::string> &segments)
{
    ResourcePath path;
    std::size_t next = 0;
    if (segments.empty())
        return std::nullopt;
    if (segments[0] == "api") {
        if (segments.size() < 3)
            return std::nullopt;
        path.version = segments[1];
        next = 2;
    } else if (segments[0] == "apis") {
        if (segments.size() < 4)
            return std::nullopt;
        path.group = segments[1];
        path.version = segments[2];
        next = 3;
    } else {
        return std::nullopt;
    }
    std::vector<std::string> rest(segments.begin() + static_cast<std::ptrdiff_t>(next), segments.end());
    // /namespaces/NS/PLURAL… is about PLURAL; /namespaces/NS and its subresources are about the Namespace itself.
    const bool isWithin = rest.size() >= 3 && rest[0] == "namespaces" && rest[2] != "status" && rest[2] != "finalize";
    if (isWithin) {
        path.ns = rest[1];
        rest.erase(rest.begin(), rest.begin() + 2);
    }
    path.plural = rest[0];
    if (rest.size() > 1)
        path.name = rest[1];
    if (rest.size() > 2)
        path.subresource = rest[2];
    if (rest.size() > 3)
        return std::nullopt;
    return path;
}

} // namespace fairway::lab
