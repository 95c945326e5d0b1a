#pragma once

#include "core/chart/schema_check.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::chart {

using Faults = std::vector<SchemaFault>;

/// What of a value its schemas have looked at, for unevaluatedProperties and unevaluatedItems.
struct Evaluated {
    std::set<std::string> members;
    std::set<std::size_t> items;

    void add(const Evaluated &other)
    {
        members.insert(other.members.begin(), other.members.end());
        items.insert(other.items.begin(), other.items.end());
    }
};

/// One run of checkAgainstSchema(): keywords of scalars, members and alternatives each in a file of their own.
class SchemaChecker {
public:
    explicit SchemaChecker(const SchemaDocument &document)
        : m_document(document)
        , m_isV4(document.version() == HelmVersion::V4)
    {
    }

    /// Adds to `seen` what of the instance the schema looked at.
    Faults check(const value::Value &schema, const value::Value &instance, Evaluated &seen);
    /// The check was given up: what it found means nothing.
    [[nodiscard]] bool isExhausted() const { return m_isExhausted; }

private:
    using Draft = SchemaDocument::Draft;

    void add(Faults &faults, std::string text, std::vector<SchemaFault> causes = {});
    /// As Go's validators hand a schema's faults up: one as it is, several in a group.
    void merge(Faults &into, Faults &&from);
    void checkMap(const value::Value &schema, const value::Value &instance, Evaluated &seen, Faults &faults);
    void reference(const value::Value &schema, std::string_view keyword, const value::Value &instance, Evaluated &seen, Faults &faults);
    /// While Helm 4 holds a schema against a metaschema: whether `instance` follows another draft, and then what is wrong with it there.
    [[nodiscard]] bool checkOtherDraft(const value::Value &schema, const value::Value &instance, Faults &faults) const;
    bool checkType(const value::Value &schema, const value::Value &instance, Faults &faults);
    [[nodiscard]] std::string lastStep() const { return m_path.empty() ? "(root)" : dotted(); }
    [[nodiscard]] std::string dotted() const;
    bool checkConstants(const value::Value &schema, const value::Value &instance, Draft draft, Faults &faults);
    /// A bound that counts: `got` against the keyword's number.
    void count(const value::Value &schema, std::string_view keyword, std::size_t got, bool isMinimum, std::string_view before, std::string_view after, Faults &faults);
    static std::string englishCount(double number);
    static double numberOf(const value::Value &value);
    void text(const value::Value &schema, const std::string &instance, Faults &faults);
    void number(const value::Value &schema, double instance, Faults &faults);
    static std::vector<std::string> missingOf(const value::Value &names, const value::Map &instance);
    void inMember(const value::Value &schema, const std::string &name, const value::Value &member, Faults &faults);
    void members(const value::Value &schema, const value::Value &value, Draft draft, Evaluated &seen, Faults &faults);
    void propertyNames(const value::Value &schema, const value::Map &instance, Faults &faults);
    void dependencies(const value::Value &table, const value::Value &instance, Evaluated &seen, Faults &faults);
    /// `before`: items of the list that come first and that Helm 4 does not count where it names the place.
    void inItem(const value::Value &schema, const value::Value &list, std::size_t index, std::size_t before, Evaluated &seen, Faults &faults);
    void items(const value::Value &schema, const value::Value &instance, Draft draft, Evaluated &seen, Faults &faults);
    void uniqueItems(const value::Value &instance, Faults &faults);
    void contains(const value::Value &schema, const value::Value &wanted, const value::Value &instance, Draft draft, Evaluated &seen, Faults &faults);
    /// Of alternatives that all failed, Helm 3 reports the one that got furthest.
    static void keepBest(Faults &best, std::uint64_t &bestNodes, Faults &&candidate, std::uint64_t nodes);
    void conditions(const value::Value &schema, const value::Value &instance, Evaluated &seen, Faults &faults);
    void negation(const value::Value &schema, const value::Value &instance, Faults &faults);
    void allOf(const value::Value &schemas, const value::Value &instance, Evaluated &seen, Faults &faults);
    void anyOf(const value::Value &schemas, const value::Value &instance, Evaluated &seen, Faults &faults);
    void oneOf(const value::Value &schemas, const value::Value &instance, Evaluated &seen, Faults &faults);
    void unevaluated(const value::Value &schema, const value::Value &instance, Evaluated &seen, Faults &faults);

    const SchemaDocument &m_document;
    const bool m_isV4;
    std::vector<std::string> m_path;
    std::vector<std::size_t> m_scope; ///< The resources the check came through, for dynamic references.
    std::set<std::pair<const void *, const void *>> m_visits;
    std::uint64_t m_steps = 0;
    std::uint64_t m_nodes = 0; ///< Values that were looked into: how well an alternative fits.
    std::uint64_t m_comparisons = 0;
    int m_depth = 0;
    bool m_isExhausted = false;
};

} // namespace fairway::chart
