/**
 * Typed dictionaries. A dictionary is a plain object of texts; the Japanese one is the type and the
 * others `satisfies Shape<typeof ja>`, so a missing or surplus key fails the type check. Each bundle
 * imports only the dictionaries it shows; this file knows none of them.
 */
import type { Failure, Params } from '../definition/errors';

export type Language = 'ja' | 'en' | 'zh';

/** The same keys with any text: strings stay strings, functions keep their parameters. */
export type Shape<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Shape<T[K]>;
};

export type Translations<T> = Readonly<Record<Language, T>>;

/**
 * The language to show for a code of `kintone.getLoginUser().language`.
 * kintone answers ja, en, zh, zh-TW, es, pt-BR or th and "en" for all others
 * (cybozu.dev/ja/kintone/docs/js-api/kintone/get-login-user); both Chinese codes get zh, the rest en.
 */
export function pickLanguage(code: string | undefined): Language {
  const primary = (code ?? '').toLowerCase().split('-')[0];
  return primary === 'ja' || primary === 'zh' ? primary : 'en';
}

/** What a person reads about a failure: what happened, and what to do about it (may be ''). */
export interface FailureText {
  readonly what: string;
  readonly todo: string;
}

/** Short form for dictionaries; `todo` may be left out where the fault itself says what to do. */
export function failureText(what: string, todo = ''): FailureText {
  return { what, todo };
}

/** Texts by failure code; `{name}` stands for the parameter of that name. */
export type FailureTexts = Readonly<Record<string, FailureText>>;

/** Replaces `{name}` by the parameter; lists are joined by the language's own comma. Unknown names stay visible. */
export function fill(text: string, params: Params, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) return whole;
    if (typeof value === 'number') return formatCount(value, language);
    if (typeof value === 'object') return value.join(language === 'en' ? ', ' : '、');
    return String(value);
  });
}

/**
 * The text for a failure or problem. A code without a text is shown as `fallback` with the code in
 * `{code}`, so that a report by phone still says which one it was.
 */
export function describeFailure(
  texts: FailureTexts,
  fallback: FailureText,
  failure: Failure,
  language: Language,
): FailureText {
  const found = Object.hasOwn(texts, failure.code) ? texts[failure.code] : undefined;
  const text = found ?? fallback;
  const params = found === undefined ? { ...failure.params, code: failure.code } : failure.params;
  return { what: fill(text.what, params, language), todo: fill(text.todo, params, language) };
}

const LOCALES: Readonly<Record<Language, string>> = { ja: 'ja-JP', en: 'en-US', zh: 'zh-CN' };

/** BCP 47 tag for `Intl` and for `lang` attributes. */
export function localeOf(language: Language): string {
  return LOCALES[language];
}

/** Making a format takes as long as using one a hundred times, and lists use the same few again and again. */
const countFormats = new Map<Language, Intl.NumberFormat>();
const momentFormats = new Map<string, Intl.DateTimeFormat>();

function known<K, V>(all: Map<K, V>, key: K, make: () => V): V {
  const found = all.get(key) ?? make();
  all.set(key, found);
  return found;
}

/** A whole number with digit grouping. */
export function formatCount(value: number, language: Language): string {
  return known(countFormats, language, () => new Intl.NumberFormat(LOCALES[language])).format(value);
}

/** A moment in the user's time zone (`kintone.getLoginUser().timezone`), to the second unless `timeStyle` is short. */
export function formatMoment(
  atMs: number,
  language: Language,
  timeZone: string,
  timeStyle: 'medium' | 'short' = 'medium',
): string {
  const make = () => new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeStyle, timeZone });
  return known(momentFormats, `${language} ${timeStyle} ${timeZone}`, make).format(atMs);
}
