#include "tests/core/chart/broken_charts.h"
#include "tests/core/chart/tar_text.h"

namespace fairway::chart::test {

namespace {

const std::string chartYaml = "apiVersion: v2\nname: c\nversion: 0.1.0\n";
const std::string oldChartYaml = "apiVersion: v1\nname: c\nversion: 0.1.0\n";
const std::string subYaml = "apiVersion: v2\nname: sub\nversion: 0.1.0\n";

std::vector<SmallChart> brokenArchives()
{
    const std::string good = tgzOf({{"c/Chart.yaml", chartYaml}});
    std::string badSum = good;
    badSum.replace(badSum.size() - 8, 4, 4, '\0');
    const struct {
        const char *title;
        std::string bytes;
    } archives[] = {
        {"archive empty", ""},
        {"archive of text", "hello"},
        {"archive not compressed", tarOf({{"c/Chart.yaml", chartYaml}})},
        {"archive of compressed text", gzipOf("hello")},
        {"archive without files", tgzOf({})},
        {"archive without Chart.yaml", tgzOf({{"c/values.yaml", "a: 1"}})},
        {"archive without a folder", tgzOf({{"Chart.yaml", chartYaml}})},
        {"archive that climbs out", tgzOf({{"c/Chart.yaml", chartYaml}, {"c/../../x", "y"}})},
        {"archive that begins outside", tgzOf({{"../c/Chart.yaml", chartYaml}})},
        {"archive with an absolute name", tgzOf({{"/c/Chart.yaml", chartYaml}})},
        {"archive with a drive", tgzOf({{"c:/Chart.yaml", chartYaml}})},
        {"archive with backslashes", tgzOf({{"c\\Chart.yaml", chartYaml}})},
        {"archive with a symbolic link", tgzOf({{"c/Chart.yaml", chartYaml}, {"c/templates/a.yaml", "", '2', "/etc/passwd"}})},
        {"archive with a link", tgzOf({{"c/Chart.yaml", chartYaml}, {"c/values.yaml", "", '1', "c/Chart.yaml"}})},
        {"archive with a folder", tgzOf({{"c/Chart.yaml", chartYaml}, {"c/templates/", "", '5'}})},
        {"archive of two charts", tgzOf({{"c/Chart.yaml", chartYaml}, {"d/Chart.yaml", chartYaml}})},
        {"archive with bad values", tgzOf({{"c/Chart.yaml", chartYaml}, {"c/values.yaml", "a: b: c"}})},
        {"archive with a byte order mark", tgzOf({{"c/Chart.yaml", "\xEF\xBB\xBF" + chartYaml}})},
        {"archive whose folder has another name", tgzOf({{"x/Chart.yaml", chartYaml}, {"x/templates/a.yaml", "a: 1\n"}})},
        {"archive cut", good.substr(0, 40)},
        {"archive with a bad checksum", badSum},
        {"archive with something behind it", good + "something"},
    };
    std::vector<SmallChart> charts;
    for (const auto &archive : archives)
        charts.push_back({archive.title, {{"c.tgz", archive.bytes}}, {}, {"rel", "c/c.tgz"}});
    return charts;
}

} // namespace

std::vector<SmallChart> brokenPackages()
{
    std::vector<SmallChart> charts = brokenArchives();
    const auto add = [&](const char *title, std::vector<std::pair<std::string, std::string>> files) {
        charts.push_back({title, std::move(files), {}});
    };
    /// A chart with these dependencies, and a subchart `sub` that is there.
    const auto depending = [&](const char *title, const std::string &dependencies, const std::string &values = {}) {
        std::vector<std::pair<std::string, std::string>> files {{"Chart.yaml", chartYaml + "dependencies:\n" + dependencies},
            {"charts/sub/Chart.yaml", subYaml}, {"charts/sub/templates/a.yaml", "a: {{ .Values.b }}\n"}};
        if (!values.empty())
            files.emplace_back("values.yaml", values);
        add(title, std::move(files));
    };
    add("subchart archive broken", {{"Chart.yaml", chartYaml}, {"charts/sub.tgz", "xx"}});
    add("subchart archive without Chart.yaml", {{"Chart.yaml", chartYaml}, {"charts/sub.tgz", tgzOf({{"sub/values.yaml", "a: 1"}})}});
    add("subchart archive with a bad Chart.yaml", {{"Chart.yaml", chartYaml}, {"charts/sub.tgz", tgzOf({{"sub/Chart.yaml", "a: b: c"}})}});
    add("subchart folder without Chart.yaml", {{"Chart.yaml", chartYaml}, {"charts/sub/values.yaml", "a: 1\n"}});
    add("subchart version bad", {{"Chart.yaml", chartYaml}, {"charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: x\n"}});
    add("subchart without a name", {{"Chart.yaml", chartYaml}, {"charts/sub/Chart.yaml", "apiVersion: v2\nversion: 1.0.0\n"}});
    add("subchart passed over",
        {{"Chart.yaml", chartYaml}, {"charts/_sub/Chart.yaml", "a: b: c"}, {"charts/.x/Chart.yaml", "a: b: c"}, {"charts/README.md", "x"}});
    add("subchart's provenance alone", {{"Chart.yaml", chartYaml}, {"charts/sub.tgz.prov", "x"}});
    depending("dependency without a name", "- version: 1.0.0\n");
    depending("dependency with an empty name", "- name: ''\n");
    depending("dependency without a version", "- name: sub\n");
    depending("dependencies missing", "- name: a\n- name: b\n");
    depending("dependency tags a text", "- name: a\n  tags: x\n");
    depending("dependency a text", "- a\n");
    depending("dependency enabled a text", "- name: a\n  enabled: x\n");
    depending("dependency imports a text", "- {name: sub, version: 0.1.0, import-values: data}\n");
    depending("dependency imports a number", "- {name: sub, version: 0.1.0, import-values: [1]}\n");
    depending("dependency condition a text", "- {name: sub, version: 0.1.0, condition: sub.enabled}\n", "sub: {enabled: 'no'}\n");
    depending("dependency condition through a number", "- {name: sub, version: 0.1.0, condition: a.b.c}\n", "a: 1\n");
    depending("dependency tag a text", "- {name: sub, version: 0.1.0, tags: [t]}\n", "tags: {t: 'false'}\n");
    depending("dependency tags a list", "- {name: sub, version: 0.1.0, tags: [t]}\n", "tags: [t]\n");
    depending("dependency of another version", "- {name: sub, version: 9.x}\n");
    depending("dependency alias twice", "- {name: sub, version: 0.1.0, alias: x}\n- {name: sub, version: 0.1.0, alias: x}\n");
    depending("dependency alias of another's name", "- {name: sub, version: 0.1.0, alias: x}\n- {name: x, version: 0.1.0}\n");
    add("dependencies a map", {{"Chart.yaml", chartYaml + "dependencies: {a: b}\n"}});
    add("requirements missing", {{"Chart.yaml", oldChartYaml}, {"requirements.yaml", "dependencies:\n- name: sub\n"}});
    add("requirements no YAML", {{"Chart.yaml", oldChartYaml}, {"requirements.yaml", "a: b: c"}});
    add("requirements a list", {{"Chart.yaml", oldChartYaml}, {"requirements.yaml", "- a\n"}});
    add("requirements lock no YAML", {{"Chart.yaml", oldChartYaml}, {"requirements.lock", "a: b: c"}});
    add("requirements of a new chart", {{"Chart.yaml", chartYaml}, {"requirements.yaml", "dependencies:\n- name: sub\n"}, {"templates/a.yaml", "a: 1\n"}});
    return charts;
}

} // namespace fairway::chart::test
