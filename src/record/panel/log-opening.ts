import { failure } from '../../definition/errors';
import type { AppRef } from '../../definition/types';
import { readIndex } from '../../kintone/boot-index';
import type { ClientFor } from '../../kintone/client';
import { kintoneLogSource } from '../../kintone/log-source';
import { browserPresence, guestSpaceOfPage, pageBrowserId } from '../../kintone/page-session';
import type { LogSource } from '../../log/source';
import { pickLanguage } from '../../ui/i18n';
import { failureSentence } from '../../ui/panel/explain-failure';
import type { RecordPage } from '../page';
import type { StartProblem } from './contract';
import { pageUrls } from './lookups';

/** The log of the page's app, or why there is none. */
export async function openLogSource(
  page: RecordPage,
  clientFor: ClientFor,
): Promise<LogSource | StartProblem> {
  const index = readIndex(page.config());
  if (index === null || index.logApp === null) return { kind: 'problem', failure: failure('logAppNotSet') };
  const { logApp } = index;
  const urls = pageUrls(page.isMobile);
  const guestSpaceId = guestSpaceOfPage(location.pathname);
  // The log keeps the calling app's id only; that app is the one of this page, in this page's space.
  const inPlace = (app: AppRef): AppRef =>
    app === logApp || guestSpaceId === undefined ? app : { ...app, guestSpaceId };
  return kintoneLogSource({
    presence: browserPresence(pageBrowserId()),
    describe: (value) => failureSentence(value, pickLanguage(page.user().language), {}),
    client: clientFor(logApp),
    logApp,
    units: index.units.map(({ id, name }) => ({ id, name })),
    user: page.user(),
    mayEnable: await page.mayManageApp(),
    recordUrl: (app, recordId) => urls.record(inPlace(app), recordId),
  });
}
