import { describe, expect, it } from 'vitest';
import { AGGREGATE_METHODS } from '../../src/commands';
import { methodForColumn, methodsToOffer } from '../../src/config/forms/aggregate-methods';
import type { ColumnSpec } from '../../src/table/types';

const columns: readonly ColumnSpec[] = [
  { name: '売上', label: '売上', type: 'number' },
  { name: '顧客', label: '顧客', type: 'text' },
];

describe('the methods of an aggregate', () => {
  it('are those that suit the type of the column', () => {
    expect(methodsToOffer({ column: '売上', method: 'sum' }, columns)).toContain('average');
    expect(methodsToOffer({ column: '顧客', method: 'count' }, columns)).not.toContain('sum');
  });

  it('are all of them while the column is not known', () => {
    expect(methodsToOffer({ column: 'gone', method: 'sum' }, columns)).toEqual(AGGREGATE_METHODS);
  });

  it('keep showing a chosen one that does not fit', () => {
    expect(methodsToOffer({ column: '顧客', method: 'sum' }, columns)[0]).toBe('sum');
  });

  it('stay with another column if they fit, and give way to one that does otherwise', () => {
    expect(methodForColumn('count', '顧客', columns)).toBe('count');
    const instead = methodForColumn('sum', '顧客', columns);
    expect(methodsToOffer({ column: '顧客', method: instead }, columns)).not.toContain('sum');
  });
});
