#include "core/kube/kubeconfig.h"

#include "core/kube/kubeconfig_reader.h"
#include "core/kube/local_file.h"
#include "core/kube/url.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace fairway::kube {
namespace {

constexpr std::size_t maxFileBytes = std::size_t {4} << 20;
constexpr std::size_t maxFiles = 64;

std::string environmentValue(const char *name)
{
    const char *value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::vector<std::string> splitList(std::string_view list)
{
    std::vector<std::string> out;
    while (!list.empty()) {
        const std::size_t colon = std::min(list.find(':'), list.size());
        std::string path(list.substr(0, colon));
        list.remove_prefix(std::min(colon + 1, list.size()));
        if (!path.empty() && std::find(out.begin(), out.end(), path) == out.end()) {
            out.push_back(std::move(path));
        }
    }
    return out;
}

} // namespace

KubeconfigSource KubeconfigSource::fromEnvironment(std::string explicitPath)
{
    return {std::move(explicitPath), environmentValue("KUBECONFIG"), environmentValue("HOME")};
}

Result<Kubeconfig> Kubeconfig::load(const KubeconfigSource &source)
{
    std::vector<std::string> paths;
    const bool isExplicit = !source.explicitPath.empty();
    if (isExplicit) {
        paths.push_back(source.explicitPath);
    } else if (paths = splitList(source.envList); paths.empty() && !source.home.empty()) {
        paths.push_back(source.home + "/.kube/config");
    }
    if (paths.size() > maxFiles) {
        return fail(ErrorCode::LimitExceeded, phrase("kube", "KUBECONFIG names more than %1 files").with(maxFiles));
    }
    KubeconfigReader reader;
    for (const std::string &path : paths) {
        auto text = readLocalFile(path, maxFileBytes);
        if (!text) {
            if (text.error().code == ErrorCode::NotFound && !isExplicit) {
                continue;
            }
            return failWith("kubeconfig", text.error());
        }
        if (auto added = reader.add(*text, path, folderOf(path)); !added) {
            return tl::unexpected(added.error());
        }
    }
    return reader.take();
}

Result<Kubeconfig> Kubeconfig::fromText(std::string_view text, std::string_view label, std::string_view folder)
{
    if (text.size() > maxFileBytes) {
        return fail(ErrorCode::LimitExceeded, phrase("kube", "%1: is larger than %2 bytes").with(label, maxFileBytes));
    }
    KubeconfigReader reader;
    if (auto added = reader.add(text, std::string(label), std::string(folder)); !added) {
        return tl::unexpected(added.error());
    }
    return reader.take();
}

const Kubeconfig::Entry *Kubeconfig::find(const std::vector<Entry> &entries, std::string_view name)
{
    const auto it = std::find_if(entries.begin(), entries.end(), [name](const Entry &entry) { return entry.name == name; });
    return it == entries.end() ? nullptr : &*it;
}

Result<ClusterAccess> Kubeconfig::access(std::string_view context) const
{
    const std::string name = context.empty() ? m_currentContext : std::string(context);
    const Text where = m_files.size() > 1 ? phrase("kube", "kubeconfig %1 and others").with(m_files.front())
        : m_files.size() == 1             ? phrase("kube", "kubeconfig %1").with(m_files.front())
                                          : phrase("kube", "there is no kubeconfig");
    if (name.empty()) {
        return fail(ErrorCode::NotFound, m_files.empty() ? phrase("kube", "there is no kubeconfig (neither KUBECONFIG nor ~/.kube/config)")
                                                      : phrase("kube", "%1: no current-context is set; choose a context").with(where));
    }
    const Entry *entry = find(m_contextEntries, name);
    if (entry == nullptr) {
        return fail(ErrorCode::NotFound, phrase("kube", "%1: no context %2").with(where, quoted(name)));
    }
    return resolve(*entry);
}

Result<ClusterAccess> Kubeconfig::resolve(const Entry &context) const
{
    const std::string clusterName(context.body["cluster"].stringOr());
    const std::string userName(context.body["user"].stringOr());
    const std::string at = placeOf(context.file, context.line);
    if (auto checked = checkText(context.body, {"cluster", "user", "namespace"}, context.file, "context " + quoted(context.name)); !checked) {
        return tl::unexpected(checked.error());
    }
    if (clusterName.empty()) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "%1: context %2 names no cluster").with(at, quoted(context.name)));
    }
    const Entry *cluster = find(m_clusterEntries, clusterName);
    if (cluster == nullptr) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "%1: context %2 uses cluster %3, which is not defined").with(at, quoted(context.name), quoted(clusterName)));
    }
    const Entry *user = userName.empty() ? nullptr : find(m_userEntries, userName);
    if (!userName.empty() && user == nullptr) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "%1: context %2 uses user %3, which is not defined").with(at, quoted(context.name), quoted(userName)));
    }
    ClusterAccess access;
    access.context = context.name;
    access.cluster = clusterName;
    access.userName = userName;
    access.ns = context.body["namespace"].stringOr();
    if (access.ns.empty()) {
        access.ns = "default";
    }
    EntryPlace place {cluster->file, cluster->folder, "cluster " + quoted(clusterName)};
    if (auto read = readCluster(cluster->body, cluster->line, place, access); !read) {
        return tl::unexpected(read.error());
    }
    if (user != nullptr) {
        place = {user->file, user->folder, "user " + quoted(userName)};
        if (auto read = readUser(user->body, user->line, place, access.user); !read) {
            return tl::unexpected(read.error());
        }
        if (access.user.exec && access.user.exec->provideClusterInfo) {
            for (std::size_t i = 0; i < cluster->body["extensions"].size(); ++i) {
                const value::Value &extension = cluster->body["extensions"][i];
                if (extension["name"].stringOr() == "client.authentication.k8s.io/exec") {
                    access.user.exec->clusterConfig = extension["extension"];
                }
            }
        }
    }
    return access;
}

void Kubeconfig::listContexts()
{
    m_contexts.clear();
    for (const Entry &entry : m_contextEntries) {
        m_contexts.emplace_back();
        ContextEntry &row = m_contexts.back();
        row.name = entry.name;
        row.file = entry.file;
        row.line = entry.line;
        row.cluster = entry.body["cluster"].stringOr();
        row.user = entry.body["user"].stringOr();
        row.ns = entry.body["namespace"].stringOr();
        if (const Entry *cluster = find(m_clusterEntries, row.cluster)) {
            row.server = cluster->body["server"].stringOr();
        }
        if (auto access = resolve(entry)) {
            row.isInsecure = access->insecureSkipTlsVerify;
            row.usesPlugin = access->user.exec.has_value();
        } else {
            row.problem = access.error().said();
        }
    }
}

} // namespace fairway::kube
