/** What would change if something that was loaded became part of the settings. */
import type { HttpColumn, InputHttpSettings } from '../../../commands';
import { freeName } from '../../../commands/problem-list';
import type { RequestSettings } from '../../../run/connector';

export interface ColumnChange {
  readonly state: 'added' | 'changed' | 'same' | 'removed';
  readonly was: HttpColumn | null;
  readonly will: HttpColumn | null;
}

/** Columns belong together by their source. What is there and was not loaded comes last. */
export function columnChanges(
  now: readonly HttpColumn[],
  loaded: readonly HttpColumn[],
): readonly ColumnChange[] {
  const left = [...now];
  const changes = loaded.map((will): ColumnChange => {
    const at = left.findIndex(({ from }) => from === will.from);
    const [was = null] = at < 0 ? [] : left.splice(at, 1);
    if (was === null) return { state: 'added', was, will };
    const isSame = was.as === will.as && was.label === will.label && was.type === will.type;
    return { state: isSame ? 'same' : 'changed', was, will };
  });
  return [...changes, ...left.map((was): ColumnChange => ({ state: 'removed', was, will: null }))];
}

/** What is there stays as it is; the others follow, under names that are free. */
export function withMissing(
  now: readonly HttpColumn[],
  loaded: readonly HttpColumn[],
): readonly HttpColumn[] {
  const taken = new Set(now.map(({ as }) => as));
  const missing = columnChanges(now, loaded).flatMap(({ state, will }) => {
    if (state !== 'added' || will === null) return [];
    const as = freeName(taken, will.as);
    taken.add(as);
    return [{ ...will, as }];
  });
  return [...now, ...missing];
}

/** Parts of the request that would be others. */
export function requestChanges(
  now: InputHttpSettings,
  will: RequestSettings,
): readonly (keyof RequestSettings)[] {
  const keys = Object.keys(will) as (keyof RequestSettings)[];
  return keys.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(will[key]));
}

/** Whether there is anything that somebody has entered. */
export const isUntouched = ({ url, headers, body, path, columns }: InputHttpSettings): boolean =>
  `${url}${body}${path}` === '' && headers.length === 0 && columns.length === 0;
