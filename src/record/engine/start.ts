/** Glue of the engine: settings of the plug-in, ports over the page's session, and the run itself. */
import { failure } from '../../definition/errors';
import { definitionHash } from '../../definition/hash';
import type { Settings } from '../../definition/types';
import { realRandomness } from '../../kintone/clock';
import { newsOfPages } from '../../kintone/page-news';
import { browserPresence, sessionClients, whenOnline } from '../../kintone/page-session';
import { readFailure } from '../../kintone/request-error';
import { kintoneRunPorts } from '../../kintone/run-ports';
import { decodeStored } from '../../kintone/settings-codec';
import {
  continueRun,
  type JournalEntry,
  type Observations,
  type RemotePort,
  type RunHandle,
  type RunRequest,
  resumeRun,
  runFromFailed,
  startRun,
  undoRun,
  WATCH_MS,
  watchRun,
} from '../../run';
import { type Language, pickLanguage } from '../../ui/i18n';
import { failureSentence } from '../../ui/panel/explain-failure';
import type { ApiStart, StartHow, StartProblem } from '../panel/contract';
import type { Caller } from '../worker/calls';
import type { PageCalls } from '../worker/messages';
import type { StartOrdered } from '../worker/serve-engine';
import { askInput } from './ask-input';
import { callingAgain } from './start-over';

/** What this engine has seen of other pages' runs; a second press decides by it (see `lease.ts`). */
const observations: Observations = new Map();

/** Starts runs by order of the page, which does for the engine what only a page can do. */
export function createStart(page: Caller<PageCalls>): StartOrdered {
  const requestToken = (): Promise<string> => page.call('requestToken', null);
  const remote: RemotePort = {
    fetchText: (request, signal) => page.call('fetchText', request, signal),
  };
  const news = newsOfPages();
  return async (order) => {
    const { unitId, user, appId, guestSpaceId } = order;
    const stored = await decodeStored(order.config);
    if (!stored.ok) return problem(stored.error);
    const { settings } = stored.value;
    const { logApp } = settings;
    const unit = settings.units.find((candidate) => candidate.id === unitId);
    if (unit === undefined) return problem(failure('unitMissing', { unitId }, { unitId }));
    if (logApp === null) return problem(failure('logAppNotSet', {}, { unitId }));
    const presence = browserPresence(order.browserId);
    const ports = kintoneRunPorts({
      clientFor: sessionClients({ requestToken, pageUrl: order.pageUrl }),
      logApp,
      presence,
      news,
      remote,
      whenOnline,
      describe: describer(settings, pickLanguage(user.language)),
    });
    const app = { appId, ...(guestSpaceId === undefined ? {} : { guestSpaceId }) };
    const before = 'runId' in order.how ? await ports.journal.byRunId(order.how.runId) : null;
    const how = howNow(order.how, before);
    if (before === null && 'runId' in how) return problem(failure('runRecordGone', {}, { unitId }));
    let calling: RunRequest['calling'];
    try {
      if (before === null) {
        const { recordId, record } = order;
        calling = { appId: app.appId, recordId, record, fields: await ports.records.fields(app) };
      } else if (how.kind === 'startOver') {
        calling = await callingAgain(ports.records, unit, settings.flows, before, app);
      } else calling = callingOf(before);
    } catch (error) {
      return problem(readFailure(error, { unitId, appId: app.appId }));
    }
    const given = how.kind === 'api' ? how.input : (before?.input ?? {});
    const asked = await askInput({
      order: { ...order, how, record: calling.record },
      given,
      unit,
      flows: settings.flows,
      fields: calling.fields ?? {},
      journal: ports.journal,
    });
    if (asked !== null) return asked;
    const request: RunRequest = {
      settings,
      unitId,
      calling,
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
      // Both ways of carrying on name the run themselves.
      continues: null,
      giveUp: how.kind === 'restart' ? how.holder.journalId : overOf(how, before),
      ...(how.kind === 'api' ? apiFacts(how) : {}),
      ...(how.kind === 'test' ? { method: 'test' } : {}),
      ...(how.kind === 'event' ? { method: 'event', eventType: how.eventType } : {}),
      input: order.input ?? (how.kind === 'api' ? given : {}),
    };
    if (before !== null && 'runId' in how && how.kind !== 'startOver') {
      return AFTER[how.kind](ports, request, before, observations);
    }
    return begin(ports, request, how);
  };
}

/** Runs that come after another one, or only look at it. */
const AFTER = {
  undo: undoRun,
  continue: continueRun,
  fromFailedFlow: runFromFailed,
  watch: watchRun,
} as const;

/**
 * What a press means once the log has been asked. News of another tab may be about another app with the same units (a
 * copy), or come from another script of the page: a run that this log does not know keeps nobody from starting.
 */
const howNow = (how: StartHow, before: JournalEntry | null): StartHow =>
  how.kind === 'watch' && before === null ? { kind: 'new' } : how;

/** Whoever starts a run over gives it up, should it still hold the unit, and does not want to join another one. */
const overOf = (how: StartHow, before: JournalEntry | null): string | null =>
  how.kind === 'startOver' && before !== null ? before.journalId : null;

/** They belong to the record that the run before was called from, wherever they are started; its values are in the plan. */
const callingOf = ({ callingAppId, callingRecordId }: JournalEntry): RunRequest['calling'] => ({
  appId: callingAppId,
  recordId: callingRecordId,
  record: null,
  fields: null,
});

/** A program is answered at once, also when a holder's life is unknown; it can try again. */
const apiFacts = ({ pressId, isConfirmed }: ApiStart) =>
  ({ method: 'api', pressId, isConfirmed, observeMs: 0 }) as const;

function begin(ports: ReturnType<typeof kintoneRunPorts>, request: RunRequest, how: StartHow): RunHandle {
  return how.kind === 'resume'
    ? resumeRun(ports, request, how.holder, observations)
    : startRun(ports, request, observations);
}

const problem = (value: StartProblem['failure']): StartProblem => ({ kind: 'problem', failure: value });

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
