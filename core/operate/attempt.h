#pragma once

#include "core/operate/conflict.h"
#include "core/operate/writer.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::operate {

/// One change on its way: what was read, what will be sent, what came of it. Internal to core/operate.
struct Writer::Attempt {
    Change change;
    value::Value live;                ///< As read just now; Null when there is no such object.
    std::vector<FieldChange> changes; ///< Update: from live to desired.
    value::Value predicted;           ///< The dry run's answer; Null without one.
    WriteRequest request;
    WriteOutcome outcome;
    JournalEntry entry;

    void refuse(Error error)
    {
        outcome.say(error.said());
        outcome.error = std::move(error);
    }
    void refuseWithConflict(const value::Value &theirs)
    {
        outcome.conflict = describeConflict(change, theirs);
        refuse({ErrorCode::Conflict, outcome.conflict->detail});
    }
};

[[nodiscard]] inline bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

/// An entry about one object as a part; those about several have theirs.
[[nodiscard]] JournalPart partOf(const JournalEntry &entry);

[[nodiscard]] std::string versionOf(const value::Value &object);
[[nodiscard]] std::string uidOf(const value::Value &object);
/// What the change would change, before the cluster is asked: fields of an Update, the whole object of the other verbs.
[[nodiscard]] std::vector<FieldChange> localChanges(const Change &change);
/// Whether the refusal may mean that the tested resourceVersion is not the current one any more.
[[nodiscard]] bool isPrecondition(const Error &error);

} // namespace fairway::operate
