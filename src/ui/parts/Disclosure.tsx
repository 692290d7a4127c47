import { type ReactNode, useState } from 'react';
import { Icon } from './Icon';
import styles from './parts.module.css';

interface DisclosureProps {
  readonly title: string;
  /** One line on what is set inside; stays readable while the part is open. */
  readonly summary: ReactNode;
  /** Beside the title: counts of problems. */
  readonly mark?: ReactNode;
  readonly level: 3 | 4;
  /** How it is at first; afterwards it belongs to the person. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** A part of a form behind its heading, on the native element: search in the page and `focusPath` open it. */
export function Disclosure({ title, summary, mark, level, open = false, children }: DisclosureProps) {
  const [initial] = useState(open);
  const Heading = level === 3 ? 'h3' : 'h4';
  return (
    <details
      className={`${styles['disclosure']} ${level === 3 ? styles['outer'] : styles['inner']}`}
      open={initial}
    >
      <summary className={styles['disclosureHead']}>
        <span className={styles['disclosureSign']}>
          <Icon name="chevron" />
        </span>
        <Heading className={styles['disclosureTitle']}>{title}</Heading>
        {mark}
        <span className={styles['disclosureSummary']}>{summary}</span>
      </summary>
      <div className={styles['disclosureBody']}>{children}</div>
    </details>
  );
}
