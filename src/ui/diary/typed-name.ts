import type { DiaryCommands } from '../../app/diary/diary-state';
import type { TypedName } from '../kit/verdict/earmark-verdict';

/** What a person has typed about what an event was. @param id undefined: no event is shown. */
export async function typedNameOf(diary: DiaryCommands, id: string | undefined): Promise<TypedName | undefined> {
  return id === undefined ? undefined : { id, name: await diary.typedName(id) };
}
