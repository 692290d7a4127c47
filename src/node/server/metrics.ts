/** Figures in Prometheus' text format (version 0.0.4). Labels hold words of ours only: their number stays small. */

type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}

const FAMILIES = {
  nagare_runs_total: { kind: 'counter', help: 'Runs that this server has ended, by state and reason.' },
  nagare_starts_total: { kind: 'counter', help: 'Starts that were taken, by method.' },
  nagare_trigger_requests_total: { kind: 'counter', help: 'Requests of the trigger protocol, by answer.' },
  nagare_webhooks_total: { kind: 'counter', help: 'Notifications of kintone, by what became of them.' },
  nagare_api_requests_total: {
    kind: 'counter',
    help: 'kintone API requests of ended runs, as kintone counts.',
  },
  nagare_jobs: { kind: 'gauge', help: 'Jobs in the store, over all its servers.' },
  nagare_runs_under_way: { kind: 'gauge', help: 'Runs of this server.' },
  nagare_run_duration_seconds: { kind: 'histogram', help: 'From the start of a run to its end.' },
} as const satisfies Record<string, Family>;

type Name = keyof typeof FAMILIES;
type Of<K extends Family['kind']> = {
  [N in Name]: (typeof FAMILIES)[N]['kind'] extends K ? N : never;
}[Name];

const BUCKETS_SECONDS = [1, 5, 15, 60, 300, 900, 3600] as const;

export interface Metrics {
  add(name: Of<'counter'>, labels?: Labels, count?: number): void;
  set(name: Of<'gauge'>, labels: Labels, value: number): void;
  observe(name: Of<'histogram'>, value: number): void;
  text(): string;
}

export function createMetrics(): Metrics {
  const series = new Map<Name, Map<string, number>>();
  const observations: { buckets: number[]; sum: number; count: number } = {
    buckets: BUCKETS_SECONDS.map(() => 0),
    sum: 0,
    count: 0,
  };

  function change(name: Name, labels: Labels, to: (before: number) => number): void {
    const own = series.get(name) ?? new Map<string, number>();
    const key = labelText(labels);
    own.set(key, to(own.get(key) ?? 0));
    series.set(name, own);
  }

  return {
    add: (name, labels = {}, count = 1) => change(name, labels, (before) => before + count),
    set: (name, labels, value) => change(name, labels, () => value),
    observe(_name, value) {
      observations.count += 1;
      observations.sum += value;
      for (const [index, bucket] of BUCKETS_SECONDS.entries())
        if (value <= bucket) observations.buckets[index] = (observations.buckets[index] ?? 0) + 1;
    },
    text: () =>
      Object.entries(FAMILIES)
        .flatMap(([name, family]) => [
          `# HELP ${name} ${family.help}`,
          `# TYPE ${name} ${family.kind}`,
          ...(family.kind === 'histogram'
            ? [
                ...BUCKETS_SECONDS.map(
                  (bucket, index) => `${name}_bucket{le="${bucket}"} ${observations.buckets[index] ?? 0}`,
                ),
                `${name}_bucket{le="+Inf"} ${observations.count}`,
                `${name}_sum ${observations.sum}`,
                `${name}_count ${observations.count}`,
              ]
            : [...(series.get(name as Name) ?? [])].map(([labels, value]) => `${name}${labels} ${value}`)),
        ])
        .join('\n')
        .concat('\n'),
  };
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, '_')}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}
