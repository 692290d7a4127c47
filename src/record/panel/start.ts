/** Starting units from the page: what only the page knows goes to the engine, wherever that works. */
import { FailureError } from '../../definition/errors';
import { realClock } from '../../kintone/clock';
import { pagePluginRemote } from '../../kintone/page-remote';
import { guestSpaceOfPage, pageBrowserId, requestToken } from '../../kintone/page-session';
import type { KintoneRecord } from '../../table';
import type { RecordPage, ShowEvent } from '../page';
import { partsOf, threadScript } from '../parts';
import { type EngineThread, engine } from '../worker/engine-thread';
import type { StartUnit } from './contract';

const ENGINE = './engine.js';

/** `startUnit` for the page; the engine comes up with the first press. */
export function createStartUnit(page: RecordPage): StartUnit {
  const remote = pagePluginRemote(page.pluginId, realClock);
  const { start } = engine({
    startWorker: () => blobWorker(threadScript(partsOf(page.pluginId), ENGINE)),
    inThisThread: async () => (await import('../engine/main')).serveHere(),
    page: {
      requestToken: () => requestToken(),
      fetchText: (request, signal) => remote.fetchText(request, signal),
    },
    locks: navigator.locks,
    sleep: realClock.sleep,
    nowMs: realClock.nowMs,
  });
  return async (_pluginId, unitId, event, how, input) => {
    try {
      return await start({
        config: page.config(),
        unitId,
        how,
        input,
        appId: String(event.appId ?? ''),
        guestSpaceId: guestSpaceOfPage(location.pathname),
        recordId: String(event.recordId ?? ''),
        record: recordOf(event),
        user: userOf(page),
        browserId: pageBrowserId(),
        pageUrl: location.href,
      });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return { kind: 'problem', failure: { ...error.failure, place: { unitId } } };
    }
  };
}

function blobWorker(script: string): EngineThread {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'nagare' });
  // The address must last until the worker has read it.
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
  return worker;
}

/**
 * The record as the page has it: what the person sees is what the run takes as parameters. Through JSON, because
 * other customisation may have put things into it that cannot be copied to another thread.
 */
function recordOf(event: ShowEvent): KintoneRecord | null {
  return event.record === undefined ? null : (JSON.parse(JSON.stringify(event.record)) as KintoneRecord);
}

/** What the engine uses of the user; kintone's object has more. */
function userOf(page: RecordPage) {
  const { code, name, language, timezone } = page.user();
  return { code, name, language, timezone };
}
