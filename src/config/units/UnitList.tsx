/** All execution units in one table. */
import { useState } from 'react';
import { newUnit } from '../../definition/create';
import type { ExecutionUnit } from '../../definition/types';
import { formatCount } from '../../ui/i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { SwitchField } from '../../ui/parts/Choice';
import { Badge, EmptyState, VisuallyHidden } from '../../ui/parts/Feedback';
import { Icon } from '../../ui/parts/Icon';
import { Menu } from '../../ui/parts/Menu';
import { useChecks } from '../app/checks';
import { useSettings, useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';
import { UndoNotice } from '../app/UndoNotice';
import { copyUnit, freeName } from '../document/copies';
import { problemsOfUnit } from '../document/validate';
import styles from '../parts/lists.module.css';
import { ProblemCount } from '../parts/ProblemCount';
import { matches, SearchBox } from '../parts/SearchBox';

export function UnitList() {
  const t = useTexts();
  const { newId } = useEnvironment();
  const { units } = useSettings();
  const store = useStore();
  const { go } = useNavigation();
  const [search, setSearch] = useState('');
  const shown = units.filter((unit) => matches(`${unit.name} ${unit.note} ${unit.id}`, search));
  const add = () => {
    const unit = newUnit(
      newId,
      freeName(
        t.units.newName,
        units.map((one) => one.name),
      ),
    );
    store.edit({ kind: 'addUnit', unit, afterId: null });
    go({ unitId: unit.id });
  };
  const addButton = (
    <Button kind="primary" icon="plus" onClick={add}>
      {t.units.add}
    </Button>
  );
  return (
    <section aria-label={t.units.title}>
      <div className={styles['bar']}>
        <div className={styles['barText']}>
          <h2 className={styles['heading']}>{t.units.title}</h2>
          <p className={styles['muted']}>{t.units.lead}</p>
        </div>
        {units.length > 0 ? (
          <>
            <SearchBox label={t.units.searchLabel} value={search} onChange={setSearch} />
            {addButton}
          </>
        ) : null}
      </div>
      <UndoNotice kind="removeUnit" />
      {units.length === 0 ? (
        <EmptyState title={t.units.emptyTitle} actions={addButton}>
          {t.units.emptyBody}
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState title={t.units.noMatch(search)} />
      ) : (
        <UnitTable units={shown} sortable={search === ''} />
      )}
    </section>
  );
}

function UnitTable({
  units,
  sortable,
}: {
  readonly units: readonly ExecutionUnit[];
  readonly sortable: boolean;
}) {
  const t = useTexts();
  return (
    <div className={styles['tableWrap']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t.units.colEnabled}</th>
            <th scope="col">{t.units.colName}</th>
            <th scope="col">{t.units.colFlows}</th>
            <th scope="col">{t.units.colButton}</th>
            <th scope="col">{t.units.colProblems}</th>
            <th scope="col">
              <VisuallyHidden>{t.units.colActions}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit, index) => (
            <UnitRow key={unit.id} unit={unit} index={index} count={sortable ? units.length : 0} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface UnitRowProps {
  readonly unit: ExecutionUnit;
  readonly index: number;
  /** 0: the list is filtered, moving would surprise. */
  readonly count: number;
}

function UnitRow({ unit, index, count }: UnitRowProps) {
  const t = useTexts();
  const { language, newId } = useEnvironment();
  const settings = useSettings();
  const store = useStore();
  const { go } = useNavigation();
  const { problems } = useChecks();
  const move = (by: -1 | 1) => store.edit({ kind: 'moveUnit', unitId: unit.id, by });
  const duplicate = () => {
    const names = settings.units.map((one) => one.name);
    store.edit({ kind: 'addUnit', unit: copyUnit(unit, newId, names), afterId: unit.id });
  };
  return (
    <tr>
      <td>
        <SwitchField
          hideLabel
          label={t.units.enabled(unit.name)}
          checked={unit.enabled}
          onChange={(enabled) => store.edit({ kind: 'updateUnit', unitId: unit.id, patch: { enabled } })}
        />
      </td>
      <td className={styles['nameCell']}>
        <button type="button" className={styles['nameLink']} onClick={() => go({ unitId: unit.id })}>
          {unit.name}
        </button>
        {unit.mode === 'test' ? (
          <>
            {' '}
            <Badge tone="warning">{t.unit.test.badge}</Badge>
          </>
        ) : null}
        {unit.note === '' ? null : <div className={styles['muted']}>{unit.note}</div>}
      </td>
      <td className={styles['short']}>{t.units.flowCount(formatCount(unit.flowIds.length, language))}</td>
      <td className={styles['short']}>{buttonText(unit, t.units)}</td>
      <td>
        <ProblemCount problems={problemsOfUnit(problems, unit)} />
      </td>
      <td>
        <div className={styles['actions']}>
          <IconButton
            icon="up"
            label={t.common.of(t.common.moveUp, unit.name)}
            disabled={count === 0 || index === 0}
            onClick={() => move(-1)}
          />
          <IconButton
            icon="down"
            label={t.common.of(t.common.moveDown, unit.name)}
            disabled={index >= count - 1}
            onClick={() => move(1)}
          />
          <Menu
            look="icon"
            label={t.common.of(t.common.more, unit.name)}
            entries={[
              { key: 'open', label: t.common.open, onAction: () => go({ unitId: unit.id }) },
              { key: 'duplicate', label: t.common.duplicate, onAction: duplicate },
              {
                key: 'remove',
                label: t.common.remove,
                danger: true,
                onAction: () => store.edit({ kind: 'removeUnit', unitId: unit.id }),
              },
            ]}
          >
            <Icon name="more" />
          </Menu>
        </div>
      </td>
    </tr>
  );
}

interface ButtonTexts {
  readonly noButton: string;
  readonly buttonHeader: string;
  readonly buttonSpace: (id: string) => string;
}

function buttonText({ button }: ExecutionUnit, t: ButtonTexts): string {
  if (!button.enabled) return t.noButton;
  return button.placement.kind === 'headerMenu' ? t.buttonHeader : t.buttonSpace(button.placement.spaceId);
}
