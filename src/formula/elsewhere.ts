/** Functions of Excel that are left out on purpose, each with the problem that says what does its work here. */

const NAMES: Readonly<Record<string, readonly string[]>> = {
  // Reads what was typed before the conversion to kanji; kintone keeps no such thing.
  phoneticUnavailable: ['PHONETIC'],
  lookupElsewhere: [
    'VLOOKUP',
    'HLOOKUP',
    'XLOOKUP',
    'LOOKUP',
    'INDEX',
    'MATCH',
    'XMATCH',
    'OFFSET',
    'INDIRECT',
  ],
  aggregateElsewhere: [
    'SUMIF',
    'SUMIFS',
    'COUNTIF',
    'COUNTIFS',
    'AVERAGEIF',
    'AVERAGEIFS',
    'MAXIFS',
    'MINIFS',
    'SUMPRODUCT',
    'SUBTOTAL',
  ],
  rankElsewhere: ['RANK', 'RANK.EQ', 'RANK.AVG'],
  // The confirmed result and the written one must be the same.
  randomUnavailable: ['RAND', 'RANDBETWEEN', 'RANDARRAY'],
};

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
);

/** The code of the problem for a function that is left out, or undefined. @param name in upper case */
export const elsewhereCode = (name: string): string | undefined => CODES.get(name);
