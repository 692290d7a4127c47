/** A failure as people need it: what happened, where, what to do. */
import type { Failure, Place } from '../../definition/errors';
import { errors as en, unknownError as unknownEn } from '../dictionaries/en/errors';
import { problems as problemsEn } from '../dictionaries/en/problems';
import { errors as ja, unknownError as unknownJa } from '../dictionaries/ja/errors';
import { problems as problemsJa } from '../dictionaries/ja/problems';
import { unknownError as unknownZh, errors as zh } from '../dictionaries/zh/errors';
import { problems as problemsZh } from '../dictionaries/zh/problems';
import {
  describeFailure,
  type FailureText,
  type FailureTexts,
  type Language,
  type Translations,
} from '../i18n';
import { withTypeNames } from '../type-names';
import { recordTexts } from './texts';

/** A run can also end on a finding about settings (a formula, a field); those texts are kept apart. */
const TEXTS: Translations<FailureTexts> = {
  ja: { ...problemsJa, ...ja },
  en: { ...problemsEn, ...en },
  zh: { ...problemsZh, ...zh },
};
const UNKNOWN: Translations<FailureText> = { ja: unknownJa, en: unknownEn, zh: unknownZh };

export interface ExplainedFailure {
  readonly title: string;
  /** Outermost part first; blank when the failure has no place. */
  readonly where: string;
  readonly remedy: string;
}

/** Names for the ids in a place; whatever is not known is shown by its id. */
export interface PlaceNames {
  flow?(flowId: string): string | undefined;
  command?(flowId: string, commandId: string): string | undefined;
  app?(appId: string): string | undefined;
  field?(appId: string, code: string): string | undefined;
}

/** The place of a failure in words, from the outside in; blank when it has none. */
export function placeInWords(place: Place, language: Language, names: PlaceNames = {}): string {
  const texts = recordTexts(language).place;
  const { flowId, commandId, appId, field, recordId, row } = place;
  const parts: string[] = [];
  if (flowId !== undefined) parts.push(texts.flow(names.flow?.(flowId) ?? flowId));
  if (commandId !== undefined)
    parts.push(texts.command(names.command?.(flowId ?? '', commandId) ?? commandId));
  if (appId !== undefined) parts.push(texts.app(names.app?.(appId) ?? appId));
  if (recordId !== undefined) parts.push(texts.record(recordId));
  if (row !== undefined) parts.push(texts.row(row + 1));
  if (field !== undefined) parts.push(texts.field(names.field?.(appId ?? '', field) ?? field));
  return parts.join(texts.join);
}

/**
 * Words for a failure, a problem or a command's report.
 * A code that the catalogue does not know falls back to a sentence that names the code.
 */
export function explainFailure(
  failure: Failure,
  language: Language,
  names: PlaceNames = {},
): ExplainedFailure {
  const { what, todo } = describeFailure(
    TEXTS[language],
    UNKNOWN[language],
    withTypeNames(failure, language),
    language,
  );
  return { title: what, where: placeInWords(failure.place, language, names), remedy: todo };
}

/** The same in one line, for the log record and for plain-text places. */
export function failureSentence(failure: Failure, language: Language, names: PlaceNames = {}): string {
  const { title, where, remedy } = explainFailure(failure, language, names);
  const stop = language === 'en' ? ' ' : '';
  return [where === '' ? '' : `${where}: `, title, remedy === '' ? '' : `${stop}${remedy}`].join('');
}

/** Whether the catalogue has its own text for a code. */
export function knowsFailure(code: string, language: Language): boolean {
  return Object.hasOwn(TEXTS[language], code);
}
