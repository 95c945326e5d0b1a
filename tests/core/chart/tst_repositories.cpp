#include "core/chart/chart_archive.h"
#include "core/chart/chart_search.h"
#include "core/chart/chart_url.h"
#include "core/chart/dependency_lock.h"
#include "core/chart/go_timestamp.h"
#include "core/chart/mirrors.h"
#include "core/chart/pull_chart.h"
#include "core/chart/repositories.h"
#include "core/chart/repository_file.h"
#include "core/chart/repository_index.h"
#include "core/chart/temporary_folder.h"
#include "core/chart/tgz_writer.h"
#include "core/chart/unpack_chart.h"
#include "core/chart/update_dependencies.h"
#include "tests/core/chart/loopback_server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <tuple>

namespace {

using namespace fairway;
using namespace fairway::chart;
using test::LoopbackServer;

const Messages quiet(HelmVersion::V4);

std::string textOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void writeText(const std::string &path, std::string_view text)
{
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

TEST(ChartUrl, resolves_references_as_Go_does)
{
    const std::tuple<const char *, const char *, const char *> rows[] = {
        {"http://a/b/c/d?q", "g", "http://a/b/c/g"},
        {"http://a/b/c/d?q", "./g", "http://a/b/c/g"},
        {"http://a/b/c/d?q", "g/", "http://a/b/c/g/"},
        {"http://a/b/c/d?q", "/g", "http://a/g"},
        {"http://a/b/c/d?q", "//g", "http://g"},
        {"http://a/b/c/d?q", "?y", "http://a/b/c/d?y"},
        {"http://a/b/c/d?q", "g?y#s", "http://a/b/c/g?y#s"},
        {"http://a/b/c/d?q", "", "http://a/b/c/d?q"},
        {"http://a/b/c/d?q", "..", "http://a/b/"},
        {"http://a/b/c/d?q", "../g", "http://a/b/g"},
        {"http://a/b/c/d?q", "../../../g", "http://a/g"},
        {"http://a/b/c/d?q", "https://x/y", "https://x/y"},
        {"http://u:p@a/b", "c", "http://u:p@a/c"},
        {"http://a/b%2Fc/d", "e", "http://a/b%2Fc/e"},
    };
    for (const auto &[base, reference, expected] : rows)
        EXPECT_EQ(resolveUrl(base, reference).value_or("refused"), expected) << base << " and " << reference;
}

TEST(ChartUrl, charts_stand_below_their_repository)
{
    EXPECT_EQ(*resolveInRepository("https://h/charts", "x.tgz"), "https://h/charts/x.tgz");
    EXPECT_EQ(*resolveInRepository("https://h/charts/", "x.tgz"), "https://h/charts/x.tgz");
    EXPECT_EQ(*resolveInRepository("https://h/charts?key=1", "x.tgz"), "https://h/charts/x.tgz?key=1");
    EXPECT_EQ(*resolveInRepository("https://h", "sub/x.tgz"), "https://h/sub/x.tgz");
    EXPECT_EQ(*resolveInRepository("https://h/charts", "http://other/x.tgz"), "http://other/x.tgz");
    EXPECT_EQ(*resolveInRepository("https://h/a%20b", "x.tgz"), "https://h/a%20b/x.tgz");
    EXPECT_FALSE(resolveInRepository("https://h/charts", "%zz"));
    EXPECT_EQ(joinUrl("https://h/a/", "b.tgz"), "https://h/a/b.tgz");
    EXPECT_EQ(joinUrl("relative/path", "b.tgz"), "relative/path/b.tgz");
    EXPECT_EQ(joinUrl("", "b.tgz"), "b.tgz");
    EXPECT_EQ(joinUrl("", ""), "");
    EXPECT_TRUE(isSameUrl("https://h/a", "https://h/a/"));
    EXPECT_TRUE(isSameUrl("https://h", "https://h/"));
    EXPECT_FALSE(isSameUrl("https://h/a", "https://h/b"));
    EXPECT_FALSE(isSameUrl("https://h/a", "http://h/a"));
    EXPECT_EQ(urlOrigin("https://u:p@h:8443/x"), "https://h:8443");
    EXPECT_EQ(urlOrigin("x/y"), "");
    EXPECT_EQ(urlFileName("https://h/a/x-1.tgz?y"), "x-1.tgz");
    for (const char *none : {"https://h/", "https://h", "https://h/..", "https://h/%2e%2e", "https://h/a/.."})
        EXPECT_EQ(urlFileName(none), "") << none;
    EXPECT_EQ(urlFileName("https://h/..%2f..%2fx.tgz"), "x.tgz");
}

TEST(GoTimestamp, writes_times_as_encoding_json_does)
{
    const std::pair<const char *, const char *> rows[] = {
        {"2026-11-22T03:04:05Z", "2026-11-22T03:04:05Z"},
        {"2026-11-22T03:04:05.120000Z", "2026-11-22T03:04:05.12Z"},
        {"2026-11-22T03:04:05.000Z", "2026-11-22T03:04:05Z"},
        {"2026-11-22T03:04:05.123456789123+01:30", "2026-11-22T03:04:05.123456789+01:30"},
        {"2026-11-22T03:04:05+00:00", "2026-11-22T03:04:05Z"},
        {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
    };
    for (const auto &[text, expected] : rows)
        EXPECT_EQ(goTimestamp(text).value_or("none"), expected);
    for (const char *text : {"", "yesterday", "2026-11-22", "2026-13-22T03:04:05Z"})
        EXPECT_FALSE(goTimestamp(text)) << text;
    EXPECT_EQ(goTimestamp(std::chrono::system_clock::time_point(std::chrono::nanoseconds(1'500'000'000'250'000'000))), "2017-07-14T02:40:00.25Z");
}

TEST(DependencyLock, digests_are_Helm_s)
{
    // Of Helm's own lock files for these dependencies.
    Dependency wanted;
    wanted.name = "alpha";
    wanted.version = "1.x";
    wanted.repository = "http://127.0.0.1:1234/charts";
    Dependency locked = wanted;
    locked.version = "1.2.0";
    EXPECT_EQ(lockDigest({wanted}, {locked}), "sha256:bea76f24d233daec263f2cb46de086449fdde308f6d1b86f405b36ba5f1f3556");
    wanted.condition = "a.b,c";
    wanted.tags = {"x", "<y>"};
    wanted.enabled = true;
    wanted.importValues = {value::Value("data"), value::Value::map({{"child", "a"}, {"parent", "b"}})};
    wanted.alias = "other";
    EXPECT_EQ(lockDigest({wanted}, {locked}), "sha256:db2b7995bb615776b642ef1f00dd4111886088c3295a81b6f6bbec001ea4eff9");
    EXPECT_NE(lockDigestOfHelm2({wanted}), lockDigestOfHelm2({locked}));
}

RepositoryIndex parsed(std::string_view text)
{
    Result<RepositoryIndex> index = parseIndex(text, "test", quiet);
    EXPECT_TRUE(index) << index.error().message;
    return index ? *index : RepositoryIndex {};
}

std::string versions(std::initializer_list<const char *> list)
{
    std::string text = "apiVersion: v1\nentries:\n  x:\n";
    for (const char *version : list)
        text += std::string("  - {name: x, version: '") + version + "', apiVersion: v2, urls: [x.tgz]}\n";
    return text;
}

TEST(RepositoryIndex, newest_first_and_found_by_wish)
{
    const RepositoryIndex index = parsed(versions({"1.2.0", "1.10.0", "2.0.0-beta.1", "1.2.0+build", "0.9.0"}));
    std::string order;
    for (const ChartVersion &version : index.entries.at("x"))
        order += version.metadata.version + " ";
    EXPECT_EQ(order, "2.0.0-beta.1 1.10.0 1.2.0 1.2.0+build 0.9.0 ");
    const std::pair<const char *, const char *> rows[] = {
        {"", "1.10.0"}, {"1.2.0", "1.2.0"}, {"1.2.0+build", "1.2.0+build"}, {"^1.0.0", "1.10.0"}, {"~1.2", "1.2.0"}, {">0.0.0-0", "2.0.0-beta.1"},
        {"<1", "0.9.0"}, {"3", "no chart version found for x-3"}, {"one", "improper constraint: one"},
    };
    for (const auto &[wish, expected] : rows) {
        const auto found = index.find("x", wish, quiet);
        EXPECT_EQ(found ? (*found)->metadata.version : found.error().message, expected) << wish;
    }
    EXPECT_EQ(index.find("y", "", quiet).error().message, "no chart name found");
}

TEST(RepositoryIndex, what_is_no_chart_is_left_out_and_told)
{
    std::string told;
    const Messages messages(HelmVersion::V4, [&](std::string_view line) { told += std::string(line) + "\n"; });
    const auto index = parseIndex(versions({"1.0.0", "one", "1.0.0.0", ""}), "http://h", messages);
    ASSERT_TRUE(index);
    EXPECT_EQ(index->entries.at("x").size(), 1U);
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 3);
    EXPECT_LT(told.find(R"(\"x\" \"\" from)"), told.find(R"(\"x\" \"one\" from)")) << "from the last to the first:\n" << told;
    EXPECT_NE(told.find(R"(skipping loading invalid entry for chart \"x\" \"one\" from http://h)"), std::string::npos) << told;
}

TEST(RepositoryIndex, reading_in_passing_and_as_a_tree_is_the_same)
{
    const std::string empties = "\nentries:\n  b:\n  - name: b\n    version: 1.0.0\n    urls: [b.tgz]\n  -\n  a:\n  - null\n  - {name: a, version: 2.0.0}\n  - name: a\n"
                                "    version: 3.0.0\n    keywords:\n    - x\n  c:\n  d: []\n  e:\n  - name: e\n    version: one\n";
    const std::string faults[] = {"entries:\n  a:\n  - name: [x]\n", "entries:\n  a:\n  - names: x\n", "entries:\n  a:\n  - name: a\n    name: b\n",
        "entries:\n  a: 1\n  b:\n  - created: x\n", "entries:\n  a:\n  - name: a\n  a:\n  - name: b\n", "entries:\n- name: a\n",
        "entries:\n  b:\n  - name: [x]\n  a:\n  - version: {}\n", "entries: {}\nentry: 1\n", "entries:\n  a:\n  - Name: a\n    name: b\n    version: 1.0.0\n",
        "entries:\n  a:\n  - name: a\n    version: 1.0.0\n    digest: 5\n    urls: [1.50, yes]\n    engine: 1\n", "annotations: {a: 1, b: ~}\npublicKeys: [7]\n",
        "entries:\n  a:\n  - name: a\n    version: 1.0.0\n    dependencies:\n    - name: x\n      import-values:\n      - 5\n      - a: {b: [c]}\n"};
    const auto read = [](const std::string &text) {
        std::string told;
        const Messages messages(HelmVersion::V4, [&](std::string_view line) { told += line; });
        const auto index = parseIndex(text, "http://h", messages);
        return told + (index ? toYaml(*index) : index.error().message);
    };
    // A carriage return within a comment is nothing to the simple reader.
    const std::string start = "apiVersion: v1\ngenerated: 2024-05-06T07:08:09Z\n";
    const std::string unusual = "apiVersion: v1 #\r\ngenerated: 2024-05-06T07:08:09Z\n";
    EXPECT_EQ(read(start + empties), read(unusual + empties));
    EXPECT_NE(read(start + empties).find("empty entry"), std::string::npos);
    for (const std::string &fault : faults)
        EXPECT_EQ(read(start + fault), read(unusual + fault)) << fault;
}

TEST(RepositoryIndex, refuses_what_helm_refuses)
{
    const std::string yaml = "error unmarshaling JSON: while decoding JSON: ";
    const std::string start = "apiVersion: v1\nentries:\n  c:\n  - name: c\n    version: 1.0.0\n";
    const std::string json = R"({"apiVersion":"v1","entries":{"c":[{"name":"c","version":"1.0.0",)";
    const struct {
        std::string text;
        std::string error; ///< Of Helm 4, and of Helm 3 without its "Metadata."; empty: it is read.
    } rows[] = {
        // What the chart's own fields say is no text unless it is written so; what the index's say is.
        {start + "    appVersion: 1.0\n", yaml + "json: cannot unmarshal number into Go struct field ChartVersion.entries.Metadata.appVersion of type string"},
        {start + "    keywords:\n    - 1.0\n", yaml + "json: cannot unmarshal number into Go struct field ChartVersion.entries.Metadata.keywords of type string"},
        {start + "    annotations:\n      a: true\n",
            yaml + "json: cannot unmarshal bool into Go struct field ChartVersion.entries.Metadata.annotations of type string"},
        {start + "    maintainers:\n    - name: true\n",
            yaml + "json: cannot unmarshal bool into Go struct field Maintainer.entries.Metadata.maintainers.name of type string"},
        {start + "    dependencies:\n    - name: x\n      version: 1.0\n",
            yaml + "json: cannot unmarshal number into Go struct field Dependency.entries.Metadata.dependencies.version of type string"},
        {start + "    dependencies:\n    - enabled: 5\n",
            yaml + "json: cannot unmarshal number into Go struct field Dependency.entries.Metadata.dependencies.enabled of type bool"},
        {start + "    urls: [1, true, 2.50]\n    digest: 5\n    engine: true\n", ""},
        {"apiVersion: 1\npublicKeys: [7]\nannotations: {x: 1}\nentries: {}\n", ""},
        {start + "    appVersion: 1\n    created: x\n", yaml + R"(parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006")"},
        {start + "    created: 5\n", yaml + "Time.UnmarshalJSON: input is not a JSON string"},
        {start + "    maintainers:\n    - foo: x\n", yaml + "json: unknown field \"foo\""},
        {start + "    dependencies:\n    - foo: x\n", yaml + "json: unknown field \"foo\""},
        {json + R"("digest":5}]}})", "json: cannot unmarshal number into Go struct field ChartVersion.entries.digest of type string"},
        {json + R"("maintainers":[{"foo":"x"}],"foo":1}]}})", ""},
        {R"({"apiVersion":1,"entries":{}})", "json: cannot unmarshal number into Go struct field IndexFile.apiVersion of type string"},
    };
    for (const HelmVersion version : {HelmVersion::V3, HelmVersion::V4}) {
        for (const auto &[text, error] : rows) {
            std::string expected = error;
            if (const std::size_t at = expected.find("Metadata."); version == HelmVersion::V3 && at != std::string::npos)
                expected.erase(at, std::string_view("Metadata.").size());
            const auto index = parseIndex(text, "test", Messages(version, [](std::string_view) {}));
            EXPECT_EQ(index ? "" : index.error().message, expected) << text;
        }
    }
}

TEST(RepositoryIndex, has_bounds)
{
    IndexLimits limits;
    limits.maxBytes = 1000;
    EXPECT_EQ(parseIndex(std::string(1001, ' '), "t", quiet, limits).error().code, ErrorCode::LimitExceeded);
    std::string bomb = "apiVersion: v1\nannotations:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "  a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int j = 0; j < 9; ++j)
            bomb += ", " + before;
        bomb += "]\n";
    }
    const auto bombed = parseIndex(bomb, "t", quiet);
    ASSERT_FALSE(bombed);
    EXPECT_TRUE(bombed.error().code == ErrorCode::LimitExceeded || bombed.error().message.find("alias") != std::string::npos) << bombed.error().message;
    EXPECT_FALSE(parseIndex(std::string(100000, '['), "t", quiet));
    EXPECT_FALSE(parseIndex("{" + std::string(100000, '['), "t", quiet));
    EXPECT_FALSE(parseIndex(std::string_view("a\0b", 3), "t", quiet));
}

TEST(RepositoryIndex, merging_keeps_what_is_there)
{
    RepositoryIndex index = parsed(versions({"1.0.0", "2.0.0"}));
    index.entries["x"][0].digest = "mine";
    const RepositoryIndex other = parsed(versions({"2.0.0+other", "3.0.0", "2.0.0", "3.0.0+again"}));
    index.merge(other, HelmVersion::V4);
    index.sort(HelmVersion::V4);
    std::string order;
    for (const ChartVersion &version : index.entries.at("x"))
        order += version.metadata.version + version.digest + " ";
    EXPECT_EQ(order, "3.0.0 2.0.0mine 1.0.0 ");
}

TEST(RepositoryIndex, written_and_read_again_is_the_same)
{
    const RepositoryIndex index = parsed(R"(
apiVersion: v1
generated: "2026-11-22T03:04:05.5+01:00"
publicKeys: [k]
annotations: {a: b}
serverInfo: {contextPath: /x}
entries:
  x:
  - {name: x, version: 1.0.0, apiVersion: v2, urls: [a, b], created: "2020-01-01T00:00:00Z", removed: true, digest: abc, engine: gotpl, url: old,
     maintainers: [{name: m, email: e}], dependencies: [{name: d, version: '1', repository: r, tags: [t]}], keywords: ["<k>"], deprecated: true,
     annotations: {k: v}}
)");
    EXPECT_EQ(toYaml(parsed(toYaml(index))), toYaml(index));
    EXPECT_EQ(toYaml(parsed(toJson(index))), toYaml(index));
}

TEST(ChartSearch, needs_no_more_than_what_is_kept_for_it)
{
    const std::string text = "apiVersion: v1\nentries:\n  x:\n  -\n  - {name: x, version: 1.0.0, apiVersion: v2, appVersion: a, description: of all, keywords: [k, l], home: h,\n"
                             "     maintainers: [{name: m}], annotations: {a: b}, urls: [u]}\n  - {name: x, version: 2.0.0, apiVersion: v2, maintainers: [~]}\n";
    for (const std::string &written : {text, "#\r\n" + text}) {
        std::string told[2];
        const auto read = [&](IndexDetail detail, std::string &messages) {
            auto index = parseIndex(written, "h", Messages(HelmVersion::V4, [&](std::string_view line) { messages += line; }), {}, detail);
            EXPECT_TRUE(index) << index.error().message;
            return index ? index->entries["x"] : std::vector<ChartVersion> {};
        };
        const std::vector<ChartVersion> all = read(IndexDetail::Everything, told[0]);
        const std::vector<ChartVersion> some = read(IndexDetail::ForSearch, told[1]);
        EXPECT_EQ(told[0], told[1]);
        ASSERT_EQ(all.size(), 1U);
        ASSERT_EQ(some.size(), 1U);
        const Metadata &a = all[0].metadata;
        const Metadata &b = some[0].metadata;
        EXPECT_EQ(std::tie(a.name, a.version, a.apiVersion, a.appVersion, a.description, a.keywords),
            std::tie(b.name, b.version, b.apiVersion, b.appVersion, b.description, b.keywords));
        EXPECT_TRUE(b.maintainers.empty() && !b.annotations && some[0].urls.empty());
        EXPECT_FALSE(a.maintainers.empty() || !a.annotations || all[0].urls.empty());
    }
}

TEST(ChartSearch, scores_as_helm_does)
{
    const RepositoryIndex index = parsed(R"(
apiVersion: v1
entries:
  web: [{name: web, version: 1.0.0, description: a server, keywords: [http]}, {name: web, version: 2.0.0-rc.1, description: a server}]
  shop: [{name: shop, version: 1.0.0, description: the web shop, keywords: [web]}, {name: shop, version: 0.9.0, description: old}]
  http: [{name: http, version: 3.0.0, description: plain}]
)");
    const auto found = [&](SearchOptions options) {
        const auto result = searchCharts({{"one", &index}}, options, HelmVersion::V4);
        if (!result)
            return result.error().message;
        std::string text;
        for (const FoundChart &chart : *result)
            text += chart.name + " " + chart.chart->metadata.version + " " + std::to_string(chart.score) + "; ";
        return text;
    };
    EXPECT_EQ(found({}), "one/http 3.0.0 0; one/shop 1.0.0 0; one/web 1.0.0 0; ");
    EXPECT_EQ(found({"WEB", false, "", false}), "one/web 1.0.0 0; one/shop 1.0.0 2; ");
    EXPECT_EQ(found({"one/", false, "", false}), "one/http 3.0.0 1; one/shop 1.0.0 1; one/web 1.0.0 1; ");
    EXPECT_EQ(found({"http", false, "", false}), "one/http 3.0.0 0; one/web 1.0.0 3; ");
    EXPECT_EQ(found({"^w.b", true, "", false}), "one/web 1.0.0 0; ");
    EXPECT_EQ(found({"web", false, ">0.0.0-0", false}), "one/web 2.0.0-rc.1 0; one/shop 1.0.0 2; ");
    EXPECT_EQ(found({"shop", false, "", true}), "one/shop 1.0.0 0; one/shop 0.9.0 0; ");
    EXPECT_EQ(found({"shop", false, "<1", false}), "one/shop 0.9.0 0; ");
    EXPECT_TRUE(found({"(", true, "", false}).starts_with("error parsing regexp: "));
    EXPECT_TRUE(found({"", false, "x.y.z.w", false}).starts_with("an invalid version/constraint format: "));
}

TEST(RepositoryFile, keeps_every_field_and_is_for_the_user_alone)
{
    RepositoryFile file;
    file.put({"one", "https://h/a", "u", "p", "c", "k", "ca", true, true});
    file.put({"two", "https://h/b", "", "", "", "", "", false, false});
    const TemporaryFolder folder("tst-");
    const std::string path = folder.path() + "/config/repositories.yaml";
    ASSERT_TRUE(writeRepositoryFile(path, file));
    EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms::all, std::filesystem::perms(0600));
    auto read = readRepositoryFile(path);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->repositories, file.repositories);
    EXPECT_TRUE(read->remove("one"));
    EXPECT_FALSE(read->remove("one"));
    EXPECT_EQ(read->find("one"), nullptr);
    EXPECT_EQ(readRepositoryFile(path + "x").error().code, ErrorCode::NotFound);
    for (const char *bad : {"repositories: text", "repositories: [text]", "a: b: c", "- x"})
        EXPECT_FALSE(RepositoryFile::parse(bad)) << bad;
    EXPECT_TRUE(RepositoryFile::parse("repositories: [null]")->repositories.empty());
}

TEST(Mirrors, are_read_and_refused)
{
    EXPECT_EQ(parseMirror("https://a/x=http://b/y")->from, "https://a/x/");
    EXPECT_EQ(parseMirror("https://a/x?k=v/=http://b/y")->to, "http://b/y/");
    for (const char *bad : {"", "https://a", "a=b", "=http://b", "ftp://a=http://b", "https://=http://b"})
        EXPECT_FALSE(parseMirror(bad)) << bad;
    EXPECT_EQ(parseMirrors("mirrors:\n- {from: https://a, to: https://b}\n")->size(), 1U);
    EXPECT_TRUE(parseMirrors("")->empty());
    EXPECT_NE(parseMirrors("mirrors:\n- {from: https://a, to: https://b}\n- {from: x}\n").error().message.find("mirror 2"), std::string::npos);
    EXPECT_FALSE(parseMirrors("mirrors: text"));
}

std::string archiveOf(std::initializer_list<std::pair<std::string, std::string>> files)
{
    TgzWriter writer;
    for (const auto &[name, text] : files)
        EXPECT_TRUE(writer.add(name, text, 1'600'000'000));
    return writer.finish();
}

TEST(TgzWriter, names_of_every_length_come_back)
{
    std::vector<std::string> names;
    for (std::size_t length = 1; length < 300; length += 7) {
        names.push_back("c/" + std::string(length, 'n'));
        names.push_back("c/" + std::string(length, 'd') + "/f");
        names.push_back("c/ä" + std::string(length, 'u'));
    }
    TgzWriter writer;
    for (const std::string &name : names)
        ASSERT_TRUE(writer.add(name, name, 1));
    const auto files = readChartArchive(writer.finish());
    ASSERT_TRUE(files) << files.error().message;
    ASSERT_EQ(files->size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ("c/" + (*files)[i].name, names[i]);
        EXPECT_EQ((*files)[i].data, names[i]);
        EXPECT_EQ((*files)[i].modifiedSeconds, 1);
    }
}

TEST(UnpackChart, stays_in_its_folder)
{
    const TemporaryFolder folder("tst-");
    const std::string top = folder.path() + "/top";
    const std::string chartYaml = "apiVersion: v2\nname: x\nversion: 1.0.0\n";
    const auto unpacked = unpackChart(archiveOf({{"x/Chart.yaml", chartYaml}, {"x/a/b/c.txt", "deep"}}), top, HelmVersion::V4);
    ASSERT_TRUE(unpacked) << unpacked.error().message;
    EXPECT_EQ(textOf(*unpacked + "/a/b/c.txt"), "deep");
    std::filesystem::create_directories(folder.path() + "/outside");
    std::filesystem::remove_all(*unpacked + "/a");
    std::filesystem::create_directory_symlink(folder.path() + "/outside", *unpacked + "/a");
    EXPECT_FALSE(unpackChart(archiveOf({{"x/Chart.yaml", chartYaml}, {"x/a/c.txt", "deep"}}), top, HelmVersion::V4));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path() + "/outside"));
    for (const char *name : {"..", ".", "../y", "/y", "a/b"}) {
        const std::string bad = std::string("apiVersion: v2\nname: \"") + name + "\"\nversion: 1.0.0\n";
        EXPECT_FALSE(unpackChart(archiveOf({{"x/Chart.yaml", bad}}), top, HelmVersion::V4)) << name;
    }
    EXPECT_FALSE(unpackChart(archiveOf({{"x/values.yaml", ""}}), top, HelmVersion::V4));
    EXPECT_FALSE(unpackChart("no archive", top, HelmVersion::V4));
}

/// A repository of charts named x0, x1, … on a server of its own, and a home.
class WithRepository : public ::testing::Test {
protected:
    static constexpr int charts = 20;

    WithRepository()
        : m_server([this](const LoopbackServer::Request &request) { return answer(request); })
    {
        m_context.paths.repositoryConfig = m_folder.path() + "/repositories.yaml";
        m_context.paths.repositoryCache = m_folder.path() + "/cache";
        m_context.paths.contentCache = m_folder.path() + "/content";
        m_context.http.proxies = {};
    }

    static std::string chartYaml(int i) { return "apiVersion: v2\nname: x" + std::to_string(i) + "\nversion: 1.0.0\n"; }

    LoopbackServer::Response answer(const LoopbackServer::Request &request)
    {
        if (request.target == "/index.yaml") {
            std::string text = "apiVersion: v1\nentries:\n";
            for (int i = 0; i < charts; ++i) {
                const std::string name = "x" + std::to_string(i);
                text += "  " + name + ": [{name: " + name + ", version: 1.0.0, apiVersion: v2, urls: [" + name + ".tgz]}]\n";
            }
            return {200, {}, text};
        }
        if (request.target == "/hold.tgz")
            return {200, {}, "", false, true};
        if (!request.target.starts_with("/x") || m_isBroken)
            return {404, {}, "none"};
        const std::string name = request.target.substr(1, request.target.find('.') - 1);
        return {200, {}, archiveOf({{name + "/Chart.yaml", chartYaml(std::atoi(name.c_str() + 1))}})};
    }

    std::string parent()
    {
        std::string text = "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n";
        for (int i = 0; i < charts; ++i)
            text += "- {name: x" + std::to_string(i) + ", version: 1.x, repository: " + m_server.url() + "}\n";
        writeText(m_folder.path() + "/parent/Chart.yaml", text);
        return m_folder.path() + "/parent";
    }

    const TemporaryFolder m_folder {"tst-"};
    std::atomic<bool> m_isBroken {false};
    LoopbackServer m_server;
    RemoteContext m_context;
};

TEST_F(WithRepository, many_dependencies_are_fetched_at_once_and_told_in_order)
{
    const std::string chart = parent();
    std::string printed;
    std::atomic<int> steps {0};
    m_context.print = [&](std::string_view text) { printed += text; };
    m_context.onProgress = [&](std::string_view, const HttpProgress &) { ++steps; };
    DependencyOptions options;
    options.chart = chart;
    const Result<void> updated = updateDependencies(options, m_context);
    ASSERT_TRUE(updated) << updated.error().message;
    EXPECT_LT(printed.find("Downloading x0 "), printed.find("Downloading x19 "));
    for (int i = 0; i < charts; ++i)
        EXPECT_TRUE(std::filesystem::exists(chart + "/charts/x" + std::to_string(i) + ".tgz")) << i;
    const std::string lock = textOf(chart + "/Chart.lock");
    EXPECT_NE(lock.find("digest: sha256:"), std::string::npos);
    ASSERT_TRUE(updateDependencies(options, m_context));
    EXPECT_EQ(textOf(chart + "/Chart.lock"), lock) << "the same choice leaves the lock alone";
    EXPECT_GT(steps, 0);
}

TEST_F(WithRepository, a_failure_leaves_the_chart_as_it_was)
{
    const std::string chart = parent();
    writeText(chart + "/charts/old.tgz", archiveOf({{"old/Chart.yaml", "apiVersion: v2\nname: old\nversion: 1.0.0\n"}}));
    m_isBroken = true;
    DependencyOptions options;
    options.chart = chart;
    const Result<void> updated = updateDependencies(options, m_context);
    ASSERT_FALSE(updated);
    EXPECT_TRUE(updated.error().message.starts_with("could not download " + m_server.url() + "/x0.tgz: failed to fetch ")) << updated.error().message;
    EXPECT_FALSE(std::filesystem::exists(chart + "/Chart.lock"));
    std::vector<std::string> left;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(chart))
        left.push_back(entry.path().filename().string());
    std::sort(left.begin(), left.end());
    EXPECT_EQ(left, (std::vector<std::string> {"Chart.yaml", "charts", "old.tgz"}));
}

TEST_F(WithRepository, pulling_can_be_cancelled)
{
    CancelSource source;
    m_context.cancel = source.token();
    std::thread canceller([&] {
        while (m_server.requests().empty())
            std::this_thread::yield();
        source.cancel();
    });
    PullOptions options;
    options.source.reference = m_server.url() + "/hold.tgz";
    options.destination = m_folder.path();
    EXPECT_EQ(pullChart(options, m_context).error().code, ErrorCode::Cancelled);
    canceller.join();
    EXPECT_FALSE(std::filesystem::exists(m_folder.path() + "/hold.tgz"));
}

TEST_F(WithRepository, a_digest_that_is_wrong_is_told_and_not_cached)
{
    RepositoryEntry entry;
    entry.name = "one";
    entry.url = m_server.url();
    ASSERT_TRUE(addRepository(m_context, entry, false));
    const std::string path = indexCachePath(m_context.paths, "one");
    const std::string digest(64, 'a');
    writeText(path, "apiVersion: v1\nentries: {x0: [{name: x0, version: 1.0.0, digest: " + digest + ", urls: [x0.tgz]}]}\n");
    std::string told;
    m_context.log = [&](std::string_view line) { told += line; };
    ChartSource source;
    source.reference = "one/x0";
    const auto fetched = downloadChartToCache(source, m_context);
    ASSERT_TRUE(fetched) << fetched.error().message;
    EXPECT_EQ(fetched->path.find(digest), std::string::npos);
    EXPECT_NE(told.find("digest differs"), std::string::npos) << told;
    writeText(path, "apiVersion: v1\nentries: {x0: [{name: x0, version: 1.0.0, digest: zz, urls: [x0.tgz]}]}\n");
    EXPECT_EQ(downloadChartToCache(source, m_context).error().code, ErrorCode::InvalidInput);
}

TEST_F(WithRepository, names_from_a_foreign_file_lead_nowhere)
{
    writeText(m_context.paths.repositoryConfig, "repositories: [{name: ../../evil, url: " + m_server.url() + "}]\n");
    const auto file = readRepositoryFile(m_context.paths.repositoryConfig);
    ASSERT_TRUE(file);
    const auto updated = updateRepositories(m_context, file->repositories);
    ASSERT_EQ(updated.size(), 1U);
    ASSERT_TRUE(updated.front().error);
    EXPECT_NE(updated.front().error->message.find("'/'"), std::string::npos);
}

} // namespace
