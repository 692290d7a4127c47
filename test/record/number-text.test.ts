import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNumberText } from '../../src/record/number-text';

describe('compareNumberText', () => {
  it.each([
    ['1', '1.0', 0],
    ['-0', '0.00', 0],
    ['+5', '5', 0],
    ['9', '10', -1],
    ['-9', '-10', 1],
    ['0.1', '0.09', 1],
    ['0.1', '0.10', 0],
    ['123456789012345678901234567890', '123456789012345678901234567891', -1],
    ['-1', '1', -1],
    ['.5', '0.5', 0],
    ['007', '7', 0],
  ])('%s against %s is %i', (left, right, order) => {
    expect(compareNumberText(left, right)).toBe(order);
  });

  it.each(['', '-', '.', '1e3', 'abc', '1,000', '1 2'])('"%s" is no number', (text) => {
    expect(compareNumberText(text, '1')).toBeNull();
    expect(compareNumberText('1', text)).toBeNull();
  });

  it('orders like exact integers of the same scale', () => {
    const scaled = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const text = (value: bigint): string => {
      const digits = (value < 0n ? -value : value).toString().padStart(6, '0');
      return `${value < 0n ? '-' : ''}${digits.slice(0, -5)}.${digits.slice(-5)}`;
    };
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        expect(compareNumberText(text(a), text(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});
