#pragma once

#include "core/operate/object_api.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace fairway::operate::test {

/// A cluster in memory with resourceVersions and JSON patches, that can be told to fail at any step.
/// Threads: any.
class FakeCluster final : public ObjectApi {
public:
    Result<value::Value> read(const ObjectRef &object, const CancelToken &cancel) override;
    Result<WriteAnswer> send(const WriteRequest &request, const CancelToken &cancel) override;
    Result<kube::AccessAnswer> mayI(std::string_view verb, const ObjectRef &object, const CancelToken &cancel) override;
    Result<void> recordEvent(const ObjectRef &object, const value::Value &live, std::string_view reason,
                             std::string_view message, const CancelToken &cancel) override;
    std::string userName() const override { return "jane"; }

    /// Stores an object as somebody else would, with a new resourceVersion (and a new uid when it is new).
    void put(const ObjectRef &object, value::Value stored);
    void erase(const ObjectRef &object);
    [[nodiscard]] value::Value get(const ObjectRef &object);
    /// Changes one field as somebody else would.
    void poke(const ObjectRef &object, std::string_view pointer, value::Value node);

    /// Asked before a request is looked at: an error is answered in place of doing it.
    std::function<std::optional<Error>(const WriteRequest &)> refuse;
    /// Asked after a request was carried out: an error is what the caller hears although it was done.
    std::function<std::optional<Error>(const WriteRequest &)> loseAnswer;
    std::function<std::optional<Error>()> refuseRead;
    bool mayWrite = true;

    std::atomic<int> reads {0};
    std::atomic<int> writes {0};  ///< Requests that would change something: dry runs and events included.
    std::atomic<int> dryRuns {0};
    std::vector<std::string> events; ///< Guarded by m_mutex.

private:
    static std::string key(const ObjectRef &object) { return object.plural + "/" + object.ns + "/" + object.name; }
    Result<WriteAnswer> carryOut(const WriteRequest &request);

    std::mutex m_mutex;
    std::map<std::string, value::Value> m_objects; ///< Guarded by m_mutex.
    int m_version = 100;                           ///< Guarded by m_mutex.
    int m_uid = 0;                                 ///< Guarded by m_mutex.
};

/// VirtualService shop/reviews with three rules, the last split 90 / 10 between v1 and v2.
[[nodiscard]] value::Value reviews();
[[nodiscard]] ObjectRef reviewsRef();
/// `object` with the weights of its third rule changed.
[[nodiscard]] value::Value withWeights(const value::Value &object, int first, int second);

/// A folder that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;
    [[nodiscard]] std::string file(const std::string &name) const { return m_path + "/" + name; }
    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

} // namespace fairway::operate::test
