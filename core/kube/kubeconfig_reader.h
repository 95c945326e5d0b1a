#pragma once

#include "core/base/result.h"
#include "core/kube/kubeconfig.h"
#include "core/value/value.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace fairway::kube {

/// Where an entry stands, for messages and relative paths.
struct EntryPlace {
    std::string file;
    std::string folder;
    std::string what; ///< `user "admin"`
};

/// A name from a file as messages show it: in quotes, on one line, at most 100 bytes.
[[nodiscard]] std::string quoted(std::string_view name);
/// "file" or "file:12".
[[nodiscard]] std::string placeOf(const std::string &file, std::uint32_t line);

/// InvalidInput when one of `keys` is there and is no text.
[[nodiscard]] Result<void> checkText(const value::Value &entry, std::initializer_list<std::string_view> keys, const std::string &file,
                                     const std::string &what);

/// The fields of one cluster and one user entry, checked.
[[nodiscard]] Result<void> readCluster(const value::Value &body, std::uint32_t line, const EntryPlace &place, ClusterAccess &out);
[[nodiscard]] Result<void> readUser(const value::Value &body, std::uint32_t line, const EntryPlace &place, UserAccess &out);

/// Merges files into one Kubeconfig: what was added first wins.
class KubeconfigReader {
public:
    /// `file` is used in messages.
    [[nodiscard]] Result<void> add(std::string_view text, const std::string &file, const std::string &folder);
    [[nodiscard]] Kubeconfig take();

private:
    [[nodiscard]] Result<void> addEntries(const value::Value &root, std::string_view listKey, std::string_view bodyKey,
                                          const std::string &file, const std::string &folder, std::vector<Kubeconfig::Entry> &out);
    Kubeconfig m_config;
};

} // namespace fairway::kube
