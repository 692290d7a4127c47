/** The log of runs, once there is a log app. */
import { lazy, Suspense, useMemo } from 'react';
import type { AppRef } from '../../definition/types';
import { kintoneLogSource } from '../../kintone/log-source';
import { browserPresence, pageBrowserId } from '../../kintone/page-session';
import { failureSentence } from '../../ui/panel/explain-failure';
import { Button } from '../../ui/parts/Button';
import { EmptyState, Loading, Notice } from '../../ui/parts/Feedback';
import { useDocument } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';

const LogPanel = lazy(async () => ({ default: (await import('../../log/LogPanel')).LogPanel }));

export function RunsTab() {
  const t = useTexts();
  const { client, callingApp, language, timeZone, user } = useEnvironment();
  const { settings, saved } = useDocument();
  const { go } = useNavigation();
  const { logApp, units } = settings;
  const source = useMemo(
    () =>
      logApp === null
        ? null
        : kintoneLogSource({
            presence: browserPresence(pageBrowserId()),
            describe: (value) => failureSentence(value, language, {}),
            client: client.rest(logApp),
            logApp,
            units: units.map(({ id, name }) => ({ id, name })),
            user,
            mayEnable: true,
            recordUrl: (app, recordId) => recordUrl(inPlace(app, callingApp, logApp), recordId),
          }),
    [client, logApp, units, callingApp, user, language],
  );
  if (source === null) {
    return (
      <EmptyState
        title={t.runs.needLogApp}
        actions={<Button onClick={() => go({ tab: 'logApp' })}>{t.runs.toLogApp}</Button>}
      />
    );
  }
  return (
    <section aria-label={t.tabs.runs}>
      {saved.logApp === null ? <Notice tone="info">{t.runs.saveFirst}</Notice> : null}
      <Suspense fallback={<Loading label={t.loading} />}>
        <LogPanel source={source} language={language} timeZone={timeZone} />
      </Suspense>
    </section>
  );
}

/** The log keeps only the id of the calling app; its space is the one of this page. */
function inPlace(app: AppRef, callingApp: AppRef, logApp: AppRef): AppRef {
  const { guestSpaceId } = callingApp;
  return app === logApp || guestSpaceId === undefined ? app : { ...app, guestSpaceId };
}

function recordUrl({ appId, guestSpaceId }: AppRef, recordId: string): string {
  const base = guestSpaceId === undefined ? '/k' : `/k/guest/${guestSpaceId}`;
  return `${base}/${appId}/show#record=${encodeURIComponent(recordId)}`;
}
