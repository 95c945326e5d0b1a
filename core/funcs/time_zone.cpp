#include "core/funcs/time_zone.h"

#include "core/funcs/calendar.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>

namespace fairway::funcs {

namespace {

constexpr std::size_t LargestFile = 1 << 20;

std::int64_t bigEndian(std::string_view bytes)
{
    std::uint64_t number = static_cast<signed char>(bytes[0]) < 0 ? ~std::uint64_t {0} : 0;
    for (const char c : bytes)
        number = number << 8U | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(number);
}

/// Reads "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX TZ with the extensions of RFC 9636, section 3.3.1).
class RuleReader {
public:
    explicit RuleReader(std::string_view text)
        : m_text(text)
    {
    }

    struct Day {
        char kind = '0'; ///< J: 1-365 without leap days, 0: 0-365, M: month.week.day
        int month = 0;
        int week = 0;
        int day = 0;
        std::int32_t time = 7200;
    };

    std::optional<std::string> name()
    {
        std::string out;
        if (take('<')) {
            while (!m_text.empty() && m_text.front() != '>')
                out += next();
            if (!take('>'))
                return std::nullopt;
            return out;
        }
        while (!m_text.empty() && std::isalpha(static_cast<unsigned char>(m_text.front())) != 0)
            out += next();
        return out.size() < 3 ? std::nullopt : std::optional(out);
    }

    std::optional<std::int32_t> offset()
    {
        const bool isNegative = take('-');
        if (!isNegative)
            take('+');
        const auto hours = number();
        if (!hours)
            return std::nullopt;
        std::int32_t seconds = *hours * 3600;
        for (const std::int32_t unit : {60, 1}) {
            if (take(':'))
                seconds += number().value_or(0) * unit;
        }
        return isNegative ? -seconds : seconds;
    }

    std::optional<Day> day()
    {
        Day out;
        if (!take(','))
            return std::nullopt;
        if (take('M')) {
            out.kind = 'M';
            out.month = number().value_or(1);
            take('.');
            out.week = number().value_or(1);
            take('.');
            out.day = number().value_or(0);
        } else {
            out.kind = take('J') ? 'J' : '0';
            out.day = number().value_or(0);
        }
        if (take('/'))
            out.time = offset().value_or(7200);
        return out;
    }

    [[nodiscard]] bool atEnd() const { return m_text.empty(); }
    [[nodiscard]] char peek() const { return m_text.empty() ? '\0' : m_text.front(); }

private:
    char next()
    {
        const char c = m_text.front();
        m_text.remove_prefix(1);
        return c;
    }
    bool take(char c)
    {
        if (m_text.empty() || m_text.front() != c)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    std::optional<std::int32_t> number()
    {
        if (m_text.empty() || m_text.front() < '0' || m_text.front() > '9')
            return std::nullopt;
        std::int32_t value = 0;
        for (int digits = 0; digits < 6 && !m_text.empty() && m_text.front() >= '0' && m_text.front() <= '9'; ++digits)
            value = value * 10 + (next() - '0');
        return value;
    }

    std::string_view m_text;
};

/// Seconds from the start of `year` to a rule's day and time.
std::int64_t secondsInYear(const RuleReader::Day &rule, std::int64_t year)
{
    std::int64_t day = rule.day;
    if (rule.kind == 'J') {
        day -= 1;
        if (isLeapYear(year) && rule.day >= 60)
            ++day;
    } else if (rule.kind == 'M') {
        const std::int64_t first = daysFromCivil({year, rule.month, 1});
        const std::int64_t weekday = ((first + 4) % 7 + 7) % 7;
        std::int64_t inMonth = (rule.day - weekday + 7) % 7;
        const std::int64_t length = daysInMonth(year, rule.month);
        for (int week = 1; week < rule.week && inMonth + 7 < length; ++week)
            inMonth += 7;
        day = first + inMonth - daysFromCivil({year, 1, 1});
    }
    return day * SecondsPerDay + rule.time;
}

} // namespace

std::shared_ptr<const TimeZone> TimeZone::utc()
{
    return fixed(0, "UTC");
}

std::shared_ptr<const TimeZone> TimeZone::fixed(std::int32_t seconds, std::string name)
{
    auto zone = std::make_shared<TimeZone>();
    zone->m_name = name;
    zone->m_offsets.push_back({seconds, std::move(name)});
    return zone;
}

std::shared_ptr<const TimeZone> TimeZone::load(std::string_view name)
{
    if (name.empty() || name == "UTC")
        return utc();
    if (name.find("..") != std::string_view::npos || name.front() == '/' || name.find('\\') != std::string_view::npos
        || name.find('\0') != std::string_view::npos)
        return nullptr;
    return read("/usr/share/zoneinfo/" + std::string(name), name);
}

std::shared_ptr<const TimeZone> TimeZone::local(std::string_view name)
{
    if (!name.empty()) {
        auto zone = load(name);
        return zone ? zone : utc();
    }
    const char *variable = std::getenv("TZ");
    if (variable == nullptr) {
        auto zone = read("/etc/localtime", "Local");
        return zone ? zone : utc();
    }
    std::string_view wanted = variable;
    if (wanted.starts_with(':'))
        wanted.remove_prefix(1);
    auto zone = wanted.starts_with('/') ? read(std::string(wanted), wanted) : load(wanted);
    return zone ? zone : utc();
}

std::shared_ptr<const TimeZone> TimeZone::read(const std::string &path, std::string_view name)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return nullptr;
    std::string file;
    char block[4096];
    while (in.read(block, sizeof block) || in.gcount() > 0) {
        file.append(block, static_cast<std::size_t>(in.gcount()));
        if (file.size() > LargestFile)
            return nullptr;
    }
    auto zone = std::make_shared<TimeZone>();
    zone->m_name = name;
    return zone->parse(file) ? zone : nullptr;
}

bool TimeZone::parse(std::string_view file)
{
    constexpr std::size_t headerSize = 44;
    const auto count = [&](std::size_t index) { return static_cast<std::size_t>(bigEndian(file.substr(20 + index * 4, 4)) & 0xFFFFFFF); };
    const auto isHeader = [&] { return file.size() >= headerSize && file.starts_with("TZif"); };
    std::size_t timeSize = 4;
    if (!isHeader())
        return false;
    if (file[4] >= '2') {
        // The first block is for readers of 32 bits.
        const std::size_t skipped = headerSize + count(3) * 5 + count(4) * 6 + count(5) + count(2) * 8 + count(1) + count(0);
        if (skipped > file.size())
            return false;
        file.remove_prefix(skipped);
        timeSize = 8;
        if (!isHeader())
            return false;
    }
    const std::size_t isUtcs = count(0);
    const std::size_t isStandards = count(1);
    const std::size_t leaps = count(2);
    const std::size_t changes = count(3);
    const std::size_t types = count(4);
    const std::size_t characters = count(5);
    const std::size_t body = changes * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + isStandards + isUtcs;
    if (types == 0 || headerSize + body > file.size())
        return false;
    std::string_view rest = file.substr(headerSize);
    const auto take = [&rest](std::size_t size) {
        const std::string_view part = rest.substr(0, size);
        rest.remove_prefix(size);
        return part;
    };
    const std::string_view times = take(changes * timeSize);
    const std::string_view indexes = take(changes);
    const std::string_view infos = take(types * 6);
    const std::string_view names = take(characters);
    for (std::size_t i = 0; i < changes; ++i) {
        const auto type = static_cast<std::uint8_t>(indexes[i]);
        if (type >= types)
            return false;
        m_changes.push_back(bigEndian(times.substr(i * timeSize, timeSize)));
        m_types.push_back(type);
    }
    for (std::size_t i = 0; i < types; ++i) {
        const std::string_view info = infos.substr(i * 6, 6);
        const auto start = static_cast<unsigned char>(info[5]);
        if (start >= names.size())
            return false;
        m_offsets.push_back({static_cast<std::int32_t>(bigEndian(info.substr(0, 4))),
            std::string(names.substr(start, names.find('\0', start) - start))});
    }
    if (timeSize == 8) {
        std::string_view footer = file.substr(headerSize + body);
        if (footer.starts_with('\n')) {
            footer.remove_prefix(1);
            m_rule = footer.substr(0, footer.find('\n'));
        }
    }
    return true;
}

TimeZone::Offset TimeZone::at(std::int64_t unixSeconds) const
{
    if (m_changes.empty())
        return m_rule.empty() ? m_offsets[m_first] : byRule(unixSeconds);
    const auto after = std::upper_bound(m_changes.begin(), m_changes.end(), unixSeconds);
    if (after == m_changes.begin())
        return m_offsets[m_first];
    if (after == m_changes.end() && !m_rule.empty())
        return byRule(unixSeconds);
    return m_offsets[m_types[static_cast<std::size_t>(std::distance(m_changes.begin(), after)) - 1]];
}

TimeZone::Offset TimeZone::byRule(std::int64_t unixSeconds) const
{
    const Offset fallback = m_types.empty() ? m_offsets[m_first] : m_offsets[m_types.back()];
    RuleReader reader(m_rule);
    const auto standardName = reader.name();
    const auto standardOffset = reader.offset();
    if (!standardName || !standardOffset)
        return fallback;
    const Offset standard {-*standardOffset, *standardName};
    if (reader.atEnd())
        return standard;
    const auto summerName = reader.name();
    if (!summerName)
        return fallback;
    Offset summer {standard.seconds + 3600, *summerName};
    if (reader.peek() != ',' && !reader.atEnd())
        summer.seconds = -reader.offset().value_or(-summer.seconds);
    const auto start = reader.day();
    const auto end = reader.day();
    if (!start || !end)
        return fallback;
    const std::int64_t year = civilFromDays(floorDivide(unixSeconds, SecondsPerDay)).year;
    const std::int64_t inYear = unixSeconds - daysFromCivil({year, 1, 1}) * SecondsPerDay;
    const std::int64_t begins = secondsInYear(*start, year) - standard.seconds;
    const std::int64_t ends = secondsInYear(*end, year) - summer.seconds;
    const bool isSummer = begins < ends ? inYear >= begins && inYear < ends : inYear >= begins || inYear < ends;
    return isSummer ? summer : standard;
}

std::int64_t TimeZone::toUnix(std::int64_t localSeconds) const
{
    // As time.Date: guess with the offset of the reading taken as UTC, then correct once.
    const std::int32_t guess = at(localSeconds).seconds;
    const std::int64_t first = localSeconds - guess;
    const std::int32_t actual = at(first).seconds;
    return actual == guess ? first : localSeconds - at(localSeconds - actual).seconds;
}

} // namespace fairway::funcs
