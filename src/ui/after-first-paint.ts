/** Elements that the first paint does without: they show nothing before something has happened. */
import './listen/earmark-backend-report';
import './page/earmark-notices';
import './page/earmark-problem';
