/**
 * The plain part of the stored settings: what a record page needs before anybody presses anything.
 * Every record page evaluates this file, so it depends on nothing and decodes by hand.
 */
import type {
  AppRef,
  ButtonPlacement,
  ConditionGroup,
  PrincipalRef,
  RecordEventTrigger,
} from '../definition/types';

export const INDEX_KEY = 'index';

export interface BootIndex {
  /** Format of the index itself. */
  readonly version: 1;
  readonly logApp: AppRef | null;
  readonly units: readonly BootUnit[];
}

export interface BootUnit {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** null: the unit has no button. */
  readonly button: {
    /** Blank: the dictionary's word for "run". */
    readonly label: string;
    readonly placement: ButtonPlacement;
    readonly condition: ConditionGroup | null;
    readonly users: readonly PrincipalRef[];
  } | null;
  /** Absent: no record event starts the unit. */
  readonly recordEvents?: readonly RecordEventTrigger[];
  /** Absent: programs of the page may not start it. */
  readonly api?: true;
  /** Absent: the unit writes what it plans. */
  readonly test?: true;
  /** Absent: the unit is not carried out by another service. */
  readonly remote?: true;
  /** Absent: while a run of the unit goes on, a press starts none, now or later (reject, join). */
  readonly queues?: true;
}

/** What `kintone.plugin.app.getConfig` answers; null right after some page loads. */
export type StoredConfig = Readonly<Record<string, string>>;

/**
 * Reads the index; null when nothing usable is stored (never saved, or written by a newer Nagare).
 * The store wrote the parts, so only the outer shape is checked here; the settings themselves are
 * decoded strictly before a run.
 */
export function readIndex(config: StoredConfig | null | undefined): BootIndex | null {
  if (config === null || config === undefined) return null;
  let text = '';
  for (let part = 0; ; part++) {
    const chunk = config[part === 0 ? INDEX_KEY : `${INDEX_KEY}${part}`];
    if (chunk === undefined) break;
    text += chunk;
  }
  try {
    const value = JSON.parse(text) as Partial<BootIndex> | null;
    return value !== null && value.version === 1 && Array.isArray(value.units) ? (value as BootIndex) : null;
  } catch {
    return null;
  }
}
