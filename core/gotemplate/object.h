#pragma once

#include "core/gotemplate/template_error.h"
#include "core/value/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gotemplate {

using value::Value;

/// Go's reflect.Kind, as far as templates tell kinds apart. kindOf prints the names.
enum class GoKind : std::uint8_t {
    Invalid, Bool, Int, Int32, Int64, Uint8, Uint64, Float64, Complex128, String, Slice, Map, Struct, Ptr, Interface, Func,
};
[[nodiscard]] std::string_view toString(GoKind kind);

/// Go's type of a parameter. The evaluator checks and converts each argument before the call, in Go's words
/// ("wrong type for value; expected string; got int"), so a function finds what it declared.
enum class Type : std::uint8_t {
    Any,     ///< interface {}: as it is; no value arrives as Null.
    Reflect, ///< reflect.Value: as Any, but no value arrives as Null with Origin::Absent.
    String,  ///< string
    Bool,    ///< bool
    Int,     ///< int; int64 and float64 are refused
    Float64, ///< float64
    List,    ///< []interface {}; Null is the nil slice. []string is refused.
    Map,     ///< map[string]interface {}; Null is the nil map, which can be read but not written
    Time,    ///< time.Time
    Certificate, ///< sprig.certificate
    Writer,  ///< io.Writer: no template has one.
};
/// What a template can do with an Object beyond printing it: fields, methods, length, items. The default is a Go struct
/// without exported fields.
///
/// Threads: any; objects don't change.
class TemplateObject : public value::Object {
public:
    [[nodiscard]] virtual GoKind goKind() const { return GoKind::Struct; }

    /// `.name` without arguments: a struct's field, or the entry of a map. nullopt when there is none; the evaluator then says
    /// "can't evaluate field NAME in type TYPE" (GoKind::Map: the missing key's value instead).
    [[nodiscard]] virtual std::optional<Value> field(std::string_view name) const;

    /// A method, wanted before a field of the same name.
    struct Method {
        /// Number of arguments it takes.
        std::uint8_t arguments = 0;
        /// `self` is the object. An error reads "error calling NAME: …".
        TemplateResult<Value> (*call)(const TemplateObject &self, std::span<Value> arguments) = nullptr;
        /// Go's type of each argument; those not named are Any.
        std::span<const Type> types {};
    };
    [[nodiscard]] virtual const Method *method(std::string_view name) const;

    /// The list or map that `range`, `index` and `len` see; nullopt: they refuse.
    [[nodiscard]] virtual std::optional<Value> items() const;
    /// What `if` takes it for. A struct is always true.
    [[nodiscard]] virtual bool isTrue() const { return true; }
    /// A struct's field as fmt walks through them: unexported ones and embedded structs, too.
    struct GoField {
        std::string_view name;
        Value value;
        std::string_view typeName {}; ///< Of a list whose Value does not say it: "[]*chart.Maintainer".
    };
    /// What fmt prints of an object without items().
    [[nodiscard]] virtual std::vector<GoField> goFields() const { return {}; }
    /// Whether fmt finds a method String or Error, not only on a pointer to it: then it prints text().
    [[nodiscard]] virtual bool isStringer() const { return false; }
    /// What `{{ . }}` writes: a Stringer's own text, or what %v prints.
    [[nodiscard]] virtual std::string text() const;
};

/// The object inside, or nullptr when `value` is none.
[[nodiscard]] const TemplateObject *asTemplateObject(const Value &value);

} // namespace fairway::gotemplate
