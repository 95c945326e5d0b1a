#include "tests/core/chart/mutation_check.h"

#include "core/base/clock.h"
#include "core/chart/coalesce.h"
#include "core/chart/dependencies.h"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <unordered_map>

namespace fairway::chart::test {

using value::Value;

namespace {

struct Step {
    std::string name; ///< Empty: an item of a list.
    std::size_t index = 0;
};

/// "a.b\.c[2].d"
std::vector<Step> stepsOf(const std::string &path)
{
    std::vector<Step> steps;
    std::string name;
    const auto flush = [&] {
        if (!name.empty())
            steps.push_back({std::move(name), 0});
        name.clear();
    };
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '\\' && i + 1 < path.size() && path[i + 1] == '.') {
            name += path[++i];
        } else if (path[i] == '.') {
            flush();
        } else if (path[i] == '[' && path.find(']', i) != std::string::npos) {
            flush();
            const std::size_t end = path.find(']', i);
            steps.push_back({{}, std::stoul(path.substr(i + 1, end - i - 1))});
            i = end;
        } else {
            name += path[i];
        }
    }
    flush();
    return steps;
}

/// `user` with one value changed. A list is taken over whole from `all`: a layer replaces lists.
void assign(Value &user, const Value &all, const std::vector<Step> &steps, std::size_t at, const Value &changed)
{
    if (at == steps.size()) {
        user = value::deepCopy(changed);
        return;
    }
    const Step &step = steps[at];
    if (step.name.empty()) {
        if (all.isList())
            user = value::deepCopy(all);
        if (user.isList() && step.index < user.size())
            assign(user.asList()[step.index], all[step.index], steps, at + 1, changed);
        return;
    }
    if (!user.isMap())
        user = Value::map();
    Value member = user[std::string_view(step.name)];
    assign(member, all[std::string_view(step.name)], steps, at + 1, changed);
    user.set(step.name, member);
}

const Value &valueAt(const Value &all, const std::vector<Step> &steps)
{
    const Value *at = &all;
    for (const Step &step : steps)
        at = step.name.empty() ? &(*at)[step.index] : &(*at)[std::string_view(step.name)];
    return *at;
}

/// What a value is changed to, the mildest first.
std::vector<Value> changesOf(const Value &value)
{
    if (value.isBool())
        return {Value(!value.asBool())};
    if (value.isNumber())
        return {Value(value.isInt() ? static_cast<double>(value.asInt()) + 1 : value.asFloat() + 1), Value(0.0), Value(2.0), Value("many")};
    if (value.isString()) {
        const std::string &text = value.asString();
        std::vector<Value> changes {Value(text + "z"), Value(""), Value("z" + text), Value("true")};
        for (const char *usual : {"NodePort", "LoadBalancer", "ClusterIP", "None", "1", "soft", "hard", "DaemonSet", "Deployment", "StatefulSet", "small", "large", "{{ print 1 }}"})
            changes.emplace_back(usual);
        return changes;
    }
    if (value.isMap())
        return {Value::map({{"zz", "zz"}}), Value(), Value::map()};
    if (value.isList())
        return {Value::list(), Value::list({Value("zz")}), Value::list({Value::map({{"name", "zz"}})}), Value()};
    return {Value("zz"), Value(true), Value(7.0), Value::map({{"zz", "zz"}}), Value::list({Value("zz")}), Value::map({{"enabled", true}})};
}

void leaves(const Value &value, const std::string &path, std::vector<std::string> &out)
{
    if (value.isMap() && value.size() > 0) {
        for (const auto &[key, member] : value.asMap())
            leaves(member, gotemplate::memberPath(path, key), out);
    } else if (value.isList() && value.size() > 0) {
        for (std::size_t i = 0; i < value.size(); ++i)
            leaves(value[i], path + "[" + std::to_string(i) + "]", out);
    } else if (!path.empty()) {
        out.push_back(path);
    }
}

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// Of `before` the lines that a shortest edit to `after` deletes (Myers).
std::vector<bool> deletedLines(const std::vector<std::string> &before, const std::vector<std::string> &after)
{
    const auto n = static_cast<std::ptrdiff_t>(before.size());
    const auto m = static_cast<std::ptrdiff_t>(after.size());
    std::vector<bool> deleted(before.size(), true);
    const std::ptrdiff_t most = n + m;
    std::vector<std::vector<std::ptrdiff_t>> trace;
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * most + 2), 0);
    const auto index = [&](std::ptrdiff_t k) { return static_cast<std::size_t>(k + most); };
    std::ptrdiff_t steps = 0;
    for (; steps <= most; ++steps) {
        trace.emplace_back(furthest.begin() + (most - steps), furthest.begin() + (most + steps + 1));
        bool isDone = false;
        for (std::ptrdiff_t k = -steps; k <= steps && !isDone; k += 2) {
            std::ptrdiff_t x = k == -steps || (k != steps && furthest[index(k - 1)] < furthest[index(k + 1)]) ? furthest[index(k + 1)]
                                                                                                              : furthest[index(k - 1)] + 1;
            while (x < n && x - k < m && before[static_cast<std::size_t>(x)] == after[static_cast<std::size_t>(x - k)])
                ++x;
            furthest[index(k)] = x;
            isDone = x >= n && x - k >= m;
        }
        if (isDone)
            break;
    }
    std::ptrdiff_t x = n;
    std::ptrdiff_t y = m;
    for (std::ptrdiff_t d = steps; d >= 0; --d) {
        const std::ptrdiff_t k = x - y;
        const std::vector<std::ptrdiff_t> &at = trace[static_cast<std::size_t>(d)]; // holds -d … d
        const auto get = [&](std::ptrdiff_t diagonal) { return at[static_cast<std::size_t>(diagonal + d)]; };
        const bool isDown = d == 0 || k == -d || (k != d && get(k - 1) < get(k + 1));
        const std::ptrdiff_t fromX = d == 0 ? 0 : get(isDown ? k + 1 : k - 1);
        const std::ptrdiff_t fromY = d == 0 ? 0 : fromX - (isDown ? k + 1 : k - 1);
        while (x > fromX && y > fromY && before[static_cast<std::size_t>(x - 1)] == after[static_cast<std::size_t>(y - 1)]) {
            --x;
            --y;
            deleted[static_cast<std::size_t>(x)] = false;
        }
        x = fromX;
        y = fromY;
    }
    return deleted;
}

bool names(const LineOrigin &origin, const std::string &path)
{
    return std::any_of(origin.values.begin(), origin.values.end(), [&](const ValueOrigin &one) {
        const std::string &shorter = one.path.size() < path.size() ? one.path : path;
        const std::string &longer = one.path.size() < path.size() ? path : one.path;
        return longer.starts_with(shorter) && (longer.size() == shorter.size() || longer[shorter.size()] == '.' || longer[shorter.size()] == '[');
    });
}

} // namespace

MutationCheck::MutationCheck(const ChartTree &tree, Value userValues, ValueSources sources)
    : m_tree(tree)
    , m_userValues(std::move(userValues))
{
    const Messages silent(HelmVersion::V4);
    ChartTree merged = tree.clone();
    if (processDependencies(merged, m_userValues, silent)) {
        if (auto values = coalesceValues(merged.root(), m_userValues, Nulls::Delete, silent))
            m_values = std::move(*values);
    }
    const auto record = std::make_shared<RenderRecord>();
    const auto traced = render(m_userValues, record.get());
    const auto plain = render(m_userValues, nullptr);
    if (!traced || !plain)
        return;
    m_text = releaseText(*traced, {}).value();
    m_lines = linesOf(m_text.text);
    m_isRandom = deletedLines(m_lines, linesOf(releaseText(*plain, {}).value().text));
    m_map.emplace(record, std::move(sources), m_text);
}

std::optional<RenderedRelease> MutationCheck::render(const Value &userValues, RenderRecord *record)
{
    ++m_renderings;
    const Messages silent(HelmVersion::V4);
    ReleaseRequest request;
    request.capabilities = defaultCapabilities(HelmVersion::V4);
    request.release.name = "rel";
    request.release.nameSpace = "ns";
    request.skipSchema = true;
    request.render.pinned = &m_pinned;
    request.render.limits.maxTime = std::chrono::milliseconds(10'000);
    request.render.record = record;
    ChartTree tree = m_tree.clone();
    auto release = renderRelease(tree, userValues, request, silent);
    if (release)
        return std::move(*release);
    m_failure = release.error().error.message;
    return std::nullopt;
}

std::optional<std::vector<bool>> MutationCheck::changedLines(const std::string &path, const Value &changed)
{
    Value user = value::deepCopy(m_userValues);
    assign(user, m_values, stepsOf(path), 0, changed);
    const auto release = render(user, nullptr);
    if (!release)
        return std::nullopt;
    return deletedLines(m_lines, linesOf(releaseText(*release, {}).value().text));
}

MutationCheck::Figures MutationCheck::run(const Sample &sample)
{
    Figures figures;
    std::mt19937 random(sample.seed);
    std::vector<std::string> paths;
    leaves(m_values, {}, paths);
    std::shuffle(paths.begin(), paths.end(), random);
    if (sample.values > 0 && paths.size() > sample.values)
        paths.resize(sample.values);
    const auto note = [&](const char *what, const std::string &path, std::size_t line, const Value &changed) {
        if (figures.examples.size() < 400)
            figures.examples.push_back(std::string(what) + " " + path + (changed.isString() ? " -> " + changed.asString() : "") + " line "
                + std::to_string(line + 1) + ": " + m_lines[line]);
    };
    std::unordered_map<std::size_t, LineOrigin> origins;
    const auto originOf = [&](std::size_t line) -> const LineOrigin & {
        const auto known = origins.find(line);
        return known != origins.end() ? known->second : origins.emplace(line, m_map->at(line + 1)).first->second;
    };
    for (const std::string &path : paths) {
        const std::vector<Value> changes = changesOf(valueAt(m_values, stepsOf(path)));
        const auto changed = changedLines(path, changes.front());
        for (std::size_t line = 0; changed && line < m_lines.size(); ++line) {
            const LineOrigin &origin = originOf(line);
            // Which of two lines alike an edit deletes is chance: only those that no other looks like say something.
            if (!(*changed)[line] || m_isRandom[line] || origin.kind != LineOrigin::Kind::Template)
                continue;
            ++figures.changedLines;
            if (!names(origin, path)) {
                ++figures.missed;
                note("missed", path, line, changes.front());
            }
        }
    }

    std::vector<std::size_t> lines;
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
        if (!m_isRandom[line] && originOf(line).kind == LineOrigin::Kind::Template)
            lines.push_back(line);
    }
    std::shuffle(lines.begin(), lines.end(), random);
    if (sample.lines > 0 && lines.size() > sample.lines)
        lines.resize(sample.lines);
    std::map<std::string, std::vector<std::optional<std::vector<bool>>>> known;
    for (const std::size_t line : lines) {
        for (const ValueOrigin &one : originOf(line).values) {
            ++figures.named;
            const std::vector<Value> changes = changesOf(valueAt(m_values, stepsOf(one.path)));
            auto &tried = known[one.path];
            bool isProven = false;
            for (std::size_t i = 0; i < changes.size() && !isProven; ++i) {
                if (i == tried.size())
                    tried.push_back(changedLines(one.path, changes[i]));
                isProven = tried[i] && (*tried[i])[line];
            }
            if (!isProven) {
                ++figures.idle;
                note(one.isCondition ? "idle condition" : "idle", one.path, line, {});
            }
        }
    }
    figures.renderings = m_renderings;
    return figures;
}

} // namespace fairway::chart::test
