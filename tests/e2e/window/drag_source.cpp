#include <QApplication>
#include <QDrag>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>

#include <cstdio>

// A file manager as far as dragging goes: `e2e_drag_source FILE…` shows one small window above all others, from which the files can be
// dragged. As file managers do it proposes to move. Prints what the target under the pointer would do, and in the end what was done.
namespace {

const char *wordOf(Qt::DropAction action)
{
    return action == Qt::CopyAction ? "copy" : action == Qt::MoveAction ? "move" : action == Qt::LinkAction ? "link" : "nothing";
}

void say(const char *what, Qt::DropAction action)
{
    std::printf("%s %s\n", what, wordOf(action));
    std::fflush(stdout);
}

class Source : public QLabel {
public:
    explicit Source(const QStringList &files)
        : QLabel(QStringLiteral("drag me"))
    {
        for (const QString &file : files)
            m_urls.append(QUrl::fromLocalFile(file));
        setWindowFlags(Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint | Qt::X11BypassWindowManagerHint);
        setAlignment(Qt::AlignCenter);
        setGeometry(0, 0, 120, 40);
    }

protected:
    void mouseMoveEvent(QMouseEvent *event) override
    {
        if ((event->buttons() & Qt::LeftButton) == 0 || m_isDragging)
            return;
        m_isDragging = true;
        auto *files = new QMimeData;
        files->setUrls(m_urls);
        auto *drag = new QDrag(this);
        drag->setMimeData(files);
        connect(drag, &QDrag::actionChanged, this, [](Qt::DropAction action) { say("would", action); });
        say("done", drag->exec(Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, Qt::MoveAction));
        m_isDragging = false;
    }

private:
    QList<QUrl> m_urls;
    bool m_isDragging = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Source source(QCoreApplication::arguments().mid(1));
    source.show();
    return QApplication::exec();
}
