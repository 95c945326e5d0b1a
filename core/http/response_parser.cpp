#include "core/http/response_parser.h"

#include "core/http/characters.h"
#include "core/http/head_scanner.h"

namespace fairway::http {

ResponseParser::ResponseParser(const HeadLimits &limits)
    : m_limits(limits)
{
}

void ResponseParser::expect(bool isHead)
{
    reset();
    m_isHead = isHead;
}

void ResponseParser::reset()
{
    m_head = {};
    m_scanned = m_lineEnd = 0;
    m_hasUpgradeField = m_isFailed = false;
    m_framing = {};
}

tl::unexpected<Error> ResponseParser::refuse(const Refusal &refusal)
{
    m_isFailed = true;
    m_error = Error {refusal.status == 431 ? ErrorCode::LimitExceeded : ErrorCode::ProtocolViolation, refusal.why};
    return tl::unexpected(m_error);
}

Result<std::size_t> ResponseParser::parse(std::string_view bytes)
{
    if (m_isFailed) {
        return tl::unexpected(m_error);
    }
    bool isLineFresh = false;
    if (m_lineEnd == 0) {
        const ScanStep line = scanLine(bytes, 0, m_limits.maxHeadSize, {431, "the status line is over the limit"});
        if (line.refusal.isSet()) {
            return refuse(line.refusal);
        }
        if (line.end == 0) {
            return std::size_t {0};
        }
        if (const auto parsed = parseStatusLine(bytes.substr(0, line.end - 2)); !parsed) {
            return tl::unexpected(parsed.error());
        }
        m_lineEnd = m_scanned = line.end;
        isLineFresh = true;
    }
    const ScanStep end = scanHeadEnd(bytes, m_scanned, m_limits.maxHeadSize);
    if (end.refusal.isSet()) {
        return refuse(end.refusal);
    }
    if (end.end == 0) {
        return std::size_t {0};
    }
    if (!isLineFresh) {
        // The bytes may have moved since the line was checked: its views are made anew.
        if (const auto parsed = parseStatusLine(bytes.substr(0, m_lineEnd - 2)); !parsed) {
            return tl::unexpected(parsed.error());
        }
    }
    if (const auto parsed = parseFields(bytes.substr(m_lineEnd, end.end - 2 - m_lineEnd)); !parsed) {
        return tl::unexpected(parsed.error());
    }
    return end.end;
}

Result<void> ResponseParser::parseStatusLine(std::string_view line)
{
    const bool isStart = line.size() >= 12 && line.substr(0, 7) == "HTTP/1." && (line[7] == '0' || line[7] == '1') && line[8] == ' ';
    if (!isStart) {
        return refuse({502, "the status line does not start with HTTP/1.1 or HTTP/1.0"});
    }
    const std::string_view digits = line.substr(9, 3);
    // Some servers leave out the space when there is no reason.
    if (!isAll(digits, kDigit) || digits[0] == '0' || (line.size() > 12 && line[12] != ' ')) {
        return refuse({502, "the status is not a number of three digits"});
    }
    m_head.reason = line.size() > 13 ? line.substr(13) : std::string_view {};
    if (!isAll(m_head.reason, kValue)) {
        return refuse({502, "the reason holds a control character"});
    }
    m_head.minorVersion = static_cast<std::uint8_t>(line[7] - '0');
    m_head.status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
    return {};
}

Result<void> ResponseParser::parseFields(std::string_view block)
{
    const Refusal refusal = readFields(block, m_limits.maxFields, m_fields, m_head.fields, [this](const HeaderField &field) { return applyField(field); });
    if (refusal.isSet()) {
        return refuse(refusal);
    }
    return finish();
}

Refusal ResponseParser::applyField(const HeaderField &field)
{
    if (field.id == HeaderId::Upgrade) {
        m_hasUpgradeField = !field.value.empty();
    }
    return m_framing.take(field);
}

Result<void> ResponseParser::finish()
{
    if (const Refusal refusal = m_framing.check(m_head.minorVersion); refusal.isSet()) {
        return refuse(refusal);
    }
    m_head.hasDeclaredLength = m_framing.hasLength;
    m_head.declaredLength = m_framing.length;
    const bool isBodyless = m_isHead || m_head.status < 200 || m_head.status == 204 || m_head.status == 304;
    if (isBodyless) {
        m_head.framing = {BodyKind::None, 0};
    } else if (m_framing.isChunked) {
        m_head.framing = {BodyKind::Chunked, 0};
    } else if (m_head.hasDeclaredLength) {
        m_head.framing = {BodyKind::Length, m_head.declaredLength};
    } else {
        m_head.framing = {BodyKind::UntilClose, 0};
    }
    m_head.isInformational = m_head.status < 200 && m_head.status != 101;
    m_head.hasUpgrade = m_head.status == 101 && m_framing.connection.namesUpgrade && m_hasUpgradeField;
    m_head.isKeepAlive = m_framing.isKeepAlive(m_head.minorVersion) && m_head.framing.kind != BodyKind::UntilClose;
    m_head.hasNamedHopFields = m_framing.connection.namesOthers;
    return {};
}

} // namespace fairway::http
