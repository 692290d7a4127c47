import { describe, expect, it } from 'vitest';
import { protocolTime } from '../../src/node/result';
import { liveLines } from '../../src/node/terminal';

function record(columns: number | null) {
  const written: string[] = [];
  return { live: liveLines((text) => written.push(text), columns), written };
}

describe('lines that change', () => {
  it('are redrawn in place on a screen', () => {
    const { live, written } = record(20);
    live.show(['a', 'b']);
    live.show(['a', 'c']);
    live.show(['a', 'c']);
    expect(written).toEqual(['a\nb\n', '\u001b[2A\r\u001b[Ja\nc\n']);
  });

  it('start anew below what was settled', () => {
    const { live, written } = record(20);
    live.show(['a']);
    live.settle();
    live.show(['b']);
    expect(written).toEqual(['a\n', 'b\n']);
  });

  it('are cut before they would wrap; Japanese takes two columns', () => {
    const { live, written } = record(6);
    live.show(['abcdefgh', '月次売上']);
    expect(written).toEqual(['abcde\n月次\n']);
  });

  it('are printed once each where nothing can be redrawn', () => {
    const { live, written } = record(null);
    live.show(['a', 'b']);
    live.show(['a', 'c']);
    live.show(['a', 'c', 'd']);
    expect(written).toEqual(['a\n', 'b\n', 'c\n', 'd\n']);
  });
});

describe('times of the trigger protocol', () => {
  it.each([
    ['2020-12-01T00:00:00Z', 'Asia/Tokyo', '2020-12-01 09:00:00'],
    ['2020-11-30T15:00:00Z', 'Asia/Tokyo', '2020-12-01 00:00:00'],
    ['2026-07-01T23:59:59.999Z', 'UTC', '2026-07-01 23:59:59'],
  ])('%s in %s is %s', (at, zone, expected) => {
    expect(protocolTime(Date.parse(at), zone)).toBe(expected);
  });
});
