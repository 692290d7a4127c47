/** 実行単位の開始: starts another execution unit once the flow has written. */
import * as v from 'valibot';
import { problemList } from './problem-list';
import type { CommandSpec } from './types';

export interface StartUnitSettings {
  /** Blank: not chosen yet. */
  readonly unitId: string;
  /** always: whenever the flow has gone to its end; hasRows: when rows arrive here; changed: when the flow writes something. */
  readonly when: 'always' | 'hasRows' | 'changed';
  /** Whether the flow waits for the end of that run, and fails when it fails. */
  readonly wait: boolean;
}

const settings: v.GenericSchema<unknown, StartUnitSettings> = v.strictObject({
  unitId: v.string(),
  when: v.picklist(['always', 'hasRows', 'changed']),
  wait: v.boolean(),
});

/**
 * Only the number of rows counts; the input passes through unchanged. The start itself happens after the flow's
 * writes are committed, so nothing is started by a preview. Problem: `unitNotChosen`. Whether the unit exists, and
 * whether units would start each other in a circle, is found by `validateReferences`.
 */
export const startUnit: CommandSpec<StartUnitSettings> = {
  type: 'startUnit',
  group: 'output',
  inputCount: 1,
  settings,
  defaults: () => ({ unitId: '', when: 'always', wait: true }),
  apps: () => [],
  columns([input = []], { unitId }, context) {
    const list = problemList(context.place);
    if (unitId === '') list.error('unitNotChosen', {}, 'unitId');
    return { columns: input, problems: list.problems };
  },
  async run(inputs, { unitId, when, wait }, context) {
    const input = inputs[0]!;
    if (when !== 'hasRows' || input.rowCount > 0) {
      context.emitStart({ unitId, onlyIfChanged: when === 'changed', wait });
    }
    return input;
  },
};
