/** The words of a text as the full-text index is taken to hold them. */
interface Words {
  /** Runs of ASCII letters, digits and `_`, in lower case. */
  readonly ascii: readonly string[];
  /** Runs of other letters and digits (Japanese and so on). */
  readonly other: readonly string[];
}

const RUNS = /[a-z0-9_]+|[^\p{ASCII}\p{P}\p{S}\p{Z}\p{C}]+/gu;
/** Japanese is indexed by pairs of characters: a single one finds nothing (seen live, facts 2.6). */
const MIN_OTHER_LENGTH = 2;

/** Splits a text into words; letter case and width (full-width letters, half-width kana) do not count. */
function wordsOf(text: string): Words {
  const ascii: string[] = [];
  const other: string[] = [];
  for (const run of text.normalize('NFKC').toLowerCase().match(RUNS) ?? []) {
    (/^[a-z0-9_]/.test(run) ? ascii : other).push(run);
  }
  return { ascii, other };
}

/**
 * Approximates kintone's `like`, a word search on a full-text index whose exact rules are not published.
 *
 * Every word of the keyword must occur: an ASCII word as a whole word ("key" misses "keyword"), any other word of two
 * characters or more as a part of a run. Order and adjacency do not count. A keyword without a usable word finds
 * nothing. Unlike kintone's, this index is never late.
 */
export function wordMatcher(keyword: string): (text: string) => boolean {
  const wanted = wordsOf(keyword);
  const parts = wanted.other.filter((part) => part.length >= MIN_OTHER_LENGTH);
  if (parts.length < wanted.other.length || parts.length + wanted.ascii.length === 0) return () => false;
  return (text) => {
    if (text === '') return false;
    const words = wordsOf(text);
    return (
      wanted.ascii.every((word) => words.ascii.includes(word)) &&
      parts.every((part) => words.other.some((run) => run.includes(part)))
    );
  };
}
