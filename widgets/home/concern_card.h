#pragma once

#include "core/engine/types.h"

#include <QList>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

class ElidedLabel;
class ItemLine;
class RouteLine;
class TextLabel;

/// A card of Home: what is wrong, how badly, and the door to it. Updated in place.
class ConcernCard final : public QWidget {
    Q_OBJECT
public:
    explicit ConcernCard(QWidget *parent = nullptr);
    /// `isFirst` gets the page's one primary button.
    void setConcern(const engine::Concern &concern, const engine::ContextInfo &context, bool isFirst);
    [[nodiscard]] const engine::Concern &concern() const { return m_concern; }

Q_SIGNALS:
    void navigate(const QString &target);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showRoutes();
    void showItems();

    engine::Concern m_concern;
    engine::ContextInfo m_context;
    TextLabel *m_title;
    TextLabel *m_value;
    ElidedLabel *m_subject;
    TextLabel *m_news;
    QVBoxLayout *m_text;  ///< What explains the news.
    QVBoxLayout *m_lines; ///< Routes, or objects.
    ElidedLabel *m_note;
    QPushButton *m_action;
    QList<RouteLine *> m_routes;
    QList<ItemLine *> m_items;
    QList<TextLabel *> m_texts;
};

} // namespace fairway::ui
