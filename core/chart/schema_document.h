#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace re2 {
class RE2;
}

namespace fairway::chart {

/// A values.schema.json, read once: which draft each part follows, where its references lead, its patterns compiled.
///
/// Errors:  in the words of the Helm version's validator: JSON that can't be read, what is no schema, references that lead nowhere, patterns Go's
///          regular expressions don't know. References over the network are not followed.
/// Bounds:  4 MiB, 256 levels.
/// Source:  JSON Schema drafts 4, 6, 7, 2019-09 and 2020-12, chapters on `$id`, `$anchor` and `$ref`.
class SchemaDocument {
public:
    enum class Draft : std::uint8_t { Draft4 = 4, Draft6 = 6, Draft7 = 7, Draft2019 = 19, Draft2020 = 20 };

    SchemaDocument();
    ~SchemaDocument();
    SchemaDocument(SchemaDocument &&other) noexcept;
    SchemaDocument &operator=(SchemaDocument &&other) noexcept;

    [[nodiscard]] static Result<SchemaDocument> parse(std::string_view text, HelmVersion version);
    /// The schema of a draft's schemas; formats count in it, whatever the draft.
    [[nodiscard]] static SchemaDocument metaschema(Draft draft);
    /// What `$schema` says; nothing when it says nothing or nothing known.
    [[nodiscard]] static std::optional<Draft> statedDraft(const value::Value &schema);
    /// The draft whose metaschema stands at an address.
    [[nodiscard]] static std::optional<Draft> draftAt(std::string_view uri);

    [[nodiscard]] const value::Value &root() const { return *m_root; }
    [[nodiscard]] HelmVersion version() const { return m_version; }
    /// Of a subschema (a map) that parse() found.
    [[nodiscard]] Draft draftOf(const value::Value &schema) const;
    /// Where the `$ref` (or `$dynamicRef`, `$recursiveRef`) of `schema` leads; nullptr: anything goes.
    [[nodiscard]] const value::Value *target(const value::Value &schema, std::string_view keyword) const;
    /// The number of the resource (what has an `$id` of its own) a subschema stands in.
    [[nodiscard]] std::size_t resourceOf(const value::Value &schema) const;
    /// The same for `$dynamicRef` and `$recursiveRef` of a schema that was come to through these resources, the outermost first.
    [[nodiscard]] const value::Value *dynamicTarget(const value::Value &schema, std::string_view keyword, const std::vector<std::size_t> &scope) const;
    [[nodiscard]] const re2::RE2 *pattern(const std::string &text) const;
    /// Whether `format` is more than a remark in this subschema.
    [[nodiscard]] bool assertsFormats(const value::Value &schema) const { return m_isMetaschema || draftOf(schema) < Draft::Draft2019; }
    /// unevaluatedProperties or unevaluatedItems stand somewhere: what was evaluated must be kept track of.
    [[nodiscard]] bool tracksEvaluation() const { return m_tracksEvaluation; }
    [[nodiscard]] bool isMetaschema() const { return m_isMetaschema; }
    /// URNs in references that lead nowhere, which Helm 4 takes for schemas of anything, with a warning.
    [[nodiscard]] const std::vector<std::string> &unresolvedUrns() const { return m_unresolvedUrns; }

private:
    struct Resource {
        std::string uri;
        Draft draft = Draft::Draft2020;
        const value::Value *root = nullptr;
        struct Anchor {
            const value::Value *schema = nullptr;
            std::string pointer;
            bool isDynamic = false;
        };
        std::unordered_map<std::string, Anchor> anchors;
        std::string pointer; ///< From the document's root.
    };
    struct Reference {
        const value::Value *text = nullptr;
        std::size_t resource = 0;
    };

    [[nodiscard]] Result<void> indexAll();
    struct Place;
    [[nodiscard]] Result<void> index(const value::Value &schema, std::size_t resource, const Place &place, int depth);
    [[nodiscard]] Result<void> indexChildren(const value::Value &schema, std::size_t resource, const Place &place, int depth);
    [[nodiscard]] Result<std::size_t> addResource(const value::Value &schema, std::string uri, Draft draft, const Place &place);
    [[nodiscard]] Result<void> addAnchor(const value::Value &schema, std::size_t resource, const std::string &name, const Place &place, bool isDynamic);
    [[nodiscard]] Result<void> addPattern(const std::string &text, const Place &place);
    [[nodiscard]] Result<void> resolve(const Reference &reference);
    [[nodiscard]] Result<const value::Value *> lookUp(const Resource &resource, const std::string &fragment, const std::string &uri);

    HelmVersion m_version = HelmVersion::V4;
    std::unique_ptr<value::Value> m_root; ///< Its address stays: references lead to it.
    std::vector<Resource> m_resources;
    std::vector<Reference> m_references;
    std::unordered_map<const void *, std::size_t> m_resourceOf; ///< By the identity of the subschema's map.
    std::unordered_map<const value::Value *, const value::Value *> m_targets; ///< By the reference's text.
    std::unordered_map<std::string, std::unique_ptr<re2::RE2>> m_patterns;
    std::vector<std::string> m_unresolvedUrns;
    bool m_tracksEvaluation = false;
    bool m_isMetaschema = false;
};

} // namespace fairway::chart
