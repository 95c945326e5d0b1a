#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::ctl {

/// One object of a file.
struct Manifest {
    value::Value object;
    std::string source; ///< "shop.yaml:12", for messages.
    std::string file {}; ///< "shop.yaml", "-"; empty: of no file.
};

/// Reads every object of the files: YAML (several documents) or JSON, lists taken apart; a folder stands for its .yaml, .yml
/// and .json files in order of name; "-" for standard input.
/// Errors: InvalidInput naming file and line: not YAML, a key twice, no apiVersion, kind or name. At most 32 MiB a file.
[[nodiscard]] Result<std::vector<Manifest>> readManifests(const std::vector<std::string> &paths);

} // namespace fairway::ctl
