#include "app/fairwayctl/server_table.h"

#include "core/value/json.h"

#include <chrono>
#include <ctime>

namespace fairway::ctl {

using value::Value;

namespace {

std::string cellText(const Value &cell)
{
    if (cell.isNull())
        return {};
    return cell.isString() ? cell.asString() : value::toJson(cell);
}

void addPlain(ServerTable &table, const Value &object)
{
    const Value &metadata = object["metadata"];
    table.rows.push_back({{std::string(metadata["name"].stringOr()), ageSince(metadata["creationTimestamp"].stringOr())}, metadata});
}

} // namespace

Result<ServerTable> readServerTable(const Value &answer)
{
    ServerTable table;
    const Value &metadata = answer["metadata"];
    table.resourceVersion = metadata["resourceVersion"].stringOr();
    table.continueToken = metadata["continue"].stringOr();
    if (answer["kind"].stringOr() != "Table") {
        table.columns = {{"Name", 0}, {"Age", 0}};
        if (answer["items"].isList()) {
            for (const Value &item : answer["items"].asList())
                addPlain(table, item);
        } else if (metadata["name"].isString()) {
            addPlain(table, answer);
        } else {
            return fail(ErrorCode::ProtocolViolation, "the server's answer is neither a table nor an object");
        }
        return table;
    }
    const Value &columns = answer["columnDefinitions"];
    for (std::size_t i = 0; i < columns.size(); ++i)
        table.columns.push_back({std::string(columns[i]["name"].stringOr()), columns[i]["priority"].intOr(0)});
    const Value &rows = answer["rows"];
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ServerTable::Row row;
        for (std::size_t c = 0; c < rows[i]["cells"].size(); ++c)
            row.cells.push_back(cellText(rows[i]["cells"][c]));
        row.metadata = rows[i]["object"]["metadata"];
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string ageSince(std::string_view rfc3339)
{
    std::tm time {};
    const std::string text(rfc3339);
    if (::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &time) == nullptr)
        return "<unknown>";
    const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(
                                     std::chrono::system_clock::now().time_since_epoch()).count() - ::timegm(&time);
    // Source: k8s.io/apimachinery/pkg/util/duration HumanDuration.
    const auto two = [](std::int64_t large, const char *unit, std::int64_t small, const char *smallUnit) {
        return std::to_string(large) + unit + (small == 0 ? "" : std::to_string(small) + smallUnit);
    };
    const std::int64_t minutes = seconds / 60;
    const std::int64_t hours = seconds / 3600;
    if (seconds < -1)
        return "<invalid>";
    if (seconds < 0)
        return "0s";
    if (seconds < 120)
        return std::to_string(seconds) + "s";
    if (minutes < 10)
        return two(minutes, "m", seconds % 60, "s");
    if (minutes < 180)
        return std::to_string(minutes) + "m";
    if (hours < 8)
        return two(hours, "h", minutes % 60, "m");
    if (hours < 48)
        return std::to_string(hours) + "h";
    if (hours < 24 * 8)
        return two(hours / 24, "d", hours % 24, "h");
    if (hours < 24 * 365 * 2)
        return std::to_string(hours / 24) + "d";
    if (hours < 24 * 365 * 8)
        return two(hours / (24 * 365), "y", hours / 24 % 365, "d");
    return std::to_string(hours / (24 * 365)) + "y";
}

} // namespace fairway::ctl
