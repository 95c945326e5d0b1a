#include "core/chart/chart_archive.h"
#include "core/chart/helmignore.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "tests/core/chart/chart_fixture.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace fairway;
using namespace fairway::chart;

namespace {

struct TarEntry {
    std::string name;
    std::string data;
    char type = '0';
    std::uint64_t statedSize = 0; ///< 0: the data's.
};

std::string tarOf(const std::vector<TarEntry> &entries)
{
    std::string tar;
    for (const TarEntry &entry : entries) {
        std::string block(512, '\0');
        entry.name.copy(block.data(), 100);
        std::snprintf(block.data() + 100, 8, "%07o", 0644U);
        std::snprintf(block.data() + 124, 12, "%011llo",
            static_cast<unsigned long long>(entry.statedSize != 0 ? entry.statedSize : entry.data.size()));
        std::snprintf(block.data() + 136, 12, "%011o", 1700000000U);
        block[156] = entry.type;
        std::string("ustar\00000", 8).copy(block.data() + 257, 8);
        block.replace(148, 8, 8, ' ');
        unsigned sum = 0;
        for (const char c : block)
            sum += static_cast<unsigned char>(c);
        std::snprintf(block.data() + 148, 8, "%06o", sum);
        tar += block + entry.data;
        tar.resize((tar.size() + 511) / 512 * 512, '\0');
    }
    return tar + std::string(1024, '\0');
}

std::string gzipOf(const std::string &text)
{
    z_stream z {};
    deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&z, text.size()) + 64, '\0');
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef *>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

/// "name=data …", or the error.
std::string unpacked(const std::string &archive, const ChartLimits &limits = {})
{
    const auto files = readChartArchive(archive, limits);
    if (!files)
        return files.error().message;
    std::string out;
    for (const ChartFile &file : *files)
        out += (out.empty() ? "" : " ") + file.name + "=" + file.data;
    return out;
}

} // namespace

TEST(ChartArchive, takesOnlyWhatStandsInTheChart)
{
    const struct {
        std::vector<TarEntry> entries;
        const char *result;
    } rows[] = {
        {{{"c/Chart.yaml", "x"}, {"c/templates/", "", '5'}, {"c/templates/a.yaml", "y"}}, "Chart.yaml=x templates/a.yaml=y"},
        {{{"./Chart.yaml", "x"}}, "Chart.yaml=x"},
        {{{"c\\templates\\a", "x"}}, "templates/a=x"},
        {{{"c/a", "\xEF\xBB\xBFx"}}, "a=x"},
        {{{"c/link", "", '2'}}, "link="},
        {{{"Chart.yaml", "x"}}, "chart illegally contains content outside the base directory: \"Chart.yaml\""},
        {{{"Chart.yaml/x", "x"}}, "chart yaml not in base directory"},
        {{{"c/../../etc/passwd", "x"}}, "chart illegally references parent directory"},
        {{{"c/..hidden", "x"}}, "chart illegally references parent directory"},
        {{{"c//etc/passwd", "x"}}, "chart illegally contains absolute paths"},
        {{{"c/c:/x", "x"}}, "chart contains illegally named files"},
        {{{"c/d/..", "x"}}, "chart illegally contains content outside the base directory: \"c/d/..\""},
        {{}, "no files in chart archive"},
        {{{"c/big", "", '0', 6 << 20}}, "decompressed chart file \"c/big\" is larger than the maximum file size 5242880"},
        {{{"c/big", "", '0', std::uint64_t {1} << 31}}, "decompressed chart is larger than the maximum size 104857600"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(unpacked(gzipOf(tarOf(row.entries))), row.result);
}

TEST(ChartArchive, readsLongNames)
{
    const std::string name = "c/" + std::string(150, 'n');
    EXPECT_EQ(unpacked(gzipOf(tarOf({{"././@LongLink", name + '\0', 'L'}, {"c/short", "x"}}))), std::string(150, 'n') + "=x");
    const std::string record = "path=" + name + "\n";
    const std::string pax = std::to_string(record.size() + 4) + " " + record;
    EXPECT_EQ(unpacked(gzipOf(tarOf({{"PaxHeader", pax, 'x'}, {"c/short", "x"}}))), std::string(150, 'n') + "=x");
    EXPECT_EQ(unpacked(gzipOf(tarOf({{"PaxHeader", "999 path=x\n", 'x'}, {"c/short", "x"}}))), "archive/tar: invalid tar header");
}

TEST(ChartArchive, refusesWhatIsNone)
{
    const std::string good = gzipOf(tarOf({{"c/Chart.yaml", std::string(3000, 'x')}}));
    EXPECT_EQ(unpacked("garbage"), "unexpected EOF");
    EXPECT_EQ(unpacked("something that is no gzip"), "gzip: invalid header");
    EXPECT_EQ(unpacked(gzipOf("garbage")), "unexpected EOF");
    EXPECT_EQ(unpacked(gzipOf(std::string(512, 'x'))), "archive/tar: invalid tar header");
    for (std::size_t size = 0; size < good.size(); ++size) {
        // Cut behind the last file it is read whole, as by Go; before that it is an error, never a part.
        const auto cut = readChartArchive(std::string_view(good).substr(0, size));
        EXPECT_TRUE(!cut || (cut->size() == 1 && (*cut)[0].data.size() == 3000)) << size;
    }
    std::string broken = good;
    broken[broken.size() - 6] = static_cast<char>(broken[broken.size() - 6] ^ 1);
    const auto files = readChartArchive(broken);
    EXPECT_TRUE(!files || files->size() == 1); // the sum stands behind the last block, which Go doesn't read either
}

TEST(ChartArchive, holdsNoMoreThanItsLimits)
{
    ChartLimits limits;
    limits.maxChartBytes = 1000;
    EXPECT_EQ(unpacked(gzipOf(tarOf({{"c/a", std::string(600, 'a')}, {"c/b", std::string(600, 'b')}})), limits),
        "decompressed chart is larger than the maximum size 1000");
    limits.maxFiles = 3;
    EXPECT_EQ(unpacked(gzipOf(tarOf({{"c/a", ""}, {"c/b", ""}, {"c/c", ""}, {"c/d", ""}, {"c/e", ""}})), limits),
        "chart archive has more than 3 entries");
}

TEST(ChartFromFiles, refusesInHelmsWords)
{
    const auto outcome = [](std::vector<std::pair<std::string, std::string>> files, HelmVersion version = HelmVersion::V4) {
        const test::Loading loading(version);
        const auto tree = test::chartOf(std::move(files), loading);
        return tree ? "chart " + tree->root().name() : tree.error().message;
    };
    const auto yaml = [&](const std::string &more, HelmVersion version = HelmVersion::V4) {
        return outcome({{"Chart.yaml", "apiVersion: v2\nname: x\nversion: 1.0.0\n" + more}}, version);
    };
    EXPECT_EQ(yaml(""), "chart x");
    EXPECT_EQ(yaml("Name: y\n"), "chart x"); // fields are found whatever their case; the last in byte order wins
    EXPECT_EQ(outcome({{"Chart.yaml", "name: x\nversion: 1\n"}}), "chart x");
    EXPECT_EQ(outcome({{"Chart.yaml", "a: b: c"}}),
        "cannot load Chart.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context");
    EXPECT_EQ(outcome({{"Chart.yaml", "name: x\n"}}), "validation: chart.metadata.version is required");
    EXPECT_EQ(outcome({{"Chart.yaml", "version: 1.0.0\n"}}), "validation: chart.metadata.name is required");
    EXPECT_EQ(outcome({{"Chart.yaml", "name: x\nversion: latest\n"}}), "validation: chart.metadata.version \"latest\" is invalid");
    EXPECT_EQ(outcome({{"Chart.yaml", "name: a/b\nversion: 1.0.0\n"}}), "validation: chart.metadata.name \"a/b\" is invalid");
    EXPECT_EQ(outcome({{"Chart.yaml", "name: ..\nversion: 1.0.0\n"}}), "validation: chart.metadata.name \"..\" is not allowed");
    EXPECT_EQ(outcome({{"Chart.yaml", "name: ..\nversion: 1.0.0\n"}}, HelmVersion::V3), "chart ..");
    EXPECT_EQ(yaml("type: foo\n"), "validation: chart.metadata.type must be application or library");
    EXPECT_EQ(yaml("maintainers: [null]\n"), "validation: maintainers must not contain empty or null nodes");
    EXPECT_EQ(yaml("dependencies: [null]\n"), "validation: dependencies must not contain empty or null nodes");
    EXPECT_EQ(yaml("dependencies: [{name: a, alias: 'b!'}]\n"), "validation: dependency \"a\" has disallowed characters in the alias");
    EXPECT_EQ(yaml("dependencies: [{name: a}, {name: b, alias: a}]\n"), "validation: more than one dependency with name or alias \"a\"");
    const std::string decoding = "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ";
    EXPECT_EQ(yaml("icon: [1]\n"), decoding + "array into Go struct field Metadata.icon of type string");
    EXPECT_EQ(yaml("deprecated: x\n"), decoding + "string into Go struct field Metadata.deprecated of type bool");
    EXPECT_EQ(yaml("dependencies: x\n"), decoding + "string into Go struct field Metadata.dependencies of type []*v2.Dependency");
    EXPECT_EQ(yaml("dependencies: x\n", HelmVersion::V3),
        decoding + "string into Go struct field Metadata.dependencies of type []*chart.Dependency");
    EXPECT_EQ(yaml("dependencies: [{name: {a: 1}}]\n"), decoding + "object into Go struct field Dependency.dependencies.name of type string");
    EXPECT_EQ(yaml("maintainers: [x]\n"), decoding + "string into Go struct field Metadata.maintainers of type v2.Maintainer");
    EXPECT_EQ(outcome({{"values.yaml", "[1]"}}),
        "cannot load values.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array "
        "into Go value of type map[string]interface {}");
    EXPECT_EQ(outcome({{"charts/x.tgz", "garbage"}}), "error unpacking subchart x.tgz in parent: unexpected EOF");
    EXPECT_EQ(outcome({{"charts/x/templates/a.yaml", ""}}), "error unpacking subchart x in parent: Chart.yaml file is missing");
    EXPECT_EQ(outcome({{"charts/README.md", "text"}, {"charts/_x/a", ""}, {"charts/.y/a", ""}}),
        "error unpacking subchart README.md in parent: Chart.yaml file is missing");
}

TEST(ChartFromFiles, sortsFilesByTheirUse)
{
    test::Loading loading;
    const auto tree = test::chartOf({{"templates/a.yaml", "a"}, {"README.md", "r"}, {"values.schema.json", "{}"}, {"crds/c.yaml", "c"},
        {"values.yaml", "x: 1"}, {"Chart.lock", "digest: d"}, {"charts/a.tgz.prov", "p"}, {"requirements.yaml", "dependencies: []"}}, loading);
    ASSERT_TRUE(tree) << tree.error().message;
    const Chart &chart = tree->root();
    std::string others;
    for (const std::uint32_t index : chart.content->others)
        others += chart.content->files[index].name + " ";
    EXPECT_EQ(others, "README.md crds/c.yaml charts/a.tgz.prov ");
    EXPECT_EQ(chart.content->templates.size(), 1U);
    EXPECT_TRUE(chart.content->schema);
    EXPECT_EQ(chart.lock->digest, "d");
    EXPECT_EQ(loading.said, "level=INFO msg=\"Warning: Dependencies are handled in Chart.yaml since apiVersion \\\"v2\\\". We recommend "
                            "migrating dependencies to Chart.yaml.\"\n");
}

TEST(HelmIgnore, decides)
{
    const struct {
        const char *rules;
        const char *path;
        bool isFolder;
        bool isIgnored;
    } rows[] = {
        {"", "templates/.hidden", false, true},
        {"", "templates/a", false, false},
        {"*.txt", "a.txt", false, true},
        {"*.txt", "sub/a.txt", false, true},
        {"/a.txt", "a.txt", false, true},
        {"/a.txt", "sub/a.txt", false, false},
        {"sub/*.txt", "sub/a.txt", false, true},
        {"sub/*.txt", "a.txt", false, false},
        {"docs/", "docs", true, true},
        {"docs/", "docs", false, false},
        {"# a comment\n\n  a.txt  ", "a.txt", false, true},
        {"!keep", "keep", false, false},
        {"!keep", "other", false, true},
        {"[ab].md", "b.md", false, true},
        {"\xEF\xBB\xBF" "a", "a", false, true},
    };
    for (const auto &row : rows) {
        const auto rules = IgnoreRules::parse(row.rules);
        ASSERT_TRUE(rules) << row.rules;
        EXPECT_EQ(rules->ignores(row.path, row.isFolder), row.isIgnored) << row.rules << " on " << row.path;
    }
    EXPECT_EQ(IgnoreRules::parse("a/**").error().message, "double-star (**) syntax is not supported");
    EXPECT_EQ(IgnoreRules::parse("[").error().message, "syntax error in pattern");
}

TEST(Paths, followGo)
{
    EXPECT_EQ(cleanPath("a//b/./c/../d/"), "a/b/d");
    EXPECT_EQ(cleanPath("/../a"), "/a");
    EXPECT_EQ(cleanPath("../../a"), "../../a");
    EXPECT_EQ(cleanPath(""), ".");
    EXPECT_EQ(basePath("a/b/"), "b");
    EXPECT_EQ(extensionOf("a.b/c.tar.gz"), ".gz");
    EXPECT_EQ(matchesPath("*.yaml", "a.yaml"), true);
    EXPECT_EQ(matchesPath("*.yaml", "a/b.yaml"), false);
    EXPECT_EQ(matchesPath("*a*b", "xaab"), true);
    EXPECT_EQ(matchesPath("[^a]b", "cb"), true);
    EXPECT_EQ(matchesPath("\\*", "*"), true);
    EXPECT_EQ(matchesPath("a[", "b"), std::nullopt);
    EXPECT_EQ(matchesPath("a?c", "a/c"), false);
}

TEST(ChartFolder, readsWhatIsNotIgnoredAndFollowsLinks)
{
    std::string pattern = (std::filesystem::temp_directory_path() / "chart-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    const std::filesystem::path folder(pattern);
    const auto write = [&](const std::string &name, const std::string &text) {
        std::filesystem::create_directories((folder / name).parent_path());
        std::ofstream(folder / name) << text;
    };
    write("Chart.yaml", "apiVersion: v2\nname: x\nversion: 1.0.0\n");
    write("templates/b.yaml", "b");
    write("templates/a.yaml", "a");
    write("templates/.swp", "no");
    write("notes.txt", "no");
    write(".helmignore", "*.txt\n");
    std::filesystem::create_symlink(folder / "templates" / "a.yaml", folder / "linked");
    test::Loading loading;
    const auto files = readChartFolder(folder.string(), loading.context);
    ASSERT_TRUE(files) << files.error().message;
    std::string names;
    for (const ChartFile &file : *files)
        names += file.name + "=" + (file.name.starts_with("C") ? "" : file.data.substr(0, 1)) + " ";
    EXPECT_EQ(names, ".helmignore=* Chart.yaml= linked=a templates/a.yaml=a templates/b.yaml=b ");
    EXPECT_NE(loading.said.find("found symbolic link in path"), std::string::npos);
    const auto tree = loadChart(folder.string(), loading.context);
    ASSERT_TRUE(tree) << tree.error().message;
    write("Chart.yaml", "apiVersion: v9\nname: x\nversion: 1.0.0\n");
    EXPECT_EQ(loadChart(folder.string(), loading.context).error().message, "unsupported chart version");
    std::filesystem::remove(folder / "linked");
    std::filesystem::create_directory_symlink(folder, folder / "loop");
    EXPECT_FALSE(readChartFolder(folder.string(), loading.context));
    std::filesystem::remove_all(folder);
    EXPECT_EQ(loadChart(folder.string(), loading.context).error().message, "stat " + folder.string() + ": no such file or directory");
}
