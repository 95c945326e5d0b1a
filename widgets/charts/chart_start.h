#pragma once

#include <QWidget>

class QVBoxLayout;

namespace fairway::ui {

class TextLabel;

/// What the page shows while no chart is open: the two ways to open one, those of late, and why the last one could not be opened.
class ChartStart final : public QWidget {
    Q_OBJECT
public:
    explicit ChartStart(QWidget *parent = nullptr);
    void setRecent(const QStringList &paths);
    void setProblem(const QString &path, const QString &problem); ///< Empty: none.

Q_SIGNALS:
    void openFolderRequested();
    void openArchiveRequested();
    void openRequested(const QString &path);

private:
    TextLabel *m_title;
    TextLabel *m_sentence;
    QWidget *m_recent;
    QVBoxLayout *m_rows;
    QStringList m_shown;
};

/// "~/charts/checkout"
[[nodiscard]] QString homePath(const QString &path);

} // namespace fairway::ui
