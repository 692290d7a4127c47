/** Options that a choice field does not have. */
import type { Place } from '../definition/errors';
import type { CommandReport } from './types';

/** How many options a report names. */
const NAMED_MAX = 5;

export interface UnknownOptions {
  readonly isBlanked: boolean;
  /** Counts an option that was left out. */
  note(field: string, option: string): void;
  /** One `optionsBlanked {field, values}` per field, counting every value that was left out. */
  reports(place: Place): readonly CommandReport[];
}

export function unknownOptions(isBlanked: boolean): UnknownOptions {
  const byField = new Map<string, { count: number; readonly values: Set<string> }>();
  return {
    isBlanked,
    note(field, option) {
      const seen = byField.get(field) ?? { count: 0, values: new Set<string>() };
      seen.count += 1;
      seen.values.add(option);
      byField.set(field, seen);
    },
    reports: (place) =>
      [...byField].map(([field, { count, values }]) => ({
        code: 'optionsBlanked',
        params: { field, values: [...values].slice(0, NAMED_MAX), count },
        place: { ...place, field },
        count,
      })),
  };
}
