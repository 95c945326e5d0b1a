#include "core/http/head_scanner.h"

#include "core/http/characters.h"

#include <algorithm>
#include <cstring>

namespace fairway::http {

ScanStep scanLine(std::string_view bytes, std::size_t from, std::size_t limit, Refusal tooLong)
{
    ScanStep step;
    const auto *found = static_cast<const char *>(std::memchr(bytes.data() + from, '\n', bytes.size() - from));
    const std::size_t end = found == nullptr ? 0 : static_cast<std::size_t>(found - bytes.data()) + 1;
    if ((end == 0 ? bytes.size() : end) > limit) {
        step.refusal = tooLong;
    } else if (end != 0 && (end - from < 2 || bytes[end - 2] != '\r')) {
        step.refusal = {400, "a line ends in LF without CR"};
    } else {
        step.end = end;
    }
    return step;
}

ScanStep scanHeadEnd(std::string_view bytes, std::size_t &scanned, std::size_t limit)
{
    for (;;) {
        const ScanStep line = scanLine(bytes, scanned, limit, {431, "the head is over the limit"});
        if (line.refusal.isSet() || line.end == 0) {
            return line;
        }
        if (line.end - scanned == 2) {
            return line;
        }
        scanned = line.end;
    }
}

FieldBlock splitFields(std::string_view block, std::size_t maxFields, std::span<HeaderField> fields)
{
    FieldBlock result;
    const char *next = block.data();
    const char *const end = next + block.size();
    maxFields = std::min(maxFields, fields.size());
    while (next != end) {
        // Every line here ends in CRLF: the scan for the end of the head has seen to it.
        const auto *lineFeed = static_cast<const char *>(std::memchr(next, '\n', static_cast<std::size_t>(end - next)));
        const char *const lineEnd = lineFeed - 1;
        const char *colon = next;
        while (colon != lineEnd && is(*colon, kToken)) {
            ++colon;
        }
        if (colon == next) {
            result.refusal = {400, *next == ' ' || *next == '\t' ? "a field line is folded" : "a field has no valid name"};
            return result;
        }
        if (colon == lineEnd || *colon != ':') {
            result.refusal = {400, "a field name is followed by something else than a colon"};
            return result;
        }
        const std::string_view value = trimmed({colon + 1, static_cast<std::size_t>(lineEnd - colon - 1)});
        if (!isAll(value, kValue)) {
            result.refusal = {400, "a field value holds a control character"};
            return result;
        }
        if (result.count == maxFields) {
            result.refusal = {431, "the head has too many fields"};
            return result;
        }
        const std::string_view name {next, static_cast<std::size_t>(colon - next)};
        fields[result.count++] = HeaderField {name, value, headerIdOf(name)};
        next = lineFeed + 1;
    }
    return result;
}

bool readLength(std::string_view digits, std::uint64_t &length)
{
    if (digits.empty() || digits.size() > 18 || !isAll(digits, kDigit)) {
        return false;
    }
    length = 0;
    for (const char c : digits) {
        length = length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return true;
}

bool equalsIgnoreCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return toLower(x) == toLower(y); });
}

HeaderId headerIdOf(std::string_view name)
{
    const auto ifEqual = [name](std::string_view known, HeaderId id) { return equalsIgnoreCase(name, known) ? id : HeaderId::Other; };
    // The length alone rules out nearly every other field.
    switch (name.size()) {
    case 2:
        return ifEqual("te", HeaderId::Te);
    case 3:
        return ifEqual("via", HeaderId::Via);
    case 4:
        return toLower(name[0]) == 'h' ? ifEqual("host", HeaderId::Host) : ifEqual("date", HeaderId::Date);
    case 6:
        return ifEqual("expect", HeaderId::Expect);
    case 7:
        return toLower(name[0]) == 't' ? ifEqual("trailer", HeaderId::Trailer) : ifEqual("upgrade", HeaderId::Upgrade);
    case 10:
        return toLower(name[0]) == 'c' ? ifEqual("connection", HeaderId::Connection) : ifEqual("keep-alive", HeaderId::KeepAlive);
    case 12:
        return ifEqual("max-forwards", HeaderId::MaxForwards);
    case 14:
        return ifEqual("content-length", HeaderId::ContentLength);
    case 16:
        return ifEqual("proxy-connection", HeaderId::ProxyConnection);
    case 17:
        return ifEqual("transfer-encoding", HeaderId::TransferEncoding);
    case 18:
        return ifEqual("proxy-authenticate", HeaderId::ProxyAuthenticate);
    case 19:
        return ifEqual("proxy-authorization", HeaderId::ProxyAuthorization);
    default:
        return HeaderId::Other;
    }
}

bool isHopField(const HeaderField &field, std::span<const HeaderField> fields, bool hasNamedHopFields)
{
    switch (field.id) {
    case HeaderId::Connection:
    case HeaderId::KeepAlive:
    case HeaderId::ProxyConnection:
    case HeaderId::ProxyAuthenticate:
    case HeaderId::ProxyAuthorization:
    case HeaderId::Te:
    case HeaderId::Trailer:
    case HeaderId::TransferEncoding:
    case HeaderId::Upgrade:
        return true;
    default:
        break;
    }
    if (!hasNamedHopFields) {
        return false;
    }
    bool isNamed = false;
    for (const HeaderField &other : fields) {
        if (other.id == HeaderId::Connection) {
            forEachMember(other.value, [&](std::string_view option) { isNamed = isNamed || equalsIgnoreCase(option, field.name); });
        }
    }
    return isNamed;
}

} // namespace fairway::http
