/** Export and import of the whole document, with a look before anything changes. */
import { useId, useState } from 'react';
import { decodeSettingsText } from '../../definition/decode';
import type { Failure } from '../../definition/errors';
import type { Settings } from '../../definition/types';
import { describeFailure, formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { Notice } from '../../ui/parts/Feedback';
import { ChangesView } from '../app/ChangesView';
import { useChecks } from '../app/checks';
import { useSettings, useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';
import { compareSettings } from '../document/compare';
import { check, errorsIn } from '../document/validate';
import styles from '../parts/lists.module.css';
import { problemTexts, unknownProblem } from '../texts';
import { downloadText, exportName, exportText } from './export';

export function FilesTab() {
  const t = useTexts();
  return (
    <section className={styles['stack']} aria-label={t.files.title}>
      <h2 className={styles['heading']}>{t.files.title}</h2>
      <Export />
      <Import />
    </section>
  );
}

function Export() {
  const t = useTexts();
  const { nowMs, timeZone } = useEnvironment();
  const settings = useSettings();
  return (
    <div className={styles['card']}>
      <div>
        <h3 className={styles['subheading']}>{t.files.exportTitle}</h3>
        <p className={styles['muted']}>{t.files.exportLead}</p>
      </div>
      <div>
        <Button onClick={() => downloadText(exportName(nowMs(), timeZone), exportText(settings))}>
          {t.files.exportRun}
        </Button>
      </div>
    </div>
  );
}

type ImportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'preview'; readonly name: string; readonly settings: Settings }
  | { readonly kind: 'applied' };

function Import() {
  const t = useTexts();
  const store = useStore();
  const { go } = useNavigation();
  const id = useId();
  const [state, setState] = useState<ImportState>({ kind: 'none' });
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    const decoded = decodeSettingsText(await file.text());
    setState(
      decoded.ok
        ? { kind: 'preview', name: file.name, settings: decoded.value }
        : { kind: 'refused', failure: decoded.error },
    );
  };
  const apply = (settings: Settings) => {
    store.edit({ kind: 'replaceSettings', settings });
    go({ unitId: null, flowId: null, commandId: null });
    setState({ kind: 'applied' });
  };
  return (
    <div className={styles['card']}>
      <div>
        <h3 className={styles['subheading']}>{t.files.importTitle}</h3>
        <p className={styles['muted']}>{t.files.importLead}</p>
      </div>
      <div className={styles['inline']}>
        <label htmlFor={id}>{t.files.importChoose}</label>
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            const input = event.target;
            // The same file may be chosen again after it was mended.
            void read(input.files?.[0]).finally(() => {
              input.value = '';
            });
          }}
        />
      </div>
      {state.kind === 'refused' ? <Refused failure={state.failure} /> : null}
      {state.kind === 'preview' ? (
        <Preview
          name={state.name}
          settings={state.settings}
          onApply={() => apply(state.settings)}
          onCancel={() => setState({ kind: 'none' })}
        />
      ) : null}
      {state.kind === 'applied' ? (
        <Notice live tone="success">
          {t.files.importApplied}
        </Notice>
      ) : null}
    </div>
  );
}

function Refused({ failure }: { readonly failure: Failure }) {
  const t = useTexts();
  const { language } = useEnvironment();
  const text = describeFailure(problemTexts[language], unknownProblem[language], failure, language);
  return (
    <Notice live tone="error" todo={`${text.what} ${text.todo}`}>
      {t.files.importRefused}
    </Notice>
  );
}

interface PreviewProps {
  readonly name: string;
  readonly settings: Settings;
  readonly onApply: () => void;
  readonly onCancel: () => void;
}

function Preview({ name, settings, onApply, onCancel }: PreviewProps) {
  const t = useTexts();
  const { language } = useEnvironment();
  const current = useSettings();
  const { metadata } = useChecks();
  const changes = compareSettings(current, settings);
  const errors = errorsIn(check(settings, metadata).problems).length;
  return (
    <div className={styles['stack']}>
      <h4 className={styles['subheading']}>{t.files.importPreview(name)}</h4>
      {changes.count === 0 ? <p>{t.files.importSame}</p> : <ChangesView changes={changes} />}
      {errors > 0 ? (
        <Notice tone="warning">{t.files.importProblems(formatCount(errors, language))}</Notice>
      ) : null}
      <div className={styles['inline']}>
        <Button onClick={onCancel}>{t.common.cancel}</Button>
        <Button kind="primary" disabled={changes.count === 0} onClick={onApply}>
          {t.files.importApply}
        </Button>
      </div>
    </div>
  );
}
