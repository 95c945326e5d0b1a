#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>

class QHBoxLayout;

namespace fairway::ui {

class TextLabel;
class ElidedLabel;

/// One hairline between surfaces.
class Hairline : public QWidget {
    Q_OBJECT
public:
    explicit Hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A widget on a surface colour, with hairlines on the sides asked for.
class Panel : public QWidget {
    Q_OBJECT
public:
    explicit Panel(Token background = Token::Surface, Qt::Edges lines = {}, QWidget *parent = nullptr);
    void setRounded(bool isRounded); ///< A card: all four lines, corner radius 7.

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Token m_background;
    Qt::Edges m_lines;
    bool m_isRounded = false;
};

/// Title, muted note, and room for controls at the right: 24 px high.
class SectionHeader : public QWidget {
    Q_OBJECT
public:
    explicit SectionHeader(const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setNote(const QString &note);
    void addWidget(QWidget *control); ///< At the right end.

private:
    TextLabel *m_title;
    ElidedLabel *m_note;
    QHBoxLayout *m_row;
};

/// The 48 px head of a page or list: title, note, controls at the right, a hairline below.
class PageHeader : public QWidget {
    Q_OBJECT
public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setNote(const QString &note);
    void addLead(QWidget *widget);    ///< Between title and note: a kind badge.
    void addWidget(QWidget *control); ///< At the right end.

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextLabel *m_title;
    ElidedLabel *m_note;
    QHBoxLayout *m_row;
};

} // namespace fairway::ui
