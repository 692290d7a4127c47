import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Language } from '../ui/i18n';
import { shadowRootOf } from '../ui/panel/shadow';
import { LogContext, logEnvironment } from './environment';
import { LogView } from './LogView';
import type { LogSource } from './source';
import { LOG_STYLES } from './styles';

export interface LogPanelProps {
  readonly source: LogSource;
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** Wall clock, epoch milliseconds; for tests. */
  readonly nowMs?: () => number;
}

const wallClockMs = (): number => Date.now();

/** The log without a frame, for a shadow root that already has its style. */
export function LogContent({ source, language, timeZone, nowMs = wallClockMs }: LogPanelProps) {
  const environment = useMemo(
    () => logEnvironment(source, language, timeZone, nowMs),
    [source, language, timeZone, nowMs],
  );
  const [client] = useState(
    () =>
      new QueryClient({
        // kintone's refusals do not get better by asking again; `always`, because kintone is not "the internet".
        defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: 5_000 } },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <LogContext.Provider value={environment}>
        <LogView />
      </LogContext.Provider>
    </QueryClientProvider>
  );
}

/** The log for any page: brings its style along in a shadow root. */
export function LogPanel(props: LogPanelProps) {
  const host = useRef<HTMLDivElement>(null);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (host.current !== null) setContainer(shadowRootOf(host.current, props.language, LOG_STYLES));
  }, [props.language]);
  return (
    <div ref={host} data-nagare="log">
      {container !== null && createPortal(<LogContent {...props} />, container)}
    </div>
  );
}
