#pragma once

#include "core/funcs/time_zone.h"
#include "core/gotemplate/object.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::funcs {

/// Go's time.Time: a moment and the zone it is told in.
struct GoTime {
    std::int64_t seconds = -62135596800; ///< Since 1970 UTC; the default is Go's zero time, year 1.
    std::int32_t nanoseconds = 0;
    std::shared_ptr<const TimeZone> zone = TimeZone::utc();

    /// Time.Format with Go's layout ("2006-01-02 15:04:05 MST").
    [[nodiscard]] std::string format(std::string_view layout) const;
    /// time.ParseInLocation. Errors: Go's words (`parsing time "x" as "2006": cannot parse "x" as "2006"`).
    [[nodiscard]] static gotemplate::TemplateResult<GoTime> parse(
        std::string_view layout, std::string_view text, const std::shared_ptr<const TimeZone> &zone);
};

/// As a template's value: `.Format "…"`, `.Unix`, `.Year` and so on.
[[nodiscard]] value::Value makeTime(GoTime time);
/// The time inside, or nullptr.
[[nodiscard]] const GoTime *asTime(const value::Value &value);

} // namespace fairway::funcs
