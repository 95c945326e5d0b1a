#include "core/chart/post_render.h"
#include "core/chart/post_renderer.h"
#include "tests/core/chart/command_folder.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::chart;
using fairway::test::CommandFolder;

namespace {

const std::string mark = "postrenderer.helm.sh/postrender-filename: 'c/templates/a.yaml'";

Result<std::string> merged(const std::string &text)
{
    return mergedForPostRender({{"c/templates/a.yaml", text}});
}

} // namespace

TEST(PostRender, marksEachDocumentAndTakesTheMarkOff)
{
    const struct {
        const char *title;
        std::string text;
        std::string marked;
    } rows[] = {
        {"block metadata", "kind: A\nmetadata:\n  name: a\ndata: {}\n", "kind: A\nmetadata:\n  name: a\n  annotations:\n    " + mark + "\ndata: {}\n"},
        {"metadata last", "kind: A\nmetadata:\n    name: a", "kind: A\nmetadata:\n    name: a\n    annotations:\n      " + mark + "\n"},
        {"annotations with a comment", "metadata:\n  annotations:\n    one: \"1\"  # why\n  name: a\n",
            "metadata:\n  annotations:\n    one: \"1\"  # why\n    " + mark + "\n  name: a\n"},
        {"flow metadata", "kind: A\nmetadata: {name: p}\n", "kind: A\nmetadata: {name: p, annotations: {" + mark + "}}\n"},
        {"flow annotations", "metadata:\n  annotations: {a: b}\n", "metadata:\n  annotations: {a: b, " + mark + "}\n"},
        {"a block scalar before the end", "metadata:\n  name: a\n  annotations:\n    t: |\n      x\n       y\nkind: A\n",
            "metadata:\n  name: a\n  annotations:\n    t: |\n      x\n       y\n    " + mark + "\nkind: A\n"},
        {"comments and order stay", "# head\nkind: A # trailing\n# before\nmetadata:\n  # inside\n  name: a\n",
            "# head\nkind: A # trailing\n# before\nmetadata:\n  # inside\n  name: a\n  annotations:\n    " + mark + "\n"},
    };
    for (const auto &row : rows) {
        const auto text = merged(row.text);
        ASSERT_TRUE(text) << row.title << ": " << text.error().message;
        EXPECT_EQ(*text, row.marked) << row.title;
        const auto split = splitAfterPostRender(*text);
        ASSERT_TRUE(split) << row.title << ": " << split.error().message;
        ASSERT_EQ(split->size(), 1U) << row.title;
        EXPECT_EQ(split->at("c/templates/a.yaml"), row.text.ends_with('\n') ? row.text : row.text + "\n") << row.title;
    }
}

TEST(PostRender, leavesOutWhatHoldsNothing)
{
    const auto text = mergedForPostRender({{"c/templates/_helpers.tpl", "kind: A\n"}, {"c/templates/a.yaml", " \n"},
        {"c/templates/b.yaml", "# only a comment\n---\n---\nkind: B\nmetadata: {name: b}\n---\nkind: C\nmetadata: {name: c}"}});
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(*text,
        "kind: B\nmetadata: {name: b, annotations: {postrenderer.helm.sh/postrender-filename: 'c/templates/b.yaml'}}\n---\n"
        "kind: C\nmetadata: {name: c, annotations: {postrenderer.helm.sh/postrender-filename: 'c/templates/b.yaml'}}\n");
}

TEST(PostRender, namesWhatHasNoMark)
{
    const auto split = splitAfterPostRender("kind: A\n---\nkind: B\nmetadata:\n  annotations:\n    " + mark + "\n  name: b\n---\nkind: C\n");
    ASSERT_TRUE(split) << split.error().message;
    EXPECT_EQ(split->at("generated-by-postrender-0.yaml"), "kind: A\n");
    EXPECT_EQ(split->at("c/templates/a.yaml"), "kind: B\nmetadata:\n  name: b\n");
    EXPECT_EQ(split->at("generated-by-postrender-2.yaml"), "kind: C\n");
}

TEST(PostRender, refusesWhatIsNoManifest)
{
    EXPECT_EQ(splitAfterPostRender("- a\n").error().message.find("error parsing YAML: wrong node kind: expected MappingNode but got SequenceNode"), 0U);
    EXPECT_EQ(splitAfterPostRender("a: b: c\n").error().message.find("error parsing YAML: MalformedYAMLError: yaml: "), 0U);
    EXPECT_EQ(merged("a: b: c\n").error().message.find("parsing c/templates/a.yaml: "), 0U);
    EXPECT_FALSE(merged("metadata: [a]\n"));
    EXPECT_FALSE(merged("metadata:\n  annotations: text\n"));
}

TEST(PostRenderer, runsACommand)
{
    const CommandFolder folder;
    folder.writeProgram("upper", "#!/bin/sh\ntr a-z A-Z\necho \"$1\"\n");
    folder.writeProgram("failing", "#!/bin/sh\necho went wrong >&2\nexit 3\n");
    folder.write("text", "");
    EXPECT_EQ(PostRenderer::ofCommand(folder.path("upper"), {"done"})->run("kind: a\n").value(), "KIND: A\ndone\n");
    EXPECT_EQ(PostRenderer::ofCommand(folder.path("failing"), {})->run("x").error().message,
        "error while running command " + folder.path("failing") + ". error output:\nwent wrong\n: exit status 3");
    EXPECT_EQ(PostRenderer::ofCommand("no-such-program-anywhere", {}).error().message,
        "unable to find binary at no-such-program-anywhere: exec: \"no-such-program-anywhere\": executable file not found in $PATH");
    EXPECT_EQ(PostRenderer::ofCommand(folder.path("none"), {}).error().message,
        "unable to find binary at " + folder.path("none") + ": exec: \"" + folder.path("none") + "\": stat " + folder.path("none") + ": no such file or directory");
    EXPECT_FALSE(PostRenderer::ofCommand(folder.path("text"), {}));
}

TEST(PostRenderer, runsAPlugin)
{
    const CommandFolder folder;
    const auto plugin = [](const std::string &name, const std::string &rest) {
        return "apiVersion: v1\nname: " + name + "\ntype: postrenderer/v1\nversion: 0.1.0\n" + rest;
    };
    folder.writeProgram("plugins/a/run", "#!/bin/sh\necho \"$HELM_PLUGIN_NAME:$@\"\ncat\n");
    folder.write("plugins/a/plugin.yaml",
        plugin("a", "runtime: subprocess\nruntimeConfig:\n  platformCommand:\n  - {os: plan9, command: x}\n"
                    "  - {command: \"${HELM_PLUGIN_DIR}/run one\", args: [\"$HELM_PLUGIN_NAME\", \"$$\", \"${UNSET_VARIABLE}\"]}\n"));
    folder.write("plugins/b/plugin.yaml", plugin("b", "runtime: extism/v1\n"));
    folder.write("plugins/c/plugin.yaml", "name: c\ntype: cli/v1\n");
    folder.write("plugins/d/plugin.yaml", plugin("d", "runtime: subprocess\nruntimeConfig: {platformCommand: [{command: \"true\"}]}\n"));
    folder.write("plugins/e/plugin.yaml", plugin("e", "runtime: subprocess\nruntimeConfig: {platformCommand: [{command: \"false\"}]}\n"));
    folder.write("plugins/f/plugin.yaml", plugin("f", "runtime: subprocess\n"));
    const std::vector<std::string> folders {folder.path("none"), folder.path("plugins")};
    EXPECT_EQ(PostRenderer::ofPlugin("a", {"more"}, folders)->run("kind: a\n").value(), "a:one a $$  more\nkind: a\n");
    EXPECT_EQ(PostRenderer::ofPlugin("b", {}, folders).error().code, ErrorCode::Unsupported);
    EXPECT_EQ(PostRenderer::ofPlugin("c", {}, folders).error().message, "plugin: {Name:c Type:postrenderer/v1} not found");
    EXPECT_EQ(PostRenderer::ofPlugin("d", {}, folders)->run("x").error().message, "post-renderer \"d\" produced empty output");
    EXPECT_EQ(PostRenderer::ofPlugin("e", {}, folders)->run("x").error().message,
        "failed to invoke post-renderer plugin \"e\": plugin \"e\" exited with error");
    EXPECT_FALSE(PostRenderer::ofPlugin("f", {}, folders));
    EXPECT_FALSE(PostRenderer::ofPlugin("../plugins/a", {}, folders));
}
