#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::value {

class List;
class Map;
class Object;

/// What a Value is. Go's kinds as Kubernetes tools meet them: Int is Go's int or int64 (see Origin), Float is float64.
/// Object is what a template works with beside data (see class Object); no reader of JSON or YAML makes one.
enum class Kind : std::uint8_t { Null, Bool, Int, Float, String, List, Map, Object };

/// Which Go type a value had where it came from, where its kind does not say it: templates print, compare and refuse by it.
/// A JSON or YAML number in Helm's values is a Float whatever it looks like; --set makes Int64; a literal in a template Int.
enum class Origin : std::uint8_t {
    None,    ///< Of a list []interface {}, of a map map[string]interface {}, of Null the nil interface.
    Int,     ///< int
    Int64,   ///< int64
    Int32,   ///< int32 (rune)
    Uint8,   ///< uint8, an item of []uint8
    Uint64,  ///< uint64; above 2^63 its bits as if signed
    Strings, ///< []string or map[string]string
    Ints,    ///< []int
    Lists,   ///< [][]interface {}
    Values,  ///< Helm's own name for a map: chartutil.Values (3), common.Values (4)
    Absent,  ///< Of Null: no value at all, Go's zero reflect.Value. Lives only while a template runs.
};

/// Where a value was written. `file` is an index into the reader's own table of files, 0 = nowhere; `line` counts from 1.
struct SourcePosition {
    std::uint16_t file = 0;
    std::uint32_t line = 0;
    friend bool operator==(const SourcePosition &, const SourcePosition &) = default;
};

/// One node of a mutable tree of data, 16 bytes. Scalars are values; lists and maps have **shared identity**: a copy of
/// the Value refers to the same list or map, as in Go, so what a template `set`s is seen wherever the map is held.
/// Use deepCopy() for an independent tree.
///
/// Shape:   ask kind() first; the as…() readers assert on the wrong kind, the …Or() readers fall back.
/// Threads: reference counts are atomic; a tree that is read by several threads must not be changed meanwhile.
class Value {
public:
    Value() noexcept = default; ///< Null.
    Value(std::nullptr_t) noexcept { }
    Value(bool value) noexcept;
    Value(int value) noexcept;
    Value(std::int64_t value, Origin origin = Origin::Int64) noexcept;
    Value(double value) noexcept;
    Value(std::string_view text);
    Value(std::string text);
    Value(const char *text);
    Value(const Value &other) noexcept;
    Value(Value &&other) noexcept;
    Value &operator=(const Value &other) noexcept;
    Value &operator=(Value &&other) noexcept;
    ~Value();

    [[nodiscard]] static Value list(std::initializer_list<Value> items = {});
    [[nodiscard]] static Value map(std::initializer_list<std::pair<std::string_view, Value>> entries = {});
    [[nodiscard]] static Value object(std::unique_ptr<Object> object);

    [[nodiscard]] Kind kind() const noexcept { return m_kind; }
    [[nodiscard]] Origin origin() const noexcept { return m_origin; }
    [[nodiscard]] bool isNull() const noexcept { return m_kind == Kind::Null; }
    [[nodiscard]] bool isBool() const noexcept { return m_kind == Kind::Bool; }
    [[nodiscard]] bool isInt() const noexcept { return m_kind == Kind::Int; }
    [[nodiscard]] bool isFloat() const noexcept { return m_kind == Kind::Float; }
    [[nodiscard]] bool isNumber() const noexcept { return isInt() || isFloat(); }
    [[nodiscard]] bool isString() const noexcept { return m_kind == Kind::String; }
    [[nodiscard]] bool isList() const noexcept { return m_kind == Kind::List; }
    [[nodiscard]] bool isMap() const noexcept { return m_kind == Kind::Map; }
    [[nodiscard]] bool isObject() const noexcept { return m_kind == Kind::Object; }

    [[nodiscard]] bool asBool() const;
    [[nodiscard]] std::int64_t asInt() const;
    [[nodiscard]] double asFloat() const;
    [[nodiscard]] const std::string &asString() const;
    [[nodiscard]] const List &asList() const;
    [[nodiscard]] List &asList();
    [[nodiscard]] const Map &asMap() const;
    [[nodiscard]] Map &asMap();
    [[nodiscard]] const Object &asObject() const;

    /// The text, or `fallback` when this is no string.
    [[nodiscard]] std::string_view stringOr(std::string_view fallback = {}) const noexcept;
    /// The whole number (an integral Float counts), or `fallback`.
    [[nodiscard]] std::int64_t intOr(std::int64_t fallback) const noexcept;
    [[nodiscard]] bool boolOr(bool fallback) const noexcept;

    /// The member `key`; Null when absent or when this is no map. Never fails, so chains read well:
    /// `object["spec"]["http"][0]["route"]`.
    [[nodiscard]] const Value &operator[](std::string_view key) const noexcept;
    /// The item at `index`; Null when out of range or when this is no list.
    [[nodiscard]] const Value &operator[](std::size_t index) const noexcept;
    [[nodiscard]] const Value &operator[](int index) const noexcept { return (*this)[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const Value &operator[](const char *key) const noexcept { return (*this)[std::string_view(key)]; }
    /// Number of items or members; 0 for scalars.
    [[nodiscard]] std::size_t size() const noexcept;

    /// Sets a member, making this a map first when it is Null. Asserts on other kinds.
    void set(std::string_view key, Value member);
    /// Appends, making this a list first when it is Null. Asserts on other kinds.
    void append(Value item);

    /// The same value with another Go type.
    [[nodiscard]] Value withOrigin(Origin origin) const noexcept
    {
        Value copy(*this);
        copy.m_origin = origin;
        return copy;
    }

    [[nodiscard]] SourcePosition position() const noexcept { return {m_file, m_line}; }
    void setPosition(SourcePosition position) noexcept
    {
        m_file = position.file;
        m_line = position.line;
    }

    /// True when both refer to the same list, map or object.
    [[nodiscard]] bool isSame(const Value &other) const noexcept;

    /// Deep equality of data: positions and origins don't count, and Int 1 equals Float 1.0.
    friend bool operator==(const Value &a, const Value &b);

private:
    struct Text;
    struct ListNode;
    struct MapNode;
    void retain() const noexcept;
    void release() noexcept;

    union Payload {
        bool boolean;
        std::int64_t integer;
        double number;
        Text *text;
        ListNode *list;
        MapNode *map;
        Object *object;
    };
    Payload m_data {.integer = 0};
    Kind m_kind = Kind::Null;
    Origin m_origin = Origin::None;
    std::uint16_t m_file = 0;
    std::uint32_t m_line = 0;
};
static_assert(sizeof(Value) == 16);

/// Items of a list Value.
class List : public std::vector<Value> {
public:
    using std::vector<Value>::vector;
};

/// Members of a map Value, always in byte order of their keys, which is the order in which Go's tools print maps.
class Map : public std::map<std::string, Value, std::less<>> {
public:
    using std::map<std::string, Value, std::less<>>::map;
    /// The member, or nullptr.
    [[nodiscard]] const Value *get(std::string_view key) const;
    [[nodiscard]] Value *get(std::string_view key);
    void set(std::string_view key, Value member);
    bool remove(std::string_view key);
};

/// Something with behaviour that travels among data: chart files, a point in time, a version. Immutable, shared by reference count.
/// Written as JSON or YAML it is its plain().
class Object {
public:
    Object() = default;
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;
    virtual ~Object();
    /// Its Go type as templates print it: "time.Time", "*semver.Version".
    [[nodiscard]] virtual std::string_view typeName() const = 0;
    /// The data encoding/json would write for it.
    [[nodiscard]] virtual Value plain() const = 0;

private:
    friend class Value;
    mutable std::atomic<std::uint32_t> m_references {1};
};

/// An independent copy of the whole tree (objects are shared); positions and origins are kept. Recursion is bounded by what the readers accept.
[[nodiscard]] Value deepCopy(const Value &value);

/// RFC 6901 pointer look-up: "/spec/http/0/route"; Null when absent.
[[nodiscard]] const Value &at(const Value &root, std::string_view pointer);

} // namespace fairway::value
