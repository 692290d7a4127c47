import { describe, expect, it } from 'vitest';
import { equalCells } from '../../src/table/cells';
import { parseDecimal } from '../../src/table/decimal';
import { columnSpecOfField, columnSpecsOfFields, isWritable } from '../../src/table/kintone-fields';
import type { KintoneFieldProperty, KintoneFields } from '../../src/table/kintone-json';
import { cellFromKintone, kintoneFromCell, UnexpectedValueError } from '../../src/table/kintone-values';
import type { Cell, ColumnSpec } from '../../src/table/types';

function property(type: string, more: Partial<KintoneFieldProperty> = {}): KintoneFieldProperty {
  return { type, code: 'f', label: 'Field', ...more };
}

function specFor(type: string, more: Partial<KintoneFieldProperty> = {}): ColumnSpec {
  const spec = columnSpecOfField(property(type, more));
  if (spec === null) throw new Error(`${type} has no values`);
  return spec;
}

const user = { code: 'taro', name: '太郎' };
const file = { contentType: 'text/plain', fileKey: '2023-abc', name: 'a.txt', size: '12' };

/** Field type, value as read, the cell, value as written. */
const FORMS: readonly (readonly [string, unknown, Cell, unknown])[] = [
  ['SINGLE_LINE_TEXT', ' a\t', ' a\t', ' a\t'],
  ['MULTI_LINE_TEXT', 'a\nb', 'a\nb', 'a\nb'],
  ['RICH_TEXT', '<b>a</b>', '<b>a</b>', '<b>a</b>'],
  ['LINK', 'https://example.com', 'https://example.com', 'https://example.com'],
  ['NUMBER', '-0.5', { coefficient: -5n, scale: 1 }, '-0.5'],
  [
    'NUMBER',
    '123456789012345678901234567890',
    { coefficient: 123456789012345678901234567890n, scale: 0 },
    '123456789012345678901234567890',
  ],
  ['RADIO_BUTTON', 'x', 'x', 'x'],
  ['DROP_DOWN', 'x', 'x', 'x'],
  ['CHECK_BOX', ['x', 'y'], ['x', 'y'], ['x', 'y']],
  ['MULTI_SELECT', ['x'], ['x'], ['x']],
  ['DATE', '2024-02-29', '2024-02-29', '2024-02-29'],
  ['TIME', '23:59', '23:59', '23:59'],
  ['DATETIME', '2024-02-29T01:02:00Z', '2024-02-29T01:02:00Z', '2024-02-29T01:02:00Z'],
  ['USER_SELECT', [user], [user], [{ code: 'taro' }]],
  ['ORGANIZATION_SELECT', [user], [user], [{ code: 'taro' }]],
  ['GROUP_SELECT', [user], [user], [{ code: 'taro' }]],
  ['FILE', [file], [file], [{ fileKey: '2023-abc' }]],
  // Fields that are only read, or written only through other calls.
  ['RECORD_NUMBER', 'APP-1', 'APP-1', 'APP-1'],
  ['STATUS', '未処理', '未処理', '未処理'],
  ['CATEGORY', ['x'], ['x'], ['x']],
  ['STATUS_ASSIGNEE', [user], [user], [{ code: 'taro' }]],
  ['CREATOR', user, [user], { code: 'taro' }],
  ['MODIFIER', user, [user], { code: 'taro' }],
  ['CREATED_TIME', '2024-02-29T01:02:00Z', '2024-02-29T01:02:00Z', '2024-02-29T01:02:00Z'],
  ['UPDATED_TIME', '2024-02-29T01:02:00Z', '2024-02-29T01:02:00Z', '2024-02-29T01:02:00Z'],
];

describe('values of every field type', () => {
  it.each(FORMS)('%s %o', (type, read, cell, written) => {
    const spec = specFor(type);
    expect(cellFromKintone(spec, read)).toEqual(cell);
    expect(kintoneFromCell(type, cell)).toEqual(written);
  });

  it.each(FORMS)('%s %o comes back equal after being written', (type, read, _cell, written) => {
    const spec = specFor(type);
    const before = cellFromKintone(spec, read);
    // kintone answers names for codes and the file's facts for its key; they do not take part in equality here.
    const stored = type === 'FILE' ? read : written;
    expect(equalCells(spec.type, cellFromKintone(spec, stored), before)).toBe(true);
  });
});

describe('blanks', () => {
  it.each([
    ['SINGLE_LINE_TEXT', ''],
    ['MULTI_LINE_TEXT', ''],
    ['RICH_TEXT', ''],
    ['LINK', ''],
    ['NUMBER', ''],
    ['RADIO_BUTTON', ''],
    ['DROP_DOWN', null],
    ['DATE', null],
    ['TIME', null],
    ['DATETIME', ''],
    ['CHECK_BOX', []],
    ['MULTI_SELECT', []],
    ['USER_SELECT', []],
    ['ORGANIZATION_SELECT', []],
    ['GROUP_SELECT', []],
    ['FILE', []],
    ['SUBTABLE', []],
  ] as const)('%s is written as %o', (type, written) => {
    expect(kintoneFromCell(type, null)).toEqual(written);
    expect(cellFromKintone(specFor(type), written)).toBeNull();
    expect(cellFromKintone(specFor(type), null)).toBeNull();
    expect(cellFromKintone(specFor(type), undefined)).toBeNull();
    expect(cellFromKintone(specFor(type), '')).toBeNull();
  });
});

describe('calculated fields', () => {
  it.each([
    ['NUMBER', '1.50', { coefficient: 15n, scale: 1 }],
    ['NUMBER_DIGIT', '1000', { coefficient: 1000n, scale: 0 }],
    ['DATE', '2024-01-01', '2024-01-01'],
    ['TIME', '10:00', '10:00'],
    ['DATETIME', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['HOUR_MINUTE', '49:30', parseDecimal('49.5')],
    ['DAY_HOUR_MINUTE', '-0:20', parseDecimal('-0.3333333333')],
    ['NUMBER', '', null],
  ])('of format %s: %s', (format, value, cell) => {
    expect(cellFromKintone(specFor('CALC', { format }), value)).toEqual(cell);
  });
});

describe('tables', () => {
  const inner: KintoneFields = {
    qty: property('NUMBER', { code: 'qty' }),
    note: property('SINGLE_LINE_TEXT', { code: 'note' }),
    kinds: property('CHECK_BOX', { code: 'kinds' }),
    total: property('CALC', { code: 'total', format: 'NUMBER' }),
  };
  const spec = specFor('SUBTABLE', { fields: inner });
  const value = [
    {
      id: '11',
      value: {
        note: { type: 'SINGLE_LINE_TEXT', value: 'a' },
        qty: { type: 'NUMBER', value: '2.0' },
        kinds: { type: 'CHECK_BOX', value: [] },
        total: { type: 'CALC', value: '4' },
      },
    },
  ];

  it('become rows of cells in the order of the columns', () => {
    expect(spec.columns?.map((column) => [column.name, column.type])).toEqual([
      ['qty', 'number'],
      ['note', 'text'],
      ['kinds', 'choices'],
      ['total', 'number'],
    ]);
    expect(cellFromKintone(spec, value)).toEqual([
      { id: '11', cells: [parseDecimal('2'), 'a', null, parseDecimal('4')] },
    ]);
  });

  it('are written with row ids, without fields that cannot be written', () => {
    const cell = cellFromKintone(spec, value);
    expect(kintoneFromCell('SUBTABLE', cell, spec.columns)).toEqual([
      { id: '11', value: { qty: { value: '2' }, note: { value: 'a' }, kinds: { value: [] } } },
    ]);
    expect(
      kintoneFromCell('SUBTABLE', [{ id: null, cells: [null, 'b', ['x'], null] }], spec.columns),
    ).toEqual([{ value: { qty: { value: '' }, note: { value: 'b' }, kinds: { value: ['x'] } } }]);
  });

  it('made by commands take the field type that fits the column type', () => {
    const columns: ColumnSpec[] = [
      { name: 'd', label: 'd', type: 'date' },
      { name: 'n', label: 'n', type: 'number' },
    ];
    const cell: Cell = [{ id: null, cells: [null, parseDecimal('1')] }];
    expect(kintoneFromCell('SUBTABLE', cell, columns)).toEqual([
      { value: { d: { value: null }, n: { value: '1' } } },
    ]);
  });
});

describe('cells of other types', () => {
  it.each<[string, Cell, unknown]>([
    ['SINGLE_LINE_TEXT', { coefficient: 150n, scale: 2 }, '1.5'],
    ['SINGLE_LINE_TEXT', ['a', 'b'], 'a, b'],
    ['SINGLE_LINE_TEXT', [user], '太郎'],
    ['CHECK_BOX', 'x', ['x']],
    ['USER_SELECT', 'taro', [{ code: 'taro' }]],
    ['USER_SELECT', ['taro', 'hana'], [{ code: 'taro' }, { code: 'hana' }]],
  ])('%s takes %o', (type, cell, written) => {
    expect(kintoneFromCell(type, cell)).toEqual(written);
  });

  it.each<[string, unknown]>([
    ['NUMBER', 'abc'],
    ['NUMBER', {}],
    ['DATE', '2024-02-30'],
    ['TIME', 930],
    ['DATETIME', 'yesterday'],
    ['CHECK_BOX', 'x'],
    ['SINGLE_LINE_TEXT', ['x']],
    ['USER_SELECT', [{ name: 'no code' }]],
    ['FILE', [{ name: 'no key' }]],
    ['SUBTABLE', [{ id: '1' }]],
  ])('%s with %o is refused', (type, value) => {
    expect(() => cellFromKintone(specFor(type), value)).toThrow(UnexpectedValueError);
  });
});

describe('fields as columns', () => {
  it.each(['LABEL', 'SPACER', 'HR', 'GROUP', 'REFERENCE_TABLE'])('%s has none', (type) => {
    expect(columnSpecOfField(property(type))).toBeNull();
    expect(isWritable(property(type))).toBe(false);
  });

  it('carry label, field type and options in their order', () => {
    const options = {
      z: { label: 'z', index: '0' },
      a: { label: 'a', index: '10' },
      m: { label: 'm', index: '2' },
    };
    expect(columnSpecOfField(property('DROP_DOWN', { options }))).toEqual({
      name: 'f',
      label: 'Field',
      type: 'choice',
      fieldType: 'DROP_DOWN',
      options: ['z', 'm', 'a'],
    });
  });

  it('of a form keep its order and leave out decoration', () => {
    const fields = {
      b: property('NUMBER', { code: 'b' }),
      g: property('GROUP', { code: 'g' }),
      a: property('FILE', { code: 'a' }),
    };
    expect(columnSpecsOfFields(fields).map((spec) => spec.name)).toEqual(['b', 'a']);
  });
});

describe('isWritable', () => {
  it.each([
    ['NUMBER', {}, true],
    ['SINGLE_LINE_TEXT', { expression: '' }, true],
    ['SINGLE_LINE_TEXT', { expression: 'a & b' }, false],
    ['SUBTABLE', {}, true],
    ['FILE', {}, true],
    ['CALC', {}, false],
    ['RECORD_NUMBER', {}, false],
    ['CREATOR', {}, false],
    ['MODIFIER', {}, false],
    ['CREATED_TIME', {}, false],
    ['UPDATED_TIME', {}, false],
    ['STATUS', {}, false],
    ['STATUS_ASSIGNEE', {}, false],
    ['CATEGORY', {}, false],
  ])('%s %o: %s', (type, more, expected) => {
    expect(isWritable(property(type, more))).toBe(expected);
  });

  it('is false for what a lookup copies, but not for its key', () => {
    const lookup = { fieldMappings: [{ field: 'price', relatedField: 'p' }] };
    const key = property('SINGLE_LINE_TEXT', { code: 'key', lookup });
    const price = property('NUMBER', { code: 'price' });
    expect(isWritable(price, { key, price })).toBe(false);
    expect(isWritable(key, { key, price })).toBe(true);
    const table = property('SUBTABLE', { code: 't', fields: { key, price } });
    expect(isWritable(price, { t: table })).toBe(false);
    expect(isWritable(price, { price })).toBe(true);
  });
});
