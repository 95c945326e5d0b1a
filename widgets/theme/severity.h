#pragma once

#include "core/engine/types.h"
#include "widgets/theme/theme.h"

namespace fairway::ui {

/// What a severity is painted in; severityIcon() goes with it.
[[nodiscard]] constexpr Token severityToken(engine::Severity severity)
{
    switch (severity) {
    case engine::Severity::Good: return Token::Good;
    case engine::Severity::Warning: return Token::Warning;
    case engine::Severity::Error: return Token::Bad;
    case engine::Severity::Info: break;
    }
    return Token::Muted;
}

} // namespace fairway::ui
