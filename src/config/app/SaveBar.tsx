/** Sticky footer: how full the settings are, what is unsaved, undo and redo, cancel and save. */
import { useEffect, useState } from 'react';
import { encodeSettings, MAX_STORED_BYTES } from '../../kintone/settings-codec';
import { formatCount } from '../../ui/i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { compareSettings } from '../document/compare';
import { nextRedo, nextUndo } from '../document/history';
import styles from './app.module.css';
import { useDocument, useSettings, useStore } from './document';
import { useEnvironment, useTexts } from './environment';
import type { Saving } from './saving';

export function SaveBar({ saving }: { readonly saving: Saving }) {
  const t = useTexts();
  const { language } = useEnvironment();
  const document = useDocument();
  const changes = saving.dirty ? compareSettings(document.saved, document.settings).count : 0;
  useLeaveGuard(saving.dirty);
  return (
    <footer className={styles['footer']}>
      <Usage />
      <span className={saving.dirty ? styles['dirty'] : styles['muted']} role="status">
        {saving.dirty ? t.save.unsaved(formatCount(changes, language)) : t.save.clean}
      </span>
      <UndoButtons />
      <span className={styles['footerButtons']}>
        <Button size="large" onClick={saving.leave}>
          {t.save.cancel}
        </Button>
        <Button
          size="large"
          kind="primary"
          disabled={saving.state.kind === 'saving'}
          title={t.save.shortcuts}
          onClick={() => void saving.save()}
        >
          {saving.state.kind === 'saving' ? t.save.saving : t.save.save}
        </Button>
      </span>
    </footer>
  );
}

function UndoButtons() {
  const t = useTexts();
  const store = useStore();
  const document = useDocument();
  const undo = nextUndo(document);
  const redo = nextRedo(document);
  return (
    <span className={styles['toolbar']}>
      <IconButton
        icon="undo"
        label={undo === null ? t.save.undo : t.save.undoOf(t.edits[undo])}
        disabled={undo === null}
        onClick={store.undo}
      />
      <IconButton
        icon="redo"
        label={redo === null ? t.save.redo : t.save.redoOf(t.edits[redo])}
        disabled={redo === null}
        onClick={store.redo}
      />
    </span>
  );
}

const WARN_PERCENT = 90;
const MEASURE_DELAY_MS = 300;

/** Compression is the only honest measure, and too slow for every key stroke. */
function useUsedBytes(): number | null {
  const settings = useSettings();
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const encoded = await encodeSettings(settings, { savedAtMs: 0, savedBy: { code: '', name: '' } });
      const used = encoded.ok ? encoded.value.bytes : Number(encoded.error.params['bytes'] ?? 0);
      if (current) setBytes(used);
    }, MEASURE_DELAY_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [settings]);
  return bytes;
}

function Usage() {
  const t = useTexts();
  const { language } = useEnvironment();
  const bytes = useUsedBytes() ?? 0;
  const percent = Math.ceil((bytes / MAX_STORED_BYTES) * 100);
  const kilobytes = (count: number) => formatCount(Math.ceil(count / 1024), language);
  const text = t.save.usageText(
    kilobytes(bytes),
    kilobytes(MAX_STORED_BYTES),
    formatCount(percent, language),
  );
  return (
    <span className={styles['usage']} title={text}>
      <span>{t.save.usage}</span>
      <meter
        className={styles['meter']}
        aria-label={text}
        min={0}
        max={100}
        high={WARN_PERCENT}
        optimum={0}
        value={Math.min(100, percent)}
      />
      <span>{formatCount(percent, language)}%</span>
    </span>
  );
}

function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}
