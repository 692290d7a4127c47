/** A small valid document that tests change in one place each. */
import { QUIET_UNIT } from '../../src/definition/create';
import type { Settings } from '../../src/definition/types';

export const sampleSettings: Settings = {
  version: 2,
  logApp: { appId: '90' },
  holidays: [],
  units: [
    {
      id: 'abcdefghijklmn',
      name: '月次売上締め',
      note: '',
      enabled: true,
      ...QUIET_UNIT,
      button: {
        enabled: true,
        label: '',
        placement: { kind: 'space', spaceId: 'run' },
        condition: {
          join: 'all',
          conditions: [
            { field: '状態', operator: 'in', values: [{ kind: 'literal', value: '確定' }] },
            {
              field: '締日',
              operator: '<=',
              values: [{ kind: 'period', unit: 'month', edge: 'end', offset: -1, base: '' }],
            },
          ],
        },
        users: [{ type: 'GROUP', code: 'sales' }],
      },
      flowIds: ['flowa', 'flowb'],
    },
  ],
  flows: [
    {
      id: 'flowa',
      name: '集計',
      note: '',
      commands: [
        {
          id: 'in1',
          type: 'inputApp',
          note: '',
          inputs: [],
          settings: { app: { appId: '10', guestSpaceId: '3' }, fields: ['金額'] },
        },
        {
          id: 'out1',
          type: 'outputApp',
          note: 'x',
          inputs: ['in1'],
          settings: { nested: { list: [1, true, null, 'a'] } },
        },
      ],
    },
    {
      id: 'flowb',
      name: '後処理',
      note: '',
      commands: [{ id: 'in1', type: 'inputRecord', note: '', inputs: [], settings: {} }],
    },
  ],
};
