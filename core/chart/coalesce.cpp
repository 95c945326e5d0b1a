#include "core/chart/coalesce.h"

#include "core/chart/go_text.h"

#include <set>
#include <vector>

namespace fairway::chart {

using value::Map;
using value::Value;

namespace {

constexpr std::string_view globalKey = "global";

std::string joined(const std::string &prefix, std::string_view name)
{
    return prefix.empty() ? std::string(name) : prefix + "." + std::string(name);
}

class Coalescer {
public:
    explicit Coalescer(const Messages &messages)
        : m_messages(messages)
    {
    }

    Result<void> chart(const Chart &chart, Map &target, const std::string &prefix, Nulls nulls)
    {
        defaults(chart, target, prefix, nulls);
        for (const Chart *const sub : chart.dependencies) {
            Value *present = target.get(sub->name());
            if (!present) {
                target.set(sub->name(), Value::map());
                present = target.get(sub->name());
            } else if (!present->isMap()) {
                return fail(ErrorCode::InvalidInput, "type mismatch on " + sub->name() + ": " + goMisformattedBool(*present));
            }
            const Value held = *present;
            Map &inner = present->asMap();
            const std::string subPrefix = joined(prefix, chart.name());
            globals(inner, target, subPrefix);
            if (Result<void> done = this->chart(*sub, inner, subPrefix, nulls); !done)
                return done;
        }
        return {};
    }

    void tables(Map &strong, Map &weak, const std::string &prefix, Nulls nulls)
    {
        const bool isV4 = m_messages.version() == HelmVersion::V4;
        std::set<std::string_view> hadDefault;
        if (isV4) {
            // A null for a key without a default stays: the user may mean it.
            std::vector<const std::string *> nullKeys;
            for (const auto &[key, item] : strong) {
                if (item.isNull())
                    nullKeys.push_back(&key);
            }
            for (const std::string *const key : nullKeys) {
                Value *const item = weak.get(*key);
                const bool isDefault = item && !item->isNull();
                weak.set(*key, Value());
                if (isDefault)
                    hadDefault.insert(weak.find(*key)->first);
            }
        }
        for (auto &[key, item] : weak) {
            Value *const present = strong.get(key);
            if (!present) {
                strong.set(key, item);
            } else if (nulls == Nulls::Delete && present->isNull() && (!isV4 || hadDefault.contains(key))) {
                strong.remove(key);
            } else if (item.isMap()) {
                if (present->isMap())
                    tables(present->asMap(), item.asMap(), joined(prefix, key), nulls);
                else
                    m_messages.printed("coalesce.go:298",
                        "warning: cannot overwrite table with non table for " + joined(prefix, key) + " (" + goFormatted(item) + ")");
            } else if (present->isMap() && !item.isNull()) {
                m_messages.printed("coalesce.go:301",
                    "warning: destination for " + joined(prefix, key) + " is a table. Ignoring non-table value (" + goFormatted(item) + ")");
            }
        }
    }

private:
    void defaults(const Chart &chart, Map &target, const std::string &prefix, Nulls nulls)
    {
        if (!chart.values.isMap())
            return;
        const std::string subPrefix = joined(prefix, chart.name());
        // What is taken over must not be the chart's own: the user's values are merged into it later.
        for (const auto &[key, item] : chart.values.asMap()) {
            Value *const present = target.get(key);
            if (!present) {
                target.set(key, value::deepCopy(item));
            } else if (present->isNull() && nulls == Nulls::Delete) {
                target.remove(key);
            } else if (present->isMap()) {
                if (item.isMap()) {
                    Value copy = value::deepCopy(item);
                    tables(present->asMap(), copy.asMap(), joined(subPrefix, key), isSubchart(chart, key) ? Nulls::Keep : nulls);
                } else if (!item.isNull()) {
                    m_messages.printed("coalesce.go:237", "warning: skipped value for " + subPrefix + "." + key + ": Not a table.");
                }
            }
        }
    }

    static bool isSubchart(const Chart &chart, std::string_view name)
    {
        for (const Chart *const sub : chart.dependencies) {
            if (sub->name() == name)
                return true;
        }
        return false;
    }

    /// Hands the globals of `source` down into `target`: here the upper one wins.
    void globals(Map &target, const Map &source, const std::string &prefix)
    {
        Value lower = Value::map();
        if (const Value *const present = target.get(globalKey)) {
            if (!present->isMap())
                return m_messages.printed("coalesce.go:138", "warning: skipping globals because destination global is not a table.");
            lower = *present;
        }
        if (const Value *const present = source.get(globalKey)) {
            if (!present->isMap())
                return m_messages.printed("coalesce.go:145", "warning: skipping globals because source global is not a table.");
            Map &out = lower.asMap();
            for (const auto &[key, item] : present->asMap())
                global(out, key, item, prefix);
        }
        target.set(globalKey, lower);
    }

    void global(Map &out, const std::string &key, const Value &item, const std::string &prefix)
    {
        Value *const present = out.get(key);
        if (!item.isMap()) {
            if (present && present->isMap())
                m_messages.printed("coalesce.go:175", "key " + key + " is table. Skipping");
            else
                out.set(key, item);
            return;
        }
        Value copy = Value::map();
        static_cast<std::map<std::string, Value, std::less<>> &>(copy.asMap()) = item.asMap();
        if (!present) {
            out.set(key, std::move(copy));
        } else if (!present->isMap()) {
            m_messages.printed("coalesce.go:161", "Conflict: cannot merge map onto non-map for " + goQuoted(key) + ". Skipping.");
        } else {
            tables(copy.asMap(), present->asMap(), joined(prefix, key), Nulls::Keep);
            out.set(key, std::move(copy));
        }
    }

    const Messages &m_messages;
};

} // namespace

Result<Value> coalesceValues(const Chart &chart, const Value &userValues, Nulls nulls, const Messages &messages)
{
    Value values = userValues.isMap() ? value::deepCopy(userValues) : Value::map();
    if (Result<void> done = Coalescer(messages).chart(chart, values.asMap(), {}, nulls); !done)
        return tl::unexpected(done.error());
    return values;
}

void coalesceTables(Map &strong, Map &weak, Nulls nulls, const Messages &messages)
{
    Coalescer(messages).tables(strong, weak, {}, nulls);
}

const Value *findTable(const Value &values, std::string_view dottedPath)
{
    const Value *table = &values;
    for (;;) {
        const std::size_t dot = dottedPath.find('.');
        table = table->isMap() ? table->asMap().get(dottedPath.substr(0, dot)) : nullptr;
        if (!table || !table->isMap())
            return nullptr;
        if (dot == std::string_view::npos)
            return table;
        dottedPath.remove_prefix(dot + 1);
    }
}

} // namespace fairway::chart
