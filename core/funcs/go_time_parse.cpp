#include "core/funcs/calendar.h"
#include "core/funcs/convert.h"
#include "core/funcs/go_time.h"
#include "core/funcs/time_layout.h"
#include "core/gotemplate/go_quote.h"

#include <algorithm>

namespace fairway::funcs {

namespace {

/// Reads a text by a layout, element by element.
class TimeReader {
public:
    TimeReader(std::string_view layout, std::string_view text)
        : m_layout(layout)
        , m_text(text)
        , m_rest(text)
    {
    }

    gotemplate::TemplateResult<GoTime> read(const std::shared_ptr<const TimeZone> &zone)
    {
        for (std::string_view layout = m_layout;;) {
            const LayoutStep step = nextElement(layout);
            m_wanted = step.literal;
            if (!skipLiteral(step.literal))
                return bad(m_rest);
            if (step.token.element == LayoutElement::None) {
                if (!m_rest.empty())
                    return problem(": extra text: " + gotemplate::quote(m_rest));
                break;
            }
            layout = step.rest;
            m_wanted = step.token.text;
            const std::string_view held = m_rest;
            if (!element(step.token, layout))
                return bad(held);
            if (m_isOutOfRange)
                return problem(": " + std::string(m_range) + " out of range");
        }
        return finish(zone);
    }

private:
    tl::unexpected<gotemplate::TemplateError> bad(std::string_view at) const
    {
        return failCall("parsing time " + gotemplate::quote(m_text) + " as " + gotemplate::quote(m_layout) + ": cannot parse "
            + gotemplate::quote(at) + " as " + gotemplate::quote(m_wanted));
    }
    tl::unexpected<gotemplate::TemplateError> problem(const std::string &what) const
    {
        return failCall("parsing time " + gotemplate::quote(m_text) + what);
    }

    bool skipLiteral(std::string_view literal)
    {
        while (!literal.empty()) {
            if (literal.front() == ' ') {
                if (!m_rest.empty() && m_rest.front() != ' ')
                    return false;
                literal.remove_prefix(std::min(literal.find_first_not_of(' '), literal.size()));
                m_rest.remove_prefix(std::min(m_rest.find_first_not_of(' '), m_rest.size()));
                continue;
            }
            if (m_rest.empty() || m_rest.front() != literal.front())
                return false;
            literal.remove_prefix(1);
            m_rest.remove_prefix(1);
        }
        return true;
    }

    bool digits(std::size_t least, std::size_t most, int &out)
    {
        std::size_t count = 0;
        int value = 0;
        while (count < most && count < m_rest.size() && m_rest[count] >= '0' && m_rest[count] <= '9')
            value = value * 10 + (m_rest[count++] - '0');
        if (count < least)
            return false;
        m_rest.remove_prefix(count);
        out = value;
        return true;
    }

    template <std::size_t Count>
    bool name(const std::string_view (&names)[Count], std::size_t length, int &out)
    {
        for (std::size_t i = 0; i < Count; ++i) {
            const std::string_view wanted = names[i].substr(0, length);
            if (m_rest.size() < wanted.size())
                continue;
            bool isSame = true;
            for (std::size_t c = 0; c < wanted.size(); ++c)
                isSame = isSame && (m_rest[c] | 0x20) == (wanted[c] | 0x20);
            if (isSame) {
                m_rest.remove_prefix(wanted.size());
                out = static_cast<int>(i);
                return true;
            }
        }
        return false;
    }

    bool ranged(std::size_t leastDigits, int &out, int least, int most, std::string_view what)
    {
        if (!digits(leastDigits, 2, out))
            return false;
        if (out < least || out > most) {
            m_isOutOfRange = true;
            m_range = what;
        }
        return true;
    }

    bool element(const LayoutToken &token, std::string_view following)
    {
        int unused = 0;
        constexpr std::size_t whole = std::string_view::npos;
        switch (token.element) {
        case LayoutElement::Year: {
            int year = 0;
            if (!digits(2, 2, year))
                return false;
            m_year = year >= 69 ? 1900 + year : 2000 + year;
            return true;
        }
        case LayoutElement::LongYear: {
            int year = 0;
            if (!digits(4, 4, year))
                return false;
            m_year = year;
            return true;
        }
        case LayoutElement::LongMonth: return name(MonthNames, whole, m_month) && ++m_month > 0;
        case LayoutElement::ShortMonth: return name(MonthNames, 3, m_month) && ++m_month > 0;
        case LayoutElement::Month: return ranged(1, m_month, 1, 12, "month");
        case LayoutElement::ZeroMonth: return ranged(2, m_month, 1, 12, "month");
        case LayoutElement::LongWeekday: return name(WeekdayNames, whole, unused);
        case LayoutElement::ShortWeekday: return name(WeekdayNames, 3, unused);
        case LayoutElement::SpaceDay:
            if (m_rest.starts_with(' '))
                m_rest.remove_prefix(1);
            return digits(1, 2, m_day);
        case LayoutElement::Day: return digits(1, 2, m_day);
        case LayoutElement::ZeroDay: return digits(2, 2, m_day);
        case LayoutElement::SpaceYearDay:
            while (m_rest.starts_with(' '))
                m_rest.remove_prefix(1);
            return digits(1, 3, m_yearDay);
        case LayoutElement::ZeroYearDay: return digits(3, 3, m_yearDay);
        case LayoutElement::Hour24: return ranged(2, m_hour, 0, 23, "hour");
        case LayoutElement::Hour12: return ranged(1, m_hour, 0, 12, "hour");
        case LayoutElement::ZeroHour12: return ranged(2, m_hour, 0, 12, "hour");
        case LayoutElement::Minute: return ranged(1, m_minute, 0, 59, "minute");
        case LayoutElement::ZeroMinute: return ranged(2, m_minute, 0, 59, "minute");
        case LayoutElement::Second:
        case LayoutElement::ZeroSecond:
            if (!ranged(token.element == LayoutElement::Second ? 1 : 2, m_second, 0, 59, "second"))
                return false;
            // A fraction may follow that the layout does not name.
            if (nextElement(following).token.element != LayoutElement::Fraction || !nextElement(following).literal.empty())
                unnamedFraction();
            return true;
        case LayoutElement::UpperPm:
        case LayoutElement::LowerPm: {
            const bool isUpper = token.element == LayoutElement::UpperPm;
            if (m_rest.starts_with(isUpper ? "PM" : "pm"))
                m_isPm = true;
            else if (m_rest.starts_with(isUpper ? "AM" : "am"))
                m_isAm = true;
            else
                return false;
            m_rest.remove_prefix(2);
            return true;
        }
        case LayoutElement::Offset: return offset(token);
        case LayoutElement::ZoneName: return zoneName();
        case LayoutElement::Fraction: return fraction(token);
        case LayoutElement::None: break;
        }
        return false;
    }

    void unnamedFraction()
    {
        if (m_rest.size() < 2 || (m_rest[0] != '.' && m_rest[0] != ',') || m_rest[1] < '0' || m_rest[1] > '9')
            return;
        std::size_t end = 1;
        while (end < m_rest.size() && m_rest[end] >= '0' && m_rest[end] <= '9')
            ++end;
        setFraction(m_rest.substr(1, end - 1));
        m_rest.remove_prefix(end);
    }

    bool fraction(const LayoutToken &token)
    {
        if (!token.keepsZeros) {
            unnamedFraction();
            return true;
        }
        const auto size = static_cast<std::size_t>(token.digits) + 1;
        if (m_rest.size() < size || (m_rest[0] != '.' && m_rest[0] != ',')
            || m_rest.substr(1, size - 1).find_first_not_of("0123456789") != std::string_view::npos)
            return false;
        setFraction(m_rest.substr(1, size - 1));
        m_rest.remove_prefix(size);
        return true;
    }

    void setFraction(std::string_view digits)
    {
        m_nanoseconds = 0;
        for (std::size_t i = 0; i < 9; ++i)
            m_nanoseconds = m_nanoseconds * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    }

    bool offset(const LayoutToken &token)
    {
        if (token.usesZ && m_rest.starts_with('Z')) {
            m_rest.remove_prefix(1);
            m_isUtc = true;
            return true;
        }
        if (m_rest.empty() || (m_rest[0] != '+' && m_rest[0] != '-'))
            return false;
        const bool isNegative = m_rest[0] == '-';
        m_rest.remove_prefix(1);
        int total = 0;
        for (int part = 0; part * 2 < token.digits; ++part) {
            if (part > 0 && token.hasColon) {
                if (!m_rest.starts_with(':'))
                    return false;
                m_rest.remove_prefix(1);
            }
            int number = 0;
            if (!digits(2, 2, number))
                return false;
            constexpr int units[] = {3600, 60, 1};
            total += number * units[part];
        }
        m_offset = isNegative ? -total : total;
        return true;
    }

    bool zoneName()
    {
        if (m_rest.starts_with("UTC")) {
            m_isUtc = true;
            m_rest.remove_prefix(3);
            return true;
        }
        std::size_t size = 0;
        while (size < m_rest.size() && size < 6 && m_rest[size] >= 'A' && m_rest[size] <= 'Z')
            ++size;
        if (size < 3 || size > 5)
            return false;
        m_zoneName = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return true;
    }

    gotemplate::TemplateResult<GoTime> finish(const std::shared_ptr<const TimeZone> &zone)
    {
        if (m_isPm && m_hour < 12)
            m_hour += 12;
        else if (m_isAm && m_hour == 12)
            m_hour = 0;
        if (m_yearDay >= 0) {
            if (m_yearDay < 1 || m_yearDay > (isLeapYear(m_year) ? 366 : 365))
                return problem(": day-of-year out of range");
            const CivilDate date = civilFromDays(daysFromCivil({m_year, 1, 1}) + m_yearDay - 1);
            m_month = m_month < 0 ? date.month : m_month;
            m_day = m_day < 0 ? date.day : m_day;
        }
        m_month = m_month < 0 ? 1 : m_month;
        m_day = m_day < 0 ? 1 : m_day;
        if (m_day < 1 || m_day > daysInMonth(m_year, m_month))
            return problem(": day out of range");
        const std::int64_t local = daysFromCivil({m_year, m_month, m_day}) * SecondsPerDay + m_hour * 3600 + m_minute * 60 + m_second;
        GoTime out;
        out.nanoseconds = m_nanoseconds;
        if (m_isUtc) {
            out.seconds = local;
        } else if (m_offset) {
            out.seconds = local - *m_offset;
            const bool isOfZone = zone->at(out.seconds).seconds == *m_offset;
            out.zone = isOfZone ? zone : TimeZone::fixed(*m_offset, m_zoneName);
        } else if (!m_zoneName.empty()) {
            out.seconds = zone->toUnix(local);
            out.zone = zone;
            if (zone->at(out.seconds).name != m_zoneName) {
                out.seconds = local;
                out.zone = TimeZone::fixed(0, m_zoneName);
            }
        } else {
            out.seconds = zone->toUnix(local);
            out.zone = zone;
        }
        return out;
    }

    const std::string_view m_layout;
    const std::string_view m_text;
    std::string_view m_rest;
    std::string_view m_wanted;
    std::int64_t m_year = 0;
    int m_month = -1;
    int m_day = -1;
    int m_yearDay = -1;
    int m_hour = 0;
    int m_minute = 0;
    int m_second = 0;
    std::int32_t m_nanoseconds = 0;
    bool m_isPm = false;
    bool m_isAm = false;
    bool m_isUtc = false;
    std::optional<std::int32_t> m_offset;
    std::string m_zoneName;
    bool m_isOutOfRange = false;
    std::string_view m_range;
};

} // namespace

gotemplate::TemplateResult<GoTime> GoTime::parse(
    std::string_view layout, std::string_view text, const std::shared_ptr<const TimeZone> &zone)
{
    return TimeReader(layout, text).read(zone);
}

} // namespace fairway::funcs
