#pragma once

#include "core/base/result.h"
#include "core/operate/object_ref.h"

#include <map>
#include <utility>
#include <mutex>
#include <string>
#include <vector>

namespace fairway::operate {

/// The guard rails of one context. The defaults are what a context nobody decided about gets.
struct ContextPolicy {
    bool isLocked = true;      ///< No write request, dry runs included.
    bool isProduction = false; ///< Writes need the typed name and a reason.

    friend bool operator==(const ContextPolicy &, const ContextPolicy &) = default;
};

/// Lock and production mark of every context, in a small YAML file of ours that survives restarts and is shared by every
/// Fairway process of the user.
///
/// Shape:   each question reads the file again when it changed, so that a lock set in one window holds in all of them at
///          once. Each change is read-modify-write under a file lock, written to a temporary file, synced and renamed: a
///          crash leaves the old file or the new one.
/// Errors:  a file that can't be read or understood locks every context; policy() then says so in `problem`. The next
///          change moves such a file aside ("….unreadable-<time>") before it writes a new one: nothing is lost.
/// Threads: all methods from any thread. Touches the disk: not for a GUI thread in a loop.
class ContextSettings {
public:
    /// `path`: the settings file; its folder is made when missing (0700). Never fails: see Errors.
    explicit ContextSettings(std::string path);

    [[nodiscard]] ContextPolicy policy(const ContextKey &context) const;
    /// Why the file can't be used; empty when it can.
    [[nodiscard]] std::string problem() const;
    /// Every context somebody decided about.
    [[nodiscard]] std::vector<std::pair<ContextKey, ContextPolicy>> known() const;

    [[nodiscard]] Result<void> setLocked(const ContextKey &context, bool isLocked);
    [[nodiscard]] Result<void> setProduction(const ContextKey &context, bool isProduction);

    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    void refresh() const;
    [[nodiscard]] Result<void> change(const ContextKey &context, bool ContextPolicy::*member, bool isSet);

    const std::string m_path;
    mutable std::mutex m_mutex;
    mutable std::map<ContextKey, ContextPolicy> m_policies; ///< Guarded by m_mutex.
    mutable std::string m_problem;                          ///< Guarded by m_mutex.
    mutable std::string m_stamp;                            ///< Guarded by m_mutex: what the file looked like when read.
};

/// Where Fairway keeps what it must remember: $FAIRWAY_STATE, else $XDG_STATE_HOME/fairway, else ~/.local/state/fairway.
[[nodiscard]] std::string defaultStateFolder();

} // namespace fairway::operate
