/** After something was removed: says so and offers to take it back. */
import { useState } from 'react';
import { Button } from '../../ui/parts/Button';
import { Notice } from '../../ui/parts/Feedback';
import { compareSettings } from '../document/compare';
import type { EditKind } from '../document/edits';
import { useDocument, useStore } from './document';
import { useTexts } from './environment';

/** Shows while the last step of the history is of that kind. */
export function UndoNotice({ kind }: { readonly kind: Extract<EditKind, 'removeUnit' | 'removeFlow'> }) {
  const t = useTexts();
  const store = useStore();
  const document = useDocument();
  const [dismissed, setDismissed] = useState<unknown>(null);
  const step = document.past.at(-1);
  if (step === undefined || step.kind !== kind || dismissed === step) return null;
  const changes = compareSettings(step.before, step.after);
  const removed = kind === 'removeUnit' ? changes.units.removed : changes.flows.removed;
  const name = t.common.list(removed.map((item) => item.name));
  return (
    <div style={{ marginBottom: 12 }}>
      <Notice
        live
        tone="info"
        actions={
          <>
            <Button size="small" icon="undo" onClick={store.undo}>
              {t.save.undo}
            </Button>
            <Button size="small" onClick={() => setDismissed(step)}>
              {t.common.close}
            </Button>
          </>
        }
      >
        {kind === 'removeUnit' ? t.units.removed(name) : t.flows.removed(name)}
      </Notice>
    </div>
  );
}
