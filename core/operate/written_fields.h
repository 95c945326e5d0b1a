#pragma once

#include "core/base/result.h"
#include "core/operate/diff.h"
#include "core/operate/journal.h"
#include "core/value/value.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::operate {

/// Turns a secret text into what the journal may hold.
using SecretHash = std::function<std::string(std::string_view)>;

/// What the journal keeps of a change: before as in `live`, after as in `written`.
[[nodiscard]] std::vector<WrittenField> recordFields(const value::Value &live, const value::Value &written,
                                                     const std::vector<FieldChange> &changes, const SecretHash &hash);

enum class FieldState { HoldsAfter, HoldsBefore, Neither };

/// Where the field stands in `object` now and what it holds. An item of a list that was shifted is found again by its hash.
struct FoundField {
    std::string pointer; ///< In `object`.
    FieldState state = FieldState::Neither;
};
[[nodiscard]] FoundField findField(const value::Value &object, const WrittenField &field, const SecretHash &hash);

/// HoldsAfter or HoldsBefore when all fields agree, else Neither.
[[nodiscard]] FieldState stateOf(const value::Value &object, const std::vector<WrittenField> &fields, const SecretHash &hash);

} // namespace fairway::operate
