import { useId } from 'react';
import type { RunState } from '../definition/types';
import { useLog } from './environment';
import { FIRST_FILTERS, type Filters, isPeriodWrong, type Period } from './query';

const STATES: readonly RunState[] = ['Success', 'Failure', 'Running', 'Queuing'];
const PERIODS: readonly Period[] = ['day', 'week', 'month', 'custom', 'all'];

interface Props {
  readonly filters: Filters;
  readonly isLoading: boolean;
  onChange(filters: Filters): void;
  onRefresh(): void;
}

/** Which runs are listed. Every control has its own visible name. */
export function LogFilters({ filters, isLoading, onChange, onRefresh }: Props) {
  const { texts, states, source } = useLog();
  const wrongId = useId();
  const isWrong = isPeriodWrong(filters);
  const change = (part: Partial<Filters>) => onChange({ ...filters, ...part });
  const toggle = (state: RunState) =>
    change({
      states: filters.states.includes(state)
        ? filters.states.filter((one) => one !== state)
        : [...filters.states, state],
    });
  const isFirst = JSON.stringify(filters) === JSON.stringify(FIRST_FILTERS);
  return (
    <search className="filters" aria-label={texts.filters}>
      <fieldset>
        <legend>{texts.state}</legend>
        {STATES.map((state) => (
          <label key={state} className="choice">
            <input type="checkbox" checked={filters.states.includes(state)} onChange={() => toggle(state)} />
            {states.run[state]}
          </label>
        ))}
      </fieldset>
      <label className="control">
        <span>{texts.unit}</span>
        <select value={filters.unitId} onChange={(event) => change({ unitId: event.target.value })}>
          <option value="">{texts.allUnits}</option>
          {source.units().map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name}
            </option>
          ))}
        </select>
      </label>
      <label className="control">
        <span>{texts.period}</span>
        <select value={filters.period} onChange={(event) => change({ period: event.target.value as Period })}>
          {PERIODS.map((period) => (
            <option key={period} value={period}>
              {texts.periods[period]}
            </option>
          ))}
        </select>
      </label>
      {filters.period === 'custom' && (
        <>
          <label className="control">
            <span>{texts.from}</span>
            <input
              type="date"
              value={filters.fromDay}
              onChange={(event) => change({ fromDay: event.target.value })}
            />
          </label>
          <label className="control">
            <span>{texts.to}</span>
            <input
              type="date"
              value={filters.toDay}
              aria-invalid={isWrong || undefined}
              aria-describedby={isWrong ? wrongId : undefined}
              onChange={(event) => change({ toDay: event.target.value })}
            />
          </label>
        </>
      )}
      <div className="actions">
        <button
          type="button"
          className="button small"
          onClick={onRefresh}
          aria-disabled={isLoading || undefined}
        >
          {texts.refresh}
        </button>
        {!isFirst && (
          <button type="button" className="button small" onClick={() => onChange(FIRST_FILTERS)}>
            {texts.reset}
          </button>
        )}
      </div>
      {isWrong && (
        <p id={wrongId} className="wrong" role="alert">
          {texts.periodWrong}
        </p>
      )}
    </search>
  );
}
