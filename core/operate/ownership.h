#pragma once

#include "core/value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::operate {

/// A controller that will revert or fight a write by hand.
struct Owner {
    std::string name; ///< "Argo CD", "Flux", "Flagger", "Argo Rollouts", "Helm", or kind and name of an ownerReference.
    std::string why;  ///< "field manager argocd-controller owns spec.http" – for a sentence.
};

/// Who else steers this object: from managedFields, ownerReferences, labels and annotations. First the one most likely to
/// revert the write. `pointers`: the fields about to be written; a field manager only counts when it owns one of them (or
/// when none are given). Helm's labels alone are no owner: Helm acts only when a person runs it.
[[nodiscard]] std::vector<Owner> ownersOf(const value::Value &object, const std::vector<std::string> &pointers = {});

/// True when the managedFields entry `fields` (FieldsV1) covers the field at `pointer` of `object`, or something below it.
[[nodiscard]] bool ownsField(const value::Value &fields, const value::Value &object, std::string_view pointer);

} // namespace fairway::operate
