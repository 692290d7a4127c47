/** Regular expressions that no text can make slow; a small, safe subset of ECMAScript's. */
import type { Failure, Result } from '../../definition/errors';
import { fail, failure, ok } from '../../definition/errors';
import { patternTest } from './match';
import { parsePattern } from './parse';
import { MAX_STEPS, programOf } from './program';

export { MAX_PATTERN_LENGTH } from './parse';

/**
 * The test of a pattern, or why it cannot be used: the failures of `parsePattern`, or `patternTooLarge {limit}`
 * (counted repetitions of large parts).
 */
export function compilePattern(pattern: string): Result<(text: string) => boolean, Failure> {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return parsed;
  const program = programOf(parsed.value);
  return program === null ? fail(failure('patternTooLarge', { limit: MAX_STEPS })) : ok(patternTest(program));
}
