#include "core/route/call_text_parts.h"

#include "core/route/text_matcher.h"
#include "core/value/json.h"

#include <algorithm>
#include <charconv>

namespace fairway::route {
namespace {

    constexpr std::size_t maxText = std::size_t {64} << 10;

    tl::unexpected<Error> refuse(Text message) { return fail(ErrorCode::InvalidInput, std::move(message)); }

    struct LogLine {
        std::string_view head;  ///< Before the first quoted text.
        std::string_view after; ///< Between it and the next one.
        std::vector<std::string> quoted;
        std::string tail; ///< Behind the last quoted text.
    };

    LogLine splitLog(std::string_view line)
    {
        LogLine out;
        out.head = line.substr(0, line.find('"'));
        std::size_t at = 0;
        while ((at = line.find('"', at)) != std::string_view::npos) {
            std::string text;
            std::size_t i = at + 1;
            for (; i < line.size() && line[i] != '"'; ++i) {
                if (line[i] == '\\' && i + 1 < line.size())
                    ++i;
                text += line[i];
            }
            if (i >= line.size())
                break;
            out.quoted.push_back(std::move(text));
            at = i + 1;
            if (out.quoted.size() == 1)
                out.after = line.substr(at, line.find('"', at) - at);
            out.tail = line.substr(at);
        }
        return out;
    }

    std::vector<std::string_view> wordsOf(std::string_view text)
    {
        std::vector<std::string_view> out;
        while (!(text = trim(text)).empty()) {
            const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
            out.push_back(text.substr(0, end));
            text.remove_prefix(end);
        }
        return out;
    }

    void setHeader(Call &call, const char *name, std::string_view text)
    {
        if (!text.empty() && text != "-")
            call.request.headers.emplace_back(name, text);
    }

    /// "10.0.0.1:80", "[::1]:80"
    void setAddress(Call &call, std::string_view text)
    {
        if (text.empty() || text == "-")
            return;
        call.port = portOfAuthority(text);
        std::string_view address = hostWithoutPort(text);
        if (address.size() > 2 && address.front() == '[')
            address = address.substr(1, address.size() - 2);
        call.address = address;
    }

    void setClient(Call &call, std::string_view text)
    {
        if (text != "-")
            call.client = text;
    }

    Result<void> setRequestLine(Call &call, std::string_view line)
    {
        const std::vector<std::string_view> words = wordsOf(line);
        if (words.size() < 2 || words.size() > 3 || !isMethod(words[0]) || (words.size() == 3 && !words[2].starts_with("HTTP/")))
            return refuse(phrase("route", "no request line such as GET /path HTTP/1.1"));
        if (words[1].find("://") != std::string_view::npos) {
            if (Result<void> set = setUrl(call, words[1]); !set)
                return set;
        } else {
            setTarget(call.request, words[1]);
        }
        call.request.method = words[0];
        if (words.size() == 3 && words[2].starts_with("HTTP/2"))
            call.protocol = Call::Protocol::Http2;
        return {};
    }

    std::string known(std::string_view text) { return text == "-" ? std::string() : std::string(text); }

    int statusOf(std::string_view text)
    {
        int status = 0;
        std::from_chars(text.data(), text.data() + text.size(), status);
        return status;
    }

    Result<CallText> fromLog(const LogLine &line)
    {
        CallText out;
        out.form = CallText::Form::AccessLog;
        if (Result<void> set = setRequestLine(out.call, line.quoted.front()); !set)
            return tl::unexpected(set.error());
        const std::size_t count = line.quoted.size();
        if (count == 6 || count == 7) { // Envoy's: … "x-forwarded-for" "user-agent" "request id" "authority" "upstream"
            setHeader(out.call, "x-forwarded-for", line.quoted[count - 5]);
            setHeader(out.call, "user-agent", line.quoted[count - 4]);
            setHeader(out.call, "x-request-id", line.quoted[count - 3]);
            if (line.quoted[count - 2] != "-")
                out.call.request.authority = line.quoted[count - 2];
            out.log.upstream = known(line.quoted[count - 1]);
            if (const std::vector<std::string_view> words = wordsOf(line.after); words.size() >= 2) {
                out.log.status = statusOf(words[0]);
                out.log.flags = known(words[1]);
            }
            // Istio's go on: cluster, local address towards the upstream, downstream's local and remote address, SNI, route
            const std::vector<std::string_view> tail = wordsOf(line.tail);
            if (tail.size() >= 5) {
                out.log.cluster = known(tail[0]);
                setAddress(out.call, tail[2]);
                setClient(out.call, tail[3]);
                if (tail[4] != "-") {
                    out.call.sni = tail[4];
                    out.call.tls = Call::Tls::Tls;
                    out.call.request.scheme = "https";
                }
            }
        } else if (count >= 3) { // nginx and Apache: "referer" "user-agent"
            setHeader(out.call, "referer", line.quoted[1]);
            setHeader(out.call, "user-agent", line.quoted[2]);
            if (const std::vector<std::string_view> words = wordsOf(line.head); !words.empty())
                setClient(out.call, words.front());
        }
        if (out.call.request.authority.empty())
            out.notes.push_back(phrase("route", "the log line names no host"));
        out.notes.push_back(phrase("route", "other headers than the line shows are not known"));
        return out;
    }

    Result<CallText> fromJsonLog(std::string_view text)
    {
        const Result<value::Value> line = value::parseJson(text);
        if (!line)
            return tl::unexpected(line.error());
        const value::Value &log = *line;
        if (!log["path"].isString())
            return refuse(phrase("route", "the log line has no \"path\""));
        CallText out;
        out.form = CallText::Form::AccessLog;
        Call &call = out.call;
        call.request.authority = log["authority"].stringOr();
        call.request.method = log["method"].stringOr("GET");
        setTarget(call.request, log["path"].stringOr());
        setHeader(call, "user-agent", log["user_agent"].stringOr());
        setHeader(call, "x-request-id", log["request_id"].stringOr());
        setHeader(call, "x-forwarded-for", log["x_forwarded_for"].stringOr());
        if (log["protocol"].stringOr().starts_with("HTTP/2"))
            call.protocol = Call::Protocol::Http2;
        setAddress(call, log["downstream_local_address"].stringOr());
        setClient(call, log["downstream_remote_address"].stringOr());
        out.log = {known(log["upstream_host"].stringOr()), known(log["upstream_cluster"].stringOr()), known(log["response_flags"].stringOr()),
            log["response_code"].isInt() ? static_cast<int>(log["response_code"].intOr(0)) : statusOf(log["response_code"].stringOr())};
        if (const std::string_view sni = log["requested_server_name"].stringOr(); !sni.empty() && sni != "-") {
            call.sni = sni;
            call.tls = Call::Tls::Tls;
            call.request.scheme = "https";
        }
        if (log["headers"].isMap()) {
            for (const auto &[name, one] : log["headers"].asMap())
                call.request.headers.emplace_back(lowerAscii(name), one.stringOr());
        }
        if (call.request.authority.empty())
            out.notes.push_back(phrase("route", "the log line names no host"));
        return out;
    }

    /// "GET /cart x-tester: true accept: text/html": of a head in one line what stands behind the request line.
    std::string_view cutHeaders(std::string_view &line)
    {
        const std::size_t target = line.find_first_not_of(kBlanks, line.find_first_of(kBlanks));
        const std::size_t end = line.find_first_of(kBlanks, target);
        if (end == std::string_view::npos)
            return {};
        std::string_view rest = trim(line.substr(end));
        if (rest.starts_with("HTTP/"))
            rest.remove_prefix(std::min(rest.find_first_of(kBlanks), rest.size()));
        rest = trim(rest);
        const std::size_t colon = rest.find(':');
        if (colon == std::string_view::npos || colon == 0 || rest.find_first_of(kBlanks) < colon)
            return {}; // no header: the request line is wrong and says so
        line = trim(line.substr(0, static_cast<std::size_t>(rest.data() - line.data())));
        return rest;
    }

    void addHeadersOfLine(Call &call, std::string_view rest)
    {
        const std::vector<std::string_view> words = wordsOf(rest);
        std::string header;
        const auto isName = [](std::string_view word) { return word.size() > 1 && word.back() == ':'; };
        for (const std::string_view word : words) {
            if (isName(word) && !header.empty()) {
                addHeader(call, header);
                header.clear();
            }
            header += header.empty() ? std::string(word) : " " + std::string(word);
        }
        addHeader(call, header);
    }

    Result<CallText> fromHttp(std::string_view text)
    {
        CallText out;
        out.form = CallText::Form::Http;
        bool isFirst = true;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = trim(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
            if (line.empty())
                break;
            if (!isFirst) {
                addHeader(out.call, line);
                continue;
            }
            isFirst = false;
            const std::string_view headers = cutHeaders(line);
            if (Result<void> set = setRequestLine(out.call, line); !set)
                return tl::unexpected(set.error());
            addHeadersOfLine(out.call, headers);
        }
        if (out.call.request.authority.empty())
            out.notes.push_back(phrase("route", "the request has no Host"));
        else if (out.call.port == 0)
            out.call.port = portOfAuthority(out.call.request.authority);
        return out;
    }

} // namespace

Result<CallText> parseCallText(std::string_view text)
{
    if (text.size() > maxText)
        return refuse(phrase("route", "the text is longer than 64 KiB"));
    text = trim(text);
    if (text.starts_with("$ "))
        text = trim(text.substr(2));
    if (text.empty())
        return refuse(phrase("route", "nothing to read a request from"));
    if (text.starts_with("curl") && text.size() > 4 && kBlanks.find(text[4]) != std::string_view::npos)
        return callOfCurl(text);
    if (text.front() == '{')
        return fromJsonLog(text);
    const std::string_view firstWord = text.substr(0, text.find_first_of(kBlanks));
    if (firstWord.size() < text.size() && isMethod(firstWord))
        return fromHttp(text);
    if (text.find_first_of(kBlanks) != std::string_view::npos) {
        if (const LogLine line = splitLog(text); !line.quoted.empty())
            return fromLog(line);
        return refuse(phrase("route", "neither a URL, a curl command, a line of an access log nor a request"));
    }
    CallText out;
    if (Result<void> set = setUrl(out.call, text); !set)
        return tl::unexpected(set.error());
    return out;
}

} // namespace fairway::route
