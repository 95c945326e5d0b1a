#include "core/kube/table.h"

#include "core/base/clock.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace fairway::kube {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t maxColumns = 256;
constexpr std::size_t headBytes = sizeof(std::int64_t) + sizeof(std::uint32_t);

std::uint32_t readNumber(const char *data, std::size_t offset)
{
    std::uint32_t number = 0;
    std::memcpy(&number, data + offset, sizeof number);
    return number;
}

/// Seconds since 1970 of "2026-11-22T02:31:26Z"; 0 when it is none.
std::int64_t secondsOf(std::string_view text)
{
    const auto time = parseRfc3339(text);
    return time ? std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count() : 0;
}

std::string_view textOf(dom::element value)
{
    std::string_view text;
    return value.get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::string_view textAt(dom::object object, std::string_view key)
{
    std::string_view text;
    return object[key].get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::int64_t numberAt(dom::object object, std::string_view key, std::int64_t fallback)
{
    std::int64_t number = fallback;
    return object[key].get_int64().get(number) == simdjson::SUCCESS ? number : fallback;
}

/// A cell as kubectl prints it.
std::string cellText(dom::element cell)
{
    if (cell.is_string()) {
        return std::string(textOf(cell));
    }
    return cell.is_null() ? std::string() : simdjson::minify(cell);
}

TableColumn readColumn(dom::object object)
{
    return {std::string(textAt(object, "name")), std::string(textAt(object, "type")), std::string(textAt(object, "format")),
            std::string(textAt(object, "description")), static_cast<int>(std::clamp<std::int64_t>(numberAt(object, "priority", 0), 0, 1000))};
}

TableRow readRow(dom::object object)
{
    TableRow::Parts parts;
    dom::array cells;
    if (object["cells"].get_array().get(cells) == simdjson::SUCCESS) {
        for (const dom::element cell : cells) {
            if (parts.cells.size() < maxColumns) {
                parts.cells.push_back(cellText(cell));
            }
        }
    }
    dom::object metadata;
    if (object["object"]["metadata"].get_object().get(metadata) == simdjson::SUCCESS) {
        parts.uid = textAt(metadata, "uid");
        parts.ns = textAt(metadata, "namespace");
        parts.name = textAt(metadata, "name");
        parts.resourceVersion = textAt(metadata, "resourceVersion");
        parts.createdSeconds = secondsOf(textAt(metadata, "creationTimestamp"));
    }
    return TableRow(parts);
}

} // namespace

TableRow::TableRow(const Parts &parts)
{
    const std::size_t count = fixedParts + parts.cells.size();
    const std::string_view fixed[fixedParts] = {parts.uid, parts.ns, parts.name, parts.resourceVersion};
    std::size_t textBytes = 0;
    for (const std::string_view text : fixed) {
        textBytes += text.size();
    }
    for (const std::string &text : parts.cells) {
        textBytes += text.size();
    }
    const std::size_t textStart = headBytes + count * sizeof(std::uint32_t);
    const std::shared_ptr<char[]> data(new char[textStart + textBytes]);
    const auto partCount = static_cast<std::uint32_t>(count);
    std::memcpy(data.get(), &parts.createdSeconds, sizeof parts.createdSeconds);
    std::memcpy(data.get() + sizeof parts.createdSeconds, &partCount, sizeof partCount);
    std::size_t end = textStart;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view text = i < fixedParts ? fixed[i] : std::string_view(parts.cells[i - fixedParts]);
        std::copy(text.begin(), text.end(), data.get() + end);
        end += text.size();
        const auto mark = static_cast<std::uint32_t>(end);
        std::memcpy(data.get() + headBytes + i * sizeof mark, &mark, sizeof mark);
    }
    m_data = data;
}

std::string_view TableRow::part(std::size_t index) const
{
    if (!m_data) {
        return {};
    }
    const char *data = m_data.get();
    const std::size_t count = readNumber(data, sizeof(std::int64_t));
    const std::size_t begin = index == 0 ? headBytes + count * sizeof(std::uint32_t)
                                         : readNumber(data, headBytes + (index - 1) * sizeof(std::uint32_t));
    return {data + begin, readNumber(data, headBytes + index * sizeof(std::uint32_t)) - begin};
}

std::size_t TableRow::cellCount() const
{
    return m_data ? readNumber(m_data.get(), sizeof(std::int64_t)) - fixedParts : 0;
}

std::chrono::system_clock::time_point TableRow::created() const
{
    std::int64_t seconds = 0;
    if (m_data) {
        std::memcpy(&seconds, m_data.get(), sizeof seconds);
    }
    return std::chrono::system_clock::time_point(std::chrono::seconds(seconds));
}

Result<TablePage> parseTable(std::string_view json)
{
    // The DOM picks the fastest code for this processor when it runs; "on demand" would be fixed at build time.
    dom::parser parser;
    dom::object root;
    if (const auto error = parser.parse(json.data(), json.size()).get_object().get(root)) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "the table can't be read (%1)").with(simdjson::error_message(error)));
    }
    if (textAt(root, "kind") != "Table") {
        return fail(ErrorCode::Unsupported, phrase("kube", "the server doesn't print this kind as a table"));
    }
    TablePage page;
    dom::object metadata;
    if (root["metadata"].get_object().get(metadata) == simdjson::SUCCESS) {
        page.resourceVersion = textAt(metadata, "resourceVersion");
        page.continueToken = textAt(metadata, "continue");
        page.remaining = numberAt(metadata, "remainingItemCount", -1);
    }
    dom::array columns; // null in later events of a watch
    if (root["columnDefinitions"].get_array().get(columns) == simdjson::SUCCESS) {
        for (const dom::element column : columns) {
            dom::object object;
            if (column.get_object().get(object) == simdjson::SUCCESS) {
                page.columns.push_back(readColumn(object));
            }
        }
    }
    if (page.columns.size() > maxColumns) {
        return fail(ErrorCode::LimitExceeded, phrase("kube", "the table has more than %1 columns").with(maxColumns));
    }
    dom::array rows;
    if (root["rows"].get_array().get(rows) == simdjson::SUCCESS) {
        page.rows.reserve(rows.size());
        for (const dom::element row : rows) {
            dom::object object;
            if (row.get_object().get(object) == simdjson::SUCCESS) {
                page.rows.push_back(readRow(object));
            }
        }
    }
    return page;
}

} // namespace fairway::kube
