/** The closed table of functions. A new one is an entry in the list of its family. */
import { DATE_FUNCTIONS } from './date';
import type { FunctionEntry } from './entry';
import { INSPECTION_FUNCTIONS } from './inspection';
import { INTEGER_FUNCTIONS } from './integers';
import { LOGICAL_FUNCTIONS } from './logical';
import { MATH_FUNCTIONS } from './math';
import { ROOT_FUNCTIONS } from './roots';
import { ROUNDING_FUNCTIONS } from './rounding';
import { SPAN_FUNCTIONS } from './spans';
import { STATISTICAL_FUNCTIONS } from './statistics';
import { TEXT_FUNCTIONS } from './text';
import { TEXT_FORMAT_FUNCTIONS } from './text-format';
import { JAPANESE_TEXT_FUNCTIONS } from './text-japanese';
import { TEXT_NUMBER_FUNCTIONS } from './text-numbers';
import { TEXT_SEARCH_FUNCTIONS } from './text-search';
import { WORKDAY_FUNCTIONS } from './workdays';

/** By name in upper case. */
export const FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map(
  [
    ...LOGICAL_FUNCTIONS,
    ...INSPECTION_FUNCTIONS,
    ...MATH_FUNCTIONS,
    ...ROUNDING_FUNCTIONS,
    ...INTEGER_FUNCTIONS,
    ...ROOT_FUNCTIONS,
    ...STATISTICAL_FUNCTIONS,
    ...TEXT_FUNCTIONS,
    ...TEXT_SEARCH_FUNCTIONS,
    ...TEXT_NUMBER_FUNCTIONS,
    ...TEXT_FORMAT_FUNCTIONS,
    ...JAPANESE_TEXT_FUNCTIONS,
    ...DATE_FUNCTIONS,
    ...SPAN_FUNCTIONS,
    ...WORKDAY_FUNCTIONS,
  ].map((entry) => [entry.name, entry]),
);
