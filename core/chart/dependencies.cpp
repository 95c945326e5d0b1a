#include "core/chart/dependencies.h"

#include "core/chart/coalesce.h"
#include "core/chart/go_text.h"
#include "core/chart/import_values.h"
#include "core/funcs/version_constraint.h"

#include <algorithm>
#include <set>

namespace fairway::chart {

using value::Value;

namespace {

class DependencySwitch {
public:
    DependencySwitch(ChartTree &tree, const Messages &messages)
        : m_tree(tree)
        , m_messages(messages)
    {
    }

    /// `path` is where the chart's own values stand in `values`: "child.grandchild.", empty for the root.
    Result<void> process(Chart &chart, const Value &values, const std::string &path)
    {
        if (!chart.metadata.hasDependencies)
            return {};
        resolveAliases(chart);
        std::vector<std::optional<Dependency>> &wanted = chart.metadata.dependencies;
        for (std::optional<Dependency> &dependency : wanted)
            reset(*dependency);
        const Result<Value> coalesced = coalesceValues(chart, values, Nulls::Delete, m_messages);
        if (!coalesced)
            return tl::unexpected(coalesced.error());
        applyTags(wanted, *coalesced);
        applyConditions(wanted, *coalesced, path);

        std::set<std::string> disabled;
        for (const std::optional<Dependency> &dependency : wanted) {
            if (!dependency->enabled)
                disabled.insert(dependency->name);
        }
        std::vector<Chart *> kept;
        for (Chart *const sub : chart.dependencies) {
            if (!disabled.contains(sub->name()))
                kept.push_back(sub);
        }
        for (Chart *const sub : kept) {
            for (const std::optional<Dependency> &dependency : wanted) {
                if (dependency->name == sub->name())
                    sub->enabledBy = dependency->decidedBy;
            }
            if (Result<void> done = process(*sub, *coalesced, path + sub->name() + "."); !done)
                return done;
        }
        std::erase_if(wanted, [&](const std::optional<Dependency> &dependency) { return disabled.contains(dependency->name); });
        chart.setDependencies(std::move(kept));
        return {};
    }

private:
    static void reset(Dependency &dependency)
    {
        dependency.enabled = true;
        dependency.decidedBy.clear();
    }

    /// A copy of a subchart for each dependency that names it, under its alias; those that no dependency names stay.
    void resolveAliases(Chart &chart)
    {
        const HelmVersion helm = m_messages.version();
        std::vector<Chart *> result;
        for (Chart *const sub : chart.dependencies) {
            const bool isNamed = std::any_of(chart.metadata.dependencies.begin(), chart.metadata.dependencies.end(), [&](const auto &dependency) {
                return dependency->name == sub->name() && isCompatibleRange(dependency->version, sub->metadata.version, helm);
            });
            if (!isNamed)
                result.push_back(sub);
        }
        for (std::optional<Dependency> &dependency : chart.metadata.dependencies) {
            if (Chart *const copy = aliased(chart, *dependency))
                result.push_back(copy);
            if (!dependency->alias.empty())
                dependency->name = dependency->alias;
        }
        chart.setDependencies(std::move(result));
    }

    Chart *aliased(const Chart &chart, const Dependency &dependency)
    {
        const HelmVersion helm = m_messages.version();
        for (const Chart *const sub : chart.dependencies) {
            if (sub->name() != dependency.name || !isCompatibleRange(dependency.version, sub->metadata.version, helm))
                continue;
            Chart &copy = m_tree.addCopy(*sub);
            if (helm == HelmVersion::V4) { // Helm 3 lets the copies share their subcharts, and renders them for one of them only
                std::vector<Chart *> inner;
                for (const Chart *const nested : sub->dependencies)
                    inner.push_back(&m_tree.addCopy(*nested));
                copy.setDependencies(std::move(inner));
            }
            if (!dependency.alias.empty())
                copy.metadata.name = dependency.alias;
            return &copy;
        }
        return nullptr;
    }

    void applyTags(std::vector<std::optional<Dependency>> &wanted, const Value &values) const
    {
        const Value *const tags = findTable(values, "tags");
        if (!tags)
            return;
        for (std::optional<Dependency> &dependency : wanted) {
            bool hasTrue = false;
            bool hasFalse = false;
            for (const std::string &tag : dependency->tags) {
                const Value *const state = tags->asMap().get(tag);
                if (!state)
                    continue;
                if (state->isBool()) {
                    (state->asBool() ? hasTrue : hasFalse) = true;
                    dependency->decidedBy.push_back("tags." + tag);
                    continue;
                }
                m_messages.structured("WARN", "returned non-bool value", {{"tag", tag}, {"chart", dependency->name}});
                m_messages.plain("dependencies.go:94", "Warning: Tag '" + tag + "' for chart " + dependency->name + " returned non-bool value");
            }
            dependency->enabled = hasTrue || !hasFalse;
        }
    }

    void applyConditions(std::vector<std::optional<Dependency>> &wanted, const Value &values, const std::string &path) const
    {
        for (std::optional<Dependency> &dependency : wanted) {
            std::string_view rest = trimSpace(dependency->condition);
            while (!rest.empty()) {
                const std::size_t comma = rest.find(',');
                const std::string_view condition = rest.substr(0, comma);
                rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
                const Value *const state = condition.empty() ? nullptr : scalarAt(values, path + std::string(condition));
                if (!state)
                    continue;
                if (state->isBool()) {
                    dependency->enabled = state->asBool();
                    dependency->decidedBy = {path + std::string(condition)};
                    break;
                }
                m_messages.structured("WARN", "returned non-bool value", {{"path", condition}, {"chart", dependency->name}});
                m_messages.plain("dependencies.go:63",
                    "Warning: Condition path '" + std::string(condition) + "' for chart " + dependency->name + " returned non-bool value");
            }
        }
    }

    /// The value at a dotted path, or nullptr when there is none or it is a map.
    static const Value *scalarAt(const Value &values, std::string_view path)
    {
        const std::size_t dot = path.rfind('.');
        const Value *const table = dot == std::string_view::npos ? &values : findTable(values, path.substr(0, dot));
        const Value *const found = table ? table->asMap().get(dot == std::string_view::npos ? path : path.substr(dot + 1)) : nullptr;
        return found && !found->isMap() ? found : nullptr;
    }

    ChartTree &m_tree;
    const Messages &m_messages;
};

} // namespace

bool isCompatibleRange(std::string_view range, std::string_view version, HelmVersion helm)
{
    const auto release = helm == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
    const auto parsed = funcs::SemanticVersion::parse(version, release);
    const auto constraint = funcs::VersionConstraint::parse(range, release);
    return parsed && constraint && constraint->check(*parsed);
}

Result<void> processDependencies(ChartTree &tree, const Value &userValues, const Messages &messages)
{
    if (Result<void> done = DependencySwitch(tree, messages).process(tree.root(), userValues, {}); !done)
        return done;
    return importValues(tree.root(), messages);
}

Result<void> checkDependencies(const Chart &chart)
{
    std::string missing;
    bool isAnyMissing = false; // its name may be empty
    for (const std::optional<Dependency> &dependency : chart.metadata.dependencies) {
        const bool isThere = std::any_of(chart.dependencies.begin(), chart.dependencies.end(),
            [&](const Chart *sub) { return sub->name() == dependency->name; });
        if (isThere)
            continue;
        missing += (isAnyMissing ? ", " : "") + dependency->name;
        isAnyMissing = true;
    }
    if (!isAnyMissing)
        return {};
    return fail(ErrorCode::NotFound, "found in Chart.yaml, but missing in charts/ directory: " + missing);
}

} // namespace fairway::chart
