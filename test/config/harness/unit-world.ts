/** The settings of `world.ts` with every part of its first unit set: long names, mistakes, all ways to start. */
import { newUnit } from '../../../src/definition/create';
import type { ExecutionUnit, Settings } from '../../../src/definition/types';
import { worldSettings } from './world';

const LONG =
  'とても長い名前の実行単位でも画面が崩れずに最後まで読めることを確かめるための名前です（月次締め・売上集計・在庫引き当て）';

const quiet = newUnit(() => 'quietquietquie', 'ボタンだけの実行単位');

const loud: ExecutionUnit = {
  ...quiet,
  id: 'loudloudloudlo',
  name: LONG,
  executor: { kind: 'remote', url: 'https://api.example.com/trigger/v1/abcdefghijklmn' },
  recordEvents: [
    {
      event: 'statusChanged',
      timing: 'before',
      condition: {
        join: 'all',
        conditions: [{ field: 'status', operator: 'in', values: [{ kind: 'literal', value: '確定' }] }],
      },
      action: '承認して次の担当者へ回付する',
      onFailure: 'block',
    },
    { event: 'created', timing: 'after', condition: null, action: '', onFailure: 'tell' },
  ],
  api: true,
  webhookEvents: ['ADD_RECORD', 'UPDATE_RECORD'],
  schedules: [
    { cron: '0 9 L * *', timeZone: 'Asia/Tokyo', holidays: 'dayBefore' },
    { cron: '*/15 9-17 * * 1-5', timeZone: 'America/New_York', holidays: 'skip' },
    { cron: '0 9 31 2 *', timeZone: 'Asia/Tokyo', holidays: 'run' },
  ],
  concurrency: 'queue',
  priority: 10,
  conflict: 'replan',
  maxRunMinutes: 30,
  mode: 'test',
  test: {
    rowLimit: 100,
    apps: [
      { from: { appId: '3' }, to: { appId: '3' } },
      { from: { appId: '2' }, to: { appId: '4' } },
    ],
  },
  input: [
    {
      name: '締め日',
      label: 'どの日までの売上を締めるか（この日を含みます。空欄の場合は前月末日です）',
      note: '土日でもかまいません。',
      type: 'date',
      required: true,
      defaultValue: '',
      choices: [],
    },
    {
      name: 'month',
      label: '',
      note: '',
      type: 'choice',
      required: false,
      defaultValue: '未定',
      choices: ['速報', '確報', '速報'],
    },
    { name: '$user', label: '', note: '', type: 'number', required: false, defaultValue: 'abc', choices: [] },
  ],
  breakpoints: [
    { flowId: 'salesflow', commandId: 'group' },
    { flowId: 'salesflow', commandId: 'gone' },
  ],
  flowIds: ['salesflow'],
};

export const unitSettings: Settings = {
  ...worldSettings,
  holidays: ['2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'],
  units: [loud, { ...quiet, flowIds: ['salesflow'] }, ...worldSettings.units],
};
