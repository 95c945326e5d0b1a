#include "app/fairwayctl/remote_flags.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/go_text.h"
#include "core/chart/mirrors.h"
#include "core/chart/paths.h"
#include "core/chart/provenance.h"
#include "core/chart/registry_source.h"

#include <array>
#include <utility>
#include <sys/stat.h>
#include <unistd.h>

namespace fairway::ctl {

namespace {

std::string absolutePath(std::string_view path)
{
    if (path.starts_with('/'))
        return chart::cleanPath(path);
    std::array<char, 4096> buffer {};
    const char *const folder = ::getcwd(buffer.data(), buffer.size());
    return chart::joinPath(folder ? folder : "/", path);
}

bool hasPem(const Result<std::string> &text)
{
    return text && text->find("-----BEGIN") != std::string::npos;
}

/// Helm reads these files before anything else, needed or not.
Result<void> checkTls(const chart::HttpTls &tls, chart::HelmVersion version)
{
    const bool isV4 = version == chart::HelmVersion::V4;
    const auto refuse = [](const std::string &why) {
        return fail(ErrorCode::InvalidInput, "missing registry client: can't create TLS config for client: " + why);
    };
    if (!tls.certificateFile.empty() && !tls.keyFile.empty()) {
        const std::string pair = "can't load key pair from cert " + tls.certificateFile + " and key " + tls.keyFile + ": ";
        const std::pair<std::string_view, std::string> files[] = {{"cert", tls.certificateFile}, {"key", tls.keyFile}};
        for (const auto &[what, file] : files) {
            if (const Result<std::string> text = readUserFile(file); !text)
                return refuse((isV4 ? "unable to read " + std::string(what) + " file: " + chart::goQuoted(file) + ": " : pair) + text.error().message);
        }
        for (const auto &[what, file] : files) {
            if (!hasPem(readUserFile(file))) {
                return refuse((isV4 ? "unable to load cert from key pair: " : pair) + "tls: failed to find any PEM data in "
                    + (what == "cert" ? "certificate" : "key") + " input");
            }
        }
    }
    if (tls.caFile.empty())
        return {};
    const Result<std::string> authorities = readUserFile(tls.caFile);
    if (!authorities)
        return refuse("can't read CA file: " + (isV4 ? chart::goQuoted(tls.caFile) + ": " + authorities.error().message : tls.caFile));
    if (!hasPem(authorities))
        return refuse(isV4 ? "failed to append certificates from pem block" : "failed to append certificates from file: " + tls.caFile);
    return {};
}

} // namespace

RemoteFlags::RemoteFlags()
    : keyring(chart::defaultKeyring())
{
}

void RemoteFlags::addAccessTo(HelmFlags &flags)
{
    flags.text("username", access.username);
    flags.text("password", access.password);
    flags.text("cert-file", access.tls.certificateFile);
    flags.text("key-file", access.tls.keyFile);
    flags.text("ca-file", access.tls.caFile);
    flags.boolean("insecure-skip-tls-verify", access.tls.insecure);
    flags.boolean("plain-http", access.plainHttp);
}

void RemoteFlags::addTo(HelmFlags &flags)
{
    addAccessTo(flags);
    flags.boolean("pass-credentials", access.passCredentials);
    flags.text("version", version);
    flags.text("repo", repo);
    flags.text("keyring", keyring);
    flags.boolean("devel", devel);
    flags.boolean("verify", verify);
}

chart::ChartSource RemoteFlags::source(std::string_view reference, const HelmSettings &settings) const
{
    chart::ChartSource source;
    source.reference = reference;
    source.version = version.empty() && devel ? ">0.0.0-0" : std::string(chart::trimSpace(version));
    source.repositoryUrl = repo;
    source.access = access;
    if (access.tls.certificateFile.empty() || access.tls.keyFile.empty()) // Helm takes no notice of one alone
        source.access.tls.certificateFile = source.access.tls.keyFile = std::string();
    source.verify = verify ? chart::VerifyMode::Always : chart::VerifyMode::Never;
    source.verifier = provenanceVerifier(keyring, settings.version);
    return source;
}

std::function<Result<std::string>(const std::string &, const std::string &)> provenanceVerifier(std::string keyring, chart::HelmVersion version)
{
    return [keyring = std::move(keyring), version](const std::string &archive, const std::string &provenance) -> Result<std::string> {
        const Result<chart::Verification> verified = chart::verifyChartFile(archive, provenance, keyring, version);
        if (!verified)
            return tl::unexpected(verified.error());
        return chart::toText(*verified);
    };
}

Result<chart::RemoteContext> remoteContext(const HelmSettings &settings)
{
    chart::RemoteContext context;
    context.paths = settings.paths;
    context.version = settings.version;
    context.isDebug = settings.debug;
    context.log = [](std::string_view line) { note(line); };
    Result<std::vector<chart::UrlRewrite>> mirrors = chart::mirrorsOfProcess();
    if (!mirrors)
        return tl::unexpected(mirrors.error());
    context.http.rewrites = std::move(*mirrors);
    for (const std::string &text : settings.mirrors) {
        Result<chart::UrlRewrite> mirror = chart::parseMirror(text);
        if (!mirror)
            return failWith("--mirror", mirror.error());
        context.http.rewrites.push_back(std::move(*mirror));
    }
    context.oci = std::make_shared<chart::RegistrySource>(context.paths, context.version, noteLines, context.http);
    return context;
}

Result<std::string> locateChart(std::string_view name, const RemoteFlags &remote, const HelmSettings &settings)
{
    name = chart::trimSpace(name);
    if (const Result<void> good = checkTls(remote.access.tls, settings.version); !good)
        return tl::unexpected(good.error());
    struct stat status {};
    // Helm 3 takes what is there, whatever --repo says.
    if ((remote.repo.empty() || settings.version == chart::HelmVersion::V3) && ::stat(std::string(name).c_str(), &status) == 0) {
        std::string path = absolutePath(name);
        if (remote.verify) {
            if (const Result<std::string> verified = provenanceVerifier(remote.keyring, settings.version)(path, path + ".prov"); !verified)
                return tl::unexpected(verified.error());
        }
        return path;
    }
    if (remote.repo.empty() && (name.starts_with('/') || name.starts_with('.')))
        return fail(ErrorCode::NotFound, "path " + chart::goQuoted(name) + " not found");
    const Result<chart::RemoteContext> context = remoteContext(settings);
    if (!context)
        return tl::unexpected(context.error());
    const Result<chart::FetchedChart> fetched = chart::downloadChartToCache(remote.source(name, settings), *context);
    if (!fetched)
        return tl::unexpected(fetched.error());
    return absolutePath(fetched->path);
}

} // namespace fairway::ctl
