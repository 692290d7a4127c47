import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { historyOf, type Transition, withTransitions } from '../../src/run';

const move = fc.record<Transition>({
  atMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  actor: fc.constantFrom('佐藤 昇', 'Suzuki', 'O’Neil'),
  state: fc.constantFrom('Running', 'Queuing'),
  reason: fc.constantFrom('writing', 'paused', 'checking'),
  note: fc.constantFrom('', 'person', 'goesOn'),
});

it('tells what was put in, however it was put in; what is folded is counted', () => {
  fc.assert(
    fc.property(fc.array(fc.array(move, { maxLength: 7 }), { maxLength: 40 }), (parts) => {
      const text = parts.reduce((sum, part) => withTransitions(sum, part), '');
      const all = parts.flat();
      const { transitions, foldedCount } = historyOf(text);
      expect(transitions.length + foldedCount).toBe(all.length);
      expect(text === '' ? 0 : text.split('\n').length).toBeLessThanOrEqual(60);
      if (foldedCount === 0) expect(transitions).toEqual(all);
      else {
        expect(transitions.slice(0, 10)).toEqual(all.slice(0, 10));
        expect(transitions.slice(10)).toEqual(all.slice(10 + foldedCount));
      }
    }),
  );
});

it('a name cannot break the lines, and what was edited by hand is left out', () => {
  const evil = { atMs: 0, actor: 'a\tb\nc', state: 'Running', reason: 'paused', note: '' } as const;
  const text = withTransitions('nonsense\n\n', [evil]);
  expect(historyOf(text).transitions).toEqual([{ ...evil, actor: 'a b c' }]);
});
