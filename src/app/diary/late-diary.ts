import { whenCalled } from '../../store/when-called';
import { StateHolder, type Watchable } from '../state-holder';
import type { Diary, DiaryHost } from './diary';
import { type DiaryParts, fetchStore } from './diary-parts';
import { type DiaryState, emptyDiaryState } from './diary-state';

const fetchCode = () => import('./diary');

/**
 * Fetches the diary's code before anything is heard: fetched with the first event, it would tell the server when that was.
 * A failure is reported by whoever needs the code.
 */
export function prefetchDiary(): void {
  Promise.all([fetchCode(), fetchStore()]).catch(() => undefined);
}

/** The diary, whose code is fetched when it is first asked or told anything: the first paint does not need it. */
export function lateDiary(parts: DiaryParts, host: DiaryHost): LateDiary {
  const holder = new StateHolder(emptyDiaryState);
  const diary = whenCalled(async () => new (await fetchCode()).Diary(parts, host, holder) as Asked);
  return new Proxy({} as LateDiary, {
    get: (_, name) => (name in holder ? holder[name as keyof Watchable<DiaryState>] : diary[name as keyof Asked]),
  });
}

/** What can be asked of the diary, which answers later. */
type Asked = Omit<Diary, 'state' | 'subscribe'>;

export type LateDiary = Watchable<DiaryState> & Asked;
