#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fairway::chart {

/// What is known about one value of a chart.
struct FieldFacts {
    enum class Kind : std::uint8_t {
        Section, ///< A map: the fields below are its members; more may be added where `isOpen`.
        List,    ///< The fields below are its items.
        Bool,
        Int,
        Number,
        String,
        Enum, ///< One of `choices`.
        Any,  ///< Nothing says what it is: YAML.
    };

    std::string pointer; ///< RFC 6901 from the top of the values: "/image/tag".
    std::string name;    ///< The last step; of an item its index.
    std::string title;   ///< The schema's; mostly empty.
    std::string help;    ///< The schema's description, else the comment in values.yaml.
    std::string unit;    ///< "ms", "s", "%"… where the name ends in one.
    Kind kind = Kind::Any;
    bool isRequired = false;
    bool isDeprecated = false;
    bool isOpen = false;
    bool isSet = false; ///< The file says something here or below.
    bool hasPreset = false;
    value::Value preset; ///< What counts when the file says nothing.
    value::Value value;  ///< What counts now.

    std::optional<double> minimum;
    std::optional<double> maximum;
    bool isAboveMinimum = false; ///< The minimum itself is not allowed.
    bool isBelowMaximum = false;
    std::optional<double> step; ///< multipleOf
    std::optional<std::int64_t> minimumLength; ///< Of a text in characters, of a list in items.
    std::optional<std::int64_t> maximumLength;
    std::string pattern;
    std::vector<value::Value> choices;

    /// oneOf or anyOf: what each is called, which one the value seems to be (-1: none), and what to set to have another.
    std::vector<std::string> alternatives;
    int alternative = -1;
    std::vector<value::Value> alternativeValues;

    value::Value newItem;            ///< Of a List or an open Section: what to add.
    std::vector<std::string> faults; ///< What the schema has against it, in Helm's validator's words.
    std::size_t faultsBelow = 0;     ///< Fields further down that have some.
};

/// One value as a field to fill in, with the fields below it.
struct FormField : FieldFacts {
    std::vector<FormField> fields;
};

/// One chart inside the chart: its values stand under a key of the parent's.
struct FormSubchart {
    std::vector<std::string> steps; ///< Where: {"cache"} or {"umbrella", "redis"}.
    std::string schema;             ///< Text of its values.schema.json; empty when it has none.
    std::string values;             ///< Text of its values.yaml.
};

/// What a form is made of: texts.
struct FormSource {
    std::string schema;   ///< values.schema.json; empty when there is none.
    std::string defaults; ///< values.yaml
    bool isDefaults = false;        ///< `text` is values.yaml itself: `defaults` are not looked at.
    std::vector<std::string> below; ///< Values files that `text` wins over, weakest first.
    std::vector<std::string> above; ///< Those that win over it. Only what they add counts, for required values.
    std::string text;               ///< The file that is edited.
    std::vector<FormSubchart> subcharts; ///< Parents before children.
    HelmVersion version = HelmVersion::V4;
};

struct ValueForm {
    FormField root;
    std::string schemaProblem; ///< Why a schema could not be used; the form is made of the values then.
    std::size_t fieldCount = 0;
    std::size_t faultCount = 0; ///< Fields with faults.
    bool isCut = false; ///< There is more than the bounds allow.
};

/// The tree of fields: what the schema ($ref, allOf, oneOf, definitions), the defaults and the file know, in the order of values.yaml.
/// Bounds: 20,000 fields, 40 levels; a schema that refers to itself is followed as far as there are values.
/// Errors: InvalidInput when the file or the defaults are no YAML. Threads: any; takes milliseconds, not for each key in the GUI thread.
[[nodiscard]] Result<ValueForm> makeValueForm(const FormSource &source);

} // namespace fairway::chart
