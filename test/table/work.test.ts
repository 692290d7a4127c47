import { describe, expect, it } from 'vitest';
import { columnFromCells } from '../../src/table/column';
import { joiningRows, joinRows, sortingRows, sortRows } from '../../src/table/rows';
import { tableOf, takeRows, takingRows } from '../../src/table/table';
import { type Work, workInPieces, workThrough } from '../../src/table/work';
import { specOf } from './arbitraries';

function* counting(pieces: number): Work<string> {
  for (let piece = 0; piece < pieces; piece++) yield;
  return 'done';
}

describe('work in pieces', () => {
  it('rests after every piece and gives what working through gives', async () => {
    let rests = 0;
    const rest = async () => {
      rests += 1;
    };
    expect(await workInPieces(counting(5), rest)).toBe(workThrough(counting(5)));
    expect(rests).toBe(5);
  });

  it('ends when resting fails', async () => {
    let rests = 0;
    const rest = () => {
      rests += 1;
      return rests === 2 ? Promise.reject(new Error('stop')) : Promise.resolve();
    };
    await expect(workInPieces(counting(5), rest)).rejects.toThrow('stop');
    expect(rests).toBe(2);
  });

  it('comes in pieces of bounded size, whatever the table', () => {
    const length = 100_000;
    const texts = columnFromCells(
      specOf('text', 't'),
      Array.from({ length }, (_, row) => `t${(row * 7919) % length}`),
    );
    const numbers = columnFromCells(
      specOf('number', 'n'),
      Array.from({ length }, (_, row) => ({ coefficient: BigInt((row * 31) % 997), scale: 0 })),
    );
    const table = tableOf([texts, numbers], length);
    const keys = [
      { column: 'n', descending: true },
      { column: 't', descending: false },
    ];
    const piecesOf = <T>(work: Work<T>): { pieces: number; value: T } => {
      for (let pieces = 1; ; pieces++) {
        const step = work.next();
        if (step.done === true) return { pieces, value: step.value };
      }
    };
    const sorted = piecesOf(sortingRows(table, keys));
    expect(sorted.value).toEqual(sortRows(table, keys));
    expect(sorted.pieces).toBeGreaterThan(4);
    const taken = piecesOf(takingRows(table, sorted.value));
    expect(taken.value).toEqual(takeRows(table, sorted.value));
    expect(taken.pieces).toBe(3);
    const other = columnFromCells(
      specOf('text', 'o'),
      Array.from({ length }, (_, row) => `t${row}`),
    );
    const joined = piecesOf(joiningRows([texts], [other], 'left'));
    expect(joined.value).toEqual(joinRows([texts], [other], 'left'));
    expect(joined.pieces).toBeGreaterThan(10);
  });
});
