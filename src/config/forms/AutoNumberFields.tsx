/** Automatic numbers of new records. */
import type { AutoNumberSetting } from '../../commands';
import { FRESH_AUTO_NUMBER, MAX_DIGITS, MAX_START, whyNotWritable } from '../../commands';
import { columnSpecOfField } from '../../table/kintone-fields';
import type { KintoneFields } from '../../table/kintone-json';
import type { ColumnSpec } from '../../table/types';
import { CheckField } from '../../ui/parts/Choice';
import { NumberField, SelectField, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { Metadata } from '../document/validate';
import { AppPicker } from '../parts/AppPicker';
import styles from './forms.module.css';
import type { OutputPartProps } from './output-part';
import { ColumnPicker, Rows, Section } from './parts';

const CYCLES = ['none', 'daily', 'monthly', 'yearly', 'fiscalYearly'] as const;
const NUMBER_TYPES = ['SINGLE_LINE_TEXT', 'NUMBER'];

export function AutoNumberFields(props: OutputPartProps & { readonly metadata: Metadata }) {
  const { settings, change, findings } = props;
  const { outputApp } = useTexts().commands;
  const { autoNumber } = settings;
  return (
    <Section
      title={outputApp.autoNumber}
      hint={outputApp.autoNumberHint}
      path="autoNumber"
      findings={findings('autoNumber')}
    >
      <CheckField
        label={outputApp.autoNumberOn}
        checked={autoNumber !== null}
        onChange={(on) => change({ ...settings, autoNumber: on ? FRESH_AUTO_NUMBER : null })}
      />
      {autoNumber === null ? null : <NumberRule {...props} rule={autoNumber} />}
    </Section>
  );
}

/** Fields that can take a number. */
export const numberTargets = (fields: KintoneFields): readonly ColumnSpec[] =>
  Object.values(fields).flatMap((property) =>
    NUMBER_TYPES.includes(property.type) && !whyNotWritable(property, fields)
      ? (columnSpecOfField(property) ?? [])
      : [],
  );

function NumberRule({
  rule,
  settings,
  change,
  fields,
  findings,
  metadata,
}: OutputPartProps & { readonly rule: AutoNumberSetting; readonly metadata: Metadata }) {
  const { outputApp } = useTexts().commands;
  const set = (part: Partial<AutoNumberSetting>, field?: string) =>
    change({ ...settings, autoNumber: { ...rule, ...part } }, field);
  const at = (part: keyof AutoNumberSetting) => ({
    findings: findings(`autoNumber.${part}`),
    path: `autoNumber.${part}`,
  });
  const targets = numberTargets(fields);
  const isText = fields[rule.field]?.type !== 'NUMBER';
  const groups = settings.mapping.map(({ to }) => to).filter((to) => to !== '');
  const known =
    rule.groupField === '' || groups.includes(rule.groupField) ? groups : [rule.groupField, ...groups];
  return (
    <>
      <ColumnPicker
        label={outputApp.numberField}
        columns={targets}
        value={rule.field}
        onChange={(field) => set({ field })}
        {...at('field')}
      />
      <div className={styles['grid']}>
        {isText ? (
          <>
            <TextField
              label={outputApp.prefix}
              hint={outputApp.affixHint}
              value={rule.prefix}
              maxLength={64}
              onChange={(prefix) => set({ prefix }, 'autoNumber.prefix')}
              {...at('prefix')}
            />
            <TextField
              label={outputApp.suffix}
              value={rule.suffix}
              maxLength={64}
              onChange={(suffix) => set({ suffix }, 'autoNumber.suffix')}
              {...at('suffix')}
            />
            <NumberField
              label={outputApp.digits}
              value={rule.digits}
              min={1}
              max={MAX_DIGITS}
              onChange={(digits) => set({ digits }, 'autoNumber.digits')}
              {...at('digits')}
            />
          </>
        ) : null}
        <NumberField
          label={outputApp.start}
          value={rule.start}
          min={0}
          max={MAX_START}
          onChange={(start) => set({ start }, 'autoNumber.start')}
          {...at('start')}
        />
        <SelectField
          label={outputApp.cycle}
          value={rule.cycle}
          options={CYCLES.map((value) => ({ value, label: outputApp.cycles[value] }))}
          onChange={(cycle) => set({ cycle })}
          {...at('cycle')}
        />
        {rule.cycle === 'fiscalYearly' || rule.prefix.includes('{fy}') ? (
          <NumberField
            label={outputApp.fiscalStartMonth}
            value={rule.fiscalStartMonth}
            min={1}
            max={12}
            onChange={(fiscalStartMonth) => set({ fiscalStartMonth }, 'autoNumber.fiscalStartMonth')}
            {...at('fiscalStartMonth')}
          />
        ) : null}
        <SelectField
          label={outputApp.groupField}
          value={rule.groupField}
          options={[
            { value: '', label: outputApp.noGroup },
            ...known.map((code) => ({ value: code, label: fields[code]?.label ?? code })),
          ]}
          onChange={(groupField) => set({ groupField })}
          {...at('groupField')}
        />
      </div>
      <Section
        title={outputApp.sharedWith}
        hint={outputApp.sharedWithHint}
        path="autoNumber.sharedWith"
        findings={findings('autoNumber.sharedWith')}
      >
        <Rows<AutoNumberSetting['sharedWith'][number]>
          items={rule.sharedWith}
          onChange={(sharedWith, field) => set({ sharedWith }, field)}
          blank={() => ({ app: null, field: '' })}
          addLabel={outputApp.addShared}
          path="autoNumber.sharedWith"
          findings={findings}
          ordered={false}
          render={(item, change, number, index) => (
            <>
              <AppPicker
                label={outputApp.sharedApp(number)}
                app={item.app}
                onChange={(app) => change({ app, field: '' })}
                findings={findings(`autoNumber.sharedWith.${index}.app`)}
                path={`autoNumber.sharedWith.${index}.app`}
              />
              <ColumnPicker
                compact
                label={outputApp.sharedField(number)}
                columns={numberTargets(item.app === null ? {} : (metadata.fields(item.app) ?? {}))}
                value={item.field}
                onChange={(field) => change({ ...item, field })}
                findings={findings(`autoNumber.sharedWith.${index}.field`)}
                path={`autoNumber.sharedWith.${index}.field`}
              />
            </>
          )}
        />
      </Section>
    </>
  );
}
