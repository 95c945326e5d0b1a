#include "core/chart/chart_search.h"

#include "core/chart/paths.h"
#include "core/funcs/pattern_cache.h"
#include "core/funcs/semver.h"
#include "core/funcs/text_case.h"
#include "core/funcs/version_constraint.h"

#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

namespace fairway::chart {

namespace {

constexpr char separator = '\v';

/// What is searched: the parts in the order of their weight.
std::string lineOf(const std::string &repository, const ChartVersion &version)
{
    const Metadata &data = version.metadata;
    std::string line = data.name + separator + repository + "/" + data.name + separator + data.description + separator;
    for (std::size_t i = 0; i < data.keywords.size(); ++i)
        line += (i == 0 ? "" : " ") + data.keywords[i];
    return line;
}

int scoreAt(std::string_view line, std::size_t at)
{
    return static_cast<int>(std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(at), separator));
}

/// Finds the keyword in lines.
class Matcher {
public:
    static Result<Matcher> make(const SearchOptions &options)
    {
        Matcher matcher;
        matcher.m_word = options.isPattern ? options.keyword : funcs::lowerCase(options.keyword);
        if (options.isPattern) {
            re2::RE2::Options quiet;
            quiet.set_log_errors(false);
            matcher.m_pattern = std::make_unique<re2::RE2>(options.keyword, quiet);
            if (!matcher.m_pattern->ok())
                return fail(ErrorCode::InvalidInput, "error parsing regexp: " + funcs::patternFault(*matcher.m_pattern, options.keyword));
        }
        return matcher;
    }

    [[nodiscard]] std::optional<int> score(const std::string &line) const
    {
        if (m_pattern) {
            re2::StringPiece match;
            if (!m_pattern->Match(line, 0, line.size(), re2::RE2::UNANCHORED, &match, 1))
                return std::nullopt;
            return scoreAt(line, static_cast<std::size_t>(match.data() - line.data()));
        }
        const std::string lower = funcs::lowerCase(line);
        const std::size_t at = lower.find(m_word);
        if (at == std::string::npos)
            return std::nullopt;
        return scoreAt(lower, at);
    }

private:
    std::string m_word;
    std::unique_ptr<re2::RE2> m_pattern;
};

struct Candidate {
    FoundChart found;
    funcs::SemanticVersion version;
};

} // namespace

Result<std::vector<FoundChart>> searchCharts(
    const std::vector<SearchedRepository> &repositories, const SearchOptions &options, HelmVersion version)
{
    const auto release = version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
    const std::string range = options.versionRange.empty() ? ">0.0.0" : options.versionRange;
    Result<Matcher> matcher = Matcher::make(options);
    if (!matcher)
        return tl::unexpected(matcher.error());
    const Result<funcs::VersionConstraint> constraint = funcs::VersionConstraint::parse(range, release);
    if (!constraint)
        return failWith("an invalid version/constraint format", constraint.error());

    std::vector<Candidate> candidates;
    for (const SearchedRepository &repository : repositories) {
        for (const auto &[name, versions] : repository.index->entries) {
            const std::string fullName = joinPath(repository.name, name);
            for (auto at = versions.begin(); at != versions.end(); ++at) {
                const ChartVersion &chart = *at;
                const bool isRepeated = std::any_of(
                    at + 1, versions.end() - at > 8 ? at + 8 : versions.end(), [&](const ChartVersion &next) { return next.metadata.version == chart.metadata.version; });
                if (isRepeated)
                    continue; // Of a version that stands twice the last one counts; sorted, they stand together.
                Result<funcs::SemanticVersion> number = funcs::SemanticVersion::parse(chart.metadata.version, release);
                if (!number || !constraint->check(*number))
                    continue;
                const std::optional<int> score
                    = options.keyword.empty() ? std::optional<int>(0) : matcher->score(lineOf(repository.name, chart));
                if (score)
                    candidates.push_back({{fullName, *score, &chart}, std::move(*number)});
            }
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        if (a.found.score != b.found.score)
            return a.found.score < b.found.score;
        if (a.found.name != b.found.name)
            return a.found.name < b.found.name;
        return a.version.compare(b.version) > 0;
    });
    std::vector<FoundChart> found;
    std::set<std::string_view> names;
    for (const Candidate &candidate : candidates) {
        if (names.insert(candidate.found.name).second || options.allVersions)
            found.push_back(candidate.found);
    }
    return found;
}

} // namespace fairway::chart
