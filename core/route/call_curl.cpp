#include "core/base/base64.h"
#include "core/route/call_text_parts.h"

#include <algorithm>

namespace fairway::route {
namespace {

    tl::unexpected<Error> refuse(Text message) { return fail(ErrorCode::InvalidInput, std::move(message)); }

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
            } else if (kBlanks.find(c) != std::string_view::npos) {
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

} // namespace

Result<CallText> callOfCurl(std::string_view text)
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

} // namespace fairway::route
