/** Engine glue of record pages: settings of the plug-in, ports over the session, and the run itself. */
import { failure } from '../../definition/errors';
import { definitionHash } from '../../definition/hash';
import type { Settings } from '../../definition/types';
import { realClock, realRandomness } from '../../kintone/clock';
import { pagePluginRemote } from '../../kintone/page-remote';
import { guestSpaceOfPage, pageClients, pagePresence } from '../../kintone/page-session';
import { readFailure } from '../../kintone/request-error';
import { kintoneRunPorts } from '../../kintone/run-ports';
import { decodeStored } from '../../kintone/settings-codec';
import {
  continueRun,
  type Observations,
  type RunHandle,
  type RunRequest,
  resumeRun,
  startRun,
  undoRun,
  WATCH_MS,
} from '../../run';
import type { KintoneFields, KintoneRecord } from '../../table';
import { type Language, pickLanguage } from '../../ui/i18n';
import { failureSentence } from '../../ui/panel/explain-failure';
import type { RecordPage, ShowEvent } from '../page';
import type { StartHow, StartProblem, StartUnit } from './contract';

/** What this page has seen of other pages' runs; a second press decides by it (see `lease.ts`). */
const observations: Observations = new Map();

/** `startUnit` for the page; the functions it needs from kintone are looked up once. */
export function createStartUnit(page: RecordPage): StartUnit {
  const clientFor = pageClients();
  const presence = pagePresence();
  const remote = pagePluginRemote(page.pluginId, realClock);
  return async (_pluginId, unitId, event, how) => {
    const stored = await decodeStored(page.config());
    if (!stored.ok) return problem(stored.error);
    const { settings } = stored.value;
    const { logApp } = settings;
    const unit = settings.units.find((candidate) => candidate.id === unitId);
    if (unit === undefined) return problem(failure('unitMissing', { unitId }, { unitId }));
    if (logApp === null) return problem(failure('logAppNotSet', {}, { unitId }));
    const user = page.user();
    const ports = kintoneRunPorts({
      clientFor,
      logApp,
      presence,
      remote,
      describe: describer(settings, pickLanguage(user.language)),
    });
    const guestSpaceId = guestSpaceOfPage(location.pathname);
    const app = { appId: String(event.appId ?? ''), ...(guestSpaceId === undefined ? {} : { guestSpaceId }) };
    let fields: KintoneFields;
    try {
      fields = await ports.records.fields(app);
    } catch (error) {
      return problem(readFailure(error, { unitId, appId: app.appId }));
    }
    const request: RunRequest = {
      settings,
      unitId,
      calling: { appId: app.appId, recordId: String(event.recordId ?? ''), record: recordOf(event), fields },
      user: { code: user.code, name: user.name },
      method: 'button',
      timeZone: user.timezone,
      pressId: realRandomness.uuid(),
      owner: presence.newOwner(),
      definitionHash: await definitionHash(unit, settings.flows),
      isConfirmed: false,
      // The first press is answered at once; whoever presses again wants to know whether the other run still lives.
      observeMs: observations.size === 0 ? 0 : WATCH_MS,
      undoOf: how.kind === 'undo' ? how.runId : null,
      continues: how.kind === 'continue' ? how.runId : null,
      giveUp: how.kind === 'restart' ? how.holder.journalId : null,
      input: {},
    };
    if (how.kind === 'undo' || how.kind === 'continue') {
      const entry = await ports.journal.byRunId(how.runId);
      if (entry === null) return problem(failure('runRecordGone', {}, { unitId }));
      const start = how.kind === 'undo' ? undoRun : continueRun;
      return start(ports, request, entry, observations);
    }
    return begin(ports, request, how);
  };
}

function begin(ports: ReturnType<typeof kintoneRunPorts>, request: RunRequest, how: StartHow): RunHandle {
  return how.kind === 'resume'
    ? resumeRun(ports, request, how.holder, observations)
    : startRun(ports, request, observations);
}

const problem = (value: StartProblem['failure']): StartProblem => ({ kind: 'problem', failure: value });

/** The record as the page has it: what the person sees is what the run takes as parameters. */
function recordOf(event: ShowEvent): KintoneRecord | null {
  return event.record === undefined ? null : (event.record as unknown as KintoneRecord);
}

/** Sentences of the log record, in the language of the person who runs, with names instead of ids. */
export function describer(
  settings: Settings,
  language: Language,
): (value: Parameters<typeof failureSentence>[0]) => string {
  const flow = (flowId: string) => settings.flows.find((candidate) => candidate.id === flowId);
  return (value) =>
    failureSentence(value, language, {
      flow: (flowId) => flow(flowId)?.name,
      command: (flowId, commandId) => {
        const found = flow(flowId)?.commands.find((candidate) => candidate.id === commandId);
        return found === undefined ? undefined : found.note || found.type;
      },
    });
}
