import { useEffect, useId, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Failure, FailureError, failure } from '../definition/errors';
import type { Language } from '../ui/i18n';
import { shadowRootOf } from '../ui/panel/shadow';
import { LogContext, logEnvironment, logTexts } from './environment';
import { LogContent } from './LogPanel';
import { LoadFailure } from './LogView';
import type { LogSource } from './source';
import { LOG_STYLES } from './styles';

export interface DrawerOptions {
  /** Where the drawer's element hangs; it is shown above the whole page. */
  readonly space: HTMLElement;
  open(): Promise<LogSource | { readonly kind: 'problem'; readonly failure: Failure }>;
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  readonly nowMs?: () => number;
}

/** Opens the log over the page; Escape, the button, a press beside it or the answered function close it again. */
export function openLogDrawer(options: DrawerOptions): () => void {
  const host = document.createElement('div');
  host.dataset['nagare'] = 'log';
  options.space.append(host);
  const container = shadowRootOf(host, options.language, LOG_STYLES);
  const root = createRoot(container);
  const close = () => {
    root.unmount();
    host.remove();
  };
  root.render(<Drawer options={options} onClose={close} />);
  // Closing the dialog gives the focus back before anything else opens.
  return () => container.querySelector('dialog')?.close();
}

type Opened = { readonly source: LogSource } | { readonly failure: Failure } | null;

function Drawer({ options, onClose }: { readonly options: DrawerOptions; onClose(): void }) {
  const { open, language, timeZone, nowMs } = options;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const texts = logTexts(language);
  const [opened, setOpened] = useState<Opened>(null);
  useEffect(() => {
    dialog.current?.showModal();
    open().then(
      (answer) => setOpened('kind' in answer ? { failure: answer.failure } : { source: answer }),
      (cause: unknown) => {
        const unexpected = failure('unexpected', { message: String(cause) });
        setOpened({ failure: cause instanceof FailureError ? cause.failure : unexpected });
      },
    );
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog; the press is the mouse's way
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <div className="drawer-inner">
        <header className="dialog-head">
          <h2 id={titleId}>{texts.title}</h2>
          <button type="button" className="button small" onClick={() => dialog.current?.close()}>
            {texts.close}
          </button>
        </header>
        <div className="drawer-body">
          {opened === null && <p className="muted">{texts.loading}</p>}
          {opened !== null && 'source' in opened && (
            <LogContent
              source={opened.source}
              language={language}
              timeZone={timeZone}
              {...(nowMs === undefined ? {} : { nowMs })}
            />
          )}
          {opened !== null && 'failure' in opened && <Problem failure={opened.failure} language={language} />}
        </div>
      </div>
    </dialog>
  );
}

function Problem({ failure: found, language }: { readonly failure: Failure; readonly language: Language }) {
  const environment = logEnvironment(NO_SOURCE, language, 'UTC', () => 0);
  return (
    <LogContext.Provider value={environment}>
      <LoadFailure error={new FailureError(found)} />
    </LogContext.Provider>
  );
}

/** Stands in where there is no log to read. */
const NO_SOURCE: LogSource = {
  list: async () => [],
  detail: async () => null,
  requestStop: async () => 'ended',
  requestPause: async () => 'ended',
  liftPause: async () => 'ended',
  standing: async () => 'unknown',
  after: null,
  close: async () => 'ended',
  mayEnable: false,
  connections: null,
  switchedOff: async () => [],
  enable: async () => 'ended',
  parentOf: async () => null,
  childrenOf: async () => [],
  units: () => [],
  logUrl: () => '',
  recordUrl: () => '',
};
