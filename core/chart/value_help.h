#pragma once

#include <map>
#include <string>
#include <string_view>

namespace fairway::chart {

/// What the comments of a values.yaml say about its values: pointer ("/image/tag") to help text, in one paragraph.
///
/// Shape:  two conventions are read: helm-docs' (`# -- text` above a key, going on in the comment lines below it, with `@default`
///         and other `@` lines left out; `# image.tag -- text` anywhere) and the readme generator's (`## @param image.tag [type] text`).
///         What can't be read gives nothing.
/// Source: helm-docs' README, "values.yaml metadata"; readme-generator-for-helm's README.
[[nodiscard]] std::map<std::string, std::string> helpFromComments(std::string_view valuesYaml);

} // namespace fairway::chart
