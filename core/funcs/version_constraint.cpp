#include "core/funcs/version_constraint.h"

#include "core/funcs/semver_scan.h"

#include <array>
#include <utility>

namespace fairway::funcs {

namespace {

constexpr std::size_t maxConstraintBytes = 4096;

/// What a number of a version may be made of here. The bar is Masterminds': it stands in its character class.
bool isConstraintSegment(char c)
{
    return isDigit(c) || c == '|' || c == 'x' || c == 'X' || c == '*';
}

bool isAny(std::string_view segment)
{
    return segment.empty() || segment == "x" || segment == "X" || segment == "*";
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

struct Range {
    std::size_t end = 0;
    std::string_view low;
    std::string_view high;
};

/// " 1.2 - 1.4 " at `start`.
std::optional<Range> scanRange(std::string_view text, std::size_t start)
{
    std::size_t at = skipBlanks(text, start);
    const std::optional<VersionParts> low = scanVersion(text, at, isConstraintSegment);
    if (!low || at >= text.size() || !isBlank(text[at]))
        return std::nullopt;
    at = skipBlanks(text, at);
    if (at + 1 >= text.size() || text[at] != '-' || !isBlank(text[at + 1]))
        return std::nullopt;
    at = skipBlanks(text, at + 1);
    const std::optional<VersionParts> high = scanVersion(text, at, isConstraintSegment);
    if (!high)
        return std::nullopt;
    return Range {skipBlanks(text, at), low->whole, high->whole};
}

/// Ranges with a dash written as two conditions.
std::string withoutRanges(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::optional<Range> range = scanRange(text, at)) {
            out += ">= " + std::string(range->low) + ", <= " + std::string(range->high) + " ";
            at = range->end;
        } else {
            out += text[at++];
        }
    }
    return out;
}

} // namespace

Result<VersionConstraint> VersionConstraint::parse(std::string_view text, SemverRelease release)
{
    if (text.size() > maxConstraintBytes)
        return fail(ErrorCode::LimitExceeded, "version constraint is longer than 4096 bytes");
    VersionConstraint constraint;
    constraint.m_release = release;
    const std::string conditions = withoutRanges(text);
    std::string_view rest = conditions;
    for (;;) {
        const std::size_t bar = rest.find("||");
        Result<Group> group = parseGroup(rest.substr(0, bar), release);
        if (!group)
            return tl::unexpected(std::move(group.error()));
        constraint.m_groups.push_back(std::move(*group));
        if (bar == std::string_view::npos)
            return constraint;
        rest.remove_prefix(bar + 2);
    }
}

Result<VersionConstraint::Group> VersionConstraint::parseGroup(std::string_view text, SemverRelease release)
{
    // Longer operators stand before those they begin with.
    static constexpr std::array<std::pair<std::string_view, Operator>, 12> operators {{
        {"!=", Operator::NotEqual}, {">=", Operator::GreaterEqual}, {"=>", Operator::GreaterEqual}, {"<=", Operator::LessEqual},
        {"=<", Operator::LessEqual}, {"~>", Operator::Tilde}, {"=", Operator::Equal}, {">", Operator::Greater},
        {"<", Operator::Less}, {"~", Operator::Tilde}, {"^", Operator::Caret}, {"", Operator::Equal},
    }};
    const auto improper = [&] { return fail(ErrorCode::InvalidInput, "improper constraint: " + std::string(text)); };

    Group group;
    for (std::size_t at = skipBlanks(text, 0);;) {
        Condition condition;
        for (const auto &[mark, op] : operators) {
            if (text.substr(at).starts_with(mark)) {
                condition.op = op;
                at = skipBlanks(text, at + mark.size());
                break;
            }
        }
        const std::optional<VersionParts> parts = scanVersion(text, at, isConstraintSegment);
        if (!parts)
            return improper();

        std::string bound(parts->whole);
        const std::string prerelease = parts->prerelease.empty() ? std::string() : "-" + std::string(parts->prerelease);
        condition.isAnyPart = isAny(parts->major) || isAny(parts->minor) || isAny(parts->patch);
        if (isAny(parts->major)) {
            bound = "0.0.0" + prerelease;
        } else if (isAny(parts->minor)) {
            condition.isAnyMinor = true;
            bound = std::string(parts->major) + ".0.0" + prerelease;
        } else if (isAny(parts->patch)) {
            condition.isAnyPatch = true;
            bound = std::string(parts->major) + "." + std::string(parts->minor) + ".0" + prerelease;
        }
        Result<SemanticVersion> version = SemanticVersion::parse(bound, release);
        if (!version)
            return fail(ErrorCode::InvalidInput, release == SemverRelease::V33 ? "constraint Parser Error" : "constraint parser error");
        condition.bound = std::move(*version);
        group.namesPrerelease = group.namesPrerelease || !condition.bound.prerelease().empty();
        group.conditions.push_back(std::move(condition));

        const std::size_t next = skipBlanks(text, at);
        if (next == text.size())
            return group;
        const bool hasComma = text[next] == ',';
        if (!hasComma && next == at)
            return improper();
        at = hasComma ? skipBlanks(text, next + 1) : next;
    }
}

bool VersionConstraint::check(const SemanticVersion &version) const
{
    for (const Group &group : m_groups) {
        bool allHold = true;
        for (const Condition &condition : group.conditions)
            allHold = allHold && holds(condition, group, version);
        if (allHold)
            return true;
    }
    return false;
}

bool VersionConstraint::holds(const Condition &condition, const Group &group, const SemanticVersion &version) const
{
    const bool isV33 = m_release == SemverRelease::V33;
    const bool admitsPrereleases = isV33 ? !condition.bound.prerelease().empty() : group.namesPrerelease;
    const bool isExempt = isV33 && condition.op == Operator::NotEqual && !condition.isAnyPart;
    if (!version.prerelease().empty() && !admitsPrereleases && !isExempt)
        return false;
    switch (condition.op) {
    case Operator::Equal:
        return condition.isAnyPart ? tilde(condition, version) : version.compare(condition.bound) == 0;
    case Operator::NotEqual:
        return notEqual(condition, version);
    case Operator::Greater:
        return greater(condition, version);
    case Operator::Less:
        return version.compare(condition.bound) < 0;
    case Operator::GreaterEqual:
        return version.compare(condition.bound) >= 0;
    case Operator::LessEqual:
        return lessOrEqual(condition, version);
    case Operator::Tilde:
        return tilde(condition, version);
    case Operator::Caret:
        return caret(condition, version);
    }
    return false;
}

bool VersionConstraint::notEqual(const Condition &condition, const SemanticVersion &version)
{
    const SemanticVersion &bound = condition.bound;
    if (condition.isAnyPart) {
        if (bound.major() != version.major() || (bound.minor() != version.minor() && !condition.isAnyMinor))
            return true;
        if (condition.isAnyMinor)
            return false;
        if (condition.isAnyPatch)
            return comparePrereleases(version.prerelease(), bound.prerelease()) != 0;
        if (bound.patch() != version.patch())
            return true;
    }
    return version.compare(bound) != 0;
}

bool VersionConstraint::greater(const Condition &condition, const SemanticVersion &version)
{
    const SemanticVersion &bound = condition.bound;
    if (!condition.isAnyPart)
        return version.compare(bound) > 0;
    if (version.major() != bound.major())
        return version.major() > bound.major();
    // ">11" begins at 12, ">11.1" at 11.2.
    if (condition.isAnyMinor)
        return false;
    if (condition.isAnyPatch)
        return version.minor() > bound.minor();
    return version.compare(bound) > 0;
}

bool VersionConstraint::lessOrEqual(const Condition &condition, const SemanticVersion &version)
{
    const SemanticVersion &bound = condition.bound;
    if (!condition.isAnyPart)
        return version.compare(bound) <= 0;
    if (version.major() > bound.major())
        return false;
    return version.major() != bound.major() || version.minor() <= bound.minor() || condition.isAnyMinor;
}

bool VersionConstraint::tilde(const Condition &condition, const SemanticVersion &version)
{
    const SemanticVersion &bound = condition.bound;
    if (version.compare(bound) < 0)
        return false;
    // Masterminds takes ~0.0.0 (and so `*`) for anything.
    if (bound.major() == 0 && bound.minor() == 0 && bound.patch() == 0 && !condition.isAnyMinor && !condition.isAnyPatch)
        return true;
    return version.major() == bound.major() && (version.minor() == bound.minor() || condition.isAnyMinor);
}

bool VersionConstraint::caret(const Condition &condition, const SemanticVersion &version)
{
    const SemanticVersion &bound = condition.bound;
    if (version.compare(bound) < 0)
        return false;
    if (bound.major() > 0 || condition.isAnyMinor)
        return version.major() == bound.major();
    if (version.major() > 0)
        return false;
    if (bound.minor() > 0 || condition.isAnyPatch)
        return version.minor() == bound.minor();
    return version.minor() == 0 && version.patch() == bound.patch();
}

} // namespace fairway::funcs
