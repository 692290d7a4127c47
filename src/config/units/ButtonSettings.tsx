/** The button on record pages: its label, its place, and when and to whom it shows. */
import type { ButtonTrigger } from '../../definition/types';
import { columnSpecsOfFields } from '../../table/kintone-fields';
import { Button } from '../../ui/parts/Button';
import { CheckField, RadioField } from '../../ui/parts/Choice';
import { ComboBox } from '../../ui/parts/ComboBox';
import { FieldProblem } from '../../ui/parts/Feedback';
import { TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useCallingFields, useSpaceIds } from '../app/data';
import { useTexts } from '../app/environment';
import { ConditionEditor } from '../forms/ConditionEditor';
import type { UnitPartProps } from './part-props';
import { UsersEditor } from './UsersEditor';

export function ButtonSettings({ unit, change, findings }: UnitPartProps) {
  const { button: t } = useTexts();
  const { button } = unit;
  const columns = columnSpecsOfFields(useCallingFields().data ?? {});
  const set = (patch: Partial<ButtonTrigger>, field?: string) =>
    change({ button: { ...button, ...patch } }, field);
  return (
    <>
      <CheckField
        label={t.enabled}
        checked={button.enabled}
        onChange={(enabled) => set({ enabled })}
        path="button.enabled"
      />
      {button.enabled ? (
        <>
          <TextField
            label={t.label}
            hint={t.labelHint}
            placeholder={t.labelDefault}
            maxLength={80}
            value={button.label}
            onChange={(label) => set({ label }, 'button.label')}
            path="button.label"
          />
          <Placement button={button} set={set} findings={findings} />
          <ConditionEditor
            title={t.condition}
            hint={t.conditionHint}
            noneText={t.conditionNone}
            condition={button.condition}
            columns={columns}
            parameters={[]}
            change={(condition, field) =>
              set({ condition }, field === undefined ? undefined : `button.condition ${field}`)
            }
            path="button.condition"
            findings={findings}
          />
          <UsersEditor users={button.users} change={(users, field) => set({ users }, field)} />
        </>
      ) : null}
    </>
  );
}

interface PlacementProps {
  readonly button: ButtonTrigger;
  readonly set: (patch: Partial<ButtonTrigger>) => void;
  readonly findings: FindingsAt;
}

function Placement({ button, set, findings }: PlacementProps) {
  const { button: t, common } = useTexts();
  const spaces = useSpaceIds();
  const { placement } = button;
  const ids = spaces.data ?? [];
  return (
    <>
      <RadioField
        legend={t.placement}
        value={placement.kind}
        options={[
          { value: 'headerMenu', label: t.headerMenu },
          { value: 'space', label: t.space },
        ]}
        onChange={(kind) => set({ placement: kind === 'space' ? { kind, spaceId: ids[0] ?? '' } : { kind } })}
        path="button.placement"
      />
      {placement.kind === 'space' ? (
        <>
          <ComboBox
            required
            label={t.spaceId}
            placeholder={t.spacePlaceholder}
            emptyText={common.noMatch}
            items={ids.map((id) => ({ key: id, label: id }))}
            value={placement.spaceId}
            onChange={(spaceId) => set({ placement: { kind: 'space', spaceId } })}
            findings={findings('button.placement.spaceId')}
            path="button.placement.spaceId"
          />
          {spaces.isError ? (
            <span>
              <FieldProblem tone="error">{common.retry}</FieldProblem>
              <Button size="small" onClick={() => void spaces.refetch()}>
                {common.retry}
              </Button>
            </span>
          ) : spaces.data && ids.length === 0 ? (
            <FieldProblem tone="warning">{t.spaceNone}</FieldProblem>
          ) : null}
        </>
      ) : null}
    </>
  );
}
