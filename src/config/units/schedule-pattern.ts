/** The five fields of a schedule and the few repetitions that people choose by name. Pure. */

export type Repetition =
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekdays'; readonly time: string }
  /** 0 is Sunday. */
  | { readonly kind: 'weekly'; readonly time: string; readonly days: readonly number[] }
  /** 'L': the last day of each month. */
  | { readonly kind: 'monthly'; readonly time: string; readonly day: string };

/** null: the fields say something that has no name; they are edited as they are. `time` is "HH:MM". */
export function repetitionOf(cron: string): Repetition | null {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = cron.trim().split(/\s+/);
  if (!isNumber(minute, 59) || !isNumber(hour, 23) || month !== '*' || more.length > 0) return null;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return { kind: 'daily', time };
  if (day === '*' && weekday === '1-5') return { kind: 'weekdays', time };
  if (day === '*' && weekday.split(',').every((one) => isNumber(one, 6))) {
    return { kind: 'weekly', time, days: weekday.split(',').map(Number) };
  }
  if (weekday === '*' && (day === 'L' || (isNumber(day, 31) && day !== '0'))) {
    return { kind: 'monthly', time, day };
  }
  return null;
}

export function cronOf(repetition: Repetition): string {
  const [hour = '0', minute = '0'] = repetition.time.split(':');
  const at = `${Number(minute)} ${Number(hour)}`;
  switch (repetition.kind) {
    case 'daily':
      return `${at} * * *`;
    case 'weekdays':
      return `${at} * * 1-5`;
    case 'weekly':
      return `${at} * * ${[...repetition.days].sort((a, b) => a - b).join(',')}`;
    case 'monthly':
      return `${at} ${repetition.day} * *`;
  }
}

const isNumber = (text: string, max: number): boolean => /^\d{1,2}$/.test(text) && Number(text) <= max;
