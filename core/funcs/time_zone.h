#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::funcs {

/// Offsets from UTC through time, as the zoneinfo files of the system have them (RFC 9636), or one that never changes.
/// Threads: any; zones don't change.
class TimeZone {
public:
    struct Offset {
        std::int32_t seconds = 0; ///< East of UTC.
        std::string name;         ///< "CEST"; empty in a zone that is only an offset.
    };

    [[nodiscard]] static std::shared_ptr<const TimeZone> utc();
    [[nodiscard]] static std::shared_ptr<const TimeZone> fixed(std::int32_t seconds, std::string name);
    /// By IANA name, "UTC" or "" for UTC. Null when there is no such zone, or its name leads out of the zoneinfo folder.
    [[nodiscard]] static std::shared_ptr<const TimeZone> load(std::string_view name);
    /// As Go's time.Local: `name` when given, else TZ, else /etc/localtime.
    [[nodiscard]] static std::shared_ptr<const TimeZone> local(std::string_view name);

    [[nodiscard]] Offset at(std::int64_t unixSeconds) const;
    /// The UTC seconds of a local clock reading; of two that fit, the one Go takes.
    [[nodiscard]] std::int64_t toUnix(std::int64_t localSeconds) const;
    [[nodiscard]] const std::string &name() const { return m_name; }

private:
    [[nodiscard]] static std::shared_ptr<const TimeZone> read(const std::string &path, std::string_view name);
    bool parse(std::string_view file);
    [[nodiscard]] Offset byRule(std::int64_t unixSeconds) const;

    std::string m_name;
    std::vector<std::int64_t> m_changes;
    std::vector<std::uint8_t> m_types; ///< Of each change, an index into m_offsets.
    std::vector<Offset> m_offsets;
    std::size_t m_first = 0; ///< Before the first change.
    std::string m_rule;      ///< POSIX TZ for what comes after the last change.
};

} // namespace fairway::funcs
