import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellKey, cellToText, compareCells, compareText, equalCells } from '../../src/table/cells';
import { parseDecimal } from '../../src/table/decimal';
import type { Cell, ColumnType } from '../../src/table/types';
import { numberCells, textCells } from './arbitraries';

const one = parseDecimal('1');
const alsoOne: Cell = { coefficient: 100n, scale: 2 };
const file = { fileKey: 'k', name: 'n.txt', contentType: 'text/plain', size: '3' };
const person = (code: string, name = code) => ({ code, name });

describe('equality by value', () => {
  it.each<[ColumnType, Cell, Cell, boolean]>([
    ['number', one, alsoOne, true],
    ['number', one, null, false],
    ['number', parseDecimal('0'), null, false],
    ['text', '1', '1.0', false],
    ['text', '', null, true],
    ['choices', ['a', 'b'], ['b', 'a', 'a'], true],
    ['choices', ['a,b'], ['a', 'b'], false],
    ['choices', [], null, true],
    ['people', [person('x', 'old name')], [person('x', 'new name')], true],
    ['people', [person('x'), person('y')], [person('y'), person('x')], true],
    ['people', [person('x')], [person('y')], false],
    ['files', [file], [{ ...file, contentType: '' }], true],
    ['files', [file], [{ ...file, size: '4' }], false],
    ['files', [file], [{ ...file, fileKey: 'other' }], false],
    ['table', [{ id: '1', cells: [one, 'a'] }], [{ id: null, cells: [alsoOne, 'a'] }], true],
    ['table', [{ id: '1', cells: ['1'] }], [{ id: '1', cells: [one] }], false],
    [
      'table',
      [
        { id: null, cells: ['a'] },
        { id: null, cells: ['b'] },
      ],
      [
        { id: null, cells: ['b'] },
        { id: null, cells: ['a'] },
      ],
      false,
    ],
    ['table', [{ id: null, cells: [''] }], [{ id: null, cells: [null] }], true],
  ])('%s: %o and %o', (type, a, b, expected) => {
    expect(equalCells(type, a, b)).toBe(expected);
    expect(cellKey(type, a) === cellKey(type, b)).toBe(expected);
    expect(compareCells(type, a, b) === 0).toBe(expected);
    expect(compareCells(type, b, a) === 0).toBe(expected);
  });

  it('agrees with keys and order for numbers and texts', () => {
    const pairs = fc.oneof(
      fc.tuple(fc.constant<ColumnType>('number'), numberCells, numberCells),
      fc.tuple(fc.constant<ColumnType>('text'), textCells, textCells),
    );
    fc.assert(
      fc.property(pairs, ([type, a, b]) => {
        const equal = equalCells(type, a, b);
        expect(cellKey(type, a) === cellKey(type, b)).toBe(equal);
        expect(compareCells(type, a, b) === 0).toBe(equal);
        // Adding zero because -0 is not 0 for the matcher.
        expect(Math.sign(compareCells(type, a, b)) + 0).toBe(-Math.sign(compareCells(type, b, a)) + 0);
      }),
    );
  });
});

describe('order', () => {
  it.each<[ColumnType, readonly Cell[]]>([
    [
      'number',
      [
        null,
        parseDecimal('-10'),
        parseDecimal('-9.5'),
        parseDecimal('0'),
        parseDecimal('9'),
        parseDecimal('10'),
      ],
    ],
    ['text', [null, '10', '9', 'B', 'a', 'あ', '！', '😀']],
    ['date', [null, '1000-01-01', '2024-02-29', '9999-12-31']],
    ['choices', [null, ['a'], ['a', 'b'], ['b']]],
    ['people', [null, [person('a', 'z')], [person('b', 'y')]]],
    [
      'table',
      [null, [{ id: null, cells: [parseDecimal('9')] }], [{ id: null, cells: [parseDecimal('10')] }]],
    ],
  ])('of %s', (type, ordered) => {
    for (let i = 0; i < ordered.length; i++) {
      for (let j = 0; j < ordered.length; j++) {
        const order = compareCells(type, ordered[i] as Cell, ordered[j] as Cell);
        expect(Math.sign(order) + 0).toBe(Math.sign(i - j));
      }
    }
  });

  it('of texts is by code point', () => {
    const units = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(units, units, (a, b) => {
        const [x, y] = [Array.from(a), Array.from(b)].map((text) =>
          text.map((c) => c.codePointAt(0) as number),
        );
        const left = x as number[];
        const right = y as number[];
        let expected = left.length - right.length;
        for (let i = Math.min(left.length, right.length) - 1; i >= 0; i--) {
          if (left[i] !== right[i]) expected = (left[i] as number) - (right[i] as number);
        }
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(expected));
      }),
    );
  });
});

describe('canonical text', () => {
  it.each<[ColumnType, Cell, string]>([
    ['text', 'a', 'a'],
    ['number', alsoOne, '1'],
    ['number', parseDecimal('1e3'), '1000'],
    ['date', '2024-01-02', '2024-01-02'],
    ['choices', ['b', 'a'], 'b, a'],
    ['people', [person('x', '山田'), person('y', '')], '山田, y'],
    ['files', [file], 'n.txt'],
    [
      'table',
      [
        { id: null, cells: [one, null, 'a'] },
        { id: null, cells: ['b'] },
      ],
      '1, , a; b',
    ],
    ['text', null, ''],
    ['choices', [], ''],
  ])('of %s %o is %o', (type, cell, expected) => {
    expect(cellToText(type, cell)).toBe(expected);
  });
});
