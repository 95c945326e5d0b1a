#include "core/base/cancellation.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace fairway {
namespace {

    struct CancelState {
        std::mutex mutex;
        std::condition_variable idle;
        bool isCancelled = false;
        std::uint64_t nextId = 1;
        std::uint64_t runningId = 0;
        std::thread::id runner;
        std::map<std::uint64_t, std::function<void()>> callbacks;

        void cancel()
        {
            std::unique_lock lock(mutex);
            if (std::exchange(isCancelled, true))
                return;
            runner = std::this_thread::get_id();
            while (!callbacks.empty()) {
                auto node = callbacks.extract(callbacks.begin());
                runningId = node.key();
                lock.unlock();
                node.mapped()();
                lock.lock();
                runningId = 0;
                idle.notify_all();
            }
        }

        void remove(std::uint64_t id)
        {
            std::unique_lock lock(mutex);
            callbacks.erase(id);
            if (runningId == id && runner != std::this_thread::get_id())
                idle.wait(lock, [&] { return runningId != id; });
        }
    };

    CancelState *state(const std::shared_ptr<void> &pointer)
    {
        return static_cast<CancelState *>(pointer.get());
    }

} // namespace

CancelToken::Registration::Registration(Registration &&other) noexcept
    : m_state(std::move(other.m_state))
    , m_id(std::exchange(other.m_id, 0))
{
}

CancelToken::Registration &CancelToken::Registration::operator=(Registration &&other) noexcept
{
    if (this != &other) {
        reset();
        m_state = std::move(other.m_state);
        m_id = std::exchange(other.m_id, 0);
    }
    return *this;
}

CancelToken::Registration::~Registration()
{
    reset();
}

void CancelToken::Registration::reset()
{
    if (m_state && m_id != 0)
        state(m_state)->remove(m_id);
    m_state.reset();
    m_id = 0;
}

bool CancelToken::isCancelled() const
{
    if (!m_state)
        return false;
    const std::scoped_lock lock(state(m_state)->mutex);
    return state(m_state)->isCancelled;
}

CancelToken::Registration CancelToken::onCancel(std::function<void()> callback) const
{
    Registration registration;
    if (!m_state)
        return registration;
    {
        const std::scoped_lock lock(state(m_state)->mutex);
        if (!state(m_state)->isCancelled) {
            registration.m_state = m_state;
            registration.m_id = state(m_state)->nextId++;
            state(m_state)->callbacks.emplace(registration.m_id, std::move(callback));
            return registration;
        }
    }
    callback();
    return registration;
}

CancelSource::CancelSource()
    : m_state(std::make_shared<CancelState>())
{
}

CancelToken CancelSource::token() const
{
    CancelToken token;
    token.m_state = m_state;
    return token;
}

void CancelSource::cancel()
{
    state(m_state)->cancel();
}

bool CancelSource::isCancelled() const
{
    return token().isCancelled();
}

} // namespace fairway
