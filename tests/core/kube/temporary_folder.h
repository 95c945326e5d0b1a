#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace fairway::kube::test {

/// A folder of one's own that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "fairway-kube-XXXXXX").string();
        m_path = ::mkdtemp(name.data()) == nullptr ? std::string() : name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;

    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] std::string path(const std::string &name) const { return m_path + "/" + name; }

    std::string write(const std::string &name, const std::string &text, bool isProgram = false) const
    {
        const std::filesystem::path target = path(name);
        std::filesystem::create_directories(target.parent_path());
        // As editors and kubelet do: a new file takes the place of the old one.
        const std::filesystem::path fresh = path(name + ".new");
        std::ofstream(fresh) << text;
        if (isProgram) {
            std::filesystem::permissions(fresh, std::filesystem::perms::owner_all);
        }
        std::filesystem::rename(fresh, target);
        return target.string();
    }

private:
    std::string m_path;
};

} // namespace fairway::kube::test
