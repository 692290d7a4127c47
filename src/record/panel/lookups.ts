import type { AppRef } from '../../definition/types';
import { readIndex } from '../../kintone/boot-index';
import type { ClientFor } from '../../kintone/client';
import type { PanelLookups } from '../../ui/panel';
import type { RecordPage } from '../page';

/** Page of an app's list, and of one of its records, on desktop or phone. */
export function pageUrls(isMobile: boolean): {
  readonly app: (app: AppRef) => string;
  readonly record: (app: AppRef, recordId: string) => string;
} {
  // kintone.buildPageUrl answers later and knows no guest spaces; these are the addresses it builds.
  const app = ({ appId, guestSpaceId }: AppRef): string =>
    guestSpaceId === undefined
      ? `/k/${isMobile ? 'm/' : ''}${appId}/`
      : `/k/guest/${guestSpaceId}/${isMobile ? 'm/' : ''}${appId}/`;
  return {
    app,
    record: (ref, recordId) => `${app(ref)}show${isMobile ? '?' : '#'}record=${encodeURIComponent(recordId)}`,
  };
}

/** Names and addresses for the panel, asked from kintone when they are first shown. */
export function pageLookups(
  page: RecordPage,
  clientFor: ClientFor,
  commandName: (type: string) => string,
): PanelLookups {
  const urls = pageUrls(page.isMobile);
  const logApp = readIndex(page.config())?.logApp ?? null;
  return {
    appName: async (app) => (await clientFor(app).app.getApp({ id: app.appId })).name,
    fieldLabels: async (app) => {
      const { properties } = await clientFor(app).app.getFormFields({ app: app.appId });
      return Object.fromEntries(Object.values(properties).map((field) => [field.code, field.label]));
    },
    appUrl: urls.app,
    logUrl: (journalId) => (logApp === null ? null : urls.record(logApp, journalId)),
    commandName,
  };
}
