/** What an output does with rows and values that do not fit, with the rest of the records, and with the order. */
import type { OutputAppSettings } from '../../commands';
import { addsRecords } from '../../commands';
import { columnSpecsOfFields } from '../../table/kintone-fields';
import type { KintoneFields } from '../../table/kintone-json';
import { SelectField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { Metadata } from '../document/validate';
import { AutoNumberFields } from './AutoNumberFields';
import { ConditionEditor } from './ConditionEditor';
import styles from './forms.module.css';
import type { OutputPartProps } from './output-part';
import { Section } from './parts';
import { SortKeys } from './SortKeys';
import { TableRules } from './TableRules';

export function OutputRules({ metadata, ...props }: OutputPartProps & { readonly metadata: Metadata }) {
  const { settings, change, columns, fields, findings } = props;
  const { outputApp } = useTexts().commands;
  const hasTables = settings.tables.length > 0 || mapsTables(settings, fields);
  return (
    <>
      {settings.mode === 'sync' ? (
        <ConditionEditor
          title={outputApp.deleteWithin}
          hint={outputApp.deleteWithinHint}
          noneText={outputApp.deleteWithinNone}
          condition={settings.deleteWithin}
          columns={columnSpecsOfFields(fields)}
          parameters={metadata.parameters}
          change={(deleteWithin, field) => change({ ...settings, deleteWithin }, field)}
          path="deleteWithin"
          findings={findings}
        />
      ) : null}
      <Misfits {...props} />
      {hasTables ? <TableRules {...props} /> : null}
      {addsRecords(settings.mode) ? (
        <>
          <SortKeys
            title={outputApp.order}
            hint={outputApp.orderHint}
            keys={settings.order}
            onChange={(order, field) => change({ ...settings, order }, field)}
            columns={columns.filter((column) => column.type !== 'table' && column.type !== 'files')}
            path="order"
            findings={findings}
          />
          <AutoNumberFields {...props} metadata={metadata} />
        </>
      ) : null}
    </>
  );
}

const mapsTables = (settings: OutputAppSettings, fields: KintoneFields): boolean =>
  settings.mapping.some(({ to }) => Object.hasOwn(fields, to) && fields[to]?.type === 'SUBTABLE');

function Misfits({ settings, change, findings }: OutputPartProps) {
  const { outputApp } = useTexts().commands;
  const { unknownOptions } = settings;
  const choices = [
    { value: 'fail', label: outputApp.unknownOptionsFail },
    { value: 'blank', label: outputApp.unknownOptionsBlank },
    // Only settings from elsewhere hold it; shown, so that it can be changed.
    ...(unknownOptions === 'add' ? [{ value: 'add' as const, label: outputApp.unknownOptionsAdd }] : []),
  ] as const;
  return (
    <Section title={outputApp.rules}>
      <div className={styles['grid']}>
        {settings.mode === 'append' ? null : (
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
        )}
        {settings.mode === 'append' ? null : (
          <SelectField
            label={outputApp.duplicateKeys}
            value={settings.duplicateKeys}
            options={[
              { value: 'fail', label: outputApp.duplicateKeysFail },
              { value: 'first', label: outputApp.duplicateKeysFirst },
              { value: 'last', label: outputApp.duplicateKeysLast },
            ]}
            onChange={(duplicateKeys) => change({ ...settings, duplicateKeys })}
            path="duplicateKeys"
          />
        )}
        {settings.mode === 'delete' ? null : (
          <SelectField<OutputAppSettings['unknownOptions']>
            label={outputApp.unknownOptions}
            value={unknownOptions}
            options={choices}
            onChange={(next) => change({ ...settings, unknownOptions: next })}
            findings={findings('unknownOptions')}
            path="unknownOptions"
          />
        )}
      </div>
    </Section>
  );
}
