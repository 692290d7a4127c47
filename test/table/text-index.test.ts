import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextIndex } from '../../src/table/text-index';

describe('TextIndex', () => {
  it('numbers texts as a Map would', () => {
    const long = fc.tuple(fc.nat({ max: 300 }), fc.constantFrom('x', 'y')).map(([at, letter]) => {
      const text = 'a'.repeat(300);
      return text.slice(0, at) + letter + text.slice(at);
    });
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), long), { maxLength: 60 });
    fc.assert(
      fc.property(texts, texts, (added, asked) => {
        const index = new TextIndex();
        const map = new Map<string, number>();
        for (const text of added) {
          if (!map.has(text)) map.set(text, map.size);
          expect(index.add(text)).toBe(map.get(text));
        }
        expect(index.size).toBe(map.size);
        expect(asked.map((text) => index.find(text))).toEqual(asked.map((text) => map.get(text) ?? -1));
      }),
    );
  });

  it('keeps hundreds of thousands of texts apart', () => {
    const index = new TextIndex();
    const count = 200_000;
    for (let number = 0; number < count; number++) index.add(`R${number}`);
    const wrong = Array.from({ length: count }, (_, number) => number).filter(
      (number) => index.find(`R${number}`) !== number,
    );
    expect(wrong).toEqual([]);
    expect(index.find('R')).toBe(-1);
  });
});
