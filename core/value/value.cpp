#include "core/value/value.h"

#include "core/value/pointer.h"

#include <atomic>
#include <cassert>
#include <cmath>

namespace fairway::value {

struct Value::Text {
    std::atomic<std::uint32_t> references {1};
    std::string text;
};

struct Value::ListNode {
    std::atomic<std::uint32_t> references {1};
    List items;
};

struct Value::MapNode {
    std::atomic<std::uint32_t> references {1};
    Map members;
};

namespace {
    const Value NullValue;

    template <typename Node>
    void drop(Node *node) noexcept
    {
        if (node->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete node;
    }
} // namespace

Value::Value(bool value) noexcept
    : m_data {.boolean = value}
    , m_kind(Kind::Bool)
{
}

Value::Value(int value) noexcept
    : m_data {.integer = value}
    , m_kind(Kind::Int)
    , m_origin(Origin::Int)
{
}

Value::Value(std::int64_t value, Origin origin) noexcept
    : m_data {.integer = value}
    , m_kind(Kind::Int)
    , m_origin(origin)
{
}

Value::Value(double value) noexcept
    : m_data {.number = value}
    , m_kind(Kind::Float)
{
}

Value::Value(std::string_view text)
    : Value(std::string(text))
{
}

Value::Value(std::string text)
    : m_data {.text = new Text}
    , m_kind(Kind::String)
{
    m_data.text->text = std::move(text);
}

Value::Value(const char *text)
    : Value(std::string(text))
{
}

Value::Value(const Value &other) noexcept
    : m_data(other.m_data)
    , m_kind(other.m_kind)
    , m_origin(other.m_origin)
    , m_file(other.m_file)
    , m_line(other.m_line)
{
    retain();
}

Value::Value(Value &&other) noexcept
    : m_data(other.m_data)
    , m_kind(std::exchange(other.m_kind, Kind::Null))
    , m_origin(other.m_origin)
    , m_file(other.m_file)
    , m_line(other.m_line)
{
}

Value &Value::operator=(const Value &other) noexcept
{
    Value copy(other);
    return *this = std::move(copy);
}

Value &Value::operator=(Value &&other) noexcept
{
    if (this != &other) {
        // The old content goes last: `map = map["member"]` must not free the member under our feet.
        Value old(std::move(*this));
        m_data = other.m_data;
        m_kind = std::exchange(other.m_kind, Kind::Null);
        m_origin = other.m_origin;
        m_file = other.m_file;
        m_line = other.m_line;
    }
    return *this;
}

Value::~Value()
{
    release();
}

void Value::retain() const noexcept
{
    switch (m_kind) {
    case Kind::String: m_data.text->references.fetch_add(1, std::memory_order_relaxed); break;
    case Kind::List: m_data.list->references.fetch_add(1, std::memory_order_relaxed); break;
    case Kind::Map: m_data.map->references.fetch_add(1, std::memory_order_relaxed); break;
    case Kind::Object: m_data.object->m_references.fetch_add(1, std::memory_order_relaxed); break;
    default: break;
    }
}

void Value::release() noexcept
{
    switch (m_kind) {
    case Kind::String: drop(m_data.text); break;
    case Kind::List: drop(m_data.list); break;
    case Kind::Map: drop(m_data.map); break;
    case Kind::Object:
        if (m_data.object->m_references.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete m_data.object;
        break;
    default: break;
    }
    m_kind = Kind::Null;
}

Value Value::list(std::initializer_list<Value> items)
{
    Value value;
    value.m_data.list = new ListNode;
    value.m_kind = Kind::List;
    value.m_data.list->items.assign(items.begin(), items.end());
    return value;
}

Value Value::map(std::initializer_list<std::pair<std::string_view, Value>> entries)
{
    Value value;
    value.m_data.map = new MapNode;
    value.m_kind = Kind::Map;
    for (const auto &[key, member] : entries)
        value.m_data.map->members.set(key, member);
    return value;
}

Value Value::object(std::unique_ptr<Object> object)
{
    assert(object);
    Value value;
    value.m_data.object = object.release();
    value.m_kind = Kind::Object;
    return value;
}

Object::~Object() = default;

bool Value::asBool() const
{
    assert(isBool());
    return m_data.boolean;
}

std::int64_t Value::asInt() const
{
    assert(isInt());
    return m_data.integer;
}

double Value::asFloat() const
{
    assert(isNumber());
    return isInt() ? static_cast<double>(m_data.integer) : m_data.number;
}

const std::string &Value::asString() const
{
    assert(isString());
    return m_data.text->text;
}

const List &Value::asList() const
{
    assert(isList());
    return m_data.list->items;
}

List &Value::asList()
{
    assert(isList());
    return m_data.list->items;
}

const Map &Value::asMap() const
{
    assert(isMap());
    return m_data.map->members;
}

Map &Value::asMap()
{
    assert(isMap());
    return m_data.map->members;
}

const Object &Value::asObject() const
{
    assert(isObject());
    return *m_data.object;
}

std::string_view Value::stringOr(std::string_view fallback) const noexcept
{
    return isString() ? std::string_view(m_data.text->text) : fallback;
}

std::int64_t Value::intOr(std::int64_t fallback) const noexcept
{
    if (isInt())
        return m_data.integer;
    if (isFloat() && std::trunc(m_data.number) == m_data.number && std::fabs(m_data.number) < 0x1.0p63)
        return static_cast<std::int64_t>(m_data.number);
    return fallback;
}

bool Value::boolOr(bool fallback) const noexcept
{
    return isBool() ? m_data.boolean : fallback;
}

const Value &Value::operator[](std::string_view key) const noexcept
{
    if (!isMap())
        return NullValue;
    const Value *member = m_data.map->members.get(key);
    return member ? *member : NullValue;
}

const Value &Value::operator[](std::size_t index) const noexcept
{
    return isList() && index < m_data.list->items.size() ? m_data.list->items[index] : NullValue;
}

std::size_t Value::size() const noexcept
{
    if (isList())
        return m_data.list->items.size();
    return isMap() ? m_data.map->members.size() : 0;
}

void Value::set(std::string_view key, Value member)
{
    if (isNull())
        *this = map();
    asMap().set(key, std::move(member));
}

void Value::append(Value item)
{
    if (isNull())
        *this = list();
    asList().push_back(std::move(item));
}

bool Value::isSame(const Value &other) const noexcept
{
    if (m_kind != other.m_kind)
        return false;
    return (isList() && m_data.list == other.m_data.list) || (isMap() && m_data.map == other.m_data.map)
        || (isObject() && m_data.object == other.m_data.object);
}

bool operator==(const Value &a, const Value &b)
{
    if (a.isNumber() && b.isNumber())
        return a.isInt() && b.isInt() ? a.m_data.integer == b.m_data.integer : a.asFloat() == b.asFloat();
    if (a.m_kind != b.m_kind)
        return false;
    switch (a.m_kind) {
    case Kind::Bool: return a.m_data.boolean == b.m_data.boolean;
    case Kind::String: return a.m_data.text == b.m_data.text || a.m_data.text->text == b.m_data.text->text;
    case Kind::List: return a.m_data.list == b.m_data.list || a.asList() == b.asList();
    case Kind::Map: return a.m_data.map == b.m_data.map || a.asMap() == b.asMap();
    case Kind::Object:
        return a.m_data.object == b.m_data.object
            || (a.asObject().typeName() == b.asObject().typeName() && a.asObject().plain() == b.asObject().plain());
    default: return true;
    }
}

const Value *Map::get(std::string_view key) const
{
    const auto found = find(key);
    return found == end() ? nullptr : &found->second;
}

Value *Map::get(std::string_view key)
{
    const auto found = find(key);
    return found == end() ? nullptr : &found->second;
}

void Map::set(std::string_view key, Value member)
{
    const auto place = lower_bound(key);
    if (place != end() && place->first == key)
        place->second = std::move(member);
    else
        emplace_hint(place, std::string(key), std::move(member));
}

bool Map::remove(std::string_view key)
{
    const auto found = find(key);
    if (found == end())
        return false;
    erase(found);
    return true;
}

Value deepCopy(const Value &value)
{
    Value copy = value;
    if (value.isList()) {
        copy = Value::list().withOrigin(value.origin());
        copy.asList().reserve(value.size());
        for (const Value &item : value.asList())
            copy.asList().push_back(deepCopy(item));
    } else if (value.isMap()) {
        copy = Value::map().withOrigin(value.origin());
        for (const auto &[key, member] : value.asMap())
            copy.asMap().emplace_hint(copy.asMap().end(), key, deepCopy(member));
    }
    copy.setPosition(value.position());
    return copy;
}

const Value &at(const Value &root, std::string_view pointer)
{
    const Value *node = &root;
    PointerSteps steps(pointer);
    while (!steps.atEnd()) {
        const auto step = steps.next();
        if (!step)
            return NullValue;
        if (node->isList()) {
            const auto index = pointerIndex(*step);
            if (!index)
                return NullValue;
            node = &(*node)[*index];
        } else {
            node = &(*node)[std::string_view(*step)];
        }
    }
    return *node;
}

} // namespace fairway::value
