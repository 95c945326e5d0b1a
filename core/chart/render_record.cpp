#include "core/chart/render_record.h"

#include <algorithm>

namespace fairway::chart {

using gotemplate::memberPath;
using gotemplate::Tracer;
using value::Value;

namespace {

constexpr std::string_view globalKey = "global";

const Chart *subchartNamed(const Chart &chart, std::string_view name)
{
    for (const Chart *const sub : chart.dependencies) {
        if (sub->name() == name)
            return sub;
    }
    return nullptr;
}

} // namespace

Value RenderRecord::label(const Chart &chart, const Value &values)
{
    return labelChart(chart, values, {}, nullptr, 0);
}

Value RenderRecord::labelChart(const Chart &chart, const Value &values, const std::string &path, const Value *upperGlobal, std::size_t depth)
{
    m_chartDepths.emplace(path, depth);
    Value copy = Value::map().withOrigin(values.origin());
    Tracer::mark(copy, m_tracer.source(path, gotemplate::writtenAt(values)));
    m_tracer.remember(values, copy);
    // Globals first: subcharts refer to the same maps, and the uppermost path is the one that can be set.
    if (const Value *const global = values.asMap().get(globalKey))
        copy.set(globalKey, labelGlobal(*global, memberPath(path, globalKey), upperGlobal));
    const Value *const ownGlobal = copy.asMap().get(globalKey);
    for (const auto &[key, member] : values.asMap()) {
        if (key == globalKey)
            continue;
        const Chart *const sub = subchartNamed(chart, key);
        if (sub != nullptr && member.isMap())
            copy.set(key, labelChart(*sub, member, memberPath(path, key), ownGlobal, depth + 1));
        else
            copy.set(key, m_tracer.label(member, memberPath(path, key)));
    }
    return copy;
}

Value RenderRecord::labelGlobal(const Value &global, const std::string &path, const Value *upper)
{
    if (upper == nullptr)
        return m_tracer.label(global, path);
    const Tracer::Label told = Tracer::markOf(*upper);
    if (!global.isMap() || !upper->isMap()) {
        Value copy = m_tracer.label(global, path);
        Tracer::mark(copy, told);
        return copy;
    }
    if (const Value *const known = m_tracer.copyOf(global))
        return *known;
    Value copy = Value::map().withOrigin(global.origin());
    Tracer::mark(copy, told);
    m_tracer.remember(global, copy);
    for (const auto &[key, member] : global.asMap())
        copy.set(key, labelGlobal(member, memberPath(path, key), upper->asMap().get(key)));
    return copy;
}

void RenderRecord::begin(const Chart &chart)
{
    Tracer::Label reasons = 0;
    for (const Chart *one = &chart; one != nullptr; one = one->parent) {
        for (const std::string &path : one->enabledBy)
            reasons = m_tracer.united(reasons, m_tracer.source(path));
    }
    m_tracer.setCondition(reasons);
}

void RenderRecord::finish(const std::string &path, std::string_view output, const std::vector<ByteRange> &removed)
{
    Output result {std::string(output), m_tracer.take()};
    std::size_t index = 0;
    std::size_t gone = 0;
    // Where a byte of the first output stands now; what was taken out shrinks to nothing.
    const auto moved = [&](std::size_t at) {
        while (index < removed.size() && removed[index].end <= at)
            gone += removed[index].end - removed[index].begin, ++index;
        const bool isInside = index < removed.size() && at > removed[index].begin;
        return (isInside ? removed[index].begin : at) - gone;
    };
    if (!removed.empty()) {
        std::size_t last = 0;
        for (Tracer::Piece &piece : result.pieces) {
            piece.begin = last;
            piece.end = last = moved(piece.end);
        }
    }
    m_outputs.insert_or_assign(path, std::move(result));
}

std::vector<std::string> RenderRecord::paths() const
{
    std::vector<std::string> out;
    for (const auto &[path, output] : m_outputs)
        out.push_back(path);
    return out;
}

const RenderRecord::Output *RenderRecord::find(std::string_view path) const
{
    const auto found = m_outputs.find(path);
    return found == m_outputs.end() ? nullptr : &found->second;
}

} // namespace fairway::chart
