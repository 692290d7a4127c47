const PATHS = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  play: 'M5 3.5v9l7-4.5z',
  clock: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  stop: 'M4.5 4.5h7v7h-7z',
  minus: 'M3.5 8h9',
  plus: 'M3.5 8h9M8 3.5v9',
  change: 'M3 6h8.5L9 3.5M13 10H4.5L7 12.5',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  warning: 'M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.2v1',
  info: 'M8 7.5v4M8 4.8v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  out: 'M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5',
  circle: 'M13 8A5 5 0 1 1 3 8a5 5 0 0 1 10 0z',
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon of 16 units; always beside a word, so it is hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
