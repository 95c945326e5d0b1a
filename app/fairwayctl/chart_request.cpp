#include "app/fairwayctl/chart_request.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/dependencies.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/post_renderer.h"
#include "core/chart/update_dependencies.h"
#include "core/gotemplate/function.h"
#include "core/gotemplate/template.h"

#include <cstdlib>

namespace fairway::ctl {

using chart::HelmVersion;

namespace {

Result<void> checkWait(std::string_view text)
{
    for (const std::string_view known : {"watcher", "hookOnly", "legacy", "true", "false"}) {
        if (text == known)
            return {};
    }
    return fail(ErrorCode::InvalidInput, "invalid wait input " + chart::goQuoted(text) + ". Valid inputs are watcher, hookOnly, and legacy");
}

} // namespace

void TemplateFlags::addTo(HelmFlags &flags, HelmVersion version)
{
    addValueFlags(flags, values);
    flags.list("api-versions", apiVersions, 'a');
    flags.texts("show-only", showOnly, 's');
    flags.text("kube-version", kubeVersion);
    flags.text("name-template", nameTemplate);
    flags.text("output-dir", outputDir);
    flags.custom("dry-run", [this](std::string_view text) -> Result<void> {
        dryRun = text;
        return {};
    }, "unset");
    remote.addTo(flags);
    flags.boolean("generate-name", generateName, 'g');
    flags.boolean("include-crds", includeCrds);
    flags.boolean("skip-tests", skipTests);
    flags.boolean("is-upgrade", isUpgrade);
    flags.boolean("no-hooks", noHooks);
    flags.boolean("validate", validate);
    flags.boolean("release-name", releaseName);
    flags.boolean("skip-schema-validation", skipSchema);
    flags.boolean("render-subchart-notes", subNotes);
    flags.boolean("enable-dns", enableDns);
    flags.boolean("dependency-update", dependencyUpdate);
    // What only matters when something is installed or fetched.
    for (const std::string_view name : {"atomic", "create-namespace", "disable-openapi-validation", "force", "force-conflicts",
             "force-replace", "hide-notes", "replace",
             "rollback-on-failure", "server-side", "skip-crds", "take-ownership", "wait-for-jobs"})
        flags.ignoredBoolean(name);
    flags.ignoredText("description");
    flags.ignoredDuration("timeout");
    flags.custom("labels", [](std::string_view text) -> Result<void> {
        if (!text.empty() && text.find('=') == std::string_view::npos)
            return fail(ErrorCode::InvalidInput, std::string(text) + " must be formatted as key=value");
        return {};
    }, {}, 'l');
    if (version == HelmVersion::V3)
        flags.ignoredBoolean("wait");
    else
        flags.custom("wait", checkWait, "watcher");
    flags.custom("post-renderer", [this](std::string_view text) -> Result<void> {
        if (!postRenderer.empty() && !text.empty())
            return fail(ErrorCode::InvalidInput, "cannot specify --post-renderer flag more than once");
        postRenderer = text.empty() ? postRenderer : std::string(text);
        return {};
    });
    flags.texts("post-renderer-args", postRendererArguments);
    if (version == HelmVersion::V4) {
        flags.deprecate("validate", "use '--dry-run=server' instead");
        flags.deprecate("force", "use --force-replace instead");
        flags.deprecate("atomic", "use --rollback-on-failure instead");
    }
}

chart::ReleaseTextOptions TemplateFlags::shown() const
{
    return {includeCrds, noHooks, skipTests, showOnly};
}

namespace {

/// The release's name by a template of Sprig's functions.
Result<std::string> nameByTemplate(const std::string &text)
{
    funcs::FunctionContext context;
    gotemplate::FunctionMap functions;
    funcs::registerSprig(functions, context);
    static constexpr gotemplate::FunctionSpec environment[] = {{"env", {gotemplate::Type::String}, [](gotemplate::Call &call) -> gotemplate::TemplateResult<value::Value> {
        const char *const found = std::getenv(call.text(0).c_str());
        return value::Value(found ? found : "");
    }}};
    functions.add(environment); // here alone: charts must not read it
    gotemplate::TemplateSet set(functions);
    if (const auto parsed = set.parse("name-template", text); !parsed)
        return fail(parsed.error().code, parsed.error().message);
    auto name = set.execute("name-template", value::Value());
    if (!name)
        return fail(name.error().code, name.error().message);
    return *name;
}

struct NameAndChart {
    std::string name;
    std::string chart;
};

Result<NameAndChart> nameAndChart(const std::vector<std::string> &arguments, const TemplateFlags &flags)
{
    if (arguments.size() > 2) {
        const std::vector<std::string> more(arguments.begin() + 2, arguments.end());
        return fail(ErrorCode::InvalidInput, "expected at most two arguments, unexpected arguments: " + joined(more, ", "));
    }
    if (arguments.size() == 2) {
        if (flags.generateName)
            return fail(ErrorCode::InvalidInput, "cannot set --generate-name and also specify a name");
        if (!flags.nameTemplate.empty())
            return fail(ErrorCode::InvalidInput, "cannot set --name-template and also specify a name");
        return NameAndChart {arguments[0], arguments[1]};
    }
    if (!flags.nameTemplate.empty()) {
        Result<std::string> name = nameByTemplate(flags.nameTemplate);
        if (!name)
            return tl::unexpected(name.error());
        return NameAndChart {std::move(*name), arguments[0]};
    }
    return NameAndChart {"release-name", arguments[0]};
}

Result<void> checkDryRun(const TemplateFlags &flags, HelmVersion version)
{
    if (flags.validate)
        return fail(ErrorCode::Unsupported, "--validate needs a cluster; this command renders offline");
    const bool isKnown = flags.dryRun == "client" || flags.dryRun == "server" || flags.dryRun == "none" || flags.dryRun == "true" || flags.dryRun == "false";
    if (version == HelmVersion::V3 && flags.dryRun != "server")
        return isKnown || flags.dryRun == "unset" || flags.dryRun.empty()
            ? Result<void>()
            : fail(ErrorCode::InvalidInput, "Invalid dry-run flag. Flag must one of the following: false, true, none, client, server");
    if (flags.dryRun == "client" || flags.dryRun == "unset" || flags.dryRun == "true")
        return {};
    if (flags.dryRun == "server")
        return fail(ErrorCode::Unsupported, "--dry-run=server needs a cluster; this command renders offline");
    if (flags.dryRun == "none" || flags.dryRun == "false")
        return fail(ErrorCode::InvalidInput, "invalid dry-run value (" + chart::goQuoted(flags.dryRun) + "). Must be \"server\" or \"client\"");
    return fail(ErrorCode::InvalidInput, "invalid dry-run value (" + chart::goQuoted(flags.dryRun) + R"(). Must be "none", "server", or "client")");
}

/// What --post-renderer names. It runs only because the flag names it.
Result<void> addPostRenderer(const TemplateFlags &flags, HelmVersion version, chart::ReleaseRequest &request)
{
    if (flags.postRenderer.empty())
        return {};
    Result<chart::PostRenderer> renderer = version == HelmVersion::V3
        ? chart::PostRenderer::ofCommand(flags.postRenderer, flags.postRendererArguments)
        : chart::PostRenderer::ofPlugin(flags.postRenderer, flags.postRendererArguments, chart::PostRenderer::pluginFolders());
    if (!renderer)
        return failWith("invalid argument " + chart::goQuoted(flags.postRenderer) + " for \"--post-renderer\" flag", renderer.error());
    request.postRender = [renderer = std::move(*renderer)](std::string manifests) { return renderer.run(std::move(manifests)); };
    request.postRendersCrds = flags.includeCrds;
    return {};
}

} // namespace

Result<ReleaseInput> readReleaseInput(const std::vector<std::string> &arguments, const HelmSettings &settings, const TemplateFlags &flags,
    const chart::Messages &messages, const ChartOrigin *origin)
{
    const HelmVersion version = settings.version;
    ReleaseInput input;
    chart::ReleaseRequest &request = input.request;
    if (const Result<void> known = addPostRenderer(flags, version, request); !known)
        return tl::unexpected(known.error());
    request.capabilities = chart::defaultCapabilities(version);
    if (!flags.kubeVersion.empty()) {
        Result<chart::KubeVersion> kube = chart::parseKubeVersion(flags.kubeVersion, version);
        if (!kube)
            return fail(ErrorCode::InvalidInput, "invalid kube version '" + flags.kubeVersion + "': " + kube.error().message);
        request.capabilities.kubeVersion = std::move(*kube);
    }
    if (const Result<void> good = checkDryRun(flags, version); !good)
        return tl::unexpected(good.error());
    request.capabilities.apiVersions.insert(request.capabilities.apiVersions.end(), flags.apiVersions.begin(), flags.apiVersions.end());

    const Result<NameAndChart> what = nameAndChart(arguments, flags);
    if (!what)
        return tl::unexpected(what.error());
    if (settings.debug)
        messages.structured("DEBUG", "Original chart version", {{"version", flags.remote.version}});
    const Result<std::string> path = origin != nullptr ? Result<std::string>(what->chart) : locateChart(what->chart, flags.remote, settings);
    if (!path)
        return tl::unexpected(path.error());
    if (settings.debug)
        messages.structured("DEBUG", "Chart path", {{"path", *path}});

    Result<value::Value> values = chart::mergeValueOptions(flags.values, version, input.sources, origin != nullptr ? origin->readFile : readUserFile);
    if (!values)
        return tl::unexpected(values.error());
    const chart::LoadContext load {version, messages, input.sources, {}};
    Result<chart::ChartTree> tree = origin != nullptr ? origin->loadChart(*path, load) : chart::loadChart(*path, load);
    if (!tree)
        return tl::unexpected(tree.error());
    if (const Result<void> good = chart::checkInstallable(tree->root()); !good)
        return tl::unexpected(good.error());
    if (tree->root().metadata.deprecated) {
        messages.structured("WARN", "this chart is deprecated");
        if (version == HelmVersion::V3)
            note("WARNING: This chart is deprecated");
    }
    if (const Result<void> complete = chart::checkDependencies(tree->root()); !complete) {
        if (!flags.dependencyUpdate || origin != nullptr) {
            return fail(complete.error().code, std::string(version == HelmVersion::V4 ? "an" : "An")
                + " error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: "
                + complete.error().message);
        }
        Result<chart::RemoteContext> context = remoteContext(settings);
        if (!context)
            return tl::unexpected(context.error());
        context->print = out;
        chart::DependencyOptions options;
        options.chart = *path;
        if (const Result<void> updated = chart::updateDependencies(options, *context); !updated)
            return tl::unexpected(updated.error());
        tree = chart::loadChart(*path, load);
        if (!tree)
            return failWith("failed reloading chart after repo update", tree.error());
    }

    request.release.name = what->name;
    request.release.nameSpace = settings.effectiveNamespace();
    request.release.isUpgrade = flags.isUpgrade;
    request.render.version = version;
    request.render.resolveHosts = flags.enableDns;
    request.skipSchema = flags.skipSchema;
    request.withSubNotes = flags.subNotes;
    input.tree = std::move(*tree);
    input.values = std::move(*values);
    return input;
}

int renderingFailed(const chart::ReleaseFailure &failure, bool debug)
{
    if (failure.partialManifest && debug)
        out(std::string(chart::trimSpace(*failure.partialManifest)) + "\n");
    else if (failure.partialManifest)
        return helmFailed(failure.error.message + "\n\nUse --debug flag to render out invalid YAML");
    return helmFailed(failure.error.message);
}

} // namespace fairway::ctl
