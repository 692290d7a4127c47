import type { Failure, Params } from '../definition/errors';
import * as en from './dictionaries/en/type-names';
import * as ja from './dictionaries/ja/type-names';
import * as zh from './dictionaries/zh/type-names';
import type { Language, Translations } from './i18n';

const namesOf = ({ fieldTypes, kintoneTypes }: typeof ja): Readonly<Record<string, string>> => ({
  ...fieldTypes,
  ...kintoneTypes,
});
const NAMES: Translations<Readonly<Record<string, string>>> = {
  ja: namesOf(ja),
  en: namesOf(en),
  zh: namesOf(zh),
};

/** Parameters that hold the type of a column, a field or an input value. */
const TYPE_PARAMS: ReadonlySet<string> = new Set([
  'type',
  'from',
  'to',
  'leftType',
  'rightType',
  'first',
  'second',
  'found',
  'expected',
]);

/** The failure or problem with the names of types in place of their words; what is no type stays. */
export function withTypeNames<T extends Pick<Failure, 'params'>>(found: T, language: Language): T {
  const names = NAMES[language];
  const named = (value: string) => (Object.hasOwn(names, value) ? (names[value] ?? value) : value);
  const params: Params = Object.fromEntries(
    Object.entries(found.params).map(([key, value]) => {
      if (!TYPE_PARAMS.has(key)) return [key, value];
      if (typeof value === 'string') return [key, named(value)];
      return [key, typeof value === 'object' ? value.map(named) : value];
    }),
  );
  return { ...found, params };
}
