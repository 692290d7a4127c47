import { describe, expect, it } from 'vitest';
import { ERROR_CODES, errorCodeOf } from '../../src/trigger';
import { readPage, tableRows } from './pages';

const PAGE = readPage('docs/trigger.md');

describe('docs/trigger.md', () => {
  it('has every number that a failed task can have, with failures that have it', () => {
    const rows = tableRows(PAGE, '`errorCode`', 'Meaning', 'For example');
    const reasons = (['expired', 'unclear'] as const).map((reason) =>
      errorCodeOf({ failureCode: '', reason }),
    );
    expect(rows.map(([number]) => number)).toEqual(
      [...new Set([...Object.keys(ERROR_CODES), ...reasons])].sort(byNumber),
    );
    for (const [number = '', meaning, examples = ''] of rows) {
      expect(meaning).not.toBe('');
      const codes = [...examples.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
      for (const code of codes)
        expect([code, errorCodeOf({ failureCode: code, reason: 'failed' })]).toEqual([code, number]);
      for (const code of codes) expect(ERROR_CODES[number]).toContain(code);
    }
  });
});

const byNumber = (a: string, b: string): number => Number(a) - Number(b);
