#include "core/http/request_parser.h"

#include "core/http/characters.h"
#include "core/http/head_scanner.h"

#include <charconv>

namespace fairway::http {

namespace {

/// Takes "HTTP/1.0" or "HTTP/1.1" apart; the error says whether the version is unknown or no version at all.
Refusal readVersion(std::string_view text, std::uint8_t &minor)
{
    const bool isWellFormed = text.size() == 8 && text.substr(0, 5) == "HTTP/" && is(text[5], kDigit) && text[6] == '.' && is(text[7], kDigit);
    if (!isWellFormed) {
        return {400, "the request line has no valid version"};
    }
    if (text[5] != '1' || text[7] > '1') {
        return {505, "the version is neither HTTP/1.0 nor HTTP/1.1"};
    }
    minor = static_cast<std::uint8_t>(text[7] - '0');
    return {};
}

bool isPort(std::string_view digits)
{
    if (digits.empty()) {
        return true; // "host:" is legal.
    }
    unsigned port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return error == std::errc {} && end == digits.data() + digits.size() && port <= 65535 && is(digits[0], kDigit);
}

/// uri-host [":" port] of RFC 9110, section 7.2, without user information.
bool isAuthority(std::string_view text)
{
    std::string_view port;
    std::string_view host = text;
    if (!text.empty() && text.front() == '[') {
        const auto close = text.find(']');
        if (close == std::string_view::npos || close < 3) {
            return false;
        }
        host = text.substr(1, close - 1);
        for (const char c : host) {
            const char lower = toLower(c);
            if (!is(c, kDigit) && !(lower >= 'a' && lower <= 'f') && c != ':' && c != '.') {
                return false;
            }
        }
        const std::string_view rest = text.substr(close + 1);
        return rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
    }
    if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
        if (host.empty()) {
            return false;
        }
    }
    return isAll(host, kRegName) && isPort(port);
}

ErrorCode codeFor(int status)
{
    switch (status) {
    case 414:
    case 431:
        return ErrorCode::LimitExceeded;
    case 501:
    case 505:
        return ErrorCode::Unsupported;
    default:
        return ErrorCode::ProtocolViolation;
    }
}

} // namespace

RequestParser::RequestParser(const HeadLimits &limits)
    : m_limits(limits)
{
}

void RequestParser::reset()
{
    m_head = {};
    m_start = m_scanned = m_lineEnd = 0;
    m_status = 0;
    m_hasUpgradeField = false;
    m_framing = {};
}

tl::unexpected<Error> RequestParser::refuse(const Refusal &refusal)
{
    m_status = refusal.status;
    m_error = Error {codeFor(refusal.status), refusal.why};
    return tl::unexpected(m_error);
}

Result<std::size_t> RequestParser::parse(std::string_view bytes)
{
    if (m_status != 0) {
        return tl::unexpected(m_error);
    }
    bool isLineFresh = false;
    if (m_lineEnd == 0) {
        while (bytes.size() - m_start >= 2 && bytes[m_start] == '\r' && bytes[m_start + 1] == '\n') {
            m_start += 2;
        }
        const ScanStep line = scanLine(bytes, m_start, m_limits.maxHeadSize, {414, "the request line is over the limit"});
        if (line.refusal.isSet()) {
            return refuse(line.refusal);
        }
        if (line.end == 0) {
            return std::size_t {0};
        }
        if (const auto parsed = parseRequestLine(bytes.substr(m_start, line.end - 2 - m_start)); !parsed) {
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
        if (const auto parsed = parseRequestLine(bytes.substr(m_start, m_lineEnd - 2 - m_start)); !parsed) {
            return tl::unexpected(parsed.error());
        }
    }
    if (const auto parsed = parseFields(bytes.substr(m_lineEnd, end.end - 2 - m_lineEnd)); !parsed) {
        return tl::unexpected(parsed.error());
    }
    return end.end;
}

Result<void> RequestParser::parseRequestLine(std::string_view line)
{
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return refuse({400, "the request line has not three parts"});
    }
    m_head.method = line.substr(0, first);
    if (m_head.method.empty() || !isAll(m_head.method, kToken)) {
        return refuse({400, "the method is not a token"});
    }
    const std::string_view target = line.substr(first + 1, last - first - 1);
    if (target.empty() || !isAll(target, kTarget)) {
        return refuse({400, "the request target holds a character that is not allowed"});
    }
    if (const Refusal refusal = readVersion(line.substr(last + 1), m_head.minorVersion); refusal.isSet()) {
        return refuse(refusal);
    }
    m_head.isHead = m_head.method == "HEAD";
    return parseTarget(target);
}

Result<void> RequestParser::parseTarget(std::string_view target)
{
    m_head.scheme = m_head.authority = m_head.path = {};
    if (m_head.method == "CONNECT") {
        if (target.find(':') == std::string_view::npos || !isAuthority(target)) {
            return refuse({400, "CONNECT needs HOST:PORT as its target"});
        }
        m_head.authority = target;
        return {};
    }
    if (target.front() == '/') {
        m_head.path = target;
        return {};
    }
    if (target == "*" && m_head.method == "OPTIONS") {
        m_head.path = target;
        return {};
    }
    const auto colon = target.find("://");
    const std::string_view scheme = target.substr(0, colon == std::string_view::npos ? 0 : colon);
    if (!equalsIgnoreCase(scheme, "http") && !equalsIgnoreCase(scheme, "https")) {
        return refuse({400, "the request target is neither a path nor a full address"});
    }
    const std::string_view rest = target.substr(colon + 3);
    const auto slash = rest.find_first_of("/?");
    m_head.scheme = scheme;
    m_head.authority = rest.substr(0, slash);
    m_head.path = slash == std::string_view::npos ? std::string_view("/") : rest.substr(slash);
    if (m_head.authority.empty() || !isAuthority(m_head.authority)) {
        return refuse({400, "the request target has no valid host"});
    }
    if (m_head.path.front() == '?') {
        return refuse({400, "the request target has a query but no path"});
    }
    return {};
}

Result<void> RequestParser::parseFields(std::string_view block)
{
    const Refusal refusal = readFields(block, m_limits.maxFields, m_fields, m_head.fields, [this](const HeaderField &field) { return applyField(field); });
    if (refusal.isSet()) {
        return refuse(refusal);
    }
    return finish();
}

Refusal RequestParser::applyField(const HeaderField &field)
{
    switch (field.id) {
    case HeaderId::Host:
        if (m_head.hasHost) {
            return {400, "there is more than one Host field"};
        }
        if (!isAuthority(field.value)) {
            return {400, "the Host field is not a host"};
        }
        m_head.hasHost = true;
        // A full address in the target overrules Host: RFC 9112, section 3.2.2.
        if (m_head.authority.empty()) {
            m_head.authority = field.value;
        }
        return {};
    case HeaderId::Upgrade:
        // HTTP/2 over an upgraded connection would carry requests past every check made here.
        m_hasUpgradeField = !m_hasUpgradeField && !field.value.empty() && field.value.find("h2") == std::string_view::npos
            && field.value.find("H2") == std::string_view::npos && field.value.find("HTTP") == std::string_view::npos;
        return {};
    case HeaderId::Expect:
        if (m_head.minorVersion == 0) {
            return {};
        }
        if (!equalsIgnoreCase(field.value, "100-continue")) {
            return {417, "the expectation is not 100-continue"};
        }
        m_head.expectsContinue = true;
        return {};
    case HeaderId::MaxForwards:
        if (std::uint64_t hops = 0; (m_head.method == "TRACE" || m_head.method == "OPTIONS") && readLength(field.value, hops)) {
            m_head.maxForwards = static_cast<std::int64_t>(hops);
        }
        return {};
    case HeaderId::Te:
        forEachMember(field.value, [this](std::string_view coding) { m_head.acceptsTrailers = m_head.acceptsTrailers || equalsIgnoreCase(coding, "trailers"); });
        return {};
    default:
        return m_framing.take(field);
    }
}

Result<void> RequestParser::finish()
{
    if (!m_head.hasHost && m_head.minorVersion == 1) {
        return refuse({400, "there is no Host field"});
    }
    if (const Refusal refusal = m_framing.check(m_head.minorVersion); refusal.isSet()) {
        return refuse(refusal);
    }
    m_head.framing.kind = m_framing.isChunked ? BodyKind::Chunked : m_framing.hasLength ? BodyKind::Length : BodyKind::None;
    m_head.framing.length = m_framing.length;
    m_head.isKeepAlive = m_framing.isKeepAlive(m_head.minorVersion);
    m_head.hasNamedHopFields = m_framing.connection.namesOthers;
    m_head.hasUpgrade = m_framing.connection.namesUpgrade && m_hasUpgradeField && m_head.minorVersion == 1 && m_head.framing.kind == BodyKind::None;
    m_head.expectsContinue = m_head.expectsContinue && m_head.framing != BodyFraming {} && m_head.framing != BodyFraming {BodyKind::Length, 0};
    return {};
}

} // namespace fairway::http
