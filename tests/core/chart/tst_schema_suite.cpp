#include "core/chart/schema_check.h"
#include "core/value/json.h"
#include "tests/core/chart/command_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

/// The reference cases of JSON Schema, out of Debian's package json-schema-test-suite.
namespace {

using namespace fairway;
using namespace fairway::chart;
using value::Value;
namespace fs = std::filesystem;

constexpr const char *suite = "/usr/share/json-schema-test-suite/tests";

struct Exception {
    const char *file;
    const char *group; ///< A part of its description.
    const char *why;
};

/// What Helm's validators refuse or take as we do, and what is not done.
constexpr Exception exceptions[] = {
    {"refRemote.json", "", "references over the network are not followed"},
    {"definitions.json", "", "they lead to the metaschema's address, which is taken as good unseen"},
    {"ref.json", "remote ref, containing refs itself", "the same"},
    {"optional/ecmascript-regex.json", "", "patterns are Go's regular expressions"},
    {"optional/content.json", "", "contents are not looked into"},
    {"optional/format/idn-email.json", "", "Helm's validators don't know this format"},
    {"optional/format/idn-hostname.json", "", "nor this one"},
    {"optional/zeroTerminatedFloats.json", "", "1.0 is whole in all drafts, as in Helm"},
};

bool isLeftOut(const std::string &file, const std::string &group)
{
    return std::any_of(std::begin(exceptions), std::end(exceptions),
        [&](const Exception &one) { return file == one.file && group.find(one.group) != std::string::npos; });
}

struct Score {
    int right = 0;
    int wrong = 0;
    std::string told;
};

void runGroup(const std::string &draftUri, const std::string &file, const Value &group, Score &score)
{
    const std::string title(group["description"].stringOr());
    if (isLeftOut(file, title))
        return;
    Value schema = value::deepCopy(group["schema"]);
    if (schema.isMap() && !schema.asMap().get("$schema"))
        schema.set("$schema", draftUri);
    const Result<SchemaDocument> document = SchemaDocument::parse(value::toJson(schema), HelmVersion::V4);
    for (const Value &test : group["tests"].asList()) {
        const bool isValid = document && checkAgainstSchema(*document, test["data"]).empty();
        const bool isRight = document && isValid == test["valid"].boolOr(false);
        ++(isRight ? score.right : score.wrong);
        if (!isRight && score.wrong < 40)
            score.told += file + ": " + title + ": " + std::string(test["description"].stringOr()) + (document ? "" : ": " + document.error().message) + "\n";
    }
}

void runDraft(const std::string &name, const std::string &uri)
{
    const fs::path top = fs::path(suite) / name;
    if (!fs::is_directory(top))
        GTEST_SKIP() << "NO " << top << ": the reference cases of JSON Schema were not run; install json-schema-test-suite";
    Score score;
    std::vector<fs::path> files;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(top)) {
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path &path : files) {
        const Result<Value> groups = value::parseJson(fairway::test::readFile(path));
        ASSERT_TRUE(groups) << path;
        for (const Value &group : groups->asList())
            runGroup(uri, path.lexically_relative(top).string(), group, score);
    }
    EXPECT_EQ(score.wrong, 0) << score.told;
    EXPECT_GT(score.right, 300);
    std::printf("%s: %d cases right\n", name.c_str(), score.right);
}

} // namespace

TEST(SchemaSuite, draft4)
{
    runDraft("draft4", "http://json-schema.org/draft-04/schema#");
}

TEST(SchemaSuite, draft6)
{
    runDraft("draft6", "http://json-schema.org/draft-06/schema#");
}

TEST(SchemaSuite, draft7)
{
    runDraft("draft7", "http://json-schema.org/draft-07/schema#");
}
