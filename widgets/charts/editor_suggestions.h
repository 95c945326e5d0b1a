#pragma once

#include "core/chart/value_completion.h"

#include <QPoint>

#include <vector>

class QKeyEvent;

namespace fairway::ui {

class CodeEditor;
class CompletionPopup;
class EditorSurface;

/// What may stand at an editor's caret: asked for, shown, put in place.
/// Threads: GUI.
class EditorSuggestions {
public:
    EditorSuggestions(EditorSurface &surface, CodeEditor &owner);

    void ask();
    /// The answer; dropped when something was done since that makes it pointless.
    void show(const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers);
    [[nodiscard]] bool isShown() const;
    /// False: the key is the editor's.
    bool takeKey(const QKeyEvent &key);
    void stop();

private:
    void makePopup();
    void take(const chart::Completion &offer);

    EditorSurface &m_surface;
    CodeEditor &m_owner;
    CompletionPopup *m_popup = nullptr; ///< Made when first asked for; the surface's child.
    chart::CompletionPlace m_place;     ///< What the popup is about.
    bool m_isAsked = false;             ///< An answer is awaited.
    bool m_isAskedByHand = false;
};

} // namespace fairway::ui
