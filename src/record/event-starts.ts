/**
 * Units that start when somebody saves, deletes or processes a record. Part of boot: where no unit's trigger fits,
 * nothing is loaded and nobody waits.
 */
import type { RecordEvent } from '../definition/types';
import { type BootIndex, type BootUnit, readIndex } from '../kintone/boot-index';
import { type ConditionFacts, conditionFacts, recordFulfils } from './condition';
import type { ActionEvent, RecordAction, RecordPage, ShowEvent } from './page';
import type { EventPress } from './panel/contract';

export interface Moment {
  readonly event: RecordEvent;
  readonly timing: 'before' | 'after';
  /** Blank where there is none. */
  readonly action: string;
}

/** A unit that is due; `isBlocking`: its failure stops what the person does. */
export interface DueUnit {
  readonly unit: BootUnit;
  readonly isBlocking: boolean;
}

/** What each action means. A changed status is there when the record is shown again, see `watchRecordEvents`. */
const MOMENTS: readonly (readonly [RecordAction, RecordEvent, Moment['timing']])[] = [
  ['create.submit', 'created', 'before'],
  ['create.submit.success', 'created', 'after'],
  ['edit.submit', 'edited', 'before'],
  ['edit.submit.success', 'edited', 'after'],
  ['index.edit.submit', 'edited', 'before'],
  ['index.edit.submit.success', 'edited', 'after'],
  ['detail.delete.submit', 'deleted', 'before'],
  ['index.delete.submit', 'deleted', 'before'],
  ['detail.process.proceed', 'statusChanged', 'before'],
];

/** Enabled units with a trigger for the moment, in their order, each once. */
export function dueUnits(
  index: Pick<BootIndex, 'units'> | null,
  moment: Moment,
  facts: ConditionFacts,
): readonly DueUnit[] {
  return (index?.units ?? []).flatMap((unit) => {
    const fitting = (unit.enabled ? (unit.recordEvents ?? []) : []).filter(
      ({ event, timing, action, condition }) =>
        event === moment.event &&
        timing === moment.timing &&
        (event !== 'statusChanged' || action === '' || action === moment.action) &&
        recordFulfils(condition, facts),
    );
    const isBlocking = moment.timing === 'before' && fitting.some(({ onFailure }) => onFailure === 'block');
    return fitting.length === 0 ? [] : [{ unit, isBlocking }];
  });
}

/** A process action on its way: what it will have done shows when kintone shows the record again. */
interface Processing {
  readonly recordId: string;
  readonly action: string;
  readonly nextStatus: string;
}

/**
 * @param start answers why the unit was not run, in a sentence, or null; never rejects
 * @param stopped what kintone says when a unit that was not run stops the action
 */
export function watchRecordEvents(
  page: RecordPage,
  start: (press: EventPress) => Promise<string | null>,
  stopped: (unitName: string, reason: string) => string,
): void {
  let processing: Processing | null = null;

  const due = (moment: Moment, event: ActionEvent): readonly DueUnit[] =>
    dueUnits(readIndex(page.config()), moment, conditionFacts(event, page.user(), Date.now()));

  const startAll = async (
    units: readonly DueUnit[],
    { event: eventType, timing }: Moment,
    event: ActionEvent,
  ): Promise<void> => {
    if (await page.isTestEnvironment()) return;
    const isPageLeft = leavesPage(eventType, timing, page.isMobile);
    for (const { unit, isBlocking } of units) {
      const reason = await start({
        unitId: unit.id,
        unitName: unit.name,
        event: event as ShowEvent,
        eventType,
        isPageLeft: isPageLeft && !isBlocking,
      });
      if (reason === null || !isBlocking) continue;
      event.error = stopped(unit.name, reason);
      // The action does not come about: what the other units would do for it must not either.
      return;
    }
  };

  for (const [name, recordEvent, timing] of MOMENTS) {
    page.onAction(name, (event) => {
      const action = event.action?.value ?? '';
      if (recordEvent === 'statusChanged') {
        const nextStatus = event.nextStatus?.value ?? '';
        processing = { recordId: String(event.recordId ?? ''), action, nextStatus };
      }
      // Another customisation has stopped it.
      if (isRefused(event)) return undefined;
      const moment = { event: recordEvent, timing, action };
      const units = due(moment, event);
      return units.length === 0 ? undefined : startAll(units, moment, event);
    });
  }

  page.onShow('detail', (event) => {
    const was = processing;
    processing = null;
    if (was === null || was.recordId !== String(event.recordId) || was.nextStatus !== statusOf(event)) return;
    const moment = { event: 'statusChanged', timing: 'after', action: was.action } as const;
    const units = due(moment, event);
    if (units.length > 0) void startAll(units, moment, event);
  });
}

/** Whether kintone opens another document afterwards, or a handler of the success may send it to another one. */
const leavesPage = (event: RecordEvent, timing: Moment['timing'], isMobile: boolean): boolean =>
  event === 'created' || event === 'deleted' || (event === 'edited' && (timing === 'after' || isMobile));

/** kintone does not carry an action out that has an error, in itself or at a field. */
const isRefused = ({ error, record }: ActionEvent): boolean =>
  Boolean(error) || Object.values(record ?? {}).some((cell) => 'error' in cell && Boolean(cell.error));

const statusOf = ({ record }: ShowEvent): unknown =>
  Object.values(record ?? {}).find(({ type }) => type === 'STATUS')?.value;
