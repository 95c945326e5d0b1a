#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::ctl {

/// A meta.k8s.io Table as a terminal needs it: cells as text, the objects' metadata beside them.
struct ServerTable {
    struct Column {
        std::string name;
        std::int64_t priority = 0;
    };
    struct Row {
        std::vector<std::string> cells;
        value::Value metadata; ///< Of the object.
    };
    std::vector<Column> columns; ///< Empty in later pages and events: the first ones hold.
    std::vector<Row> rows;
    std::string resourceVersion;
    std::string continueToken;
};

/// Reads a Table; a plain object or list (of servers that can't do Tables) becomes one with NAME and AGE.
[[nodiscard]] Result<ServerTable> readServerTable(const value::Value &answer);

/// "5d3h" since an RFC 3339 time, as kubectl writes ages; "<unknown>" when it can't be read.
[[nodiscard]] std::string ageSince(std::string_view rfc3339);

} // namespace fairway::ctl
