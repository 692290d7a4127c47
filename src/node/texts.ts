/** Words of the command line, from the dictionaries that the screens use too. */
import type { Failure } from '../definition/errors';
import type { Settings } from '../definition/types';
import { cli as cliEn } from '../ui/dictionaries/en/cli';
import { errors as errorsEn, unknownError as unknownEn } from '../ui/dictionaries/en/errors';
import { problems as problemsEn } from '../ui/dictionaries/en/problems';
import { record as recordEn } from '../ui/dictionaries/en/record';
import { server as serverEn } from '../ui/dictionaries/en/server';
import { states as statesEn } from '../ui/dictionaries/en/states';
import { trigger as triggerEn } from '../ui/dictionaries/en/trigger';
import { cli as cliJa } from '../ui/dictionaries/ja/cli';
import { errors as errorsJa, unknownError as unknownJa } from '../ui/dictionaries/ja/errors';
import { problems as problemsJa } from '../ui/dictionaries/ja/problems';
import { record as recordJa } from '../ui/dictionaries/ja/record';
import { server as serverJa } from '../ui/dictionaries/ja/server';
import { states as statesJa } from '../ui/dictionaries/ja/states';
import { trigger as triggerJa } from '../ui/dictionaries/ja/trigger';
import { cli as cliZh } from '../ui/dictionaries/zh/cli';
import { errors as errorsZh, unknownError as unknownZh } from '../ui/dictionaries/zh/errors';
import { problems as problemsZh } from '../ui/dictionaries/zh/problems';
import { record as recordZh } from '../ui/dictionaries/zh/record';
import { server as serverZh } from '../ui/dictionaries/zh/server';
import { states as statesZh } from '../ui/dictionaries/zh/states';
import { trigger as triggerZh } from '../ui/dictionaries/zh/trigger';
import {
  describeFailure,
  type FailureText,
  type FailureTexts,
  type Language,
  type Shape,
  type Translations,
} from '../ui/i18n';
import { type PlaceNames, placeInWords } from '../ui/panel/explain-failure';
import { changesPhrase, formatDuration } from '../ui/panel/format';
import { withTypeNames } from '../ui/type-names';

export interface Texts {
  readonly language: Language;
  readonly cli: Shape<typeof cliJa>;
  readonly states: Shape<typeof statesJa>;
  readonly server: Shape<typeof serverJa>;
  readonly trigger: Shape<typeof triggerJa>;
  /** "12 added, 3 updated". */
  readonly changes: (counts: Parameters<typeof changesPhrase>[0]) => string;
  readonly duration: (durationMs: number) => string;
  /** A failure or problem in one line: where, what, what to do. */
  readonly sentence: (failure: Failure, names?: PlaceNames) => string;
}

interface Own {
  readonly cli: Texts['cli'];
  readonly states: Texts['states'];
  readonly server: Texts['server'];
  readonly trigger: Texts['trigger'];
  readonly record: Shape<typeof recordJa>;
  readonly errors: FailureTexts;
  readonly problems: FailureTexts;
  readonly unknown: FailureText;
}

const ALL: Translations<Own> = {
  ja: {
    cli: cliJa,
    states: statesJa,
    server: serverJa,
    trigger: triggerJa,
    record: recordJa,
    errors: errorsJa,
    problems: problemsJa,
    unknown: unknownJa,
  },
  en: {
    cli: cliEn,
    states: statesEn,
    server: serverEn,
    trigger: triggerEn,
    record: recordEn,
    errors: errorsEn,
    problems: problemsEn,
    unknown: unknownEn,
  },
  zh: {
    cli: cliZh,
    states: statesZh,
    server: serverZh,
    trigger: triggerZh,
    record: recordZh,
    errors: errorsZh,
    problems: problemsZh,
    unknown: unknownZh,
  },
};

export function textsOf(language: Language): Texts {
  const own = ALL[language];
  // Problems of settings and failures of runs share codes; a run's words win where both have one.
  const catalogue: FailureTexts = { ...own.problems, ...own.errors };
  return {
    language,
    cli: own.cli,
    states: own.states,
    server: own.server,
    trigger: own.trigger,
    changes: (counts) => changesPhrase(counts, own.record),
    duration: (durationMs) => formatDuration(durationMs, own.record, language),
    sentence(failure, names = {}) {
      const { what, todo } = describeFailure(
        catalogue,
        own.unknown,
        withTypeNames(failure, language),
        language,
      );
      const where = placeInWords(failure.place, language, names);
      return [where === '' ? '' : `${where}: `, what, todo === '' ? '' : ` ${todo}`].join('');
    },
  };
}

/** Names of the settings' parts, for places; apps by the names that could be found out, else by id. */
export function namesIn(settings: Settings, appNames: ReadonlyMap<string, string> = new Map()): PlaceNames {
  const flow = (flowId: string) => settings.flows.find((candidate) => candidate.id === flowId);
  return {
    flow: (flowId) => flow(flowId)?.name,
    command(flowId, commandId) {
      const found = flow(flowId)?.commands.find((candidate) => candidate.id === commandId);
      return found === undefined ? undefined : found.note || found.type;
    },
    app: (appId) => appNames.get(appId),
  };
}
