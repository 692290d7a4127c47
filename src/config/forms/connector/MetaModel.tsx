/** Columns that were loaded become part of the settings, after a look at what changes. */
import { type ReactNode, useRef, useState } from 'react';
import type { HttpColumn, InputHttpSettings } from '../../../commands';
import type { MetaModel, RequestSettings } from '../../../run/connector';
import { formatCount } from '../../../ui/i18n';
import { useEnvironment, useTexts } from '../../app/environment';
import type { FormProps } from '../contract';
import type { Asking, Said } from './asking';
import { ProposalDialog } from './ProposalDialog';
import { columnChanges, isUntouched, requestChanges, withMissing } from './proposals';

interface Proposal {
  readonly columns: readonly HttpColumn[];
  readonly request: RequestSettings | null;
}

export interface MetaModelTools {
  /** Where nothing is lost, it is entered at once; otherwise the dialog asks. `request` comes from a service. */
  take(loaded: MetaModel, request: RequestSettings | null): Said | null;
  readonly dialog: ReactNode;
}

export function useMetaModel(
  { settings, change }: FormProps<InputHttpSettings>,
  asking: Asking,
): MetaModelTools {
  const { connector: t } = useTexts().commands;
  const { language } = useEnvironment();
  const [open, setOpen] = useState<Proposal | null>(null);
  // What was typed while the answer was on its way must not be lost.
  const latest = useRef(settings);
  latest.current = settings;
  const enter = (columns: readonly HttpColumn[], request: RequestSettings | null): void =>
    change({ ...latest.current, ...request, columns });
  const loadedText = (count: number, skipped: number): Said => {
    const todo = skipped === 0 ? undefined : t.skipped(formatCount(skipped, language));
    return { tone: 'success', text: t.columnsLoaded(formatCount(count, language)), todo };
  };
  return {
    take({ columns, skipped }, request) {
      if (columns.length === 0) return { tone: 'warning', text: t.columnsNone, todo: t.columnsNoneTodo };
      const now = latest.current;
      const asksNothing = request === null ? now.columns.length === 0 : isUntouched(now);
      if (asksNothing) {
        enter(columns, request);
        return loadedText(columns.length, skipped);
      }
      const isSame =
        columnChanges(now.columns, columns).every(({ state }) => state === 'same') &&
        (request === null || requestChanges(now, request).length === 0);
      if (isSame) return { tone: 'success', text: t.columnsSame };
      setOpen({ columns, request });
      return loadedText(columns.length, skipped);
    },
    dialog:
      open === null ? null : (
        <ProposalDialog
          settings={settings}
          columns={open.columns}
          request={open.request}
          onClose={() => {
            asking.say(null);
            setOpen(null);
          }}
          onReplace={() => {
            enter(open.columns, open.request);
            setOpen(null);
          }}
          onAddMissing={() => {
            const columns = withMissing(settings.columns, open.columns);
            enter(columns, open.request);
            asking.say({
              tone: 'success',
              text: t.columnsAdded(formatCount(columns.length - settings.columns.length, language)),
            });
            setOpen(null);
          }}
        />
      ),
  };
}
