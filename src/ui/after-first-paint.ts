/** Elements that the first paint does not need: they are empty, or buttons of no use, until something has happened. */
import './kit/chart/earmark-save-picture';
import './kit/keep/earmark-last-labels';
import './listen/display/earmark-rewind';
import './listen/earmark-engine';
import './page/notices/earmark-notices';
import './listen/meters/legend/earmark-legend';
import './listen/stages/earmark-stages';
import './page/earmark-problem';
