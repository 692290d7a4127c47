import { useState } from 'react';
import type { OutputAppSettings } from '../../commands';
import { findsRecordsOnly, suggestMapping, whyNotWritable } from '../../commands';
import { columnSpecOfField } from '../../table/kintone-fields';
import type { KintoneFields } from '../../table/kintone-json';
import type { ColumnSpec } from '../../table/types';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { RadioField } from '../../ui/parts/Choice';
import { Loading, Notice } from '../../ui/parts/Feedback';
import { useEnvironment, useTexts } from '../app/environment';
import { AppPicker } from '../parts/AppPicker';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { MappingTable } from './MappingTable';
import { OutputRules } from './OutputRules';
import { Section } from './parts';

const MODES = ['upsert', 'update', 'append', 'sync', 'regenerate', 'delete'] as const;

export function OutputAppForm({
  settings,
  change,
  inputs,
  findings,
  metadata,
}: FormProps<OutputAppSettings>) {
  const { outputApp, pickers } = useTexts().commands;
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
      <RadioField
        legend={outputApp.mode}
        value={settings.mode}
        options={MODES.map((mode) => ({
          value: mode,
          label: outputApp.modes[mode],
          hint: outputApp.modeHints[mode],
        }))}
        onChange={(mode) => change({ ...settings, mode })}
        path="mode"
      />
      {app === null ? (
        <span className={styles['hint']}>{outputApp.chooseApp}</span>
      ) : fields === undefined ? (
        <Loading label={pickers.loading} />
      ) : fields === null ? (
        <Notice tone="error">{pickers.notVisible}</Notice>
      ) : null}
      {app === null ? null : (
        <Section
          title={outputApp.mapping}
          hint={
            settings.mode === 'append'
              ? outputApp.mappingHint
              : `${outputApp.mappingHint} ${outputApp.keysHint}`
          }
          path="mapping"
          findings={[...findings('mapping'), ...findings('keys')]}
        >
          {fields ? (
            <Suggest settings={settings} change={change} columns={inputs[0] ?? []} fields={fields} />
          ) : null}
          <MappingTable
            settings={settings}
            change={change}
            columns={inputs[0] ?? []}
            targets={targetsOf(fields ?? {}, settings.mode)}
            findings={findings}
          />
        </Section>
      )}
      {fields ? (
        <OutputRules
          settings={settings}
          change={change}
          columns={inputs[0] ?? []}
          fields={fields}
          findings={findings}
          metadata={metadata}
        />
      ) : null}
    </>
  );
}

/**
 * Fields that can be written, as columns so that the picker shows label and type; the record number, too,
 * where it can be the key.
 */
function targetsOf(fields: KintoneFields, mode: OutputAppSettings['mode']): readonly ColumnSpec[] {
  return Object.values(fields).flatMap((property) => {
    const isKeyOnly = property.type === 'RECORD_NUMBER' && findsRecordsOnly(mode);
    return !isKeyOnly && whyNotWritable(property, fields) ? [] : (columnSpecOfField(property) ?? []);
  });
}

interface SuggestProps {
  readonly settings: OutputAppSettings;
  readonly change: (settings: OutputAppSettings) => void;
  readonly columns: readonly ColumnSpec[];
  readonly fields: KintoneFields;
}

/** Fills in pairs of the same name or label; what is there already stays. */
function Suggest({ settings, change, columns, fields }: SuggestProps) {
  const { outputApp } = useTexts().commands;
  const { language } = useEnvironment();
  const [added, setAdded] = useState<number | null>(null);
  const suggest = () => {
    const from = new Set(settings.mapping.map((pair) => pair.from));
    const to = new Set(settings.mapping.map((pair) => pair.to));
    const fresh = suggestMapping(columns, fields).filter((pair) => !from.has(pair.from) && !to.has(pair.to));
    if (fresh.length > 0) {
      const kept = settings.mapping.filter((pair) => pair.from !== '' || pair.to !== '');
      change({ ...settings, mapping: [...kept, ...fresh] });
    }
    setAdded(fresh.length);
  };
  return (
    <div className={styles['inline']}>
      <Button size="small" onClick={suggest}>
        {outputApp.suggest}
      </Button>
      <span className={styles['hint']} role="status">
        {added === null
          ? ''
          : added === 0
            ? outputApp.suggestNone
            : outputApp.suggested(formatCount(added, language))}
      </span>
    </div>
  );
}
