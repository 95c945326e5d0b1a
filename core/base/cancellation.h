#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace fairway {

/// The receiving half of a request to stop. Cheap to copy; a default-made token is never cancelled.
///
/// Threads: any. A callback runs in the thread that cancels, or at once in the caller's when already cancelled;
///          it must be short and must not take a lock that is held while cancel() is called.
class CancelToken {
public:
    /// Unregisters its callback when it goes. After destruction the callback does not run and is not running,
    /// unless destroyed from within the callback itself.
    class Registration {
    public:
        Registration() = default;
        Registration(Registration &&other) noexcept;
        Registration &operator=(Registration &&other) noexcept;
        ~Registration();
        void reset();

    private:
        friend class CancelToken;
        std::shared_ptr<void> m_state;
        std::uint64_t m_id = 0;
    };

    CancelToken() = default;

    [[nodiscard]] bool isCancelled() const;
    [[nodiscard]] Registration onCancel(std::function<void()> callback) const;

private:
    friend class CancelSource;
    std::shared_ptr<void> m_state;
};

/// The asking half: cancel() is idempotent. Destroying the source does not cancel.
class CancelSource {
public:
    CancelSource();
    [[nodiscard]] CancelToken token() const;
    void cancel();
    [[nodiscard]] bool isCancelled() const;

private:
    std::shared_ptr<void> m_state;
};

} // namespace fairway
