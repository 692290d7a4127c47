import { failure } from '../../definition/errors';
import type { AppRef } from '../../definition/types';
import { readIndex } from '../../kintone/boot-index';
import type { ClientFor } from '../../kintone/client';
import { kintoneLogSource } from '../../kintone/log-source';
import { browserPresence, guestSpaceOfPage, pageBrowserId } from '../../kintone/page-session';
import type { LogSource, RunAfter } from '../../log/source';
import { pickLanguage } from '../../ui/i18n';
import { failureSentence } from '../../ui/panel/explain-failure';
import type { RecordPage } from '../page';
import { isAsked, isStartProblem, type StartProblem, type StartUnit } from './contract';
import { pageUrls } from './lookups';

/** The log of the page's app, or why there is none. */
export async function openLogSource(
  page: RecordPage,
  clientFor: ClientFor,
  startUnit: StartUnit,
  after: RunAfter,
): Promise<LogSource | StartProblem> {
  const index = readIndex(page.config());
  if (index === null || index.logApp === null) return { kind: 'problem', failure: failure('logAppNotSet') };
  const { logApp } = index;
  const urls = pageUrls(page.isMobile);
  const guestSpaceId = guestSpaceOfPage(location.pathname);
  // The log keeps the calling app's id only; that app is the one of this page, in this page's space.
  const inPlace = (app: AppRef): AppRef =>
    app === logApp || guestSpaceId === undefined ? app : { ...app, guestSpaceId };
  const mayManage = await page.mayManageApp();
  const remote = index.units.filter((unit) => unit.remote === true);
  return kintoneLogSource({
    presence: browserPresence(pageBrowserId()),
    describe: (value) => failureSentence(value, pickLanguage(page.user().language), {}),
    client: clientFor(logApp),
    logApp,
    units: index.units.map(({ id, name }) => ({ id, name })),
    user: page.user(),
    after: (await page.isTestEnvironment()) ? 'testEnvironment' : after,
    mayEnable: mayManage,
    // Every test counts for the limit, so it is for those who look after the unit.
    ...(mayManage && remote.length > 0
      ? { connections: { units: remote, test: (unitId: string) => testConnection(page, startUnit, unitId) } }
      : {}),
    recordUrl: (app, recordId) => urls.record(inPlace(app), recordId),
  });
}

async function testConnection(page: RecordPage, startUnit: StartUnit, unitId: string) {
  const event = { type: 'test', appId: Number(page.appId()) };
  const begun = await startUnit(page.pluginId, unitId, event, { kind: 'test' }, null);
  if (isStartProblem(begun)) return { isGood: false, failure: begun.failure };
  // A test has no form; this only tells the types so.
  if (isAsked(begun)) return { isGood: false, failure: failure('unexpected', { message: begun.kind }) };
  const { state, failure: said } = await begun.ended;
  return { isGood: state === 'Success', failure: said ?? failure('unexpected', { message: state }) };
}
