/** Starts by the clock. */

import { useState } from 'react';
import type { Schedule } from '../../definition/types';
import { nextStarts } from '../../trigger/schedule';
import { localeOf } from '../../ui/i18n';
import { CheckField } from '../../ui/parts/Choice';
import { ComboBox } from '../../ui/parts/ComboBox';
import { Notice } from '../../ui/parts/Feedback';
import { SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useSettings } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { Rows } from '../forms/parts';
import styles from '../parts/lists.module.css';
import { Holidays } from './Holidays';
import type { UnitPartProps } from './part-props';
import { cronOf, type Repetition, repetitionOf } from './schedule-pattern';
import { readSchedule, weekdayName } from './schedule-reading';

const SHOWN_STARTS = 3;
const WEEK = [1, 2, 3, 4, 5, 6, 0];
const DAYS_OF_MONTH = Array.from({ length: 31 }, (_, index) => String(index + 1));

export function Schedules({ unit, change, findings }: UnitPartProps) {
  const { schedules: t, sections } = useTexts().unit;
  const { timeZone } = useEnvironment();
  return (
    <>
      <p className={styles['muted']}>{t.lead}</p>
      {unit.schedules.length === 0 ? null : <Notice tone="info">{sections.needsServer}</Notice>}
      <Rows<Schedule>
        items={unit.schedules}
        onChange={(schedules, field) => change({ schedules }, field)}
        blank={() => ({ cron: '0 9 * * *', timeZone, holidays: 'run' })}
        addLabel={t.add}
        path="schedules"
        findings={findings}
        ordered={false}
        render={(schedule, set, number, index) => (
          <ScheduleFields
            schedule={schedule}
            set={set}
            number={number}
            path={`schedules.${index}`}
            findings={findings}
          />
        )}
      />
      {unit.schedules.length === 0 ? null : <Holidays />}
    </>
  );
}

interface ScheduleFieldsProps {
  readonly schedule: Schedule;
  readonly set: (schedule: Schedule, field?: string) => void;
  readonly number: string;
  readonly path: string;
  readonly findings: FindingsAt;
}

function ScheduleFields({ schedule, set, number, path, findings }: ScheduleFieldsProps) {
  const { unit, common } = useTexts();
  const { schedules: t } = unit;
  const { holidays } = useSettings();
  const row = t.row(number);
  return (
    <fieldset className={styles['rowForm']}>
      <legend className={styles['rowTitle']}>{row}</legend>
      <When schedule={schedule} set={set} path={path} findings={findings} />
      <div className={styles['pair']}>
        <ComboBox
          required
          label={t.timeZone}
          placeholder={t.timeZonePlaceholder}
          emptyText={common.noMatch}
          items={timeZones().map((zone) => ({ key: zone, label: zone }))}
          value={schedule.timeZone}
          onChange={(timeZone) => set({ ...schedule, timeZone })}
          findings={findings(`${path}.timeZone`)}
          path={`${path}.timeZone`}
        />
        <SelectField
          label={t.holidays}
          value={schedule.holidays}
          options={(['run', 'skip', 'dayBefore', 'dayAfter'] as const).map((value) => ({
            value,
            label: t[value],
          }))}
          onChange={(policy) => set({ ...schedule, holidays: policy })}
          path={`${path}.holidays`}
        />
      </div>
      <Reading schedule={schedule} holidays={holidays} />
    </fieldset>
  );
}

/** How often and when: by name, or by the five fields themselves. */
function When({ schedule, set, path, findings }: Omit<ScheduleFieldsProps, 'number'>) {
  const { schedules: t } = useTexts().unit;
  const known = repetitionOf(schedule.cron);
  // Fields that happen to have a name stay fields while somebody is typing them.
  const [isRaw, setRaw] = useState(known === null);
  const shown = isRaw ? null : known;
  const time = known?.time ?? '09:00';
  const setRepetition = (repetition: Repetition) => set({ ...schedule, cron: cronOf(repetition) }, 'cron');
  return (
    <div className={styles['pair']}>
      <SelectField
        label={t.kind}
        value={shown?.kind ?? 'custom'}
        options={(['daily', 'weekdays', 'weekly', 'monthly', 'custom'] as const).map((value) => ({
          value,
          label: t[value],
        }))}
        onChange={(kind) => {
          setRaw(kind === 'custom');
          if (kind !== 'custom') set({ ...schedule, cron: cronOf(firstOf(kind, time)) });
        }}
      />
      {shown === null ? (
        <TextField
          code
          label={t.cron}
          hint={t.cronHint}
          maxLength={100}
          value={schedule.cron}
          onChange={(cron) => set({ ...schedule, cron }, 'cron')}
          findings={findings(`${path}.cron`)}
          path={`${path}.cron`}
        />
      ) : (
        <TextField
          label={t.time}
          inputType="time"
          value={shown.time}
          onChange={(next) => (next === '' ? undefined : setRepetition({ ...shown, time: next }))}
          findings={findings(`${path}.cron`)}
          path={`${path}.cron`}
        />
      )}
      <Days repetition={shown} set={setRepetition} />
    </div>
  );
}

interface DaysProps {
  readonly repetition: Repetition | null;
  readonly set: (repetition: Repetition) => void;
}

function Days({ repetition, set }: DaysProps) {
  const { schedules: t } = useTexts().unit;
  const { language } = useEnvironment();
  if (repetition?.kind === 'monthly') {
    return (
      <SelectField
        label={t.day}
        value={repetition.day}
        options={[
          ...DAYS_OF_MONTH.map((value) => ({ value, label: t.dayOfMonth(value) })),
          { value: 'L', label: t.lastDay },
        ]}
        onChange={(day) => set({ ...repetition, day })}
      />
    );
  }
  if (repetition?.kind !== 'weekly') return null;
  const { days } = repetition;
  return (
    <fieldset>
      <legend className={styles['rowTitle']}>{t.days}</legend>
      <div className={styles['checks']}>
        {WEEK.map((weekday) => (
          <CheckField
            key={weekday}
            label={weekdayName(weekday, language)}
            checked={days.includes(weekday)}
            onChange={(isChosen) => {
              const next = isChosen ? [...days, weekday] : days.filter((one) => one !== weekday);
              // Without a day there would be no schedule; the last one stays.
              if (next.length > 0) set({ ...repetition, days: next });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

function firstOf(kind: Repetition['kind'], time: string): Repetition {
  switch (kind) {
    case 'weekly':
      return { kind, time, days: [1] };
    case 'monthly':
      return { kind, time, day: '1' };
    default:
      return { kind, time };
  }
}

/** What was set, in words and as the next instants: the surest way to see a mistake. */
function Reading({
  schedule,
  holidays,
}: {
  readonly schedule: Schedule;
  readonly holidays: readonly string[];
}) {
  const { unit: t } = useTexts();
  const { language, nowMs } = useEnvironment();
  const [openedAtMs] = useState(nowMs);
  const starts = nextStarts(schedule, holidays, openedAtMs, SHOWN_STARTS);
  const words = readSchedule(schedule.cron, t, language);
  const format = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'full',
    timeStyle: 'short',
    ...(starts.length > 0 ? { timeZone: schedule.timeZone } : {}),
  });
  return (
    <div className={styles['reading']} aria-live="polite">
      {words === null || starts.length === 0 ? null : <strong>{words}</strong>}
      {starts.length === 0 ? (
        <div className={styles['muted']}>{t.schedules.noNext}</div>
      ) : (
        <>
          <div className={styles['muted']}>
            {t.schedules.next} ({schedule.timeZone})
          </div>
          <ul>
            {starts.map((atMs) => (
              <li key={atMs}>{format.format(atMs)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Every zone the browser knows; UTC is missing in some lists. */
function timeZones(): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];
}
