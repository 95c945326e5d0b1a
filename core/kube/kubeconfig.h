#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::kube {

/// Where a kubeconfig is looked for, in kubectl's order: an explicit path wins alone; else the KUBECONFIG list (colon
/// separated); else `home`/.kube/config.
struct KubeconfigSource {
    std::string explicitPath; ///< A missing file here is an error.
    std::string envList;      ///< Value of KUBECONFIG; missing files in the list are skipped, unreadable ones are errors.
    std::string home;         ///< Home folder for the default file; missing file = an empty configuration.

    /// Reads KUBECONFIG and HOME of this process.
    [[nodiscard]] static KubeconfigSource fromEnvironment(std::string explicitPath = {});
};

/// PEM text given inline (already base64-decoded) or by file; inline wins, as in client-go.
struct PemSource {
    std::string data;
    std::string file; ///< Absolute: relative paths were resolved against the kubeconfig's folder.
    [[nodiscard]] bool isSet() const { return !data.empty() || !file.empty(); }
};

enum class InteractiveMode : std::uint8_t { IfAvailable, Never, Always };

/// A credential plugin: a program of the user's that prints an ExecCredential.
struct ExecPlugin {
    std::string apiVersion; ///< client.authentication.k8s.io/v1 or v1beta1
    std::string command;    ///< Looked up in PATH when without a slash; relative paths with one resolve against the file.
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string installHint;
    bool provideClusterInfo = false;
    InteractiveMode interactiveMode = InteractiveMode::IfAvailable;
    value::Value clusterConfig; ///< The cluster's extension client.authentication.k8s.io/exec, passed through.
};

/// How to say who we are. Holds secrets: never log it.
struct UserAccess {
    std::string token;
    std::string tokenFile; ///< Wins over `token` when both are set, and is re-read.
    std::string username;
    std::string password;
    PemSource clientCertificate;
    PemSource clientKey;
    std::optional<ExecPlugin> exec;
    std::string impersonateUser;
    std::string impersonateUid;
    std::vector<std::string> impersonateGroups;
};

/// Everything needed to talk to one cluster as one user. A plain value; copy it freely, never log it.
struct ClusterAccess {
    std::string context; ///< Name of the context this came from.
    std::string cluster; ///< Name of the cluster entry.
    std::string userName; ///< Name of the user entry; may be empty.
    std::string ns;      ///< The context's namespace; "default" when none is set.
    std::string server;  ///< "https://host:port/optional/prefix" without a trailing slash.
    PemSource ca;
    std::string tlsServerName;
    std::string proxyUrl; ///< http://, https:// or socks5://; empty: HTTPS_PROXY, NO_PROXY of the environment.
    bool insecureSkipTlsVerify = false; ///< The window must say so.
    bool disableCompression = false;
    UserAccess user;
};

/// One context as the picker shows it. A context with a `problem` is listed and can't be opened.
struct ContextEntry {
    std::string name;
    std::string cluster;
    std::string user;
    std::string ns;      ///< As written; may be empty.
    std::string server;  ///< Empty when the cluster entry is missing.
    std::string file;    ///< Which file it was read from.
    std::uint32_t line = 0;
    bool isInsecure = false; ///< insecure-skip-tls-verify
    bool usesPlugin = false;
    Text problem;        ///< One sentence naming file, line and entry; empty when it can be opened.
};

/// The merged kubeconfig by kubectl's rules: for each name the first file wins with its whole entry; the first file that
/// sets current-context wins; relative paths resolve against the folder of the file they are in.
///
/// Errors:  load() and fromText() fail with one sentence naming the file and line for what isn't readable as a kubeconfig
///          at all (not YAML, not a map, wrong types of the lists). What is wrong with one entry only spoils the contexts
///          that use it: see ContextEntry::problem and access().
/// Bounds:  4 MiB a file, 64 files, 5000 entries of each kind.
/// Threads: immutable once made; copies share nothing mutable.
/// Source:  client-go tools/clientcmd (loader, client_config), kubectl's behaviour.
class Kubeconfig {
public:
    [[nodiscard]] static Result<Kubeconfig> load(const KubeconfigSource &source);
    /// A single kubeconfig held in memory (the practice cluster's, a pasted one). `label` stands for the file in messages;
    /// relative paths in it resolve against `folder`.
    [[nodiscard]] static Result<Kubeconfig> fromText(std::string_view text, std::string_view label, std::string_view folder = "/");

    [[nodiscard]] const std::vector<ContextEntry> &contexts() const { return m_contexts; } ///< In the order of the files.
    [[nodiscard]] const std::string &currentContext() const { return m_currentContext; }   ///< May be empty or dangling.
    [[nodiscard]] const std::vector<std::string> &files() const { return m_files; }        ///< Those that were read.

    /// `context` empty: the current one. NotFound when there is none of that name, InvalidInput with the context's problem.
    [[nodiscard]] Result<ClusterAccess> access(std::string_view context = {}) const;

private:
    struct Entry {
        std::string name;
        value::Value body;
        std::string file;
        std::string folder;
        std::uint32_t line = 0;
    };
    friend class KubeconfigReader;
    [[nodiscard]] static const Entry *find(const std::vector<Entry> &entries, std::string_view name);
    [[nodiscard]] Result<ClusterAccess> resolve(const Entry &context) const;
    void listContexts();

    std::vector<Entry> m_clusterEntries;
    std::vector<Entry> m_userEntries;
    std::vector<Entry> m_contextEntries;
    std::vector<ContextEntry> m_contexts;
    std::vector<std::string> m_files;
    std::string m_currentContext;
};

} // namespace fairway::kube
