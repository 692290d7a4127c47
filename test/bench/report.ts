/** The benchmark's tables, as text that is Markdown too. */

export const STAGES = [
  'load',
  'filter',
  'group',
  'join',
  'sort',
  'formula',
  'running',
  'diff',
  'bodies',
] as const;
export type Stage = (typeof STAGES)[number];

export interface Measured {
  readonly engine: string;
  /** Milliseconds, median over the runs. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  readonly totalMs: number;
  /** Of the fastest and of the slowest run. */
  readonly totalSpreadMs: readonly [number, number];
  /** Computing time of all threads. */
  readonly processorMs: number;
  readonly peakMb: number;
  readonly check: CheckFindings | null;
}

export interface CheckFindings {
  readonly groups: { readonly missing: number; readonly wrong: number };
  readonly rows: { readonly missing: number; readonly wrong: number };
  /** More (or fewer) records planned than truly change. */
  readonly adds: number;
  readonly updates: number;
  readonly sameBodies: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}

export const number = (value: number): string => Math.round(value).toLocaleString('en-US');
export const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** One table: milliseconds per stage, ratios to the first engine by the clock and by the processor, peak, and what was wrong. */
export function timesTable(rows: readonly Measured[], trueChanges: number): string {
  const head = [
    'engine',
    ...STAGES,
    'all',
    'fastest-slowest',
    'x ours',
    'processor ms',
    'x ours',
    'peak MB',
    'wrong values',
    'records written / changed',
  ];
  const base = rows[0]?.totalMs ?? Number.NaN;
  const baseProcessor = rows[0]?.processorMs ?? Number.NaN;
  const lines = rows.map((row) => {
    const isPipeline = row.stages.filter !== undefined;
    const wrong = row.check === null ? '' : number(row.check.groups.wrong + row.check.rows.wrong);
    const written = row.check === null ? Number.NaN : trueChanges + row.check.adds + row.check.updates;
    return line([
      row.engine,
      ...STAGES.map((stage) => (row.stages[stage] === undefined ? '' : number(row.stages[stage] ?? 0))),
      isPipeline ? number(row.totalMs) : '',
      isPipeline ? row.totalSpreadMs.map(number).join('-') : '',
      isPipeline ? (row.totalMs / base).toFixed(1) : '',
      isPipeline ? number(row.processorMs) : '',
      isPipeline ? (row.processorMs / baseProcessor).toFixed(1) : '',
      number(row.peakMb),
      wrong,
      row.check === null ? '' : (written / trueChanges).toFixed(2),
    ]);
  });
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...lines].join('\n');
}

/** Ours exactly right, or why not. */
export function faultOf(check: CheckFindings): string | null {
  const wrong = check.groups.wrong + check.groups.missing + check.rows.wrong + check.rows.missing;
  if (wrong > 0) return `${wrong} values are wrong`;
  if (check.adds !== 0 || check.updates !== 0) return 'other records are planned than truly change';
  return check.sameBodies ? null : 'the request bodies differ';
}
