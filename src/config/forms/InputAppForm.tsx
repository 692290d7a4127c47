import type { InputAppSettings } from '../../commands';
import { columnSpecsOfFields } from '../../table/kintone-fields';
import { Loading, Notice } from '../../ui/parts/Feedback';
import { TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import { AppPicker } from '../parts/AppPicker';
import { ConditionEditor } from './ConditionEditor';
import type { FormProps } from './contract';
import { FieldChecklist } from './FieldChecklist';
import { ColumnPicker, Rows, Section } from './parts';

export function InputAppForm({ settings, change, findings, metadata }: FormProps<InputAppSettings>) {
  const t = useTexts();
  const { inputApp, pickers } = t.commands;
  const { app } = settings;
  const fields = app === null ? undefined : metadata.fields(app);
  const all = columnSpecsOfFields(fields ?? {});
  const wanted = settings.fields.length === 0 ? all : all.filter((one) => settings.fields.includes(one.name));
  return (
    <>
      <AppPicker
        label={pickers.app}
        app={app}
        onChange={(next) => change({ ...settings, app: next })}
        findings={findings('app')}
        path="app"
      />
      {app === null ? null : fields === undefined ? (
        <Loading label={pickers.loading} />
      ) : fields === null ? (
        <Notice tone="error">{pickers.notVisible}</Notice>
      ) : null}
      {app === null ? null : (
        <>
          <ConditionEditor
            title={inputApp.condition}
            noneText={inputApp.conditionNone}
            condition={settings.condition}
            columns={all}
            parameters={metadata.parameters}
            change={(condition, field) => change({ ...settings, condition }, field)}
            path="condition"
            findings={findings}
          />
          <Section title={inputApp.fields} hint={inputApp.fieldsHint}>
            <FieldChecklist
              columns={all}
              chosen={settings.fields}
              onChange={(next) => change({ ...settings, fields: next })}
              path="fields"
              findings={findings}
            />
          </Section>
          <Section
            title={inputApp.rename}
            hint={inputApp.renameHint}
            path="rename"
            findings={findings('rename')}
          >
            <Rows
              items={settings.rename}
              onChange={(rename, field) => change({ ...settings, rename }, field)}
              blank={() => ({ from: '', to: '' })}
              addLabel={t.commands.rows.add}
              path="rename"
              findings={findings}
              ordered={false}
              render={(item, set, number, index) => (
                <>
                  <ColumnPicker
                    compact
                    label={inputApp.from(number)}
                    columns={wanted}
                    value={item.from}
                    onChange={(from) => set({ ...item, from })}
                    findings={findings(`rename.${index}.from`)}
                    path={`rename.${index}.from`}
                  />
                  <TextField
                    compact
                    label={inputApp.to(number)}
                    value={item.to}
                    maxLength={256}
                    onChange={(to) => set({ ...item, to }, 'to')}
                    findings={findings(`rename.${index}.to`)}
                    path={`rename.${index}.to`}
                  />
                </>
              )}
            />
          </Section>
        </>
      )}
    </>
  );
}
