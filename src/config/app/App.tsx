/** Loads the stored settings, then shows the page. */
import { QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Failure } from '../../definition/errors';
import type { SaveStamp, StoredSettings } from '../../kintone/settings-codec';
import { localeOf } from '../../ui/i18n';
import { Loading } from '../../ui/parts/Feedback';
import { PortalContainer } from '../../ui/parts/portal';
import { createDocumentStore } from '../document/store';
import { CrashGuard } from './CrashGuard';
import { ChecksProvider } from './checks';
import { createQueryClient } from './data';
import { DocumentProvider } from './document';
import { type Environment, EnvironmentProvider, useEnvironment, useTexts } from './environment';
import { NavigationProvider } from './navigation';
import { Page } from './Page';
import { StartFailed } from './StartFailed';

interface AppProps {
  readonly environment: Environment;
  readonly root: HTMLElement;
}

export function App({ environment, root }: AppProps) {
  const queries = useMemo(createQueryClient, []);
  return (
    <EnvironmentProvider value={environment}>
      <I18nProvider locale={localeOf(environment.language)}>
        <QueryClientProvider client={queries}>
          <PortalContainer value={root}>
            <Loader />
          </PortalContainer>
        </QueryClientProvider>
      </I18nProvider>
    </EnvironmentProvider>
  );
}

type LoadState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'open'; readonly stored: StoredSettings };

function Loader() {
  const { settings } = useEnvironment();
  const t = useTexts();
  const [state, setState] = useState<LoadState>({ kind: 'loading' });
  const load = useCallback(async () => {
    const loaded = await settings.load();
    setState(loaded.ok ? { kind: 'open', stored: loaded.value } : { kind: 'failed', failure: loaded.error });
  }, [settings]);
  useEffect(() => {
    void load();
  }, [load]);
  if (state.kind === 'loading') return <Loading label={t.loading} />;
  if (state.kind === 'failed') {
    return (
      <StartFailed
        failure={state.failure}
        onRetry={() => void load()}
        onStartEmpty={(stored) => setState({ kind: 'open', stored })}
      />
    );
  }
  return <Editor stored={state.stored} />;
}

function Editor({ stored }: { readonly stored: StoredSettings }) {
  const [store] = useState(() => createDocumentStore(stored.settings));
  const [stamp, setStamp] = useState<SaveStamp | null>(stored.stamp);
  const root = useRef<HTMLDivElement>(null);
  return (
    <DocumentProvider value={store}>
      <div ref={root}>
        <CrashGuard>
          <NavigationProvider root={root}>
            <ChecksProvider>
              <Page stamp={stamp} onStamp={setStamp} />
            </ChecksProvider>
          </NavigationProvider>
        </CrashGuard>
      </div>
    </DocumentProvider>
  );
}
