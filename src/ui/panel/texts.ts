import { record as recordEn } from '../dictionaries/en/record';
import { states as statesEn } from '../dictionaries/en/states';
import { record as recordJa } from '../dictionaries/ja/record';
import { states as statesJa } from '../dictionaries/ja/states';
import { record as recordZh } from '../dictionaries/zh/record';
import { states as statesZh } from '../dictionaries/zh/states';
import type { Language, Shape, Translations } from '../i18n';

export type RecordTexts = Shape<typeof recordJa>;
export type StateTexts = Shape<typeof statesJa>;

const RECORD: Translations<RecordTexts> = { ja: recordJa, en: recordEn, zh: recordZh };
const STATES: Translations<StateTexts> = { ja: statesJa, en: statesEn, zh: statesZh };

/** Texts of the run panel. */
export function recordTexts(language: Language): RecordTexts {
  return RECORD[language];
}

/** Words for states and reasons. */
export function stateTexts(language: Language): StateTexts {
  return STATES[language];
}
