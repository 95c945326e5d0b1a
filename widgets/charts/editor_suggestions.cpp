#include "widgets/charts/editor_suggestions.h"

#include "widgets/charts/completion_popup.h"
#include "widgets/charts/editor_surface.h"

#include <QKeyEvent>
#include <QMetaObject>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace fairway::ui {

using Sci = QsciScintilla;

EditorSuggestions::EditorSuggestions(EditorSurface &surface, CodeEditor &owner)
    : m_surface(surface)
    , m_owner(owner)
{
}

void EditorSuggestions::ask()
{
    if (m_surface.isReadOnly())
        return;
    m_owner.tellEdit(); // the answer is about what stands here now
    m_isAsked = true;
    m_isAskedByHand = !isShown();
    const long caret = m_surface.ask(Sci::SCI_GETCURRENTPOS);
    const long line = m_surface.ask(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    const long start = m_surface.ask(Sci::SCI_POSITIONFROMLINE, static_cast<unsigned long>(line));
    Q_EMIT m_owner.suggestionsWanted(static_cast<int>(line) + 1, static_cast<int>(caret - start));
}

void EditorSuggestions::show(const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers)
{
    if (!std::exchange(m_isAsked, false))
        return;
    const long caret = m_surface.ask(Sci::SCI_GETCURRENTPOS);
    const long start = caret - static_cast<long>(place.typed.size());
    const QPoint at(static_cast<int>(m_surface.ask(Sci::SCI_POINTXFROMPOSITION, 0, start)), static_cast<int>(m_surface.ask(Sci::SCI_POINTYFROMPOSITION, 0, start)));
    // What stands there already needs no suggestion.
    const bool isThere = offers.size() == 1 && offers.front().name == place.typed;
    if (offers.empty() || isThere) {
        stop();
        if (m_isAskedByHand && !isThere)
            QToolTip::showText(m_surface.viewport()->mapToGlobal(at), CodeEditor::tr("Nothing is known that may stand here"), &m_surface);
        return;
    }
    if (!m_popup)
        makePopup();
    m_place = place;
    m_popup->show(offers, m_surface.viewport()->mapTo(&m_surface, at), static_cast<int>(m_surface.ask(Sci::SCI_TEXTHEIGHT)));
}

void EditorSuggestions::makePopup()
{
    m_popup = new CompletionPopup(&m_surface);
    QObject::connect(m_popup, &CompletionPopup::chosen, &m_surface, [this](const chart::Completion &offer) { take(offer); });
    // A key typed on: what fits now. Any other move of the caret ends it.
    QObject::connect(&m_surface, &QsciScintilla::cursorPositionChanged, &m_surface, [this] {
        if (isShown())
            QMetaObject::invokeMethod(&m_surface, [this] { isShown() ? ask() : void(); }, Qt::QueuedConnection);
    });
    QObject::connect(m_surface.verticalScrollBar(), &QScrollBar::valueChanged, &m_surface, [this] { stop(); });
}

void EditorSuggestions::take(const chart::Completion &offer)
{
    const long caret = m_surface.ask(Sci::SCI_GETCURRENTPOS);
    const long line = m_surface.ask(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    const long end = m_surface.ask(Sci::SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
    const long start = std::max(m_surface.ask(Sci::SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)), caret - static_cast<long>(m_place.typed.size()));
    QByteArray insert = QByteArray::fromStdString(offer.insert);
    // Its colon may stand behind the caret already.
    const bool hasColon = offer.isKey && caret < end && m_surface.ask(Sci::SCI_GETCHARAT, static_cast<unsigned long>(caret)) == ':';
    if (hasColon)
        insert.truncate(insert.lastIndexOf(':'));
    m_surface.beginUndoAction();
    m_surface.SendScintilla(Sci::SCI_SETTARGETRANGE, static_cast<unsigned long>(start), caret);
    m_surface.SendScintilla(Sci::SCI_REPLACETARGET, static_cast<unsigned long>(insert.size()), insert.constData());
    m_surface.SendScintilla(Sci::SCI_GOTOPOS, static_cast<unsigned long>(start + insert.size()));
    m_surface.endUndoAction();
    m_surface.setFocus();
    using Kind = chart::FieldFacts::Kind;
    if (offer.isKey && !hasColon && (offer.kind == Kind::Section || offer.kind == Kind::Enum || offer.kind == Kind::Bool)) {
        ask();
        m_isAskedByHand = false; // what comes next is offered, but nobody asked for it
    }
}

bool EditorSuggestions::isShown() const
{
    return m_popup && m_popup->isVisible();
}

bool EditorSuggestions::takeKey(const QKeyEvent &key)
{
    if (!isShown())
        return false;
    if ((key.modifiers() & ~Qt::KeypadModifier) == 0 && m_popup->takeKey(key.key()))
        return true;
    const bool isMove = key.key() == Qt::Key_Left || key.key() == Qt::Key_Right || key.key() == Qt::Key_Home || key.key() == Qt::Key_End;
    if (isMove)
        stop();
    return false;
}

void EditorSuggestions::stop()
{
    m_isAsked = false;
    if (isShown())
        m_popup->hide();
}

} // namespace fairway::ui
