#include "core/kube/status.h"

#include "core/value/json.h"

#include <algorithm>

namespace fairway::kube {
namespace {

constexpr std::size_t maxMessage = 1500;
constexpr std::size_t maxCauses = 200;

std::string clipped(std::string_view text)
{
    if (text.size() <= maxMessage) {
        return std::string(text);
    }
    std::size_t end = maxMessage;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end; // Not inside a UTF-8 sequence.
    }
    return std::string(text.substr(0, end)) + "…";
}

bool looksLikeHtml(const HttpAnswer &answer)
{
    if (answer.header("content-type").starts_with("text/html")) {
        return true;
    }
    const std::size_t first = answer.body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string::npos && answer.body[first] == '<';
}

Text userText(std::string_view who)
{
    return who.empty() ? phrase("kube", "no credentials were sent") : phrase("kube", "user \"%1\"").with(who);
}

/// "list pods in namespace shop: " and what became of it.
Error failed(ErrorCode code, const Text &action, Text what)
{
    return {code, phrase("kube", "%1: %2").with(action, what)};
}

std::string ownersOf(const ApiStatus &status)
{
    std::string out;
    for (const StatusCause &cause : status.causes) {
        if (cause.reason != "FieldManagerConflict") {
            continue;
        }
        const std::size_t open = cause.message.find('"');
        const std::size_t close = open == std::string::npos ? open : cause.message.find('"', open + 1);
        const std::string owner = close == std::string::npos ? cause.message : cause.message.substr(open + 1, close - open - 1);
        out += (out.empty() ? "" : ", ") + cause.field + " (" + owner + ")";
        if (out.size() > 400) {
            return out + " …";
        }
    }
    return out;
}

ErrorCode codeForStatus(int http)
{
    switch (http) {
    case 400:
    case 413:
    case 414:
    case 422:
        return ErrorCode::InvalidInput;
    case 401:
        return ErrorCode::Unauthorized;
    case 403:
        return ErrorCode::Forbidden;
    case 404:
        return ErrorCode::NotFound;
    case 405:
    case 406:
    case 415:
    case 501:
        return ErrorCode::Unsupported;
    case 408:
    case 429:
        return ErrorCode::Unavailable;
    case 409:
        return ErrorCode::Conflict;
    case 410:
        return ErrorCode::Gone;
    default:
        return http >= 500 ? ErrorCode::Unavailable : ErrorCode::ProtocolViolation;
    }
}

} // namespace

bool ApiStatus::isApplyConflict() const
{
    return std::any_of(causes.begin(), causes.end(), [](const StatusCause &cause) { return cause.reason == "FieldManagerConflict"; });
}

std::optional<ApiStatus> parseStatus(std::string_view json)
{
    const auto parsed = value::parseJson(json);
    if (!parsed || (*parsed)["kind"].stringOr() != "Status") {
        return std::nullopt;
    }
    const value::Value &root = *parsed;
    const value::Value &details = root["details"];
    ApiStatus out;
    out.code = static_cast<int>(std::clamp<std::int64_t>(root["code"].intOr(0), 0, 999));
    out.reason = root["reason"].stringOr();
    out.message = clipped(root["message"].stringOr());
    out.kind = details["kind"].stringOr();
    out.name = details["name"].stringOr();
    out.retryAfterSeconds = details["retryAfterSeconds"].intOr(0);
    for (std::size_t i = 0; i < std::min(details["causes"].size(), maxCauses); ++i) {
        const value::Value &cause = details["causes"][i];
        out.causes.push_back({std::string(cause["reason"].stringOr()), clipped(cause["message"].stringOr()), std::string(cause["field"].stringOr())});
    }
    return out;
}

Error errorFromStatus(const ApiStatus &status, const Text &doing, std::string_view who)
{
    const std::string said = status.message.empty() ? status.reason : status.message;
    switch (status.code) {
    case 401:
        return failed(ErrorCode::Unauthorized, doing,
            phrase("kube", "the server refused the credentials of %1; they are wrong or have expired: sign in again or renew them")
                .with(userText(who)));
    case 403:
        if (said.find("system:anonymous") != std::string::npos) {
            return failed(ErrorCode::Unauthorized, doing,
                phrase("kube", "the server took the request for anonymous (%1); check the user entry of the context").with(userText(who)));
        }
        return failed(ErrorCode::Forbidden, doing, phrase("kube", "not allowed (%1); ask for this right or use another context").with(said));
    case 404:
        if (status.name.empty() && status.causes.empty() && said.find("could not find the requested resource") != std::string::npos) {
            return failed(ErrorCode::Unsupported, doing, phrase("kube", "the server does not know this resource; is its API installed?"));
        }
        return failed(ErrorCode::NotFound, doing, Text::verbatim(said));
    case 409:
        if (status.reason == "AlreadyExists") {
            return failed(ErrorCode::AlreadyExists, doing, Text::verbatim(said));
        }
        if (status.isApplyConflict()) {
            return failed(ErrorCode::Conflict, doing,
                phrase("kube", "others manage fields you change: %1; leave those fields, or take them over knowingly").with(ownersOf(status)));
        }
        return failed(ErrorCode::Conflict, doing,
            phrase("kube", "the object changed meanwhile (%1); look at it again and repeat the change").with(said));
    case 410:
        return failed(ErrorCode::Gone, doing, Text::verbatim(said));
    case 422:
        return failed(ErrorCode::InvalidInput, doing, phrase("kube", "the server found it invalid: %1").with(said));
    case 500:
        // A strict apply of unknown fields is answered so, though it is the input that is wrong.
        if (said.find("failed to create typed patch object") != std::string::npos) {
            return failed(ErrorCode::InvalidInput, doing, phrase("kube", "the server found it invalid: %1").with(said));
        }
        break;
    default:
        break;
    }
    const ErrorCode code = codeForStatus(status.code);
    if (code == ErrorCode::Unavailable) {
        return failed(code, doing, phrase("kube", "the server can't now (HTTP %1: %2); trying again may help").with(status.code, said));
    }
    return failed(code, doing, Text::verbatim(said));
}

Error errorFromAnswer(const HttpAnswer &answer, const Text &doing, std::string_view who)
{
    if (const auto status = parseStatus(answer.body)) {
        ApiStatus known = *status;
        known.code = answer.status; // What the exchange says counts; some proxies leave the code out.
        return errorFromStatus(known, doing, who);
    }
    if (answer.status >= 300 && answer.status < 400) {
        return failed(ErrorCode::ProtocolViolation, doing,
            phrase("kube", "the server redirects elsewhere (HTTP %1); is this the API server?").with(answer.status));
    }
    const ErrorCode code = codeForStatus(answer.status);
    if (looksLikeHtml(answer)) {
        return failed(code == ErrorCode::NotFound ? ErrorCode::ProtocolViolation : code, doing,
            phrase("kube", "answered with HTML (HTTP %1); is this the API server?").with(answer.status));
    }
    switch (answer.status) {
    case 401:
    case 403:
        return errorFromStatus({answer.status, {}, "HTTP " + std::to_string(answer.status), {}, {}, 0, {}}, doing, who);
    case 404:
        return failed(ErrorCode::Unsupported, doing, phrase("kube", "the server does not know this resource; is its API installed?"));
    case 429:
        return failed(code, doing, phrase("kube", "the server has too much to do (HTTP 429); trying again may help"));
    default:
        break;
    }
    if (code == ErrorCode::Unavailable) {
        return failed(code, doing, phrase("kube", "the server can't now (HTTP %1); trying again may help").with(answer.status));
    }
    return failed(code, doing, phrase("kube", "refused with HTTP %1").with(answer.status));
}

std::optional<Error> notJson(const HttpAnswer &answer, const Text &doing)
{
    if (looksLikeHtml(answer)) {
        return failed(ErrorCode::ProtocolViolation, doing, phrase("kube", "answered with HTML; is this the API server?"));
    }
    const std::size_t first = answer.body.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) {
        return failed(ErrorCode::ProtocolViolation, doing, phrase("kube", "the answer is empty; is this the API server?"));
    }
    if (answer.body[first] != '{') {
        return failed(ErrorCode::ProtocolViolation, doing, phrase("kube", "the answer is not JSON; is this the API server?"));
    }
    return std::nullopt;
}

std::vector<std::string> warningsOf(const HttpAnswer &answer)
{
    constexpr std::size_t maxWarnings = 100;
    std::vector<std::string> out;
    for (const auto &[name, text] : answer.headers) {
        if (name != "warning") {
            continue;
        }
        // One header may hold several, separated by commas: 299 - "text" ["date"], 299 - "text" …
        std::size_t at = 0;
        while (at < text.size() && out.size() < maxWarnings) {
            const std::size_t open = text.find('"', at);
            if (open == std::string::npos) {
                break;
            }
            std::string warning;
            std::size_t i = open + 1;
            for (; i < text.size() && text[i] != '"'; ++i) {
                if (text[i] == '\\' && i + 1 < text.size()) {
                    ++i;
                }
                warning += text[i];
            }
            out.push_back(std::move(warning));
            at = text.find(',', i);
            at = at == std::string::npos ? text.size() : at + 1;
        }
    }
    return out;
}

} // namespace fairway::kube
