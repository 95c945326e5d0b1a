#include "core/lab/protobuf_reader.h"

#include "core/base/base64.h"
#include "core/base/clock.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace fairway::lab {

using value::Value;

namespace {

constexpr int MaxDepth = 64;
constexpr std::size_t MaxFields = 100'000;

/// One field off the wire.
struct WireField {
    std::uint64_t number = 0;
    std::uint64_t integer = 0;  ///< Wire types 0, 1 and 5.
    std::string_view bytes;     ///< Wire type 2.
    bool isBytes = false;
};

class Wire {
public:
    explicit Wire(std::string_view bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }

    /// nullopt: broken.
    std::optional<WireField> next()
    {
        const auto tag = varint();
        if (!tag)
            return std::nullopt;
        WireField field;
        field.number = *tag >> 3;
        switch (*tag & 7) {
        case 0: {
            const auto number = varint();
            if (!number)
                return std::nullopt;
            field.integer = *number;
            return field;
        }
        case 1: return fixed(field, 8);
        case 2: {
            const auto size = varint();
            if (!size || *size > m_rest.size())
                return std::nullopt;
            field.isBytes = true;
            field.bytes = m_rest.substr(0, static_cast<std::size_t>(*size));
            m_rest.remove_prefix(static_cast<std::size_t>(*size));
            return field;
        }
        case 5: return fixed(field, 4);
        default: return std::nullopt;
        }
    }

private:
    std::optional<std::uint64_t> varint()
    {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80)
                return number;
        }
        return std::nullopt;
    }

    std::optional<WireField> fixed(WireField field, std::size_t size)
    {
        if (m_rest.size() < size)
            return std::nullopt;
        for (std::size_t i = 0; i < size; ++i)
            field.integer |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_rest[i])) << (8 * i);
        m_rest.remove_prefix(size);
        return field;
    }

    std::string_view m_rest;
};

/// One field of the schema: "name:number:type".
struct SchemaField {
    std::string_view name;
    std::string_view type;
};

/// The fields of a message; empty: unknown.
std::string_view messageRow(std::string_view name)
{
    const std::string_view schema = protobufSchema();
    const std::string start = "\n" + std::string(name) + " ";
    const std::size_t found = schema.find(start);
    if (found == std::string_view::npos)
        return {};
    const std::size_t from = found + start.size();
    std::size_t end = schema.find('\n', from);
    while (end + 1 < schema.size() && schema[end + 1] == ' ')
        end = schema.find('\n', end + 1);
    return schema.substr(from, end - from);
}

std::optional<SchemaField> fieldOf(std::string_view row, std::uint64_t number)
{
    const std::string wanted = ":" + std::to_string(number) + ":";
    const std::size_t found = row.find(wanted);
    if (found == std::string_view::npos)
        return std::nullopt;
    std::size_t from = row.find_last_of(" \n", found);
    from = from == std::string_view::npos ? 0 : from + 1;
    const std::size_t typeAt = found + wanted.size();
    const std::size_t end = std::min(row.find_first_of(" \n", typeAt), row.size());
    return SchemaField {row.substr(from, found - from), row.substr(typeAt, end - typeAt)};
}

/// Go writes these on the wire even when they are not set, and leaves them out of JSON then.
bool isLeftOutWhenZero(std::string_view name)
{
    static constexpr std::array<std::string_view, 20> Names {"stdin", "stdinOnce", "tty", "hostNetwork", "hostPID", "hostIPC", "readOnly",
        "publishNotReadyAddresses", "hostPort", "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold",
        "failureThreshold", "nodePort", "generation", "minReadySeconds", "paused", "healthCheckNodePort", "count"};
    return std::find(Names.begin(), Names.end(), name) != Names.end();
}

class Reader {
public:
    Value message(std::string_view bytes, std::string_view row, int depth)
    {
        Value object = Value::map();
        if (depth > MaxDepth) {
            isBroken = true;
            return object;
        }
        Wire wire(bytes);
        while (!wire.isAtEnd() && !isBroken) {
            const auto field = wire.next();
            if (!field || ++m_fields > MaxFields) {
                isBroken = true;
                break;
            }
            if (const auto known = fieldOf(row, field->number))
                put(object, *known, *field, depth);
        }
        return object;
    }

    bool isBroken = false;

private:
    void put(Value &object, SchemaField known, const WireField &field, int depth)
    {
        if (known.type.starts_with('{')) {
            Value entry = mapEntry(field.bytes, known.type.substr(1));
            if (!object[known.name].isMap())
                object.set(known.name, Value::map());
            object.asMap().get(known.name)->set(entry["key"].stringOr(), entry["value"]);
            return;
        }
        const bool isList = known.type.starts_with('*');
        const std::string_view type = isList ? known.type.substr(1) : known.type;
        if (type.starts_with('<')) {
            const Value inner = message(field.bytes, messageRow(type.substr(2)), depth + 1);
            for (const auto &[name, member] : inner.asMap())
                object.set(name, member);
            return;
        }
        Value read = scalar(type, field, depth);
        if (isList) {
            if (!object[known.name].isList())
                object.set(known.name, Value::list());
            object.asMap().get(known.name)->append(std::move(read));
            return;
        }
        const bool isEmpty = read.isNull() || (read.isString() && read.stringOr().empty());
        const bool isZero = (read.isBool() && !read.asBool()) || (read.isInt() && read.asInt() == 0);
        if (!isEmpty && !(isZero && isLeftOutWhenZero(known.name)))
            object.set(known.name, std::move(read));
    }

    Value mapEntry(std::string_view bytes, std::string_view type)
    {
        Value entry = Value::map({{"key", ""}, {"value", ""}});
        Wire wire(bytes);
        while (!wire.isAtEnd()) {
            const auto field = wire.next();
            if (!field) {
                isBroken = true;
                break;
            }
            if (field->number == 1)
                entry.set("key", field->bytes);
            else if (field->number == 2)
                entry.set("value", scalar(type, *field, 0));
        }
        return entry;
    }

    Value scalar(std::string_view type, const WireField &field, int depth)
    {
        switch (type.front()) {
        case 's': return field.bytes;
        case 'b': return field.integer != 0;
        case 'i': return static_cast<std::int64_t>(field.integer);
        case 'd': return std::bit_cast<double>(field.integer);
        case 'y': return encodeBase64(field.bytes);
        case 'T': return time(field.bytes, false);
        case 'M': return time(field.bytes, true);
        case 'Q': return inner(field.bytes, "string:1:s")["string"].stringOr();
        case 'L': {
            const Value list = inner(field.bytes, "items:1:*s");
            return list["items"].isList() ? list["items"] : Value::list();
        }
        case 'I': {
            const Value both = inner(field.bytes, "type:1:i intVal:2:i strVal:3:s");
            return both["type"].intOr(0) == 1 ? both["strVal"] : Value(both["intVal"].intOr(0));
        }
        case 'J': {
            const Value raw = inner(field.bytes, "raw:1:s");
            auto tree = value::parseJson(raw["raw"].stringOr());
            return tree ? std::move(*tree) : Value();
        }
        case '.': return message(field.bytes, messageRow(type.substr(1)), depth + 1);
        default: return {};
        }
    }

    Value inner(std::string_view bytes, std::string_view row) { return message(bytes, row, 1); }

    Value time(std::string_view bytes, bool isMicro)
    {
        const Value parts = inner(bytes, "seconds:1:i nanos:2:i");
        if (!parts["seconds"].isInt())
            return {};
        const auto point = std::chrono::system_clock::time_point(std::chrono::seconds(parts["seconds"].asInt()))
            + std::chrono::microseconds(parts["nanos"].intOr(0) / 1000);
        return isMicro ? formatRfc3339Micro(point) : formatRfc3339(point);
    }

    std::size_t m_fields = 0;
};

} // namespace

ApiResult<Value> readProtobuf(std::string_view body)
{
    constexpr std::string_view magic("k8s\0", 4);
    if (!body.starts_with(magic))
        return tl::unexpected(badRequest("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"));
    std::string_view typeMeta;
    std::string_view raw;
    Wire wire(body.substr(magic.size()));
    Reader reader;
    while (!wire.isAtEnd()) {
        const auto field = wire.next();
        if (!field)
            return tl::unexpected(badRequest("the protobuf envelope is broken"));
        if (field->number == 1)
            typeMeta = field->bytes;
        else if (field->number == 2)
            raw = field->bytes;
    }
    const Value meta = reader.message(typeMeta, "apiVersion:1:s kind:2:s", 1);
    const std::string_view kind = meta["kind"].stringOr();
    const std::string_view row = kind.empty() ? std::string_view() : messageRow(kind);
    // Its v1 differs from the v2 that the schema has.
    const bool isOldAutoscaler = kind == "HorizontalPodAutoscaler" && meta["apiVersion"].stringOr() == "autoscaling/v1";
    if (row.empty() || isOldAutoscaler)
        return tl::unexpected(unsupportedMediaType(ProtobufType));
    Value object = reader.message(raw, row, 0);
    if (reader.isBroken)
        return tl::unexpected(badRequest("the protobuf message is broken"));
    object.set("apiVersion", meta["apiVersion"]);
    object.set("kind", meta["kind"]);
    return object;
}

} // namespace fairway::lab
