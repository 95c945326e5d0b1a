#include "tests/core/value/helm_oracle.h"

#include "core/base/base64.h"
#include "core/value/json.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace {

void write(const std::filesystem::path &path, const std::string &content)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

std::string read(const std::filesystem::path &path)
{
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return content.str();
}

/// A folder of its own, gone with the object.
class Folder {
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "fairway-helm-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr)
            m_path = name;
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace

std::optional<HelmOracle> HelmOracle::find()
{
    const char *path = std::getenv("FAIRWAY_HELM");
    if (path == nullptr || access(path, X_OK) != 0)
        return std::nullopt;
    HelmOracle oracle;
    oracle.m_path = path;
    return oracle;
}

std::optional<std::vector<std::string>> HelmOracle::evaluate(const std::string &expression,
    const std::vector<std::string> &texts, std::string &complaint) const
{
    using fairway::value::Value;
    const Folder folder;
    Value cases = Value::list();
    for (const std::string &text : texts)
        cases.append(text);
    write(folder.path() / "Chart.yaml", "apiVersion: v2\nname: oracle\nversion: 0.1.0\n");
    write(folder.path() / "cases.json", fairway::value::toJson(cases));
    // Answers travel as comments in base64, so that helm has nothing to say about their content.
    write(folder.path() / "templates" / "cases.yaml",
        "{{ range $i, $text := (.Files.Get \"cases.json\" | fromJsonArray) }}\n#= {{ $text | " + expression
            + " | b64enc }}\n{{ end }}\n");
    const auto out = folder.path() / "out";
    const auto errors = folder.path() / "errors";
    const std::string command
        = "'" + m_path + "' template oracle '" + folder.path().string() + "' >'" + out.string() + "' 2>'" + errors.string() + "'";
    if (std::system(command.c_str()) != 0) { // NOLINT(cert-env33-c): a test tool run on paths of our own.
        complaint = read(errors);
        return std::nullopt;
    }
    std::vector<std::string> answers;
    std::istringstream lines(read(out));
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("#=", 0) == 0)
            answers.push_back(fairway::decodeBase64(line.size() > 3 ? line.substr(3) : std::string()).value_or("?"));
    }
    if (answers.size() != texts.size()) {
        complaint = "helm answered " + std::to_string(answers.size()) + " of " + std::to_string(texts.size());
        return std::nullopt;
    }
    return answers;
}
