/** Notices, badges and the states of a part of the screen that has nothing (yet) to show. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import styles from './parts.module.css';

export type Tone = 'error' | 'warning' | 'info' | 'success';

const ICONS: Readonly<Record<Tone, IconName>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  success: 'check',
};
const TONE_CLASSES: Readonly<Record<Tone, string | undefined>> = {
  error: styles['toneError'],
  warning: styles['toneWarning'],
  info: styles['toneInfo'],
  success: styles['toneSuccess'],
};
const NOTICE_CLASSES: Readonly<Record<Tone, string | undefined>> = {
  error: styles['noticeError'],
  warning: styles['noticeWarning'],
  info: '',
  success: styles['noticeSuccess'],
};

interface NoticeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly todo?: ReactNode;
  readonly actions?: ReactNode;
  /** Announced when it appears: errors at once, the rest when the reader pauses. */
  readonly live?: boolean;
}

export function Notice({ tone, children, todo, actions, live }: NoticeProps) {
  const role = live ? (tone === 'error' ? 'alert' : 'status') : undefined;
  return (
    <div className={`${styles['notice']} ${NOTICE_CLASSES[tone]}`} role={role}>
      <span className={`${styles['noticeIcon']} ${TONE_CLASSES[tone]}`}>
        <Icon name={ICONS[tone]} />
      </span>
      <div className={styles['noticeBody']}>
        <div>{children}</div>
        {todo ? <div className={styles['noticeTodo']}>{todo}</div> : null}
      </div>
      {actions ? <div className={styles['noticeActions']}>{actions}</div> : null}
    </div>
  );
}

/** A count or a word with an icon; colour is never the only signal. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`${styles['badge']} ${TONE_CLASSES[tone]}`}>
      <Icon name={ICONS[tone]} />
      {children}
    </span>
  );
}

/** One line under a field. */
export function FieldProblem({ tone, children, id }: { tone: Tone; children: ReactNode; id?: string }) {
  return (
    <span id={id} className={`${styles['fieldProblem']} ${TONE_CLASSES[tone]}`}>
      <Icon name={ICONS[tone]} />
      <span>{children}</span>
    </span>
  );
}

export function EmptyState(props: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <div className={styles['emptyTitle']}>{props.title}</div>
      {props.children ? <div className={styles['emptyText']}>{props.children}</div> : null}
      {props.actions}
    </div>
  );
}

const BAR_WIDTHS = ['92%', '80%', '68%', '74%'];

export function Loading({ label }: { readonly label: string }) {
  return (
    <div className={styles['skeleton']} role="status">
      <span className={styles['visuallyHidden']}>{label}</span>
      {BAR_WIDTHS.map((width) => (
        <div key={width} className={styles['skeletonBar']} style={{ width }} />
      ))}
    </div>
  );
}

export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <span className={styles['visuallyHidden']}>{children}</span>;
}
