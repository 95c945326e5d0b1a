#pragma once

#include "core/engine/types.h"
#include "widgets/routes/split_geometry.h"

#include <QStringList>
#include <QWidget>

namespace fairway::ui {

class SplitGrip;
class SplitModel;

/// The signature control: the live split as a thin bar, and below it the draft, a segment per destination with a divider
/// between any two that can be dragged or moved with the keys (arrows 1, Shift or Page 10, Home and End all the way, Tab to
/// the next divider). A divider moves its two neighbours only. A segment at 0 % keeps 24 pixels to grip.
///
/// Edits the SplitModel it is given (borrowed; call refresh() when somebody else changed it) and says edited() afterwards.
class SplitBar final : public QWidget {
    Q_OBJECT
public:
    static constexpr qsizetype maxSegments = 6; ///< Above, the rows below do the work alone.

    explicit SplitBar(QWidget *parent = nullptr);

    void setModel(SplitModel *model, const QStringList &labels, const QList<engine::Role> &roles);
    void setEditable(bool isEditable);
    void setLiveTitle(const QString &title); ///< What the weights in force are called.
    void refresh();
    void focusFirstGrip();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited();
    void refused(const QString &why);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QRect liveRect() const;
    [[nodiscard]] QRect draftRect() const;
    void makeGrips();
    void layoutGrips();
    void describe();
    void paintSegment(QPainter &painter, const QRectF &rect, qsizetype segment) const;

    SplitModel *m_model = nullptr;
    QStringList m_labels;
    QList<engine::Role> m_roles;
    QString m_liveTitle;
    QList<SplitGrip *> m_grips;
    SplitGeometry m_geometry;
    bool m_isEditable = true;
};

/// Diagonal lines over a canary's segment, in both schemes. The clip of `painter` is kept.
void paintHatch(QPainter &painter, const QRectF &rect);

} // namespace fairway::ui
