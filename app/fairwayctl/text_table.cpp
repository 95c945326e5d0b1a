#include "app/fairwayctl/text_table.h"

#include "app/fairwayctl/cli.h"

#include <algorithm>

namespace fairway::ctl {

namespace {

constexpr std::size_t minWidth = 6;
constexpr std::size_t padding = 3;

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

void TextTable::add(std::vector<std::string> cells)
{
    for (std::string &cell : cells) {
        const std::size_t end = cell.find_first_of("\f\n\r");
        cell = end == std::string::npos ? forTerminal(cell) : forTerminal(cell.substr(0, end)) + "...";
    }
    m_rows.push_back(std::move(cells));
}

std::string TextTable::take()
{
    for (const auto &row : m_rows) {
        m_widths.resize(std::max(m_widths.size(), row.size()), minWidth);
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            m_widths[i] = std::max(m_widths[i], characters(row[i]) + padding);
    }
    std::string text;
    for (const auto &row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size())
                text.append(m_widths[i] - characters(row[i]), ' ');
        }
        text += '\n';
    }
    m_rows.clear();
    return text;
}

} // namespace fairway::ctl
