#include "core/route/envoy_match.h"

#include "core/route/envoy_fields.h"
#include "core/route/path_rewrite.h"

#include <algorithm>

namespace fairway::route::envoy {
namespace {

    using value::Value;

    constexpr std::size_t kMaxItems = 100'000;

    std::size_t sizeOf(const Value &list)
    {
        return list.isList() ? std::min(list.size(), kMaxItems) : 0;
    }

    Fraction fractionOf(const Value &from)
    {
        const Value &percent = field(from, "default_value");
        const std::string denominator = text(percent, "denominator");
        return {static_cast<std::uint64_t>(std::max<std::int64_t>(percent["numerator"].intOr(0), 0)),
            denominator == "MILLION" ? 1'000'000U : denominator == "TEN_THOUSAND" ? 10'000U : 100U, text(from, "runtime_key")};
    }

    void legacyMatch(HeaderCondition &condition, const Value &from)
    {
        static constexpr std::pair<const char *, TextMatcher::Kind> Kinds[] = {{"exact_match", TextMatcher::Kind::Exact},
            {"prefix_match", TextMatcher::Kind::Prefix}, {"suffix_match", TextMatcher::Kind::Suffix},
            {"contains_match", TextMatcher::Kind::Contains}};
        for (const auto &[name, kind] : Kinds) {
            if (const Value &given = field(from, name); given.isString())
                condition.matcher = TextMatcher(kind, given.asString());
        }
    }

} // namespace

std::initializer_list<std::string_view> MatchReader::fields()
{
    static const std::initializer_list<std::string_view> known {"prefix", "path", "path_separated_prefix", "safe_regex", "path_match_policy", "case_sensitive", "headers",
        "query_parameters", "dynamic_metadata", "runtime_fraction", "grpc", "connect_matcher", "filter_state", "cookies"};
    return known;
}

RouteMatch MatchReader::match(const Value &from)
{
    RouteMatch out;
    const bool ignoresCase = !field(from, "case_sensitive").boolOr(true);
    if (from["prefix"].isString()) {
        out.path = {PathMatcher::Kind::Prefix, TextMatcher(TextMatcher::Kind::Prefix, text(from, "prefix"), ignoresCase)};
    } else if (from["path"].isString()) {
        out.path = {PathMatcher::Kind::Exact, TextMatcher(TextMatcher::Kind::Exact, text(from, "path"), ignoresCase)};
    } else if (field(from, "path_separated_prefix").isString()) {
        out.path = {PathMatcher::Kind::PathPrefix,
            TextMatcher(TextMatcher::Kind::Exact, text(from, "path_separated_prefix"), ignoresCase)};
    } else if (field(from, "safe_regex").isMap()) {
        out.path = {PathMatcher::Kind::Regex, regex(text(field(from, "safe_regex"), "regex"))};
    } else if (const std::string pattern = text(field(field(from, "path_match_policy"), "typed_config"), "path_template");
               !pattern.empty()) {
        out.path = {PathMatcher::Kind::Template, regex(templatePattern(pattern))};
    } else {
        m_isReadable = false;
    }
    out.headers = headers(from["headers"]);
    const Value &query = field(from, "query_parameters");
    for (std::size_t i = 0; i < sizeOf(query); ++i) {
        const Value &compared = field(query[i], "string_match");
        out.query.push_back({text(query[i], "name"), compared.isMap() ? string(compared) : TextMatcher()});
    }
    const Value &metadata = field(from, "dynamic_metadata");
    for (std::size_t i = 0; i < sizeOf(metadata); ++i) {
        MetadataCondition condition {text(metadata[i], "filter"), {}, string(field(metadata[i]["value"], "string_match")),
            metadata[i]["invert"].boolOr(false)};
        for (std::size_t step = 0; step < sizeOf(metadata[i]["path"]); ++step)
            condition.path.push_back(text(metadata[i]["path"][step], "key"));
        out.metadata.push_back(std::move(condition));
    }
    if (const Value &fraction = field(from, "runtime_fraction"); fraction.isMap())
        out.fraction = fractionOf(fraction);
    out.onlyGrpc = from["grpc"].isMap();
    for (const std::string_view unknown : {"connect_matcher", "filter_state", "cookies"})
        m_isReadable = m_isReadable && field(from, unknown).isNull();
    return out;
}

std::vector<HeaderCondition> MatchReader::headers(const Value &list)
{
    std::vector<HeaderCondition> out;
    for (std::size_t i = 0; i < sizeOf(list); ++i) {
        const Value &from = list[i];
        HeaderCondition condition {lowerAscii(text(from, "name")), {}, field(from, "invert_match").boolOr(false),
            field(from, "treat_missing_header_as_empty").boolOr(false)};
        if (const Value &compared = field(from, "string_match"); compared.isMap())
            condition.matcher = string(compared);
        else if (const Value &range = field(from, "range_match"); range.isMap())
            condition.matcher = TextMatcher::range(range["start"].intOr(0), range["end"].intOr(0));
        else if (field(from, "safe_regex_match").isMap())
            condition.matcher = regex(text(field(from, "safe_regex_match"), "regex"));
        else if (const Value &present = field(from, "present_match"); present.isBool())
            condition.isNegated = condition.isNegated != !present.asBool();
        else
            legacyMatch(condition, from);
        out.push_back(std::move(condition));
    }
    return out;
}

TextMatcher MatchReader::string(const Value &from)
{
    std::optional<TextMatcher> made = stringMatcher(from, m_regexes);
    m_isReadable = m_isReadable && made;
    return made ? std::move(*made) : TextMatcher();
}

TextMatcher MatchReader::regex(const std::string &pattern)
{
    const Result<TextMatcher> made = TextMatcher::regex(pattern, m_regexes);
    if (made)
        return *made;
    m_isReadable = false;
    return {};
}

} // namespace fairway::route::envoy
