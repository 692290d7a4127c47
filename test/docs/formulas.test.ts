import { describe, expect, it } from 'vitest';
import { FUNCTIONS, ROW_ERROR_CODES } from '../../src/formula';
import { FORMULAS_PAGE, resultOf } from './formula-results';
import { codeOf, readPage, tableRows } from './pages';

const FORMULAS = tableRows(FORMULAS_PAGE, 'Formula', 'Result').map(
  ([formula = '', result = '']) => [codeOf(formula), codeOf(result)] as const,
);
const LIST = tableRows(readPage('docs/functions.md'), 'Function', 'Meaning', 'Formula', 'Result').map(
  ([signature = '', , formula = '', result = '']) =>
    [codeOf(signature).replace(/\(.*/, ''), codeOf(formula), codeOf(result)] as const,
);

describe('docs/formulas.md', () => {
  it.each(FORMULAS)('%s gives %s', (formula, result) => {
    expect(resultOf(formula)).toBe(result);
  });

  it.each(ROW_ERROR_CODES)('the error %s is described and shown', (code) => {
    const described = tableRows(FORMULAS_PAGE, 'Code', 'Meaning');
    expect(described.some(([codes]) => codes?.includes(`\`${code}\``))).toBe(true);
    expect(FORMULAS.some(([, result]) => result === `#${code}`)).toBe(true);
  });
});

describe('docs/functions.md', () => {
  it('lists every function once', () => {
    expect(LIST.map(([name]) => name).sort()).toEqual([...FUNCTIONS.keys()].sort());
  });

  it.each(LIST)('%s: %s gives %s', (name, formula, result) => {
    expect(formula).toContain(`${name}(`);
    expect(resultOf(formula)).toBe(result);
  });
});
