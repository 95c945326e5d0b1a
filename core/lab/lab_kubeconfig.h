#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <utility>

namespace fairway::lab {

/// The kubeconfig of a practice cluster on disk, for kubectl and other programs. For its owner only (mode 0600), and gone
/// when this object is: the tokens in it are worth nothing once the cluster has ended.
class KubeconfigFile {
public:
    [[nodiscard]] static Result<KubeconfigFile> write(std::string path, std::string_view text);
    KubeconfigFile(KubeconfigFile &&other) noexcept;
    KubeconfigFile &operator=(KubeconfigFile &&) = delete;
    ~KubeconfigFile();

private:
    explicit KubeconfigFile(std::string path)
        : m_path(std::move(path))
    {
    }
    std::string m_path;
};

} // namespace fairway::lab
