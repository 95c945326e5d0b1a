#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/kube/access.h"
#include "core/kube/client.h"
#include "core/operate/object_ref.h"
#include "core/value/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::operate {

/// One request of a write. `body`: the JSON patch, the applied configuration, or the new object.
struct WriteRequest {
    enum class Kind { JsonPatch, Apply, Create, Delete };
    Kind kind = Kind::JsonPatch;
    ObjectRef object;
    value::Value body;
    bool dryRun = false;
    bool force = false;          ///< Apply only.
    std::string fieldManager = "fairway";
    std::string uid;             ///< Delete only: precondition.
    std::string resourceVersion; ///< Delete only: precondition.
    std::optional<std::int64_t> gracePeriodSeconds;                     ///< Delete only.
    kube::Propagation propagation = kube::Propagation::Default;         ///< Delete only.
};

struct WriteAnswer {
    value::Value object; ///< As stored (or as it would be); for Delete the object or Status the server sent.
    std::vector<std::string> warnings;
    bool isCreated = false;
};

/// What the write path needs of a cluster; lets tests stand in a cluster in memory that fails where it should.
/// Threads: blocking, any thread.
class ObjectApi {
public:
    virtual ~ObjectApi() = default;
    /// With managedFields. NotFound when there is no such object.
    [[nodiscard]] virtual Result<value::Value> read(const ObjectRef &object, const CancelToken &cancel) = 0;
    /// The answer; or an error whose message is for the user. `warnings` of a refusal go to `warnings` when given.
    [[nodiscard]] virtual Result<WriteAnswer> send(const WriteRequest &request, const CancelToken &cancel) = 0;
    /// May this user do `verb` on the object?
    [[nodiscard]] virtual Result<kube::AccessAnswer> mayI(std::string_view verb, const ObjectRef &object,
                                                          const CancelToken &cancel) = 0;
    /// Best effort: records `message` as an Event about the object.
    [[nodiscard]] virtual Result<void> recordEvent(const ObjectRef &object, const value::Value &live, std::string_view reason,
                                                   std::string_view message, const CancelToken &cancel) = 0;
    /// The user entry, for the journal's `who`; may be empty.
    [[nodiscard]] virtual std::string userName() const = 0;
};

/// The real one.
[[nodiscard]] std::unique_ptr<ObjectApi> makeObjectApi(std::shared_ptr<kube::Client> client);

} // namespace fairway::operate
