#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// A chart repository the user added.
struct RepositoryEntry {
    std::string name;
    std::string url;
    std::string username;
    std::string password;
    std::string certFile;
    std::string keyFile;
    std::string caFile;
    bool insecureSkipTlsVerify = false;
    bool passCredentialsAll = false; ///< To whatever host the index names.

    friend bool operator==(const RepositoryEntry &, const RepositoryEntry &) = default;
};

/// Helm's repositories.yaml.
struct RepositoryFile {
    std::string apiVersion;
    std::string generated; ///< As Go writes times; empty: none.
    std::vector<RepositoryEntry> repositories;

    /// Fields Helm doesn't know are not kept. Errors: InvalidInput in the words of Go's YAML reader.
    [[nodiscard]] static Result<RepositoryFile> parse(std::string_view text);
    [[nodiscard]] std::string toYaml() const;

    [[nodiscard]] const RepositoryEntry *find(std::string_view name) const;
    /// Replaces the entry of that name, or adds it.
    void put(RepositoryEntry entry);
    /// False when there is none of that name.
    bool remove(std::string_view name);
};

/// Errors: NotFound when there is no file, InvalidInput, Io.
[[nodiscard]] Result<RepositoryFile> readRepositoryFile(const std::string &path);
/// Written in one step, readable by the user alone: passwords stand in it.
[[nodiscard]] Result<void> writeRepositoryFile(const std::string &path, const RepositoryFile &file);

/// Keeps other processes, Helm's too, from changing repositories.yaml meanwhile.
class RepositoryFileLock {
public:
    /// Waits up to 30 s. Errors: Timeout, Io, Cancelled.
    [[nodiscard]] static Result<RepositoryFileLock> take(const std::string &repositoryFile, const CancelToken &cancel = {});
    RepositoryFileLock(RepositoryFileLock &&other) noexcept;
    RepositoryFileLock &operator=(RepositoryFileLock &&other) = delete;
    ~RepositoryFileLock();

private:
    explicit RepositoryFileLock(int file)
        : m_file(file)
    {
    }
    int m_file = -1;
};

} // namespace fairway::chart
