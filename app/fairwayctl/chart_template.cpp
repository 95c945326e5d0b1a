#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/chart_output.h"
#include "app/fairwayctl/chart_request.h"
#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/paths.h"

namespace fairway::ctl {

namespace {

Result<void> writeFolder(const chart::RenderedRelease &release, const TemplateFlags &flags, const std::string &name)
{
    const std::string folder = flags.releaseName ? chart::joinPath(flags.outputDir, name) : flags.outputDir;
    ManifestFolder plain(flags.outputDir);
    ManifestFolder named(folder);
    if (flags.includeCrds) {
        for (const chart::CrdFile &crd : release.crds) {
            if (Result<void> written = plain.write(crd.path, crd.text); !written)
                return written;
        }
    }
    for (const chart::Manifest &manifest : release.manifests) {
        if (Result<void> written = named.write(manifest.path, manifest.text); !written)
            return written;
    }
    for (const chart::Hook *const hook : chart::shownHooks(release, flags.shown())) {
        if (Result<void> written = named.append(hook->path, hook->text); !written)
            return written;
    }
    return {};
}

/// Prints a rendered release, or writes it to a folder.
Result<void> print(const chart::RenderedRelease &release, const TemplateFlags &flags, const std::string &name)
{
    if (!flags.outputDir.empty()) {
        if (Result<void> written = writeFolder(release, flags, name); !written)
            return fail(written.error().code, written.error().message + "\n\nUse --debug flag to render out invalid YAML");
    }
    // What went into the folder is not printed, but --show-only looks for it all the same, in what is left: a line break.
    const chart::RenderedRelease nothing;
    const Result<chart::ReleaseText> text = chart::releaseText(flags.outputDir.empty() ? release : nothing, flags.shown());
    if (!text)
        return tl::unexpected(text.error());
    out(text->text);
    return {};
}

std::string usage()
{
    return std::string(R"(Renders a chart and prints its manifests, as helm does; no cluster is asked.

Usage:  fairwayctl chart template [NAME] CHART [flags]

CHART is a folder, a package, REPOSITORY/NAME, a URL, oci://HOST/PATH, or with --repo a name.

  -s, --show-only PATTERN          only what these templates give
      --output-dir FOLDER          into files instead of standard output
      --include-crds               the files of crds/, too
      --no-hooks, --skip-tests     leave those out
      --kube-version VERSION       of the cluster it is for
  -a, --api-versions NAMES         what that cluster has beside the usual
      --is-upgrade                 .Release.IsUpgrade instead of .Release.IsInstall
      --name-template TEXT, -g     the release's name by a template, or made up
      --skip-schema-validation     don't look at values.schema.json
      --render-subchart-notes      the notes of subcharts, too
      --dependency-update          fetch missing dependencies
      --post-renderer NAME         give the manifests to a plugin (helm 4) or a program (3); --post-renderer-args ARG
      --enable-dns                 let templates resolve names
      --debug                      also print what is no YAML
)") + std::string(valueFlagsHelp) + std::string(chartFlagsHelp) + std::string(accessFlagsHelp) + std::string(globalFlagsHelp);
}

} // namespace

int chartTemplate(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    TemplateFlags options;
    settings.addTo(flags);
    options.addTo(flags, HelmSettings::versionIn(arguments));
    flags.help(usage());
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->empty())
        return helmWantsArguments("template", "at least 1 argument", "template [NAME] [CHART] [flags]");
    const chart::Messages messages = standardErrorMessages(settings.version);
    Result<ReleaseInput> input = readReleaseInput(*positional, settings, options, messages);
    if (!input)
        return helmFailed(input.error().message);
    const auto release = chart::renderRelease(input->tree, input->values, input->request, messages);
    if (!release)
        return renderingFailed(release.error(), settings.debug);
    if (const Result<void> printed = print(*release, options, input->request.release.name); !printed)
        return helmFailed(printed.error().message);
    return exitOk;
}

} // namespace fairway::ctl
