import { describe, expect, it } from 'vitest';
import { MovableClock, minuteStamp } from '../../kintone/store/clock';
import { RecordTable } from '../../kintone/store/recordTable';
import type { KintoneRecord } from '../../kintone/store/types';
import { UndoLog } from '../../kintone/store/undoLog';

const record = (key: string): KintoneRecord => ({ key: { type: 'SINGLE_LINE_TEXT', value: key } });

function table(): { undo: UndoLog; records: RecordTable } {
  const undo = new UndoLog();
  const records = new RecordTable(undo);
  records.prepareRebuild(['key'], (one) => one)?.();
  return { undo, records };
}

const keys = (records: RecordTable, ...range: [number?, number?, boolean?]) =>
  [...records.range(...range)].map((one) => one['key']?.value);

describe('the clock', () => {
  it('runs until it is set, then stands, and can be moved either way', () => {
    let realMs = 100;
    const clock = new MovableClock(null, () => realMs);
    clock.advance(5);
    realMs += 10;
    expect(clock.nowMs()).toBe(115);
    clock.set(50);
    realMs += 10;
    clock.advance(7);
    expect(clock.nowMs()).toBe(57);
    clock.set(null);
    expect(clock.nowMs()).toBe(120);
  });

  it('cuts seconds off record times', () => {
    expect(minuteStamp(Date.UTC(2026, 0, 2, 3, 4, 59, 999))).toBe('2026-01-02T03:04:00Z');
  });
});

describe('the undo log', () => {
  it('takes back only the failed inner part when its error is caught', () => {
    const { undo, records } = table();
    undo.transaction(() => {
      records.insert(1, record('a'));
      expect(() =>
        undo.transaction(() => {
          records.insert(2, record('b'));
          throw new Error('inner');
        }),
      ).toThrow('inner');
      records.insert(3, record('c'));
    });
    expect(keys(records)).toEqual(['a', 'c']);
  });

  it('takes back the outer part, finished inner parts included', () => {
    const { undo, records } = table();
    expect(() =>
      undo.transaction(() => {
        undo.transaction(() => records.insert(1, record('a')));
        throw new Error('outer');
      }),
    ).toThrow('outer');
    expect(records.size).toBe(0);
    expect(records.unique.find('key', 'a')).toBeUndefined();
  });
});

describe('the record table', () => {
  it('goes through ids in both directions, between bounds, past deleted ones', () => {
    const { records } = table();
    for (const id of [1, 2, 3, 4, 5]) records.insert(id, record(`k${id}`));
    records.delete(3);
    expect(keys(records)).toEqual(['k1', 'k2', 'k4', 'k5']);
    expect(keys(records, 2, 4)).toEqual(['k2', 'k4']);
    expect(keys(records, 2, 5, true)).toEqual(['k5', 'k4', 'k2']);
  });

  it('keeps its order when an id is inserted late, or again', () => {
    const { undo, records } = table();
    records.insert(5, record('e'));
    records.insert(2, record('b'));
    expect(() =>
      undo.transaction(() => {
        records.insert(3, record('c'));
        throw new Error('no');
      }),
    ).toThrow('no');
    records.insert(3, record('c'));
    expect(keys(records)).toEqual(['b', 'c', 'e']);
  });

  it('stays whole when it forgets the ids of deleted records', () => {
    const { records } = table();
    for (let id = 1; id <= 300; id += 1) records.insert(id, record(`k${id}`));
    for (let id = 1; id <= 290; id += 1) records.delete(id);
    records.compact();
    expect(keys(records)).toEqual(Array.from({ length: 10 }, (_, at) => `k${291 + at}`));
    expect(records.nextId()).toBe(1);
    records.reserve(300, 0);
    expect(records.nextId()).toBe(301);
  });

  it('refuses to make a field unique whose values collide, and changes nothing', () => {
    const undo = new UndoLog();
    const records = new RecordTable(undo);
    records.insert(1, record('same'));
    records.insert(2, record('same'));
    expect(records.prepareRebuild(['key'], (one) => one)).toBeNull();
    expect(records.unique.codes).toEqual([]);
  });
});
