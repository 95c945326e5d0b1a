#pragma once

#include "core/engine/types.h"
#include "core/engine/xray.h"

/// The data of the design's pictures: thirteen routes of a shop, one of them failing.
namespace fairway::test {

[[nodiscard]] QList<engine::ContextInfo> sampleContexts();
[[nodiscard]] QList<engine::RouteRow> sampleRows();
[[nodiscard]] engine::RouteDetail sampleDetail(const engine::RouteRow &row);
[[nodiscard]] QList<engine::JournalEntry> sampleJournal();
[[nodiscard]] QList<engine::Concern> sampleConcerns();
[[nodiscard]] QList<engine::Concern> sampleInLine();
[[nodiscard]] QList<engine::KindInfo> sampleKinds();
[[nodiscard]] engine::XrayAnswer sampleXray(); ///< A request for reviews that the last of three rules takes.

} // namespace fairway::test
