#include "core/base/process.h"
#include "core/chart/workspace_dependencies.h"
#include "core/chart/workspace_run.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <set>

using namespace fairway;
using namespace fairway::chart;
namespace fs = std::filesystem;

namespace {

/// A folder with charts, gone afterwards.
class Folder {
public:
    Folder()
    {
        std::string pattern = (fs::temp_directory_path() / "fairway-workspace-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~Folder()
    {
        std::error_code code;
        fs::remove_all(m_path, code);
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    void write(const std::string &name, const std::string &text) const
    {
        const fs::path path = fs::path(m_path) / name;
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }
    void chart(const std::string &folder, const std::string &name) const
    {
        write(folder + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
        write(folder + "/values.yaml", "size: 1\n");
        write(folder + "/templates/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  size: {{ .Values.size | quote }}\n  key: {{ randAlphaNum 8 }}\n");
    }
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] bool git(std::vector<std::string> args) const
    {
        ProcessSpec spec;
        spec.command = "git";
        spec.args = {"-C", m_path, "-c", "user.name=Test", "-c", "user.email=test@example.com"};
        spec.args.insert(spec.args.end(), args.begin(), args.end());
        const auto output = runProcess(spec, {});
        return output && output->exitCode == 0;
    }

private:
    std::string m_path;
};

std::string drawn(const Workspace &workspace)
{
    std::string text;
    for (const WorkspaceCell &cell : workspace.cells) {
        text += workspace.charts[cell.chart] + "/" + workspace.environments[cell.environment] + ":";
        for (const std::string &file : cell.valuesFiles)
            text += " " + file;
        text += "\n";
    }
    return text;
}

std::vector<CellOutcome> evaluated(const Workspace &workspace, const MatrixOptions &options)
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < workspace.cells.size(); ++i)
        all.push_back(i);
    std::vector<CellOutcome> outcomes(all.size());
    evaluateCells(workspace, all, options, [&](std::size_t cell, CellOutcome outcome) { outcomes[cell] = std::move(outcome); });
    return outcomes;
}

} // namespace

TEST(Workspace, findsChartsAndEnvironmentsByName)
{
    const Workspace workspace = arrangeWorkspace("/w", {"apps/shop/Chart.yaml", "apps/shop/values.yaml", "apps/shop/values-prod.yaml", "apps/shop/values.dev.yml",
        "apps/shop/charts/redis/Chart.yaml", "apps/shop/environments/prod/extra.yaml", "apps/shop/ci/smoke-values.yaml", "apps/shop/templates/values-x.yaml",
        "pay/Chart.yaml", "environments/prod/pay.yaml", "environments/prod/values.yaml", "notes/values-prod.yaml"}, {});
    EXPECT_EQ(workspace.charts, (std::vector<std::string> {"apps/shop", "pay"}));
    EXPECT_EQ(drawn(workspace),
        "apps/shop/default:\n"
        "apps/shop/dev: apps/shop/values.dev.yml\n"
        "apps/shop/prod: environments/prod/values.yaml apps/shop/values-prod.yaml apps/shop/environments/prod/extra.yaml\n"
        "apps/shop/smoke: apps/shop/ci/smoke-values.yaml\n"
        "pay/default:\n"
        "pay/prod: environments/prod/pay.yaml environments/prod/values.yaml\n");
    EXPECT_NE(workspace.cell(1, 0), nullptr);
    EXPECT_EQ(workspace.cell(1, 1), nullptr);
}

TEST(Workspace, aFolderThatIsAChart)
{
    const Workspace workspace = arrangeWorkspace("/w/shop", {"Chart.yaml", "values-prod.yaml", "charts/a/Chart.yaml"}, {});
    EXPECT_EQ(drawn(workspace), "./default:\n./prod: values-prod.yaml\n");
}

TEST(Workspace, aFileDecides)
{
    const auto file = parseWorkspaceFile("version: 1\ncharts: [apps/*]\nenvironments:\n  test: values-t.yaml\n  live: ['env/{chart}/*.yaml', values-l.yaml]\n");
    ASSERT_TRUE(file) << file.error().message;
    const Workspace workspace = arrangeWorkspace("/w", {"apps/a/Chart.yaml", "apps/a/values-t.yaml", "apps/a/values-prod.yaml", "apps/b/Chart.yaml", "apps/b/values-l.yaml",
        "env/b/2.yaml", "env/b/1.yaml", "other/Chart.yaml"}, *file);
    EXPECT_EQ(drawn(workspace), "apps/a/default:\napps/a/test: apps/a/values-t.yaml\napps/b/default:\napps/b/live: env/b/1.yaml env/b/2.yaml apps/b/values-l.yaml\n");
    const auto again = parseWorkspaceFile(writeWorkspaceFile(*file));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->environments, file->environments);
    EXPECT_EQ(again->charts, file->charts);
}

TEST(Workspace, refusesBadFiles)
{
    EXPECT_EQ(parseWorkspaceFile("version: 2\n").error().message, "fairway-workspace.yaml: not a workspace file of this version (version: 1)");
    EXPECT_EQ(parseWorkspaceFile("- a\n").error().message, "fairway-workspace.yaml: not a workspace file of this version (version: 1)");
    EXPECT_EQ(parseWorkspaceFile("version: 1\ncharts: [\n").error().message.substr(0, 30), "fairway-workspace.yaml: line 3");
    EXPECT_FALSE(parseWorkspaceFile("version: 1\nenvironments: {a: [{b: c}]}\n"));
    EXPECT_FALSE(parseWorkspaceFile(std::string(2 << 20, ' ')));
    EXPECT_EQ(scanWorkspace("/nowhere/at/all").error().code, ErrorCode::NotFound);
}

TEST(Workspace, isBounded)
{
    std::vector<std::string> paths;
    for (int i = 0; i < 30; ++i)
        paths.push_back("c" + std::to_string(i) + "/Chart.yaml");
    WorkspaceLimits limits;
    limits.maxCharts = 10;
    Workspace workspace = arrangeWorkspace("/w", paths, {}, limits);
    EXPECT_EQ(workspace.charts.size(), 10U);
    EXPECT_TRUE(workspace.isCut);
    limits = {};
    limits.maxCells = 5;
    workspace = arrangeWorkspace("/w", paths, {}, limits);
    EXPECT_EQ(workspace.cells.size(), 5U);
    EXPECT_TRUE(workspace.isCut);
}

TEST(Workspace, changedFilesTouchTheirCells)
{
    const Workspace workspace = arrangeWorkspace("/w", {"a/Chart.yaml", "a/values-prod.yaml", "b/Chart.yaml", "environments/prod/values.yaml"}, {});
    ASSERT_EQ(drawn(workspace), "a/default:\na/prod: environments/prod/values.yaml a/values-prod.yaml\nb/default:\nb/prod: environments/prod/values.yaml\n");
    using Cells = std::vector<std::size_t>;
    EXPECT_EQ(cellsTouchedBy(workspace, "a/templates/x.yaml"), (Cells {0, 1}));
    EXPECT_EQ(cellsTouchedBy(workspace, "a/values-prod.yaml"), (Cells {1}));
    EXPECT_EQ(cellsTouchedBy(workspace, "environments/prod/values.yaml"), (Cells {1, 3}));
    EXPECT_EQ(cellsTouchedBy(workspace, "README.md"), Cells {});
    EXPECT_EQ(cellsTouchedBy(workspace, "ab/x"), Cells {});
}

TEST(Workspace, rendersEachCell)
{
    const Folder folder;
    folder.chart("good", "good");
    folder.write("good/values-prod.yaml", "size: 5\n");
    folder.write("good/values-bad.yaml", "size: [\n");
    folder.chart("broken", "broken");
    folder.write("broken/templates/x.yaml", "{{ fail \"no good\" }}\n");
    folder.write("lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n");
    const auto workspace = scanWorkspace(folder.path());
    ASSERT_TRUE(workspace) << workspace.error().message;
    ASSERT_EQ(drawn(*workspace), "broken/default:\ngood/default:\ngood/bad: good/values-bad.yaml\ngood/prod: good/values-prod.yaml\nlib/default:\n");
    const std::vector<CellOutcome> outcomes = evaluated(*workspace, {});
    EXPECT_NE(outcomes[0].error.find("no good"), std::string::npos) << outcomes[0].error;
    EXPECT_EQ(outcomes[1].error, "");
    EXPECT_EQ(outcomes[1].objects, 1U);
    EXPECT_NE(outcomes[2].error.find("good/values-bad.yaml"), std::string::npos) << outcomes[2].error;
    EXPECT_EQ(outcomes[3].objects, 1U);
    EXPECT_EQ(outcomes[4].error, "");
    EXPECT_EQ(outcomes[4].objects, 0U);
    EXPECT_FALSE(outcomes[1].isCompared);
}

TEST(Workspace, cancelledRendersAreNotTold)
{
    const Folder folder;
    folder.chart("a", "a");
    const auto workspace = scanWorkspace(folder.path());
    ASSERT_TRUE(workspace);
    CancelSource source;
    source.cancel();
    MatrixOptions options;
    options.cell.cancel = source.token();
    const std::size_t all[] = {0};
    evaluateCells(*workspace, all, options, [](std::size_t, const CellOutcome &) { FAIL() << "told"; });
    EXPECT_EQ(scanWorkspace(folder.path(), {}, source.token()).error().code, ErrorCode::Cancelled);
}

TEST(Workspace, comparesWithACommit)
{
    const Folder folder;
    // The workspace may stand anywhere in its repository.
    if (!folder.git({"init", "-q"}))
        GTEST_SKIP() << "there is no git";
    folder.chart("w/a", "a");
    folder.write("w/a/values-prod.yaml", "size: 2\n");
    folder.write("w/a/.helmignore", "secret/\n");
    folder.write("w/a/secret/x.yaml", "x");
    folder.write("w/a/templates/old.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: old}\n");
    folder.write("w/environments/prod/a.yaml", "size: 3\n");
    ASSERT_TRUE(folder.git({"add", "-A"}));
    ASSERT_TRUE(folder.git({"commit", "-q", "-m", "one"}));
    fs::remove(folder.path() + "/w/a/templates/old.yaml");
    folder.write("w/a/values-prod.yaml", "size: 7\n");
    folder.write("w/a/templates/new.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: new, namespace: shop}\n");
    folder.chart("w/b", "b");

    const auto workspace = scanWorkspace(folder.path() + "/w");
    ASSERT_TRUE(workspace);
    const auto base = GitTree::find(workspace->root, "HEAD");
    ASSERT_TRUE(base) << base.error().message;
    EXPECT_EQ(base->commit().size(), 40U);
    MatrixOptions options;
    options.against = &*base;
    const std::vector<CellOutcome> outcomes = evaluated(*workspace, options);
    ASSERT_EQ(drawn(*workspace), "a/default:\na/prod: environments/prod/a.yaml a/values-prod.yaml\nb/default:\n");
    const auto told = [](const CellOutcome &outcome) {
        std::string text = outcome.baseProblem;
        for (const ObjectChange &change : outcome.changes) {
            const CellObject &object = change.kind == ObjectChange::Kind::Removed ? change.before : change.after;
            text += std::string(1, "+-~"[static_cast<std::size_t>(change.kind)]) + object.kind + "/" + object.ns + "/" + object.name + " ";
        }
        return text;
    };
    EXPECT_EQ(told(outcomes[0]), "-Secret//old +Service/shop/new ");
    EXPECT_EQ(told(outcomes[1]), "~ConfigMap//a -Secret//old +Service/shop/new ");
    EXPECT_TRUE(outcomes[2].isNew);
    EXPECT_EQ(told(outcomes[2]), "+ConfigMap//b ");
}

TEST(Workspace, namesOfCommitsAreArgumentsOnly)
{
    const Folder folder;
    if (!folder.git({"init", "-q"}))
        GTEST_SKIP() << "there is no git";
    folder.write("a", "b");
    ASSERT_TRUE(folder.git({"add", "-A"}));
    ASSERT_TRUE(folder.git({"commit", "-q", "-m", "one"}));
    for (const char *ref : {"nowhere", "--output=/tmp/x", "-h", "HEAD; touch x", "$(touch x)", "", "HEAD --", "HEAD\n"})
        EXPECT_FALSE(GitTree::find(folder.path(), ref)) << ref;
    EXPECT_TRUE(GitTree::find(folder.path(), "HEAD"));
    EXPECT_FALSE(fs::exists(folder.path() + "/x"));
}

TEST(Workspace, objectsThatShareTheirNameKeepApart)
{
    const CellObject one {"ConfigMap", "v1", "", "x", "t", "1"};
    const CellObject two {"ConfigMap", "v1", "", "x", "t", "2"};
    EXPECT_TRUE(changesBetween({one, two}, {one, two}).empty());
    EXPECT_EQ(changesBetween({one, two}, {one}).size(), 1U);
    EXPECT_EQ(changesBetween({one}, {two}).at(0).kind, ObjectChange::Kind::Changed);
}

namespace {

std::string told(const std::vector<ObjectChange> &changes)
{
    std::string text;
    for (const ObjectChange &change : changes) {
        const CellObject &object = change.kind == ObjectChange::Kind::Removed ? change.before : change.after;
        text += std::string(1, "+-~"[static_cast<std::size_t>(change.kind)]) + object.kind + "/" + object.name + " ";
    }
    return text;
}

/// A chart with redis 1.0.0 in charts/, and redis 2.0.0 beside it.
void writeParent(const Folder &folder)
{
    folder.chart("app", "app");
    folder.write("app/Chart.yaml",
        "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- {name: redis, version: ^1.0.0, repository: 'file://../redis-2', alias: cache}\n"
        "- {name: other, version: 1.0.0}\n");
    folder.chart("app/charts/redis", "redis");
    folder.chart("app/charts/other", "other");
    folder.chart("redis-2", "redis");
    folder.write("redis-2/Chart.yaml", "apiVersion: v2\nname: redis\nversion: 2.0.0\n");
    folder.write("redis-2/templates/service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Chart.Name }}\n");
    folder.write("redis-2/values.yaml", "size: 2\n");
}

} // namespace

TEST(Workspace, saysWhatAnotherVersionOfADependencyWouldChange)
{
    const Folder folder;
    writeParent(folder);
    folder.chart("alone", "alone");
    folder.write("fairway-workspace.yaml", "version: 1\ncharts: [app, alone]\n");
    const auto workspace = scanWorkspace(folder.path());
    ASSERT_TRUE(workspace) << workspace.error().message;
    ASSERT_EQ(drawn(*workspace), "alone/default:\napp/default:\n");
    RemoteContext context;
    context.paths.repositoryConfig = folder.path() + "/none.yaml";
    for (const std::string &wanted : {folder.path() + "/redis-2", std::string("2.x")}) {
        DependencyBump bump("redis", wanted, context);
        MatrixOptions options;
        options.bump = &bump;
        const std::vector<CellOutcome> outcomes = evaluated(*workspace, options);
        EXPECT_EQ(outcomes[0].baseProblem, "") << wanted;
        EXPECT_FALSE(outcomes[0].isCompared) << wanted;
        EXPECT_EQ(outcomes[1].baseProblem, "") << wanted;
        EXPECT_TRUE(outcomes[1].isCompared) << wanted;
        EXPECT_EQ(told(outcomes[1].changes), "~ConfigMap/redis +Service/cache ") << wanted;
    }
    DependencyBump none("redis", "3.x", context);
    MatrixOptions options;
    options.bump = &none;
    const std::vector<CellOutcome> outcomes = evaluated(*workspace, options);
    EXPECT_FALSE(outcomes[1].isCompared);
    EXPECT_NE(outcomes[1].baseProblem.find("can't get a valid version for 1 subchart(s): \"redis\""), std::string::npos) << outcomes[1].baseProblem;
}

TEST(Workspace, saysWhatItsChartsDependOn)
{
    const Folder folder;
    writeParent(folder);
    folder.chart("more", "more");
    folder.write("more/Chart.yaml",
        "apiVersion: v2\nname: more\nversion: 1.0.0\ndependencies:\n- {name: redis, version: 2.x, repository: 'file://../redis-2'}\n- {name: lacking, version: 1.0.0}\n");
    folder.chart("more/charts/under-another-name", "redis");
    folder.chart("old", "old");
    folder.write("old/requirements.yaml", "dependencies:\n- {name: other, version: 1.0.0, repository: '@stable'}\n");
    folder.chart("broken", "broken");
    folder.write("broken/Chart.yaml", "dependencies: 3\n");
    folder.write("fairway-workspace.yaml", "version: 1\ncharts: [app, broken, more, old]\n");
    const auto workspace = scanWorkspace(folder.path());
    ASSERT_TRUE(workspace) << workspace.error().message;
    const WorkspaceDependencies found = dependenciesOf(*workspace, HelmVersion::V4);
    std::string text;
    for (const WorkspaceDependency &one : found.all) {
        text += one.name + " " + one.repository + " [";
        for (const std::string &wanted : one.wanted)
            text += wanted + " ";
        text += "]";
        for (const std::size_t chart : one.charts)
            text += " " + workspace->charts[chart];
        text += "\n";
    }
    EXPECT_EQ(text, "lacking  [1.0.0 ] more\nother @stable [1.0.0 ] app old\nredis file://../redis-2 [^1.0.0 2.x ] app more\n");
    std::string incomplete;
    for (const std::size_t chart : found.incomplete)
        incomplete += workspace->charts[chart] + " ";
    EXPECT_EQ(incomplete, "more old ");
}

TEST(Workspace, knowsTheVersionsOfADependency)
{
    const Folder folder;
    writeParent(folder);
    folder.write("cache/shop-index.yaml",
        "apiVersion: v1\nentries:\n  redis:\n  - {apiVersion: v2, name: redis, version: 1.2.0, urls: [a.tgz]}\n  - {apiVersion: v2, name: redis, version: 1.10.0, urls: [b.tgz]}\n");
    folder.write("repositories.yaml", "apiVersion: \"\"\nrepositories:\n- {name: shop, url: 'http://127.0.0.1:1/charts'}\n");
    RemoteContext context;
    context.paths.repositoryConfig = folder.path() + "/repositories.yaml";
    context.paths.repositoryCache = folder.path() + "/cache";
    struct Row {
        const char *name;
        const char *repository;
        bool isFresh;
        const char *versions; ///< Or a part of the error.
    };
    const Row rows[] = {
        {"redis", "@shop", false, "1.10.0 1.2.0 "},
        {"redis", "alias:shop", false, "1.10.0 1.2.0 "},
        {"redis", "http://127.0.0.1:1/charts/", false, "1.10.0 1.2.0 "},
        {"nothing", "@shop", false, ""},
        {"redis", "http://elsewhere.example/charts", false, ""},
        {"redis", "oci://elsewhere.example/charts", false, ""},
        {"redis", "", false, ""},
        {"redis", "", true, "names no repository"},
        {"redis", "file://../redis-2", true, "2.0.0 "},
        {"redis", "file://../nowhere", false, ""},
        {"redis", "file://../nowhere", true, "not found"},
        {"redis", "@shop", true, "127.0.0.1:1"},
        {"redis", "ftp://x/y", true, "ftp"},
    };
    for (const Row &row : rows) {
        const auto found = dependencyVersions(row.name, row.repository, folder.path() + "/app", context, row.isFresh);
        std::string text;
        for (const std::string &version : found ? *found : std::vector<std::string>())
            text += version + " ";
        if (found)
            EXPECT_EQ(text, row.versions) << row.repository;
        else
            EXPECT_NE(found.error().message.find(row.versions), std::string::npos) << row.repository << ": " << found.error().message;
        EXPECT_TRUE(found || *row.versions != '\0') << row.repository << ": " << found.error().message;
    }
}

TEST(DependencyBump, readsItsText)
{
    EXPECT_EQ(DependencyBump::parse("redis=^19")->second, "^19");
    EXPECT_EQ(DependencyBump::parse("redis==1.2.3")->second, "=1.2.3");
    for (const char *text : {"", "redis", "=1", "redis="})
        EXPECT_FALSE(DependencyBump::parse(text)) << text;
}

TEST(DependencyBump, puts)
{
    const Folder folder;
    writeParent(folder);
    const struct {
        const char *title;
        std::vector<ChartFile> files;
        const char *put;
        const char *names;
    } rows[] = {
        {"no such dependency", {{"Chart.yaml", "name: a\ndependencies: [{name: other}]\n"}}, "", "Chart.yaml "},
        {"no dependencies", {{"Chart.yaml", "name: a\n"}}, "", "Chart.yaml "},
        {"dependencies that are none", {{"Chart.yaml", "name: a\ndependencies: [1, redis, null]\n"}}, "", "Chart.yaml "},
        {"unreadable", {{"Chart.yaml", "name: ["}}, "", "Chart.yaml "},
        {"in a folder", {{"Chart.yaml", "name: a\ndependencies: [{name: redis, version: 1.0.0}]\n"}, {"charts/any/Chart.yaml", "name: redis\n"}, {"charts/any/x", ""}}, "2.0.0",
            "Chart.yaml charts/redis/Chart.yaml charts/redis/templates/map.yaml charts/redis/templates/service.yaml charts/redis/values.yaml "},
        {"missing", {{"Chart.yaml", "name: a\ndependencies: [{name: redis, version: 1.0.0}]\n"}, {"charts/other/Chart.yaml", "name: other\n"}}, "2.0.0",
            "Chart.yaml charts/other/Chart.yaml charts/redis/Chart.yaml charts/redis/templates/map.yaml charts/redis/templates/service.yaml charts/redis/values.yaml "},
        {"of old", {{"Chart.yaml", "name: a\n"}, {"requirements.yaml", "dependencies: [{name: redis, version: 1.0.0}]\n"}}, "2.0.0",
            "Chart.yaml charts/redis/Chart.yaml charts/redis/templates/map.yaml charts/redis/templates/service.yaml charts/redis/values.yaml requirements.yaml "},
    };
    for (const auto &row : rows) {
        DependencyBump bump("redis", folder.path() + "/redis-2", {});
        std::vector<ChartFile> files = row.files;
        const auto put = bump.applyTo(files, folder.path());
        ASSERT_TRUE(put) << row.title << ": " << put.error().message;
        EXPECT_EQ(*put, row.put) << row.title;
        std::set<std::string> names;
        for (const ChartFile &file : files)
            names.insert(file.name);
        std::string text;
        for (const std::string &name : names)
            text += name + " ";
        EXPECT_EQ(text, row.names) << row.title;
    }
    std::vector<ChartFile> files {{"Chart.yaml", "name: a\ndependencies: [{name: redis, version: 1.0.0}]\n"}};
    EXPECT_EQ(DependencyBump("redis", "2.0.0", {}).applyTo(files, folder.path()).error().message,
        "redis=2.0.0: the chart names no repository for it; give a path instead of a version");
    EXPECT_EQ(DependencyBump("redis", "/nowhere/x.tgz", {}).applyTo(files, folder.path()).error().code, ErrorCode::NotFound);
}

TEST(GitTree, tellsWhatChanged)
{
    const Folder folder;
    if (!folder.git({"init", "-q"}))
        GTEST_SKIP() << "there is no git";
    folder.chart("a", "a");
    folder.write("a/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies: [{name: sub, version: 1.0.0}]\n");
    folder.write(".gitignore", "charts/\n");
    folder.chart("a/charts/sub", "sub");
    ASSERT_TRUE(folder.git({"add", "-A"}));
    ASSERT_TRUE(folder.git({"commit", "-q", "-m", "one"}));
    const auto tree = GitTree::find(folder.path(), "HEAD");
    ASSERT_TRUE(tree) << tree.error().message;
    EXPECT_EQ(fs::canonical(GitTree::repositoryOf(folder.path() + "/a").value()), fs::canonical(folder.path()));
    EXPECT_EQ(tree->isChanged("a").value(), false);
    EXPECT_EQ(tree->file("a/values.yaml").value(), "size: 1\n");
    EXPECT_EQ(tree->file("a/none").value(), std::nullopt);
    EXPECT_EQ(tree->file("a").value(), std::nullopt);
    // What is not under version control comes from the disk.
    std::string names;
    const auto files = tree->readChart("a");
    ASSERT_TRUE(files) << files.error().message;
    for (const ChartFile &file : *files)
        names += file.name + " ";
    EXPECT_EQ(names, "Chart.yaml templates/map.yaml values.yaml charts/sub/Chart.yaml charts/sub/templates/map.yaml charts/sub/values.yaml ");
    folder.write("a/new", "x");
    EXPECT_EQ(tree->isChanged("a").value(), true);
    EXPECT_EQ(tree->isChanged("b").value(), false);
    fs::remove(folder.path() + "/a/new");
    folder.write("a/values.yaml", "size: 3\n");
    EXPECT_EQ(tree->isChanged("a").value(), true);
    EXPECT_EQ(tree->readChart("b").error().code, ErrorCode::NotFound);
    EXPECT_EQ(GitTree::repositoryOf("/").error().code, ErrorCode::NotFound);
}

TEST(Workspace, whatIsRandomIsTheSameOnBothSidesAndKnown)
{
    const auto files = [](const char *more) {
        return std::vector<ChartFile> {{"Chart.yaml", "apiVersion: v2\nname: dice\nversion: 1.0.0\n"},
            {"templates/a.yaml", std::string("kind: A\nmetadata: {name: a}\nx: {{ randAlphaNum 8 }}\ny: {{ randAlphaNum 8 }}\nz: fixed\n") + more},
            {"templates/b.yaml", "kind: B\nmetadata: {name: b-{{ uuidv4 }}}\nday: {{ now | date \"2006-01-02\" }}\nkey: {{ genPrivateKey \"ecdsa\" | b64enc }}\n"}};
    };
    ComparedDraws draws;
    CellOptions options;
    options.draws = &draws;
    const CellRender before = renderCell({files(""), {}}, options);
    const CellRender after = renderCell({files("w: {{ randAlphaNum 8 }}\n"), {}}, options);
    ASSERT_EQ(before.error, "");
    ASSERT_EQ(before.objects.size(), 2U);
    EXPECT_EQ(before.objects[0].randomLines(), (std::vector<std::size_t> {3, 4}));
    EXPECT_EQ(before.objects[1].randomLines(), (std::vector<std::size_t> {2, 3, 4}));
    const std::vector<ObjectChange> changes = changesBetween(before.objects, after.objects);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].after.text.substr(0, changes[0].before.text.size()), changes[0].before.text);
    EXPECT_EQ(changes[0].after.randomLines(), (std::vector<std::size_t> {3, 4, 6}));
    // Two draws of one function in one place are two.
    const std::string &text = before.objects[0].text;
    EXPECT_NE(text.substr(text.find("x: ") + 3, 8), text.substr(text.find("y: ") + 3, 8));
}
