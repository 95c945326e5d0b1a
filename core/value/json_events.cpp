#include "core/value/json_events.h"

#include <simdjson.h>

#include <algorithm>

namespace fairway::value {

namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

bool isWhite(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?
bool isNumber(std::string_view text)
{
    std::size_t i = 0;
    const auto take = [&](std::string_view any) {
        const bool found = i < text.size() && any.find(text[i]) != std::string_view::npos;
        i += found ? 1 : 0;
        return found;
    };
    const auto takeDigits = [&] {
        const std::size_t before = i;
        while (i < text.size() && isDigit(text[i]))
            ++i;
        return i > before;
    };
    take("-");
    if (!take("0") && !takeDigits())
        return false;
    if (take(".") && !takeDigits())
        return false;
    if (take("eE")) {
        take("+-");
        if (!takeDigits())
            return false;
    }
    return i == text.size();
}

class Walker {
public:
    Walker(JsonHandler &handler, std::size_t maxDepth)
        : m_handler(handler)
        , m_maxDepth(maxDepth)
    {
    }

    /// Works on a document (whose root may be a scalar) and on a value inside alike.
    template <typename Node>
    error_code walk(Node &node, std::size_t depth)
    {
        ondemand::json_type type {};
        if (const error_code error = node.type().get(type))
            return error;
        switch (type) {
        case ondemand::json_type::object: return walkMap(node, depth + 1);
        case ondemand::json_type::array: return walkList(node, depth + 1);
        case ondemand::json_type::string: {
            std::string_view text;
            const error_code error = node.get_string().get(text);
            if (!error)
                m_handler.string(text);
            return error;
        }
        case ondemand::json_type::number: return walkNumber(node);
        case ondemand::json_type::boolean: {
            bool value = false;
            const error_code error = node.get_bool().get(value);
            if (!error)
                m_handler.boolean(value);
            return error;
        }
        case ondemand::json_type::null: {
            bool isNull = false;
            const error_code error = takeNull(node, isNull);
            if (error || !isNull)
                return error ? error : simdjson::N_ATOM_ERROR;
            m_handler.null();
            return simdjson::SUCCESS;
        }
        }
        return simdjson::TAPE_ERROR;
    }

    [[nodiscard]] bool isTooDeep() const { return m_isTooDeep; }

private:
    template <typename Node>
    static error_code takeNull(Node &node, bool &isNull)
    {
        return simdjson::simdjson_result<bool>(node.is_null()).get(isNull);
    }

    bool refusesDepth(std::size_t depth)
    {
        m_isTooDeep = m_isTooDeep || depth > m_maxDepth;
        return m_isTooDeep;
    }

    template <typename Node>
    error_code walkMap(Node &node, std::size_t depth)
    {
        if (refusesDepth(depth))
            return simdjson::DEPTH_ERROR;
        ondemand::object object;
        if (const error_code error = node.get_object().get(object))
            return error;
        m_handler.startMap();
        for (auto member : object) {
            ondemand::field field;
            if (const error_code error = std::move(member).get(field))
                return error;
            std::string_view key;
            if (const error_code error = field.unescaped_key().get(key))
                return error;
            m_handler.key(key);
            if (const error_code error = walk(field.value(), depth))
                return error;
        }
        m_handler.endMap();
        return simdjson::SUCCESS;
    }

    template <typename Node>
    error_code walkList(Node &node, std::size_t depth)
    {
        if (refusesDepth(depth))
            return simdjson::DEPTH_ERROR;
        ondemand::array array;
        if (const error_code error = node.get_array().get(array))
            return error;
        m_handler.startList();
        for (auto item : array) {
            ondemand::value value;
            if (const error_code error = std::move(item).get(value))
                return error;
            if (const error_code error = walk(value, depth))
                return error;
        }
        m_handler.endList();
        return simdjson::SUCCESS;
    }

    template <typename Node>
    error_code walkNumber(Node &node)
    {
        std::string_view token;
        if (const error_code error = simdjson::simdjson_result<std::string_view>(node.raw_json_token()).get(token))
            return error;
        while (!token.empty() && isWhite(token.back()))
            token.remove_suffix(1);
        if (!isNumber(token))
            return simdjson::NUMBER_ERROR;
        // Moves on. As a float, because simdjson refuses whole numbers above 64 bits, which Go reads as floats.
        double ignored = 0;
        if (const error_code error = node.get_double().get(ignored))
            return error;
        m_handler.number(token);
        return simdjson::SUCCESS;
    }

    JsonHandler &m_handler;
    const std::size_t m_maxDepth;
    bool m_isTooDeep = false;
};

/// "line 3, column 7: " of a byte offset; columns count characters.
std::string placeOf(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto column = 1 + std::count_if(before.begin() + static_cast<std::ptrdiff_t>(lineStart), before.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
    return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
}

std::string_view explain(error_code error)
{
    switch (error) {
    case simdjson::EMPTY: return "the text is empty";
    case simdjson::UTF8_ERROR: return "the text is not UTF-8";
    case simdjson::UNCLOSED_STRING: return "a string is not closed";
    case simdjson::UNESCAPED_CHARS: return "a string holds a control character that is not escaped";
    case simdjson::STRING_ERROR: return "a string is malformed";
    case simdjson::NUMBER_ERROR: return "a number is malformed or out of range";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return "expected true, false or null";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return "a list or map is not closed";
    case simdjson::TRAILING_CONTENT: return "something follows the end of the document";
    case simdjson::MEMALLOC: return "out of memory";
    default: return "this is not JSON";
    }
}

} // namespace

Result<void> readJson(std::string_view text, JsonHandler &handler, std::size_t maxBytes, std::size_t maxDepth)
{
    if (text.size() > maxBytes)
        return fail(ErrorCode::LimitExceeded, "the JSON text has " + std::to_string(text.size())
                + " bytes, more than the limit of " + std::to_string(maxBytes));
    if (std::all_of(text.begin(), text.end(), isWhite))
        return fail(ErrorCode::InvalidInput, "the text is empty");
    // simdjson reads a few bytes past the end, so it needs a copy with room.
    const simdjson::padded_string padded(text);
    ondemand::parser parser;
    ondemand::document document;
    error_code error = parser.iterate(padded).get(document);
    if (error)
        return fail(ErrorCode::InvalidInput, std::string(explain(error)));
    Walker walker(handler, maxDepth);
    error = walker.walk(document, 0);
    const char *location = nullptr;
    const bool isInside = document.current_location().get(location) == simdjson::SUCCESS;
    if (!error && isInside)
        error = simdjson::TRAILING_CONTENT;
    if (!error)
        return {};
    std::string place;
    if (isInside && location >= padded.data() && location <= padded.data() + padded.size())
        place = placeOf(text, static_cast<std::size_t>(location - padded.data()));
    if (walker.isTooDeep())
        return fail(ErrorCode::LimitExceeded, place + "lists and maps are nested deeper than " + std::to_string(maxDepth));
    return fail(ErrorCode::InvalidInput, place + std::string(explain(error)));
}

} // namespace fairway::value
