#include "app/fairwayctl/manifests.h"

#include "core/operate/atomic_file.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace fairway::ctl {

using value::Value;

namespace {

constexpr std::size_t maxFileBytes = std::size_t {32} << 20;

Result<std::vector<std::string>> filesOf(const std::vector<std::string> &paths)
{
    std::vector<std::string> files;
    for (const std::string &path : paths) {
        std::error_code error;
        if (path == "-" || !std::filesystem::is_directory(path, error)) {
            files.push_back(path);
            continue;
        }
        std::vector<std::string> inside;
        for (const auto &entry : std::filesystem::directory_iterator(path, error)) {
            const std::string extension = entry.path().extension();
            if (extension == ".yaml" || extension == ".yml" || extension == ".json")
                inside.push_back(entry.path().string());
        }
        if (error)
            return fail(ErrorCode::Io, path + ": can't be read: " + error.message());
        if (inside.empty())
            return fail(ErrorCode::InvalidInput, path + ": no .yaml, .yml or .json file in this folder");
        std::sort(inside.begin(), inside.end());
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

Result<std::string> textOf(const std::string &path)
{
    return operate::readSmallFile(path == "-" ? "/dev/stdin" : path, maxFileBytes);
}

Result<void> add(std::vector<Manifest> &manifests, const Value &object, const std::string &source, const std::string &file)
{
    if (!object.isMap())
        return fail(ErrorCode::InvalidInput, source + ": not a Kubernetes object");
    for (const char *key : {"apiVersion", "kind"}) {
        if (object[key].stringOr().empty())
            return fail(ErrorCode::InvalidInput, source + ": " + key + " is missing");
    }
    const std::string_view kind = object["kind"].stringOr();
    if (object["items"].isList() && kind.size() > 3 && kind.substr(kind.size() - 4) == "List") {
        for (const Value &item : object["items"].asList()) {
            if (auto added = add(manifests, item, source, file); !added)
                return added;
        }
        return {};
    }
    if (object["metadata"]["name"].stringOr().empty())
        return fail(ErrorCode::InvalidInput, source + ": " + std::string(kind) + ": metadata.name is missing");
    manifests.push_back({object, source, file});
    return {};
}

} // namespace

Result<std::vector<Manifest>> readManifests(const std::vector<std::string> &paths)
{
    const auto files = filesOf(paths);
    if (!files)
        return tl::unexpected(files.error());
    std::vector<Manifest> manifests;
    value::YamlOptions options;
    options.duplicates = value::DuplicateKeys::Refuse;
    for (const std::string &file : *files) {
        const Result<std::string> text = textOf(file);
        if (!text)
            return tl::unexpected(text.error());
        const std::string label = file == "-" ? "standard input" : file;
        const auto documents = value::parseYamlDocuments(*text, options);
        if (!documents)
            return failWith(label, documents.error());
        for (const Value &document : *documents) {
            if (document.isNull())
                continue;
            const std::string source = label + ":" + std::to_string(document.position().line);
            if (auto added = add(manifests, document, source, file); !added)
                return tl::unexpected(added.error());
        }
    }
    if (manifests.empty())
        return fail(ErrorCode::InvalidInput, "no objects in " + paths.front());
    return manifests;
}

} // namespace fairway::ctl
