/** Browser side of the panel's tests: mounts the real panel on a page that only imitates kintone's frame. */
import { failure } from '../../../src/definition/errors';
import type { RunStatus } from '../../../src/run/status';
import type { Language } from '../../../src/ui/i18n';
import { type MountedPanel, mountPanel, type PanelLookups, type PanelSource } from '../../../src/ui/panel';
import type { Asked } from '../../../src/ui/panel/InputForm';
import { type FakeHandle, fakeHandle } from './fake-handle';
import { CALLING, SCENARIOS, type ScenarioName, STARTED_AT_MS } from './scenarios';

const APP_NAMES: Readonly<Record<string, string>> = {
  '8': '案件管理',
  '21': '顧客別売上集計（全社・速報と確定の両方を含むアプリ）',
  '22': '在庫',
};
const LABELS = { customer: '取引先の正式名称', total: '売上合計（税抜）', month: '対象月', owner: '担当者' };
const COMMANDS: Readonly<Record<string, string>> = {
  inputApp: '入力アプリ',
  group: 'グループ化',
  outputApp: '出力アプリ',
};

const lookups: PanelLookups = {
  appName: async (app) => APP_NAMES[app.appId] ?? app.appId,
  fieldLabels: async () => LABELS,
  appUrl: (app) => `/k/${app.appId}/`,
  logUrl: (journalId) => `/k/90/show#record=${journalId}`,
  commandName: (type) => COMMANDS[type] ?? type,
};

const calls: string[] = [];
let nowMs = STARTED_AT_MS + 12_000;
let handle: FakeHandle | null = null;
let mounted: MountedPanel | null = null;

const sent: Readonly<Record<string, string>>[] = [];

const asking = (asked: Asked): PanelSource => ({
  kind: 'asking',
  unitName: SCENARIOS.checking.unitName,
  asked,
  onSubmit: (values) => void sent.push(values),
  onCancel: () => void calls.push('cancel'),
});

const record = (name: string) => () => void calls.push(name);
const callbacks = {
  onClose: record('close'),
  onReload: record('reload'),
  onRetry: record('retry'),
  onResume: record('resume'),
  onRestart: record('restart'),
  onContinue: record('continue'),
  onFromFailed: record('fromFailed'),
};

function host(): HTMLElement {
  document.querySelector('[data-nagare="card"]')?.remove();
  const made = document.createElement('div');
  made.dataset['nagare'] = 'card';
  document.getElementById('space')?.append(made);
  return made;
}

interface MountChoices {
  readonly language: Language;
  readonly shown?: { readonly recordId?: string; readonly isEditing?: boolean };
}

const api = {
  calls,
  show(name: ScenarioName, choices: MountChoices) {
    mounted?.unmount();
    calls.length = 0;
    nowMs = STARTED_AT_MS + 12_000;
    handle = fakeHandle(SCENARIOS[name]);
    mounted = mountPanel({
      host: host(),
      source: { kind: 'run', handle },
      calling: CALLING,
      shown: { ...CALLING, isEditing: false, ...choices.shown },
      callbacks,
      language: choices.language,
      timeZone: 'Asia/Tokyo',
      lookups,
      nowMs: () => nowMs,
    });
  },
  problem(code: string, choices: MountChoices) {
    mounted?.unmount();
    mounted = mountPanel({
      host: host(),
      source: { kind: 'problem', unitName: SCENARIOS.checking.unitName, failure: failure(code) },
      calling: CALLING,
      shown: { ...CALLING, isEditing: false },
      callbacks,
      language: choices.language,
      timeZone: 'Asia/Tokyo',
      lookups,
      nowMs: () => nowMs,
    });
  },
  /** The form; `sent` has what it was sent with. */
  ask(asked: Asked, choices: MountChoices) {
    mounted?.unmount();
    sent.length = 0;
    calls.length = 0;
    mounted = mountPanel({
      host: host(),
      source: asking(asked),
      calling: CALLING,
      shown: { ...CALLING, isEditing: false },
      callbacks,
      language: choices.language,
      timeZone: 'Asia/Tokyo',
      lookups,
      nowMs: () => nowMs,
    });
  },
  /** What the engine finds wrong with it. */
  faults: (
    asked: Asked,
    faults: readonly { code: string; params: Record<string, string>; field: string }[],
  ) =>
    mounted?.update({
      source: asking({
        ...asked,
        faults: faults.map(({ code, params, field }) => failure(code, params, { field })),
      }),
    }),
  sent: () => sent,
  scenario: (name: ScenarioName) => handle?.set(SCENARIOS[name]),
  set: (change: Partial<RunStatus>) => handle?.set(change),
  handleCalls: () => handle?.calls ?? [],
  advance(ms: number) {
    nowMs += ms;
  },
};

export type PanelHarness = typeof api;

(globalThis as unknown as { panelHarness: PanelHarness }).panelHarness = api;
