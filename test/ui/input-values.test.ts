import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputField } from '../../src/definition/types';
import { readInput } from '../../src/flow';
import { controlOf, filledValues, firstValues, inputOf, shownText } from '../../src/ui/panel/input-values';

const ZONE = 'Asia/Tokyo';

const field = (type: InputField['type'], more: Partial<InputField> = {}): InputField => ({
  name: 'x',
  label: 'X',
  note: '',
  type,
  required: false,
  defaultValue: '',
  choices: [],
  ...more,
});

describe('the text that a control shows', () => {
  it.each<[InputField['type'], string, string]>([
    ['text', 'a\r\nb', 'a\nb'],
    ['number', ' 1234.5 ', '1234.5'],
    ['date', '2026-11-28', '2026-11-28'],
    ['date', '2026-02-30', ''],
    ['date', '28.11.2026', ''],
    ['time', '09:30', '09:30'],
    ['time', '09:30:00', '09:30'],
    ['time', '25:00', ''],
    ['datetime', '2026-11-28T00:30:00Z', '2026-11-28 09:30'],
    ['datetime', '2026-11-28T09:30:00+09:00', '2026-11-28 09:30'],
    ['datetime', '2026-11-28 09:30', '2026-11-28 09:30'],
    ['datetime', '2026-11-28', ''],
    ['choice', 'b', 'b'],
    ['choice', 'gone', ''],
    ['choices', 'b\na\ngone', 'a\nb'],
  ])('%s of %j', (type, text, shown) => {
    expect(shownText(field(type, { choices: ['a', 'b'] }), text, ZONE)).toBe(shown);
  });

  it.each<[Partial<InputField> & Pick<InputField, 'type'>, string, string]>([
    [{ type: 'choice', required: true, choices: ['a', 'b'] }, '', 'radio'],
    [{ type: 'choice', required: false, choices: ['a', 'b'] }, '', 'select'],
    [{ type: 'choice', required: true, choices: [...'abcdef'] }, '', 'select'],
    [{ type: 'choices', choices: ['a'] }, '', 'checks'],
    [{ type: 'text' }, 'one line', 'line'],
    [{ type: 'text' }, 'two\nlines', 'area'],
  ])('%j is a control that can show it', (change, text, kind) => {
    expect(controlOf(field(change.type, change), [text])).toBe(kind);
  });
});

const aField = fc
  .record({
    type: fc.constantFrom<InputField['type']>(
      'text',
      'number',
      'date',
      'time',
      'datetime',
      'choice',
      'choices',
    ),
    required: fc.boolean(),
    choices: fc.uniqueArray(fc.stringMatching(/^[a-e]{1,3}$/), { minLength: 1, maxLength: 8 }),
    text: fc.oneof(
      fc.string(),
      fc.stringMatching(/^-?\d{1,20}(\.\d{1,8})?$/),
      fc.stringMatching(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
      fc.stringMatching(/^([01]\d|2[0-3]):[0-5]\d$/),
      fc
        .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map((at) => `${at.toISOString().slice(0, 16)}:00Z`),
      fc.stringMatching(/^[a-e]{1,3}(\n[a-e]{1,3}){0,3}$/),
    ),
  })
  .map(({ text, ...more }) => ({ field: field(more.type, more), text }));

const fields = fc
  .array(aField, { maxLength: 6 })
  .map((all) => all.map(({ field: one, text }, index) => ({ field: { ...one, name: `f${index}` }, text })));

/** Several choices are a set: the form names them in the order in which it shows them. */
const meant = (read: ReturnType<typeof readInput>) =>
  read.ok
    ? [...read.value].map(([name, cell]) => [name, Array.isArray(cell) ? new Set(cell) : cell])
    : read.error;

describe('U7: the form is the payload', () => {
  it('sends every field as it is shown, blank ones too, and nothing else', () => {
    fc.assert(
      fc.property(fields, fc.array(fc.string()), (all, typed) => {
        const asked = all.map(({ field: one, text }) => ({ ...one, defaultValue: text }));
        const opened = firstValues(asked, ZONE);
        const values = { ...opened };
        typed.forEach((text, index) => {
          const one = asked[index];
          if (one !== undefined) values[one.name] = text;
        });
        const sent = inputOf(asked, values);
        expect(Object.keys(sent)).toEqual(asked.map(({ name }) => name));
        for (const { name } of asked) expect(sent[name]).toBe(values[name]);
      }),
    );
  });

  it('what is filled in from last time means what was given then, or is seen to be blank', () => {
    fc.assert(
      fc.property(fields, (all) => {
        const asked = all.map(({ field: one }) => one);
        const last = Object.fromEntries(all.map(({ field: one, text }) => [one.name, text]));
        const values = filledValues(firstValues(asked, ZONE), asked, last, ZONE);
        for (const one of asked) {
          const form = { fields: [{ ...one, required: false }], recordFields: [] };
          const shown = values[one.name] ?? '';
          // Showing it once more changes nothing: the control holds it.
          expect(shownText(one, shown, ZONE)).toBe(shown);
          const was = readInput(form, { [one.name]: last[one.name] ?? '' }, ZONE);
          if (shown === '' || !was.ok || one.type === 'text') continue;
          expect(meant(readInput(form, inputOf([one], values), ZONE))).toEqual(meant(was));
        }
      }),
    );
  });
});
