import { expect, it } from 'vitest';
import { ROW_ERROR_CODES } from '../../src/formula';
import { knowsFailure } from '../../src/ui/panel/explain-failure';

it.each(['ja', 'en', 'zh'] as const)('every error of a row has a text in %s', (language) => {
  expect(ROW_ERROR_CODES.filter((code) => !knowsFailure(code, language))).toEqual([]);
});
