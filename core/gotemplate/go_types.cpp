#include "core/gotemplate/function.h"

#include "core/gotemplate/go_printer.h"
#include "core/gotemplate/go_types.h"

namespace fairway::gotemplate {

using value::Kind;
using value::Origin;

std::string_view toString(GoKind kind)
{
    switch (kind) {
    case GoKind::Invalid: return "invalid";
    case GoKind::Bool: return "bool";
    case GoKind::Int: return "int";
    case GoKind::Int32: return "int32";
    case GoKind::Int64: return "int64";
    case GoKind::Uint8: return "uint8";
    case GoKind::Uint64: return "uint64";
    case GoKind::Float64: return "float64";
    case GoKind::Complex128: return "complex128";
    case GoKind::String: return "string";
    case GoKind::Slice: return "slice";
    case GoKind::Map: return "map";
    case GoKind::Struct: return "struct";
    case GoKind::Ptr: return "ptr";
    case GoKind::Interface: return "interface";
    case GoKind::Func: return "func";
    }
    return "invalid";
}

std::string_view typeName(Type type)
{
    switch (type) {
    case Type::Any: return "interface {}";
    case Type::Reflect: return "reflect.Value";
    case Type::String: return "string";
    case Type::Bool: return "bool";
    case Type::Int: return "int";
    case Type::Float64: return "float64";
    case Type::List: return "[]interface {}";
    case Type::Map: return "map[string]interface {}";
    case Type::Time: return "time.Time";
    case Type::Certificate: return "sprig.certificate";
    case Type::Writer: return "io.Writer";
    }
    return "";
}

std::string_view typeName(const Value &value)
{
    const Origin origin = value.origin();
    switch (value.kind()) {
    case Kind::Null: return "<nil>";
    case Kind::Bool: return "bool";
    case Kind::Float: return "float64";
    case Kind::String: return "string";
    case Kind::Int:
        switch (origin) {
        case Origin::Int64: return "int64";
        case Origin::Int32: return "int32";
        case Origin::Uint8: return "uint8";
        case Origin::Uint64: return "uint64";
        default: return "int";
        }
    case Kind::List:
        switch (origin) {
        case Origin::Strings: return "[]string";
        case Origin::Ints: return "[]int";
        case Origin::Uint8: return "[]uint8";
        case Origin::Lists: return "[][]interface {}";
        default: return "[]interface {}";
        }
    case Kind::Map:
        switch (origin) {
        case Origin::Strings: return "map[string]string";
        case Origin::Values: return "common.Values";
        case Values3: return "chartutil.Values";
        default: return "map[string]interface {}";
        }
    case Kind::Object: return value.asObject().typeName();
    }
    return "";
}

GoKind kindOf(const Value &value)
{
    switch (value.kind()) {
    case Kind::Null: return GoKind::Invalid;
    case Kind::Bool: return GoKind::Bool;
    case Kind::Float: return GoKind::Float64;
    case Kind::String: return GoKind::String;
    case Kind::Int:
        switch (value.origin()) {
        case Origin::Int64: return GoKind::Int64;
        case Origin::Int32: return GoKind::Int32;
        case Origin::Uint8: return GoKind::Uint8;
        case Origin::Uint64: return GoKind::Uint64;
        default: return GoKind::Int;
        }
    case Kind::List: return GoKind::Slice;
    case Kind::Map: return GoKind::Map;
    case Kind::Object: {
        const TemplateObject *object = asTemplateObject(value);
        return object == nullptr ? GoKind::Struct : object->goKind();
    }
    }
    return GoKind::Invalid;
}

bool isTrue(const Value &value)
{
    switch (value.kind()) {
    case Kind::Null: return false;
    case Kind::Bool: return value.asBool();
    case Kind::Int: return value.asInt() != 0;
    case Kind::Float: return value.asFloat() != 0;
    case Kind::String: return !value.asString().empty();
    case Kind::List:
    case Kind::Map: return value.size() > 0;
    case Kind::Object: {
        const TemplateObject *object = asTemplateObject(value);
        return object == nullptr || object->isTrue();
    }
    }
    return false;
}

bool boxesItems(const Value &container)
{
    return container.origin() == Origin::None || isHelmValues(container);
}

bool isHelmValues(const Value &map)
{
    return map.isMap() && (map.origin() == Origin::Values || map.origin() == Values3);
}

Value zeroItem(const Value &container)
{
    return container.origin() == Origin::Strings ? Value("") : container.origin() == Origin::Ints ? Value(0) : Value();
}

const TemplateObject *asTemplateObject(const Value &value)
{
    return value.isObject() ? dynamic_cast<const TemplateObject *>(&value.asObject()) : nullptr;
}

std::optional<Value> TemplateObject::field(std::string_view) const
{
    return std::nullopt;
}

const TemplateObject::Method *TemplateObject::method(std::string_view) const
{
    return nullptr;
}

std::optional<Value> TemplateObject::items() const
{
    return std::nullopt;
}

std::string TemplateObject::text() const
{
    GoPrinter printer;
    printer.object(*this, 'v', 0);
    return std::move(printer.out);
}

} // namespace fairway::gotemplate
