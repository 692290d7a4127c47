import { useState } from 'react';
import { Button } from '../../ui/parts/Button';
import { useTexts } from '../app/environment';
import styles from '../parts/lists.module.css';

/** A text that is needed elsewhere, with a button that takes it along. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const { sections: t } = useTexts().unit;
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t.copied);
    } catch {
      setSaid(t.copyFailed);
    }
  };
  return (
    <div className={styles['copy']}>
      <span>
        {label}: <code className={styles['idText']}>{text}</code>
      </span>
      <Button size="small" icon="copy" aria-label={`${t.copy}: ${label}`} onClick={() => void copy()}>
        {t.copy}
      </Button>
      <span role="status" className={styles['muted']}>
        {said}
      </span>
    </div>
  );
}
