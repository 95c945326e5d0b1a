#include "core/route/call_text.h"

#include "core/base/base64.h"
#include "core/route/text_matcher.h"
#include "core/value/json.h"

#include <algorithm>

namespace fairway::route {
namespace {

    constexpr std::size_t maxText = std::size_t {64} << 10;
    constexpr std::string_view blanks = " \t\r\n";

    std::string_view trim(std::string_view text)
    {
        const std::size_t from = text.find_first_not_of(blanks);
        return from == std::string_view::npos ? std::string_view() : text.substr(from, text.find_last_not_of(blanks) - from + 1);
    }

    tl::unexpected<Error> refuse(Text message) { return fail(ErrorCode::InvalidInput, std::move(message)); }

    bool isMethod(std::string_view text)
    {
        return !text.empty() && text.size() <= 32
            && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
    }

    void setScheme(Call &call, std::string_view scheme)
    {
        call.request.scheme = lowerAscii(scheme);
        const bool isTls = call.request.scheme == "https";
        call.tls = isTls ? Call::Tls::Tls : Call::Tls::None;
        if (call.port == 0)
            call.port = isTls ? 443 : 80;
        if (isTls && call.sni.empty())
            call.sni = hostWithoutPort(call.request.authority);
    }

    Result<void> setUrl(Call &call, std::string_view url)
    {
        std::string_view scheme = "http";
        if (const std::size_t at = url.find("://"); at != std::string_view::npos) {
            scheme = url.substr(0, at);
            url.remove_prefix(at + 3);
        }
        if (scheme != "http" && scheme != "https")
            return refuse(phrase("route", "a URL starts with http:// or https://"));
        const std::size_t end = url.find_first_of("/?#");
        std::string_view authority = url.substr(0, end);
        const std::string_view rest = end == std::string_view::npos ? std::string_view("/") : url.substr(end);
        if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
            authority.remove_prefix(at + 1);
        if (authority.empty() || authority.find_first_of(blanks) != std::string_view::npos)
            return refuse(phrase("route", "the URL has no host"));
        call.request.authority = authority;
        call.port = portOfAuthority(authority);
        setTarget(call.request, rest.front() == '/' ? std::string(rest) : "/" + std::string(rest));
        setScheme(call, scheme);
        return {};
    }

    /// "Name: value". A Host becomes the authority.
    void addHeader(Call &call, std::string_view line)
    {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0)
            return;
        const std::string name = lowerAscii(trim(line.substr(0, colon)));
        const std::string_view text = trim(line.substr(colon + 1));
        if (name == "host")
            call.request.authority = text;
        else if (!name.empty())
            call.request.headers.emplace_back(name, text);
    }

    /// Words as a shell would see them; nothing is expanded.
    Result<std::vector<std::string>> shellWords(std::string_view text)
    {
        std::vector<std::string> words;
        std::string word;
        bool isOpen = false;
        char quote = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (quote == '\'') {
                if (c == '\'')
                    quote = 0;
                else
                    word += c;
            } else if (c == '\\' && i + 1 < text.size()) {
                const char next = text[++i];
                if (next == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
                    ++i;
                else if (next != '\n') {
                    isOpen = true;
                    if (quote == '"' && std::string_view("\"\\$`").find(next) == std::string_view::npos)
                        word += c;
                    word += next;
                }
            } else if (quote == '"') {
                if (c == '"')
                    quote = 0;
                else
                    word += c;
            } else if (c == '\'' || c == '"') {
                quote = c;
                isOpen = true;
            } else if (blanks.find(c) != std::string_view::npos) {
                if (isOpen)
                    words.push_back(std::move(word));
                word.clear();
                isOpen = false;
            } else {
                word += c;
                isOpen = true;
            }
        }
        if (quote != 0)
            return refuse(phrase("route", "the command has an open %1").with(std::string(1, quote)));
        if (isOpen)
            words.push_back(std::move(word));
        return words;
    }

    struct CurlOption {
        std::string_view name;
        char letter = 0;
        enum class Use { Flag, Skip, Method, Header, Data, Get, Head, Agent, Cookie, Referer, User, Url, Connect } use = Use::Flag;
    };

    constexpr CurlOption curlOptions[] = {
        {"request", 'X', CurlOption::Use::Method}, {"header", 'H', CurlOption::Use::Header}, {"data", 'd', CurlOption::Use::Data},
        {"data-raw", 0, CurlOption::Use::Data}, {"data-binary", 0, CurlOption::Use::Data}, {"data-urlencode", 0, CurlOption::Use::Data},
        {"data-ascii", 0, CurlOption::Use::Data}, {"json", 0, CurlOption::Use::Data}, {"form", 'F', CurlOption::Use::Data},
        {"get", 'G', CurlOption::Use::Get}, {"head", 'I', CurlOption::Use::Head}, {"user-agent", 'A', CurlOption::Use::Agent},
        {"cookie", 'b', CurlOption::Use::Cookie}, {"referer", 'e', CurlOption::Use::Referer}, {"user", 'u', CurlOption::Use::User},
        {"url", 0, CurlOption::Use::Url}, {"output", 'o', CurlOption::Use::Skip}, {"max-time", 'm', CurlOption::Use::Skip},
        {"write-out", 'w', CurlOption::Use::Skip}, {"resolve", 0, CurlOption::Use::Connect}, {"connect-to", 0, CurlOption::Use::Connect},
        {"proxy", 'x', CurlOption::Use::Skip}, {"cacert", 0, CurlOption::Use::Skip}, {"cert", 'E', CurlOption::Use::Skip},
        {"key", 0, CurlOption::Use::Skip}, {"connect-timeout", 0, CurlOption::Use::Skip}, {"retry", 0, CurlOption::Use::Skip},
        {"cookie-jar", 'c', CurlOption::Use::Skip}, {"interface", 0, CurlOption::Use::Skip}, {"upload-file", 'T', CurlOption::Use::Skip},
        {"dump-header", 'D', CurlOption::Use::Skip}, {"range", 'r', CurlOption::Use::Skip}, {"config", 'K', CurlOption::Use::Skip},
        {"retry-delay", 0, CurlOption::Use::Skip}, {"limit-rate", 0, CurlOption::Use::Skip}, {"unix-socket", 0, CurlOption::Use::Skip}};

    CurlOption longOption(std::string_view name)
    {
        const auto found = std::find_if(std::begin(curlOptions), std::end(curlOptions), [&](const CurlOption &o) { return o.name == name; });
        return found == std::end(curlOptions) ? CurlOption() : *found;
    }

    CurlOption shortOption(char letter)
    {
        const auto found = std::find_if(std::begin(curlOptions), std::end(curlOptions), [&](const CurlOption &o) { return o.letter == letter; });
        return found == std::end(curlOptions) ? CurlOption() : *found;
    }

    bool takesText(CurlOption::Use use)
    {
        return use != CurlOption::Use::Flag && use != CurlOption::Use::Get && use != CurlOption::Use::Head;
    }

    struct Curl {
        std::string url;
        std::string method;
        std::vector<std::string> headers;
        std::vector<std::string> data;
        std::vector<Text> notes;
        bool isGet = false;
        bool isHead = false;

        void take(const CurlOption &option, const std::string &text)
        {
            using Use = CurlOption::Use;
            switch (option.use) {
            case Use::Method:
                method = text;
                break;
            case Use::Header:
                headers.push_back(text);
                break;
            case Use::Data:
                data.push_back(text);
                break;
            case Use::Get:
                isGet = true;
                break;
            case Use::Head:
                isHead = true;
                break;
            case Use::Agent:
                headers.push_back("user-agent: " + text);
                break;
            case Use::Cookie:
                headers.push_back("cookie: " + text);
                break;
            case Use::Referer:
                headers.push_back("referer: " + text);
                break;
            case Use::User:
                headers.push_back("authorization: Basic " + encodeBase64(text));
                break;
            case Use::Url:
                url = text;
                break;
            case Use::Connect:
                notes.push_back(phrase("route", "%1 is not looked at: choose where the request enters instead").with("--" + std::string(option.name)));
                break;
            case Use::Flag:
            case Use::Skip:
                break;
            }
        }
    };

    Result<Curl> readCurl(const std::vector<std::string> &words)
    {
        Curl out;
        for (std::size_t i = 1; i < words.size(); ++i) {
            const std::string &word = words[i];
            if (word.size() < 2 || word[0] != '-') {
                if (out.url.empty())
                    out.url = word;
                continue;
            }
            if (word[1] == '-') {
                const CurlOption option = longOption(std::string_view(word).substr(2));
                const bool hasText = takesText(option.use);
                if (hasText && i + 1 == words.size())
                    return refuse(phrase("route", "%1 needs a value").with(word));
                out.take(option, hasText ? words[++i] : std::string());
                continue;
            }
            for (std::size_t k = 1; k < word.size(); ++k) { // "-sSLXPOST" is several
                const CurlOption option = shortOption(word[k]);
                if (!takesText(option.use)) {
                    out.take(option, {});
                    continue;
                }
                if (k + 1 == word.size() && i + 1 == words.size())
                    return refuse(phrase("route", "%1 needs a value").with(std::string("-") + word[k]));
                out.take(option, k + 1 < word.size() ? word.substr(k + 1) : words[++i]);
                break;
            }
        }
        return out;
    }

    Result<CallText> fromCurl(std::string_view text)
    {
        const Result<std::vector<std::string>> words = shellWords(text);
        if (!words)
            return tl::unexpected(words.error());
        Result<Curl> curl = readCurl(*words);
        if (!curl)
            return tl::unexpected(curl.error());
        CallText out;
        out.form = CallText::Form::Curl;
        out.notes = std::move(curl->notes);
        if (curl->url.empty())
            return refuse(phrase("route", "the curl command has no URL"));
        if (Result<void> set = setUrl(out.call, curl->url); !set)
            return tl::unexpected(set.error());
        RequestView &request = out.call.request;
        const bool hasData = !curl->data.empty();
        if (hasData && curl->isGet) {
            for (const std::string &data : curl->data)
                request.query += (request.query.empty() ? "" : "&") + data;
        }
        request.method = !curl->method.empty() ? curl->method : curl->isHead ? "HEAD" : hasData && !curl->isGet ? "POST" : "GET";
        for (const std::string &header : curl->headers)
            addHeader(out.call, header);
        return out;
    }

    struct LogLine {
        std::vector<std::string> quoted;
        std::string tail; ///< Behind the last quoted text.
    };

    LogLine splitLog(std::string_view line)
    {
        LogLine out;
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
            out.tail = line.substr(at);
        }
        return out;
    }

    std::vector<std::string_view> wordsOf(std::string_view text)
    {
        std::vector<std::string_view> out;
        while (!(text = trim(text)).empty()) {
            const std::size_t end = std::min(text.find_first_of(blanks), text.size());
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
            // Istio's go on: cluster, local address towards the upstream, downstream's local and remote address, SNI, route
            const std::vector<std::string_view> tail = wordsOf(line.tail);
            if (tail.size() >= 5) {
                setAddress(out.call, tail[2]);
                if (tail[4] != "-") {
                    out.call.sni = tail[4];
                    out.call.tls = Call::Tls::Tls;
                    out.call.request.scheme = "https";
                }
            }
        } else if (count >= 3) { // nginx and Apache: "referer" "user-agent"
            setHeader(out.call, "referer", line.quoted[1]);
            setHeader(out.call, "user-agent", line.quoted[2]);
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
        const std::size_t target = line.find_first_not_of(blanks, line.find_first_of(blanks));
        const std::size_t end = line.find_first_of(blanks, target);
        if (end == std::string_view::npos)
            return {};
        std::string_view rest = trim(line.substr(end));
        if (rest.starts_with("HTTP/"))
            rest.remove_prefix(std::min(rest.find_first_of(blanks), rest.size()));
        rest = trim(rest);
        const std::size_t colon = rest.find(':');
        if (colon == std::string_view::npos || colon == 0 || rest.find_first_of(blanks) < colon)
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
    if (text.starts_with("curl") && text.size() > 4 && blanks.find(text[4]) != std::string_view::npos)
        return fromCurl(text);
    if (text.front() == '{')
        return fromJsonLog(text);
    const std::string_view firstWord = text.substr(0, text.find_first_of(blanks));
    if (firstWord.size() < text.size() && isMethod(firstWord))
        return fromHttp(text);
    if (text.find_first_of(blanks) != std::string_view::npos) {
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
