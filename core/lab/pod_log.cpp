#include "core/lab/pod_log.h"

#include "core/base/clock.h"

#include <utility>
#include <vector>

namespace fairway::lab {

namespace {

constexpr std::size_t MaxLines = 1000;
constexpr std::size_t MaxLineBytes = 1000;

std::string written(const PodLog::Line &line, bool hasTimestamp)
{
    return (hasTimestamp ? formatRfc3339Micro(line.time) + " " : std::string()) + line.text + "\n";
}

} // namespace

void PodLog::append(std::chrono::system_clock::time_point time, std::string text)
{
    text.resize(std::min(text.size(), MaxLineBytes));
    Line line {time, std::move(text)};
    std::vector<std::pair<std::uint64_t, std::shared_ptr<Entry>>> followers;
    {
        const std::scoped_lock lock(m_mutex);
        m_lines.push_back(line);
        if (m_lines.size() > MaxLines)
            m_lines.pop_front();
        followers.assign(m_followers.begin(), m_followers.end());
    }
    for (const auto &[id, entry] : followers) {
        if (entry->follower(written(line, entry->hasTimestamps)))
            continue;
        const std::scoped_lock lock(m_mutex);
        m_followers.erase(id);
    }
}

std::string PodLog::textLocked(const Selection &selection) const
{
    std::size_t from = 0;
    if (selection.tailLines)
        from = m_lines.size() - std::min(m_lines.size(), *selection.tailLines);
    std::string result;
    for (std::size_t i = from; i < m_lines.size(); ++i) {
        if (selection.since && m_lines[i].time < *selection.since)
            continue;
        result += written(m_lines[i], selection.hasTimestamps);
        if (selection.limitBytes && result.size() >= *selection.limitBytes) {
            result.resize(*selection.limitBytes);
            break;
        }
    }
    return result;
}

std::string PodLog::text(const Selection &selection) const
{
    const std::scoped_lock lock(m_mutex);
    return textLocked(selection);
}

void PodLog::follow(const Selection &selection, Follower follower, std::function<void()> onClosed)
{
    {
        const std::scoped_lock lock(m_mutex);
        const std::string soFar = textLocked(selection);
        const bool isWanted = soFar.empty() || follower(soFar);
        if (isWanted && !m_isClosed) {
            m_followers.emplace(m_nextId++, std::make_shared<Entry>(Entry {std::move(follower), std::move(onClosed), selection.hasTimestamps}));
            return;
        }
    }
    onClosed();
}

void PodLog::close()
{
    std::map<std::uint64_t, std::shared_ptr<Entry>> followers;
    {
        const std::scoped_lock lock(m_mutex);
        m_isClosed = true;
        followers = std::exchange(m_followers, {});
    }
    for (const auto &[id, entry] : followers)
        entry->onClosed();
}

} // namespace fairway::lab
