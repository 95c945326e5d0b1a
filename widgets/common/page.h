#pragma once

#include <QString>
#include <QWidget>

namespace fairway::ui {

/// One page of the rail. Built when first shown; kept afterwards.
///
/// Keys: every action of the page is a QAction added with QWidget::addAction() that has a text and a shortcut (context
/// Qt::WidgetWithChildrenShortcut); the sheet that `?` opens lists them, the palette offers them while the page is shown.
/// Targets: a text "page:rest" names a place in the application; the frame cuts "page:" and hands the rest to openTarget().
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// Where a click on Home, on a finding or in the palette leads ("VirtualService/shop/reviews"). Empty: nothing special.
    virtual void openTarget(const QString &target) { Q_UNUSED(target) }
    /// True when leaving would lose work; `reason` says which. The frame asks before switching context or closing.
    [[nodiscard]] virtual bool hasUnsavedWork(QString *reason) const
    {
        Q_UNUSED(reason)
        return false;
    }
Q_SIGNALS:
    /// Go elsewhere: "explorer:v1/pods/shop/reviews-v2-x", "routes:VirtualService/shop/reviews".
    void navigate(const QString &target);
};

} // namespace fairway::ui
