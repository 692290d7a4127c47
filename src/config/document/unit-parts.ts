/** The parts of a unit as the settings page shows them, and which of its settings belongs to which. */
import type { ExecutionUnit } from '../../definition/types';

export type UnitPart = 'name' | 'note' | 'enabled' | 'start' | 'rules' | 'input' | 'test' | 'flowIds';

/** In the order of the page. */
export const UNIT_PARTS: Readonly<Record<keyof Omit<ExecutionUnit, 'id'>, UnitPart>> = {
  enabled: 'enabled',
  name: 'name',
  note: 'note',
  flowIds: 'flowIds',
  button: 'start',
  recordEvents: 'start',
  api: 'start',
  webhookEvents: 'start',
  schedules: 'start',
  executor: 'rules',
  concurrency: 'rules',
  queueTtlMinutes: 'rules',
  priority: 'rules',
  confirm: 'rules',
  conflict: 'rules',
  atomicity: 'rules',
  rateLimitPerMinute: 'rules',
  maxRunMinutes: 'rules',
  savepointRetention: 'rules',
  input: 'input',
  mode: 'test',
  test: 'test',
  breakpoints: 'test',
};

/** The part that a settings path ("schedules.0.cron") lies in; null: none of them. */
export function partOf(path: string): UnitPart | null {
  const [key = ''] = path.split('.');
  return Object.hasOwn(UNIT_PARTS, key) ? UNIT_PARTS[key as keyof typeof UNIT_PARTS] : null;
}
