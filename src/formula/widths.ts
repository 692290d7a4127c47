/**
 * Half-width and full-width forms of Japanese text. The pairs come from Unicode's compatibility forms, so
 * no table of characters lives here; the exceptions are the ones that Excel makes.
 */

const FULL_WIDTH_SHIFT = 0xfee0;
const FIRST_HALF_KANA = 0xff61;
const LAST_HALF_KANA = 0xff9d;
/** Half-width marks after a kana, their full-width forms when they stand alone, and the combining ones. */
const VOICED = { half: '\uff9e', full: '\u309b', combining: '\u3099' };
const SEMI_VOICED = { half: '\uff9f', full: '\u309c', combining: '\u309a' };
const MARKS = [VOICED, SEMI_VOICED] as const;
/** WA and WO have voiced forms in Unicode, but not in the character set of Excel. */
const WITHOUT_VOICED_FORM: ReadonlySet<string> = new Set(['\u30ef', '\u30f2']);

/** Excel gives typographic quotes; the yen sign stays one, where Excel would make it a backslash. */
const EXCEPTIONS: readonly (readonly [half: string, full: string])[] = [
  [' ', '\u3000'],
  ['"', '\u201d'],
  ["'", '\u2019'],
  ['`', '\u2018'],
  ['\u00a5', '\uffe5'],
  [VOICED.half, VOICED.full],
  [SEMI_VOICED.half, SEMI_VOICED.full],
];

function buildTables() {
  const full = new Map<string, string>();
  const half = new Map<string, string>();
  for (let code = 0x21; code <= 0x7e; code += 1) {
    const wide = String.fromCharCode(code + FULL_WIDTH_SHIFT);
    full.set(String.fromCharCode(code), wide);
    half.set(wide, String.fromCharCode(code));
  }
  for (let code = FIRST_HALF_KANA; code <= LAST_HALF_KANA; code += 1) {
    const kana = String.fromCharCode(code);
    const wide = kana.normalize('NFKC');
    full.set(kana, wide);
    half.set(wide, kana);
    for (const mark of MARKS) {
      const composed = (wide + mark.combining).normalize('NFC');
      if (composed.length > 1 || WITHOUT_VOICED_FORM.has(wide)) continue;
      full.set(kana + mark.half, composed);
      half.set(composed, kana + mark.half);
    }
  }
  for (const [narrow, wide] of EXCEPTIONS) {
    full.set(narrow, wide);
    half.set(wide, narrow);
  }
  // Decomposed text (as file names of some systems are) has the mark as a character of its own.
  for (const mark of MARKS) half.set(mark.combining, mark.half);
  return { full, half };
}

let tables: ReturnType<typeof buildTables> | null = null;

function widthTables() {
  tables ??= buildTables();
  return tables;
}

const HALF_WIDTH = /[\uff61-\uff9d][\uff9e\uff9f]|[ -~\u00a5\uff61-\uff9f]/g;
const FULL_WIDTH = /[\u2018\u2019\u201d\u3000-\u30ff\uff01-\uff5e\uffe5]/g;

/** JIS: half-width letters, signs and kana become full-width; a kana takes in the voicing mark after it. */
export function toFullWidth(text: string): string {
  const { full } = widthTables();
  return text.replace(HALF_WIDTH, (found) => {
    const known = full.get(found);
    return known ?? Array.from(found, (character) => full.get(character) ?? character).join('');
  });
}

/** ASC: full-width letters, signs and katakana become half-width; voiced kana become two characters. */
export function toHalfWidth(text: string): string {
  const { half } = widthTables();
  return text.replace(FULL_WIDTH, (character) => half.get(character) ?? character);
}

const YEN_SIGN = 0xa5;

/** Bytes of a character in Shift-JIS, as LENB and its family count: 1 for half-width, else 2. */
function widthOf(character: string): 1 | 2 {
  const code = character.codePointAt(0)!;
  return code < 0x80 || code === YEN_SIGN || (code >= 0xff61 && code <= 0xff9f) ? 1 : 2;
}

/** Bytes of a text in Shift-JIS. */
export function widthOfText(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/**
 * The part of a text from byte `start` (0-based) up to byte `end`. The half of a full-width character that
 * is cut becomes a space, so that the part has exactly the bytes that were asked for.
 */
export function sliceWidths(text: string, start: number, end: number): string {
  let position = 0;
  let part = '';
  for (const character of text) {
    const next = position + widthOf(character);
    if (position >= end || start >= end) break;
    if (position >= start && next <= end) part += character;
    else if (next > start) part += ' ';
    position = next;
  }
  return part;
}

let positionsOfJis: { readonly characters: string; readonly codes: ReadonlyMap<string, number> } | null =
  null;
const JIS_ROWS = 94;

/** The 94 by 94 characters of JIS X 0208, from the platform's decoder of the encoding that follows its order. */
function jisTable() {
  if (positionsOfJis === null) {
    const bytes = new Uint8Array(2 * JIS_ROWS * JIS_ROWS);
    for (let index = 0; index < JIS_ROWS * JIS_ROWS; index += 1) {
      bytes[2 * index] = 0xa1 + Math.floor(index / JIS_ROWS);
      bytes[2 * index + 1] = 0xa1 + (index % JIS_ROWS);
    }
    const characters = new TextDecoder('euc-jp').decode(bytes);
    const codes = new Map<string, number>();
    for (const [index, character] of Array.from(characters).entries()) {
      if (character !== '\ufffd' && !codes.has(character)) codes.set(character, codeAt(index));
    }
    positionsOfJis = { characters, codes };
  }
  return positionsOfJis;
}

function codeAt(index: number): number {
  return (0x21 + Math.floor(index / JIS_ROWS)) * 256 + 0x21 + (index % JIS_ROWS);
}

const HALF_KANA_CODE_SHIFT = 0xff61 - 0xa1;

/** CODE of Japanese Excel: ASCII and half-width kana one byte, others their JIS code; null when there is none. */
export function jisCodeOf(character: string): number | null {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return code;
  if (code >= 0xff61 && code <= 0xff9f) return code - HALF_KANA_CODE_SHIFT;
  return jisTable().codes.get(character) ?? null;
}

/** CHAR: the inverse of `jisCodeOf`. */
export function characterOfJis(code: number): string | null {
  if (code >= 1 && code < 0x80) return String.fromCharCode(code);
  if (code >= 0xa1 && code <= 0xdf) return String.fromCharCode(code + HALF_KANA_CODE_SHIFT);
  const [row, cell] = [Math.floor(code / 256) - 0x21, (code % 256) - 0x21];
  if (row < 0 || row >= JIS_ROWS || cell < 0 || cell >= JIS_ROWS) return null;
  const character = jisTable().characters[row * JIS_ROWS + cell]!;
  return character === '\ufffd' ? null : character;
}
