/** The text behind "copy for report": enough to find the run, and no values of records. */
import type { RunStatus } from '../../run/status';
import type { Language } from '../i18n';
import { type PlaceNames, placeInWords } from './explain-failure';
import { changesPhrase, sumCounts } from './format';
import { recordTexts, stateTexts } from './texts';

/** Plain text, one fact per line. Parameters of the failure are left out because they may quote record values. */
export function reportText(status: RunStatus, language: Language, names: PlaceNames): string {
  const texts = recordTexts(language);
  const words = texts.report;
  const written = sumCounts(status.flows.flatMap((flow) => flow.outputs.map((one) => one.written)));
  const where = status.failure === null ? '' : placeInWords(status.failure.place, language, names);
  const lines = [
    [words.run, status.runId],
    [words.unit, `${status.unitName} (${status.unitId})`],
    [words.started, new Date(status.startedAtMs).toISOString()],
    [words.state, `${stateTexts(language).reason[status.reason]} (${status.state} / ${status.reason})`],
    [words.code, status.failure?.code ?? ''],
    [words.where, where],
    [words.written, changesPhrase(written, texts)],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
