#pragma once

#include <QWidget>

class QHBoxLayout;

namespace fairway::ui {

/// A row that leaves out its least important parts rather than cut every one short. What it leaves out must be said elsewhere too.
class FittingRow final : public QWidget {
    Q_OBJECT
public:
    explicit FittingRow(QWidget *parent = nullptr);

    [[nodiscard]] QHBoxLayout *row() const { return m_row; }
    /// These parts go together, before those that were named earlier.
    void addSpare(const QList<QWidget *> &parts) { m_spare.append(parts); }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void fit();

    QHBoxLayout *m_row;
    QList<QList<QWidget *>> m_spare;
};

} // namespace fairway::ui
