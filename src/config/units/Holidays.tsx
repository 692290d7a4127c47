/** The days off that the schedules of all units share. */
import { useState } from 'react';
import { MAX_HOLIDAYS } from '../../definition/schema';
import { formatCount } from '../../ui/i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { Disclosure } from '../../ui/parts/Disclosure';
import { FieldProblem } from '../../ui/parts/Feedback';
import { TextField } from '../../ui/parts/Field';
import { useSettings, useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { without } from '../document/lists';
import styles from '../parts/lists.module.css';
import { type AddedHolidays, addHolidays } from './holiday-lines';

export function Holidays() {
  const { unit, common } = useTexts();
  const { holidays: t } = unit;
  const { language } = useEnvironment();
  const { holidays } = useSettings();
  const store = useStore();
  const set = (days: readonly string[]) => store.edit({ kind: 'setHolidays', holidays: days });
  return (
    <Disclosure
      level={4}
      title={t.title}
      summary={holidays.length === 0 ? t.none : t.count(formatCount(holidays.length, language))}
    >
      <p className={styles['muted']}>{t.lead}</p>
      {holidays.length === 0 ? null : (
        <>
          <ul className={styles['days']}>
            {holidays.map((day, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a hand-written document may list a day twice
              <li key={`${day} ${index}`} className={styles['dayChip']}>
                {day}
                <IconButton
                  icon="close"
                  label={common.of(common.remove, day)}
                  onClick={() => set(without(holidays, index))}
                />
              </li>
            ))}
          </ul>
          <div>
            <Button size="small" kind="quiet" onClick={() => set([])}>
              {t.clear}
            </Button>
          </div>
        </>
      )}
      <AddHolidays days={holidays} set={set} />
    </Disclosure>
  );
}

interface AddHolidaysProps {
  readonly days: readonly string[];
  readonly set: (days: readonly string[]) => void;
}

function AddHolidays({ days, set }: AddHolidaysProps) {
  const { unit, common } = useTexts();
  const { holidays: t } = unit;
  const { language } = useEnvironment();
  const [text, setText] = useState('');
  const [done, setDone] = useState<AddedHolidays | null>(null);
  const add = () => {
    const result = addHolidays(days, text, MAX_HOLIDAYS);
    if (result.added > 0) set(result.days);
    setDone(result);
    setText(result.left.join('\n'));
  };
  return (
    <>
      <TextField
        multiline
        rows={4}
        label={t.add}
        hint={t.addHint}
        placeholder={'2027-01-01\n2027-01-11'}
        value={text}
        onChange={setText}
        path="holidays"
      />
      <div>
        <Button size="small" disabled={text.trim() === ''} onClick={add}>
          {t.addRun}
        </Button>
      </div>
      <div role="status">
        {done === null ? null : (
          <>
            {done.added === 0 ? null : (
              <FieldProblem tone="success">{t.added(formatCount(done.added, language))}</FieldProblem>
            )}
            {done.repeated.length === 0 ? null : (
              <FieldProblem tone="info">{t.repeated(common.list(done.repeated))}</FieldProblem>
            )}
            {done.unread.length === 0 ? null : (
              <FieldProblem tone="error">{t.unread(common.list(done.unread))}</FieldProblem>
            )}
            {done.isFull ? (
              <FieldProblem tone="error">{t.full(formatCount(MAX_HOLIDAYS, language))}</FieldProblem>
            ) : null}
          </>
        )}
      </div>
    </>
  );
}
