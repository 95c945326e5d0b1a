#include "core/chart/helmignore.h"

#include "core/chart/go_text.h"
#include "core/chart/paths.h"

namespace fairway::chart {

namespace {

constexpr std::string_view ownRule = "templates/.?*";

} // namespace

IgnoreRules::IgnoreRules()
{
    (void)add(ownRule);
}

Result<IgnoreRules> IgnoreRules::parse(std::string_view text)
{
    IgnoreRules rules;
    rules.m_rules.clear(); // Helm's rule comes last: rules are asked in order
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (Result<void> added = rules.add(text.substr(0, end)); !added)
            return tl::unexpected(added.error());
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    (void)rules.add(ownRule);
    return rules;
}

Result<void> IgnoreRules::add(std::string_view line)
{
    line = trimSpace(line);
    if (line.empty() || line.starts_with('#'))
        return {};
    if (line.find("**") != std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "double-star (**) syntax is not supported");
    if (!matchesPath(line, "abc"))
        return fail(ErrorCode::InvalidInput, "syntax error in pattern");
    Rule rule;
    if (line.starts_with('!')) {
        rule.isNegated = true;
        line.remove_prefix(1);
    }
    if (line.ends_with('/')) {
        rule.wantsFolder = true;
        line.remove_suffix(1);
    }
    rule.comparesWholePath = line.find('/') != std::string_view::npos;
    if (line.starts_with('/'))
        line.remove_prefix(1);
    rule.pattern = line;
    m_rules.push_back(std::move(rule));
    return {};
}

bool IgnoreRules::ignores(std::string_view path, bool isFolder) const
{
    if (path.empty() || path == "." || path == "./")
        return false;
    for (const Rule &rule : m_rules) {
        const bool isRightKind = !rule.wantsFolder || isFolder;
        if (!isRightKind) {
            if (rule.isNegated)
                return true;
            continue;
        }
        const bool matches = matchesPath(rule.pattern, rule.comparesWholePath ? path : basePath(path)).value_or(false);
        if (matches != rule.isNegated)
            return true;
    }
    return false;
}

} // namespace fairway::chart
