/** Small line drawings on a 16 px grid; decoration only, the words stand beside them or in the label. */
import styles from './parts.module.css';

const PATHS = {
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.7 9h5.6l.7-9M6.8 7v4M9.2 7v4',
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7L14 14',
  undo: 'M6 3L3 6l3 3M3 6h6a4 4 0 0 1 0 8H6',
  redo: 'M10 3l3 3-3 3M13 6H7a4 4 0 0 0 0 8h3',
  error: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  warning: 'M8 2L14.5 13.5h-13zM8 6.3v3.6M8 11.4v.9',
  info: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 7.2v4.2M8 4.5v1',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  chevron: 'M4 6l4 4 4-4',
  back: 'M10 3L5 8l5 5',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  external: 'M9 3h4v4M13 3L7.5 8.5M11 9.5V13H3V5h3.5',
  edit: 'M10.5 3l2.5 2.5L6 12.5l-3 .5.5-3z',
  inputData: 'M2.5 4.5h6v7h-6zM8.5 8h5M11 5.5L13.5 8 11 10.5',
  outputData: 'M7.5 4.5h6v7h-6zM2 8h5M4.5 5.5L7 8l-2.5 2.5',
  rows: 'M2.5 3.5h11M4.5 7h7M6.5 10.5h3',
  combine: 'M2.5 3.5h3l5 4.5-5 4.5h-3M10.5 8h3',
  aggregate: 'M12 3H4.5L9 8l-4.5 5H12',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  tables: 'M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.8h11',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({
  name,
  className,
}: {
  readonly name: IconName;
  readonly className?: string | undefined;
}) {
  return (
    <svg
      className={`${styles['icon']} ${className ?? ''}`}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
