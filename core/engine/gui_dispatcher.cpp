#include "core/engine/gui_dispatcher.h"

#include <QMetaObject>

#include <utility>

namespace fairway::engine {
namespace {
    constexpr std::size_t MaxWaiting = 10000;
}

bool GuiDispatcher::Poster::post(Task task)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_target)
        return true; // nobody is left to care
    if (m_tasks.size() >= MaxWaiting) {
        m_refused.fetch_add(1, std::memory_order_relaxed);
        return false;
    }
    m_tasks.push_back(std::move(task));
    if (!std::exchange(m_isWoken, true))
        QMetaObject::invokeMethod(m_target, "drain", Qt::QueuedConnection);
    return true;
}

GuiDispatcher::GuiDispatcher(QObject *parent)
    : QObject(parent)
    , m_poster(std::make_shared<Poster>())
{
    m_poster->m_target = this;
}

GuiDispatcher::~GuiDispatcher()
{
    std::deque<Task> dropped; // goes after the lock: a task may own what posts again
    {
        const std::scoped_lock lock(m_poster->m_mutex);
        m_poster->m_target = nullptr;
        dropped.swap(m_poster->m_tasks);
    }
}

void GuiDispatcher::drain()
{
    std::deque<Task> tasks;
    {
        const std::scoped_lock lock(m_poster->m_mutex);
        tasks.swap(m_poster->m_tasks);
        m_poster->m_isWoken = false;
    }
    for (Task &task : tasks)
        task();
}

} // namespace fairway::engine
