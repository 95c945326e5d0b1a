#include "core/funcs/semver.h"

#include "core/funcs/semver_scan.h"

#include <algorithm>
#include <charconv>

namespace fairway::funcs {

namespace {

struct Wording {
    std::string_view invalid;
    std::string_view empty;
    std::string_view characters;
    std::string_view zero;
    std::string_view metadata;
    std::string_view prerelease;
    std::string_view segment;
};

const Wording &wordingOf(SemverRelease release)
{
    static constexpr Wording v33 {"Invalid Semantic Version", "Version string empty", "Invalid characters in version",
        "Version segment starts with 0", "Invalid Metadata string", "Invalid Prerelease string", "Error parsing version segment: "};
    static constexpr Wording v34 {"invalid semantic version", "version string empty", "invalid characters in version",
        "version segment starts with 0", "invalid metadata string", "invalid prerelease string", "error parsing version segment: "};
    return release == SemverRelease::V33 ? v33 : v34;
}

tl::unexpected<Error> refuse(std::string_view message)
{
    return fail(ErrorCode::InvalidInput, std::string(message));
}

/// Calls `visit` for each part between dots; stops when it returns an error.
template <typename Visit>
Result<void> forEachPart(std::string_view text, const Visit &visit)
{
    for (;;) {
        const std::size_t dot = text.find('.');
        if (Result<void> seen = visit(text.substr(0, dot)); !seen)
            return seen;
        if (dot == std::string_view::npos)
            return {};
        text.remove_prefix(dot + 1);
    }
}

Result<void> checkPrerelease(std::string_view text, SemverRelease release)
{
    const Wording &words = wordingOf(release);
    return forEachPart(text, [&](std::string_view part) -> Result<void> {
        if (part.empty() && release != SemverRelease::V33)
            return refuse(words.prerelease);
        if (std::all_of(part.begin(), part.end(), isDigit)) {
            if (part.size() > 1 && part.front() == '0')
                return refuse(words.zero);
        } else if (!std::all_of(part.begin(), part.end(), isIdentifierCharacter)) {
            return refuse(words.prerelease);
        }
        return {};
    });
}

Result<void> checkMetadata(std::string_view text, SemverRelease release)
{
    return forEachPart(text, [&](std::string_view part) -> Result<void> {
        const bool isGood = part.empty() ? release == SemverRelease::V33 : std::all_of(part.begin(), part.end(), isIdentifierCharacter);
        return isGood ? Result<void>() : refuse(wordingOf(release).metadata);
    });
}

/// Digits as a number, with strconv's words when there are none or too many.
Result<std::uint64_t> parseSegment(std::string_view digits)
{
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (code == std::errc() && end == digits.data() + digits.size())
        return number;
    const std::string_view why = code == std::errc::result_out_of_range ? "value out of range" : "invalid syntax";
    return refuse("strconv.ParseUint: parsing \"" + std::string(digits) + "\": " + std::string(why));
}

bool parsesAsNumber(std::string_view text, std::uint64_t &number)
{
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size();
}

int comparePart(std::string_view a, std::string_view b)
{
    if (a == b)
        return 0;
    if (a.empty() || b.empty())
        return a.empty() ? -1 : 1;
    std::uint64_t numberA = 0;
    std::uint64_t numberB = 0;
    const bool isNumberA = parsesAsNumber(a, numberA);
    const bool isNumberB = parsesAsNumber(b, numberB);
    if (isNumberA != isNumberB)
        return isNumberA ? -1 : 1;
    if (isNumberA)
        return numberA > numberB ? 1 : -1;
    return a > b ? 1 : -1;
}

int order(std::uint64_t a, std::uint64_t b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

} // namespace

int comparePrereleases(std::string_view a, std::string_view b)
{
    const auto take = [](std::string_view &rest) {
        const std::size_t dot = rest.find('.');
        const std::string_view part = rest.substr(0, dot);
        rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
        return part;
    };
    // The missing parts of the shorter one are empty, and empty is less than anything.
    while (!a.empty() || !b.empty()) {
        if (const int found = comparePart(take(a), take(b)); found != 0)
            return found;
    }
    return 0;
}

Result<SemanticVersion> SemanticVersion::parse(std::string_view text, SemverRelease release)
{
    const Wording &words = wordingOf(release);
    std::size_t position = 0;
    const std::optional<VersionParts> parts = scanVersion(text, position, isDigit);
    if (!parts || position != text.size())
        return refuse(words.invalid);
    SemanticVersion version;
    version.m_original = text;
    std::uint64_t *const numbers[] = {&version.m_major, &version.m_minor, &version.m_patch};
    const std::string_view digits[] = {parts->major, parts->minor, parts->patch};
    for (std::size_t i = 0; i < 3; ++i) {
        if (digits[i].empty())
            continue;
        const Result<std::uint64_t> number = parseSegment(digits[i]);
        if (!number)
            return refuse(std::string(words.segment) + number.error().message);
        *numbers[i] = *number;
    }
    if (!parts->prerelease.empty()) {
        if (const Result<void> good = checkPrerelease(parts->prerelease, release); !good)
            return tl::unexpected(good.error());
    }
    version.m_prerelease = parts->prerelease;
    version.m_metadata = parts->metadata;
    return version;
}

Result<SemanticVersion> SemanticVersion::parseStrict(std::string_view text, SemverRelease release)
{
    const Wording &words = wordingOf(release);
    if (text.empty())
        return refuse(words.empty);
    const std::size_t first = text.find('.');
    const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (second == std::string_view::npos)
        return refuse(words.invalid);
    SemanticVersion version;
    version.m_original = text;
    std::string_view digits[] = {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
    if (const std::size_t plus = digits[2].find('+'); plus != std::string_view::npos) {
        version.m_metadata = digits[2].substr(plus + 1);
        digits[2] = digits[2].substr(0, plus);
        if (const Result<void> good = checkMetadata(version.m_metadata, release); !good)
            return tl::unexpected(good.error());
    }
    if (const std::size_t dash = digits[2].find('-'); dash != std::string_view::npos) {
        version.m_prerelease = digits[2].substr(dash + 1);
        digits[2] = digits[2].substr(0, dash);
        if (const Result<void> good = checkPrerelease(version.m_prerelease, release); !good)
            return tl::unexpected(good.error());
    }
    for (const std::string_view part : digits) {
        if (!std::all_of(part.begin(), part.end(), isDigit))
            return refuse(words.characters);
        if (part.size() > 1 && part.front() == '0')
            return refuse(words.zero);
    }
    std::uint64_t *const numbers[] = {&version.m_major, &version.m_minor, &version.m_patch};
    for (std::size_t i = 0; i < 3; ++i) {
        const Result<std::uint64_t> number = parseSegment(digits[i]);
        if (!number)
            return tl::unexpected(number.error());
        *numbers[i] = *number;
    }
    return version;
}

std::string SemanticVersion::toString() const
{
    std::string text = std::to_string(m_major) + "." + std::to_string(m_minor) + "." + std::to_string(m_patch);
    if (!m_prerelease.empty())
        text += "-" + m_prerelease;
    if (!m_metadata.empty())
        text += "+" + m_metadata;
    return text;
}

int SemanticVersion::compare(const SemanticVersion &other) const
{
    if (const int found = order(m_major, other.m_major); found != 0)
        return found;
    if (const int found = order(m_minor, other.m_minor); found != 0)
        return found;
    if (const int found = order(m_patch, other.m_patch); found != 0)
        return found;
    if (m_prerelease.empty() || other.m_prerelease.empty())
        return order(m_prerelease.empty() ? 1 : 0, other.m_prerelease.empty() ? 1 : 0);
    return comparePrereleases(m_prerelease, other.m_prerelease);
}

SemanticVersion SemanticVersion::renamed(const SemanticVersion &from) &&
{
    m_original = (from.m_original.starts_with('v') ? "v" : "") + toString();
    return std::move(*this);
}

SemanticVersion SemanticVersion::nextPatch() const
{
    SemanticVersion next = *this;
    if (m_prerelease.empty())
        ++next.m_patch;
    next.m_prerelease.clear();
    next.m_metadata.clear();
    return std::move(next).renamed(*this);
}

SemanticVersion SemanticVersion::nextMinor() const
{
    SemanticVersion next;
    next.m_major = m_major;
    next.m_minor = m_minor + 1;
    return std::move(next).renamed(*this);
}

SemanticVersion SemanticVersion::nextMajor() const
{
    SemanticVersion next;
    next.m_major = m_major + 1;
    return std::move(next).renamed(*this);
}

Result<SemanticVersion> SemanticVersion::withPrerelease(std::string_view prerelease, SemverRelease release) const
{
    if (!prerelease.empty()) {
        if (const Result<void> good = checkPrerelease(prerelease, release); !good)
            return tl::unexpected(good.error());
    }
    SemanticVersion next = *this;
    next.m_prerelease = prerelease;
    return std::move(next).renamed(*this);
}

Result<SemanticVersion> SemanticVersion::withMetadata(std::string_view metadata, SemverRelease release) const
{
    if (!metadata.empty()) {
        if (const Result<void> good = checkMetadata(metadata, release); !good)
            return tl::unexpected(good.error());
    }
    SemanticVersion next = *this;
    next.m_metadata = metadata;
    return std::move(next).renamed(*this);
}

} // namespace fairway::funcs
