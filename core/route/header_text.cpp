#include "core/route/header_text.h"

#include "core/route/text_matcher.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace fairway::route {
namespace {

    enum class FillIn { Request, RequestWithoutQuery, ClientAddress, ClientAddressWithPort, ClientPort, Protocol, Unknown };

    /// "REQ(a?b):8": the name, what stands in parentheses and the longest length.
    struct Command {
        FillIn kind = FillIn::Unknown;
        std::string_view first;
        std::string_view second;
        std::size_t most = std::string_view::npos;
    };

    /// Text as it is, or a command.
    struct Part {
        std::string_view text;
        std::optional<Command> command;
    };

    FillIn fillInOf(std::string_view name)
    {
        if (name == "REQ")
            return FillIn::Request;
        if (name == "REQ_WITHOUT_QUERY")
            return FillIn::RequestWithoutQuery;
        // The direct address is the connection's; the other one may come from x-forwarded-for, which is not followed here.
        if (name == "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT" || name == "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT")
            return FillIn::ClientAddress;
        if (name == "DOWNSTREAM_REMOTE_ADDRESS" || name == "DOWNSTREAM_DIRECT_REMOTE_ADDRESS")
            return FillIn::ClientAddressWithPort;
        if (name == "DOWNSTREAM_REMOTE_PORT" || name == "DOWNSTREAM_DIRECT_REMOTE_PORT")
            return FillIn::ClientPort;
        return name == "PROTOCOL" ? FillIn::Protocol : FillIn::Unknown;
    }

    Command commandOf(std::string_view text)
    {
        Command out;
        const std::size_t open = text.find('(');
        const std::size_t close = text.rfind(')');
        if (open == std::string_view::npos) {
            out.kind = fillInOf(text);
            return out.kind == FillIn::Request || out.kind == FillIn::RequestWithoutQuery ? Command {} : out;
        }
        out.kind = fillInOf(text.substr(0, open));
        if (close == std::string_view::npos || close < open || (out.kind != FillIn::Request && out.kind != FillIn::RequestWithoutQuery))
            return {};
        const std::string_view names = text.substr(open + 1, close - open - 1);
        const std::size_t question = names.find('?');
        out.first = names.substr(0, question);
        out.second = question == std::string_view::npos ? std::string_view() : names.substr(question + 1);
        if (std::string_view length = text.substr(close + 1); !length.empty()) {
            length.remove_prefix(1);
            const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), out.most);
            if (text[close + 1] != ':' || error != std::errc() || end != length.data() + length.size())
                return {};
        }
        return out;
    }

    /// Nothing when a '%' is left alone: no pattern, Envoy would refuse it.
    std::optional<std::vector<Part>> partsOf(std::string_view pattern)
    {
        std::vector<Part> out;
        while (!pattern.empty()) {
            const std::size_t begin = pattern.find('%');
            if (begin != 0)
                out.push_back({pattern.substr(0, begin), {}});
            if (begin == std::string_view::npos)
                break;
            // A parameter may hold a percent sign of its own, as times do: "%START_TIME(%s)%".
            std::size_t end = begin + 1;
            for (int depth = 0; end < pattern.size() && (pattern[end] != '%' || depth > 0); ++end)
                depth += pattern[end] == '(' ? 1 : pattern[end] == ')' ? -1 : 0;
            if (end >= pattern.size())
                return std::nullopt;
            if (end == begin + 1)
                out.push_back({pattern.substr(begin, 1), {}});
            else
                out.push_back({{}, commandOf(pattern.substr(begin + 1, end - begin - 1))});
            pattern.remove_prefix(end + 1);
        }
        return out;
    }

    std::optional<std::string> requestText(const Command &command, const RequestView &request)
    {
        for (const std::string_view name : {command.first, command.second}) {
            if (name.empty())
                continue;
            if (std::optional<std::string> text = headerOf(request, lowerAscii(name))) {
                if (command.kind == FillIn::RequestWithoutQuery)
                    text->resize(std::min(text->find('?'), text->size()));
                return text->substr(0, command.most);
            }
        }
        return std::string();
    }

    std::optional<std::string> textOf(const Command &command, const Call &call)
    {
        const int port = addressOf(call.client) == call.client ? 0 : portOfAuthority(call.client);
        switch (command.kind) {
        case FillIn::Request:
        case FillIn::RequestWithoutQuery:
            return requestText(command, call.request);
        case FillIn::ClientAddress:
            return call.client.empty() ? std::nullopt : std::optional(addressOf(call.client));
        case FillIn::ClientAddressWithPort:
            return port == 0 ? std::nullopt : std::optional(call.client);
        case FillIn::ClientPort:
            return port == 0 ? std::nullopt : std::optional(std::to_string(port));
        case FillIn::Protocol:
            return call.protocol == Call::Protocol::Http ? "HTTP/1.1" : "HTTP/2";
        case FillIn::Unknown:
            break;
        }
        return std::nullopt;
    }

} // namespace

HeaderText headerText(std::string_view pattern, const Call &call)
{
    const std::optional<std::vector<Part>> parts = partsOf(pattern);
    if (!parts)
        return {std::string(pattern), true};
    std::string out;
    for (const Part &part : *parts) {
        const std::optional<std::string> text = part.command ? textOf(*part.command, call) : std::string(part.text);
        if (!text)
            return {std::string(pattern), false};
        out += *text;
    }
    return {std::move(out), true};
}

HeaderTextNeeds headerTextNeeds(std::string_view pattern)
{
    HeaderTextNeeds out;
    const std::optional<std::vector<Part>> parts = partsOf(pattern);
    for (std::size_t i = 0; parts && i < parts->size(); ++i) {
        if (!(*parts)[i].command)
            continue;
        const FillIn kind = (*parts)[i].command->kind;
        out.unknown = out.unknown || kind == FillIn::Unknown;
        out.client = out.client || kind == FillIn::ClientAddress || kind == FillIn::ClientAddressWithPort || kind == FillIn::ClientPort;
    }
    return out;
}

} // namespace fairway::route
