import { createContext, useContext } from 'react';
import { log as en } from '../ui/dictionaries/en/log';
import { log as ja } from '../ui/dictionaries/ja/log';
import { log as zh } from '../ui/dictionaries/zh/log';
import type { Language, Shape, Translations } from '../ui/i18n';
import { type RecordTexts, recordTexts, type StateTexts, stateTexts } from '../ui/panel/texts';
import type { LogSource } from './source';

export type LogTexts = Shape<typeof ja>;

const LOG: Translations<LogTexts> = { ja, en, zh };

export interface LogEnvironment {
  readonly source: LogSource;
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  readonly texts: LogTexts;
  readonly states: StateTexts;
  /** For durations and counts, which the run panel words the same way. */
  readonly record: RecordTexts;
  nowMs(): number;
}

export function logEnvironment(
  source: LogSource,
  language: Language,
  timeZone: string,
  nowMs: () => number,
): LogEnvironment {
  const texts = LOG[language];
  return {
    source,
    language,
    timeZone,
    texts,
    states: stateTexts(language),
    record: recordTexts(language),
    nowMs,
  };
}

export function logTexts(language: Language): LogTexts {
  return LOG[language];
}

export const LogContext = createContext<LogEnvironment | null>(null);

export function useLog(): LogEnvironment {
  const environment = useContext(LogContext);
  if (environment === null) throw new Error('The log is drawn outside of its environment.');
  return environment;
}
