#include "core/funcs/semver.h"
#include "core/funcs/version_constraint.h"

#include <gtest/gtest.h>

using namespace fairway::funcs;

namespace {

/// "accepted", "refused", or the error.
std::string outcome(const char *constraint, const char *version, SemverRelease release = SemverRelease::V34)
{
    const auto parsed = VersionConstraint::parse(constraint, release);
    if (!parsed)
        return parsed.error().message;
    const auto candidate = SemanticVersion::parse(version, release);
    if (!candidate)
        return candidate.error().message;
    return parsed->check(*candidate) ? "accepted" : "refused";
}

std::string described(const fairway::Result<SemanticVersion> &version)
{
    return version ? version->toString() + " of " + version->original() : version.error().message;
}

} // namespace

TEST(Semver, readsVersionsLeniently)
{
    const struct {
        const char *text;
        const char *result;
    } rows[] = {
        {"1.2.3", "1.2.3 of 1.2.3"},
        {"v1.2.3", "1.2.3 of v1.2.3"},
        {"1", "1.0.0 of 1"},
        {"v1.2-beta.1+b7", "1.2.0-beta.1+b7 of v1.2-beta.1+b7"},
        {"01.002.3", "1.2.3 of 01.002.3"},
        {"1.2.3-0", "1.2.3-0 of 1.2.3-0"},
        {"1.2.3+001", "1.2.3+001 of 1.2.3+001"},
        {"18446744073709551615.0.0", "18446744073709551615.0.0 of 18446744073709551615.0.0"},
        {"18446744073709551616.0.0",
            "error parsing version segment: strconv.ParseUint: parsing \"18446744073709551616\": value out of range"},
        {"1.2.3-alpha.01", "version segment starts with 0"},
        {"", "invalid semantic version"},
        {"V1.2.3", "invalid semantic version"},
        {"vv1", "invalid semantic version"},
        {"1.2.3.4", "invalid semantic version"},
        {"1.2.x", "invalid semantic version"},
        {" 1.2", "invalid semantic version"},
        {"1.2.3-", "invalid semantic version"},
        {"1.2.3-a..b", "invalid semantic version"},
        {"1.2.3-a_b", "invalid semantic version"},
        {"1.2.3+", "invalid semantic version"},
        {"-1", "invalid semantic version"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(described(SemanticVersion::parse(row.text)), row.result) << row.text;
    EXPECT_EQ(described(SemanticVersion::parse("x", SemverRelease::V33)), "Invalid Semantic Version");
}

TEST(Semver, readsVersionsStrictly)
{
    const struct {
        const char *text;
        const char *result;
    } rows[] = {
        {"1.2.3-rc.1+b", "1.2.3-rc.1+b of 1.2.3-rc.1+b"},
        {"1.2.3-a-b", "1.2.3-a-b of 1.2.3-a-b"},
        {"", "version string empty"},
        {"1.2", "invalid semantic version"},
        {"v1.2.3", "invalid characters in version"},
        {"1.02.3", "version segment starts with 0"},
        {"1..3", "strconv.ParseUint: parsing \"\": invalid syntax"},
        {"1.2.3.4", "invalid characters in version"},
        {"1.2.3-", "invalid prerelease string"},
        {"1.2.3-01", "version segment starts with 0"},
        {"1.2.3+a..b", "invalid metadata string"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(described(SemanticVersion::parseStrict(row.text)), row.result) << row.text;
    EXPECT_EQ(described(SemanticVersion::parseStrict("1.2.3-", SemverRelease::V33)), "1.2.3 of 1.2.3-");
}

TEST(Semver, ordersAsTheSpecificationDoes)
{
    const char *const ascending[] = {"0.0.1", "0.2.0", "1.0.0-1", "1.0.0-2", "1.0.0-11", "1.0.0-alpha", "1.0.0-alpha.1",
        "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "2.0.0"};
    for (std::size_t i = 0; i < std::size(ascending); ++i) {
        for (std::size_t j = 0; j < std::size(ascending); ++j) {
            const int found = SemanticVersion::parse(ascending[i])->compare(*SemanticVersion::parse(ascending[j]));
            EXPECT_EQ(found, i < j ? -1 : i > j ? 1 : 0) << ascending[i] << " and " << ascending[j];
        }
    }
    EXPECT_EQ(SemanticVersion::parse("1.0.0+a")->compare(*SemanticVersion::parse("1.0.0+b")), 0);
}

TEST(Semver, countsUp)
{
    const SemanticVersion version = SemanticVersion::parse("v1.2.3-rc.1+b").value();
    EXPECT_EQ(version.nextPatch().original(), "v1.2.3");
    EXPECT_EQ(version.nextPatch().nextPatch().toString(), "1.2.4");
    EXPECT_EQ(version.nextMinor().original(), "v1.3.0");
    EXPECT_EQ(version.nextMajor().toString(), "2.0.0");
    EXPECT_EQ(version.withPrerelease("x.1")->original(), "v1.2.3-x.1+b");
    EXPECT_EQ(version.withPrerelease("x..1").error().message, "invalid prerelease string");
    EXPECT_EQ(version.withMetadata("").value().toString(), "1.2.3-rc.1");
    EXPECT_EQ(version.withMetadata("_").error().message, "invalid metadata string");
}

TEST(VersionConstraint, decides)
{
    const struct {
        const char *constraint;
        const char *version;
        const char *result;
    } rows[] = {
        {"1.2.3", "1.2.3", "accepted"},
        {"=1.2.3", "1.2.4", "refused"},
        {"1.2", "1.2.9", "accepted"},
        {"1.2", "1.3.0", "refused"},
        {"*", "0.0.1", "accepted"},
        {"*", "1.0.0-rc.1", "refused"},
        {"*-0", "1.0.0-rc.1", "accepted"},
        {"!=1.2.x", "1.2.3", "refused"},
        {"!=1.x", "2.0.0", "accepted"},
        {"!=1.2.3", "1.2.3-beta", "refused"},
        {">11", "11.9.9", "refused"},
        {">11", "12.0.0", "accepted"},
        {">11.1", "11.1.5", "refused"},
        {">11.1", "11.2.0", "accepted"},
        {"<2", "1.9.9", "accepted"},
        {"<2", "2.0.0", "refused"},
        {"<=11", "11.9.0", "accepted"},
        {"<=11.1", "11.2.0", "refused"},
        {"=>1.2", "1.2.0", "accepted"},
        {"=<1.2", "1.2.9", "accepted"},
        {"~1.2.3", "1.2.9", "accepted"},
        {"~1.2.3", "1.2.2", "refused"},
        {"~>1", "1.9.0", "accepted"},
        {"~0.0.0", "7.0.0", "accepted"},
        {"^1.2.3", "1.9.0", "accepted"},
        {"^1.2.3", "2.0.0", "refused"},
        {"^0.2.3", "0.2.9", "accepted"},
        {"^0.2.3", "0.3.0", "refused"},
        {"^0.0.3", "0.0.4", "refused"},
        {"^0", "0.9.0", "accepted"},
        {"^0.0", "0.1.0", "refused"},
        {">=1.2, <2", "1.9.0", "accepted"},
        {">=1.2 <2", "2.0.0", "refused"},
        {">= 1.2 , < 2", "1.2.0", "accepted"},
        {"<1 || >=2", "2.1.0", "accepted"},
        {"<1 || >=2", "1.5.0", "refused"},
        {"1.2 - 1.4", "1.4.0", "accepted"},
        {"1.2 - 1.4.5", "1.4.6", "refused"},
        {"1.2.3 - 1.4 || 3", "3.1.0", "accepted"},
        {">=1.0.0 <=2.0.0-beta", "1.0.1-beta", "accepted"},
        {">=1.24-0", "v1.29.3-gke.1", "accepted"},
        {">=1.24", "v1.29.3-gke.1", "refused"},
        {"", "1.0.0", "improper constraint: "},
        {" ", "1.0.0", "improper constraint:  "},
        {">=1||", "1.0.0", "improper constraint: "},
        {"==1", "1.0.0", "improper constraint: ==1"},
        {"1.2.3.4", "1.0.0", "improper constraint: 1.2.3.4"},
        {">=1<2", "1.0.0", "improper constraint: >=1<2"},
        {"1,,2", "1.0.0", "improper constraint: 1,,2"},
        {"1,", "1.0.0", "improper constraint: 1,"},
        {"latest", "1.0.0", "improper constraint: latest"},
        {"1|2", "1.0.0", "constraint parser error"},
        {"1 - 2 - 3", "1.0.0", "improper constraint: >= 1, <= 2 - 3"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(outcome(row.constraint, row.version), row.result) << row.constraint << " with " << row.version;
}

TEST(VersionConstraint, treatsPrereleasesAsTheOlderReleaseDid)
{
    EXPECT_EQ(outcome(">=1.0.0 <=2.0.0-beta", "1.0.1-beta", SemverRelease::V33), "refused");
    EXPECT_EQ(outcome("!=1.2.3", "1.2.3-beta", SemverRelease::V33), "accepted");
    EXPECT_EQ(outcome("!=1.2", "1.3.3-beta", SemverRelease::V33), "refused");
    EXPECT_EQ(outcome("1|2", "1.0.0", SemverRelease::V33), "constraint Parser Error");
}

TEST(VersionConstraint, isBoundedInSize)
{
    EXPECT_EQ(outcome(std::string(5000, '1').c_str(), "1"), "version constraint is longer than 4096 bytes");
}
