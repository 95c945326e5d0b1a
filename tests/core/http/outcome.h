#pragma once

#include "core/http/body_decoder.h"
#include "core/http/request_parser.h"
#include "core/http/response_parser.h"
#include "core/http/serializer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::http::testing {

/// What a connection that carries `bytes`, arriving in pieces, comes to, as text: every message with its body, then how it
/// ends. Two cuts of the same bytes must give the same text.
class Wire {
public:
    /// `pieces` are used in turn, each at least 1.
    Wire(std::string_view bytes, std::vector<std::size_t> pieces)
        : m_bytes(bytes)
        , m_pieces(std::move(pieces))
    {
    }

    std::string requests(const HeadLimits &limits = {})
    {
        RequestParser parser(limits);
        return run(parser, [](RequestParser &p) { return describe(p.head()); }, [](RequestParser &p) { return "refused " + std::to_string(p.suggestedStatus()); });
    }

    std::string responses(bool isHead = false, const HeadLimits &limits = {})
    {
        ResponseParser parser(limits);
        parser.expect(isHead);
        return run(parser, [](ResponseParser &p) { return describe(p.head()); }, [](ResponseParser &) { return std::string("refused"); });
    }

    static std::string describe(const RequestHead &head)
    {
        std::string text = std::string(head.method) + " " + std::string(head.path) + " at " + std::string(head.authority) + " 1." + std::to_string(head.minorVersion);
        return text + (head.isKeepAlive ? " keep" : " close") + (head.expectsContinue ? " expect" : "") + (head.hasUpgrade ? " upgrade" : "") + describe(head.fields, head.framing);
    }
    static std::string describe(const ResponseHead &head)
    {
        return std::to_string(head.status) + " " + std::string(head.reason) + (head.isKeepAlive ? " keep" : " close") + describe(head.fields, head.framing);
    }

private:
    static std::string describe(std::span<const HeaderField> fields, const BodyFraming &framing)
    {
        std::string text = " {";
        for (const HeaderField &field : fields) {
            text += std::string(field.name) + "=" + std::string(field.value) + ";";
        }
        constexpr const char *kinds[] = {"none", "length ", "chunked", "until close"};
        text += std::string("} ") + kinds[static_cast<std::size_t>(framing.kind)];
        return framing.kind == BodyKind::Length ? text + std::to_string(framing.length) : text;
    }

    bool receive()
    {
        if (m_at == m_bytes.size()) {
            return false;
        }
        const std::size_t piece = std::min(m_pieces[m_turn++ % m_pieces.size()], m_bytes.size() - m_at);
        // A fresh copy each time: a view kept from the call before would show under AddressSanitizer.
        m_buffer = std::string(m_buffer) + std::string(m_bytes.substr(m_at, piece));
        m_at += piece;
        return true;
    }

    template <typename Parser, typename Describe, typename Refused>
    std::string run(Parser &parser, Describe describeHead, Refused refused)
    {
        std::string text;
        for (;;) {
            const auto parsed = parser.parse(m_buffer);
            if (!parsed) {
                return text + refused(parser) + ": " + parsed.error().message;
            }
            if (*parsed == 0) {
                if (!receive()) {
                    return text + (m_buffer.empty() ? "end" : "incomplete head");
                }
                continue;
            }
            text += describeHead(parser) + "\n";
            BodyDecoder decoder;
            decoder.start(parser.head().framing);
            m_buffer.erase(0, *parsed);
            parser.reset();
            if (!readBody(decoder, text)) {
                return text;
            }
        }
    }

    bool readBody(BodyDecoder &decoder, std::string &text)
    {
        std::string body;
        while (!decoder.isFinished()) {
            const auto step = decoder.next(m_buffer);
            if (!step) {
                text += "body \"" + body + "\" refused: " + step.error().message;
                return false;
            }
            body += step->body;
            m_buffer.erase(0, step->consumed);
            if (!step->isFinished && m_buffer.empty() && !receive()) {
                text += "body \"" + body + "\" unfinished";
                return false;
            }
        }
        text += body.empty() ? "" : "body \"" + body + "\"\n";
        return true;
    }

    std::string_view m_bytes;
    std::vector<std::size_t> m_pieces;
    std::size_t m_turn = 0;
    std::size_t m_at = 0;
    std::string m_buffer;
};

} // namespace fairway::http::testing
