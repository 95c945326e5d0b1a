#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::ctl {

/// Columns as kubectl lines them up: at least six wide, three blanks between, the last one not padded. Widths only grow, so
/// that rows which come later (a watch) stay below their header.
/// Source: k8s.io/cli-runtime printers.GetNewTabWriter (minimum width 6, padding 3, RememberWidths).
class TextTable {
public:
    void add(std::vector<std::string> cells);
    /// The rows added since the last call.
    [[nodiscard]] std::string take();

private:
    std::vector<std::vector<std::string>> m_rows;
    std::vector<std::size_t> m_widths;
};

} // namespace fairway::ctl
