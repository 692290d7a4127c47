import { createRoot } from 'react-dom/client';
import type { Language } from '../i18n';
import breakpoint from './breakpoint.css?inline';
import card from './card.css?inline';
import confirm from './confirm.css?inline';
import { EnvironmentProvider, type PanelLookups } from './environment';
import input from './input.css?inline';
import { Panel, type PanelProps } from './Panel';
import { shadowRootOf } from './shadow';

export interface MountOptions extends PanelProps {
  /** An element of ours; it gets a shadow root, and moving it about the page keeps everything alive. */
  readonly host: HTMLElement;
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  readonly lookups: PanelLookups;
  /** Wall clock, epoch milliseconds; for tests. */
  readonly nowMs?: () => number;
}

export interface MountedPanel {
  /** Shows other content in the same place. */
  update(change: Partial<PanelProps>): void;
  unmount(): void;
}

const wallClockMs = (): number => Date.now();

/** Draws the run panel into a host element. */
export function mountPanel(options: MountOptions): MountedPanel {
  const { host, language, timeZone, lookups, nowMs = wallClockMs } = options;
  let props: PanelProps = {
    source: options.source,
    shown: options.shown,
    calling: options.calling,
    callbacks: options.callbacks,
  };
  const root = createRoot(shadowRootOf(host, language, [card, breakpoint, confirm, input]));
  const render = () =>
    root.render(
      <EnvironmentProvider language={language} timeZone={timeZone} lookups={lookups} nowMs={nowMs}>
        <Panel {...props} />
      </EnvironmentProvider>,
    );
  render();
  return {
    update(change) {
      props = { ...props, ...change };
      render();
    },
    unmount: () => root.unmount(),
  };
}
