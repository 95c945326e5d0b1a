#include "core/engine/chart_types.h"

namespace fairway::engine {

QString toString(SetFlag::Kind kind)
{
    switch (kind) {
    case SetFlag::Kind::Set: return QStringLiteral("--set");
    case SetFlag::Kind::String: return QStringLiteral("--set-string");
    case SetFlag::Kind::Json: return QStringLiteral("--set-json");
    case SetFlag::Kind::File: return QStringLiteral("--set-file");
    case SetFlag::Kind::Literal: return QStringLiteral("--set-literal");
    }
    return {};
}

} // namespace fairway::engine
