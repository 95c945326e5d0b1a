#include "tests/core/chart/command_folder.h"

#include <gtest/gtest.h>

/// Charts rendered through post-renderers by Fairway and by the real helm.
namespace {

using fairway::test::CommandFolder;
using fairway::test::CommandOutcome;
using fairway::test::programOf;
using fairway::test::quoted;

const char *const objects = R"(# head comment
apiVersion: v1
kind: ConfigMap # trailing
metadata:
  name: a
  labels: {a: b, c: "d"}
data:
  list:
  - x
  - y
  text: |
    line 1
     line 2
  'quoted': "x"
---
apiVersion: v1
kind: Service
metadata:
  name: s
  annotations:
    one: "1" # why
spec:
  ports:
  - port: 80
  # comment
  - port: 81
---
# only a comment
---
apiVersion: v1
kind: Pod
metadata: {name: p}
---
apiVersion: v1
kind: Pod
metadata:
  name: hook
  annotations: {"helm.sh/hook": test}
)";

void compare(const char *variable, const std::string &version)
{
    const std::string helm = programOf(variable);
    if (helm.empty())
        GTEST_SKIP() << variable << " names no helm: eval \"$(tests/support/oracles.sh)\"";
    const CommandFolder folder;
    folder.write("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n");
    folder.write("c/templates/a.yaml", objects);
    folder.write("c/templates/b.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n");
    folder.write("c/templates/NOTES.txt", "notes\n");
    folder.write("c/crds/crd.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: x\n");
    const struct {
        const char *name;
        const char *script;
    } programs[] = {
        {"same", "cat"}, {"rename", "sed s/Secret/Zecret/"}, {"more", "cat; printf -- '---\\nkind: More\\nmetadata:\\n  name: more\\n'"},
        {"arguments", "cat >/dev/null; printf 'kind: \"%s\"\\n' \"$*\""}, {"failing", "echo no; echo why >&2; exit 3"}, {"nothing", "cat >/dev/null"},
        {"list", "echo '- a'"},
    };
    for (const auto &program : programs) {
        const std::string plugin = "plugins/" + std::string(program.name);
        folder.writeProgram(plugin + "/run", "#!/bin/sh\n" + std::string(program.script) + "\n");
        folder.write(plugin + "/plugin.yaml", "apiVersion: v1\nname: " + std::string(program.name) + "\ntype: postrenderer/v1\nversion: 0.1.0\n"
            "runtime: subprocess\nruntimeConfig:\n  platformCommand:\n  - command: ${HELM_PLUGIN_DIR}/run\n");
    }
    // Helm 3 can't read plugins of 4: it is told of none.
    const std::vector<std::string> environment {"HELM_PLUGINS=" + folder.path(version == "4" ? "plugins" : "none")};
    const auto both = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"template", "rel", "c"});
        const CommandOutcome wanted = folder.run(quoted(helm), arguments, environment);
        const std::string title = testing::PrintToString(arguments);
        arguments.insert(arguments.end(), {"--helm-version", version});
        const CommandOutcome found = folder.run(quoted(FAIRWAYCTL) + " chart", arguments, environment);
        EXPECT_EQ(found.isGood, wanted.isGood) << title;
        EXPECT_EQ(found.output, wanted.output) << title;
        EXPECT_EQ(found.messages, wanted.messages) << title;
    };
    for (const auto &program : programs) {
        const std::string name = version == "4" ? std::string(program.name) : "plugins/" + std::string(program.name) + "/run";
        both({"--post-renderer", name, "--post-renderer-args", "a b", "--post-renderer-args", "c"});
        both({"--include-crds", "--post-renderer", name, "--no-hooks"});
    }
    both({"--post-renderer", "no-such-program"});
    both({"--post-renderer", ""});
}

} // namespace

TEST(PostRenderHelm, agreesWithHelm4)
{
    compare("FAIRWAY_HELM", "4");
}

TEST(PostRenderHelm, agreesWithHelm3)
{
    compare("FAIRWAY_HELM3", "3");
}
