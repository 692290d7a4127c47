import type { OutputStatusSettings } from '../../commands';
import type { FieldMapping } from '../../commands/types';
import { columnSpecsOfFields } from '../../table/kintone-fields';
import type { ColumnSpec } from '../../table/types';
import { Loading, Notice } from '../../ui/parts/Feedback';
import { SelectField, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import { AppPicker } from '../parts/AppPicker';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { ParameterPicker } from './ParameterPicker';
import { ColumnPicker, Rows, Section } from './parts';

export function OutputStatusForm(props: FormProps<OutputStatusSettings>) {
  const { settings, change, findings, metadata } = props;
  const { outputApp, outputStatus, pickers } = useTexts().commands;
  const { app } = settings;
  const fields = app === null ? undefined : metadata.fields(app);
  return (
    <>
      <AppPicker
        label={pickers.app}
        app={app}
        onChange={(next) => change({ ...settings, app: next })}
        findings={findings('app')}
        path="app"
      />
      {app !== null && fields === undefined ? <Loading label={pickers.loading} /> : null}
      {fields === null ? <Notice tone="error">{pickers.notVisible}</Notice> : null}
      <Keys {...props} targets={columnSpecsOfFields(fields ?? {})} />
      <Action {...props} />
      <Assignee {...props} />
      <Section title={outputApp.rules}>
        <div className={styles['grid']}>
          <SelectField
            label={outputStatus.notAllowed}
            value={settings.notAllowed}
            options={[
              { value: 'fail', label: outputStatus.notAllowedFail },
              { value: 'skip', label: outputStatus.notAllowedSkip },
            ]}
            onChange={(notAllowed) => change({ ...settings, notAllowed })}
            path="notAllowed"
          />
          <SelectField
            label={outputApp.blankKeys}
            value={settings.blankKeys}
            options={[
              { value: 'fail', label: outputApp.blankKeysFail },
              { value: 'skip', label: outputApp.blankKeysSkip },
            ]}
            onChange={(blankKeys) => change({ ...settings, blankKeys })}
            path="blankKeys"
          />
        </div>
      </Section>
    </>
  );
}

type PartProps = FormProps<OutputStatusSettings>;

function Keys({
  settings,
  change,
  inputs,
  findings,
  targets,
}: PartProps & { targets: readonly ColumnSpec[] }) {
  const { outputStatus, pickers } = useTexts().commands;
  return (
    <Section title={outputStatus.keys} hint={outputStatus.keysHint} path="keys" findings={findings('keys')}>
      <Rows<FieldMapping>
        items={settings.keys}
        onChange={(keys, field) => change({ ...settings, keys }, field)}
        blank={() => ({ from: '', to: '' })}
        addLabel={outputStatus.addKey}
        path="keys"
        findings={findings}
        ordered={false}
        render={(item, set, number, index) => (
          <>
            <ColumnPicker
              compact
              label={outputStatus.from(number)}
              columns={inputs[0] ?? []}
              value={item.from}
              onChange={(from) => set({ ...item, from })}
              findings={findings(`keys.${index}.from`)}
              path={`keys.${index}.from`}
            />
            <ColumnPicker
              compact
              label={outputStatus.to(number)}
              placeholder={pickers.fieldPlaceholder}
              columns={targets}
              value={item.to}
              onChange={(to) => set({ ...item, to })}
              findings={findings(`keys.${index}.to`)}
              path={`keys.${index}.to`}
            />
          </>
        )}
      />
    </Section>
  );
}

function Action({ settings, change, inputs, findings, metadata }: PartProps) {
  const { outputStatus, condition } = useTexts().commands;
  const { action } = settings;
  const set = (value: string) => change({ ...settings, action: { ...action, value } }, 'action.value');
  const at = { findings: findings('action.value'), path: 'action.value' };
  return (
    <Section title={outputStatus.action}>
      <div className={styles['grid']}>
        <SelectField
          label={outputStatus.source}
          value={action.from}
          options={[
            { value: 'fixed', label: outputStatus.fromFixed },
            { value: 'column', label: outputStatus.fromColumn },
            { value: 'parameter', label: condition.parameter },
          ]}
          onChange={(from) => change({ ...settings, action: { from, value: '' } })}
        />
        {action.from === 'fixed' ? (
          <TextField
            label={outputStatus.actionName}
            hint={outputStatus.actionHint}
            value={action.value}
            maxLength={128}
            onChange={set}
            {...at}
          />
        ) : action.from === 'column' ? (
          <ColumnPicker
            label={outputStatus.actionColumn}
            columns={inputs[0] ?? []}
            value={action.value}
            onChange={set}
            {...at}
          />
        ) : (
          <ParameterPicker
            label={condition.parameter}
            parameters={metadata.parameters}
            value={action.value}
            onChange={set}
            {...at}
          />
        )}
      </div>
    </Section>
  );
}

function Assignee({ settings, change, inputs, findings, metadata }: PartProps) {
  const { outputStatus, condition } = useTexts().commands;
  const { assignee } = settings;
  const set = (value: string) => change({ ...settings, assignee: { ...assignee, value } }, 'assignee.value');
  const at = { findings: findings('assignee.value'), path: 'assignee.value' };
  return (
    <Section title={outputStatus.assignee}>
      <div className={styles['grid']}>
        <SelectField
          label={outputStatus.source}
          value={assignee.from}
          options={[
            { value: 'none', label: outputStatus.fromNone },
            { value: 'fixed', label: outputStatus.fromFixed },
            { value: 'column', label: outputStatus.fromColumn },
            { value: 'parameter', label: condition.parameter },
          ]}
          onChange={(from) => change({ ...settings, assignee: { from, value: '' } })}
        />
        {assignee.from === 'fixed' ? (
          <TextField
            label={outputStatus.assigneeName}
            value={assignee.value}
            maxLength={128}
            onChange={set}
            {...at}
          />
        ) : assignee.from === 'column' ? (
          <ColumnPicker
            label={outputStatus.assigneeColumn}
            columns={inputs[0] ?? []}
            value={assignee.value}
            onChange={set}
            {...at}
          />
        ) : assignee.from === 'parameter' ? (
          <ParameterPicker
            label={condition.parameter}
            parameters={metadata.parameters}
            value={assignee.value}
            onChange={set}
            {...at}
          />
        ) : null}
      </div>
    </Section>
  );
}
