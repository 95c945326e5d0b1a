#pragma once

#include "core/chart/value_form.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// What a user does to a field.
struct FormChange {
    enum class Kind : std::uint8_t {
        Set,      ///< The field at `pointer` to `value`; of an open section also a member that isn't there yet.
        Reset,    ///< What the file says about it goes; the default counts.
        AddItem,  ///< `value` at the end of the list at `pointer`.
        Remove,   ///< The item or member at `pointer`; a member with a default is taken away with null, as Helm has it.
        MoveUp,   ///< The item at `pointer` changes places with the one before it.
        MoveDown,
    };
    Kind kind = Kind::Set;
    std::string pointer;
    value::Value value;
};

/// The text of the file with the change; every other byte stays (value_edit.h). Helm replaces lists whole: one that only the defaults have
/// is first written into the file as it is. `form` was made of this text.
/// Errors: as setValueInText(); NotFound.
[[nodiscard]] Result<std::string> applyFormChange(std::string_view text, const ValueForm &form, const FormChange &change);

/// The field at `pointer`, or nullptr.
[[nodiscard]] const FormField *findField(const FormField &root, std::string_view pointer);

/// A value from what was typed into a field of this kind: digits for Int, a decimal for Number, YAML for Any, one of the choices.
/// Errors: InvalidInput ("not a whole number").
[[nodiscard]] Result<value::Value> valueFromText(const FieldFacts &field, std::string_view typed);
/// The other way: what to show in the field. Texts as they are, the rest as YAML in one line; empty for no value.
[[nodiscard]] std::string textFromValue(const value::Value &value);

} // namespace fairway::chart
