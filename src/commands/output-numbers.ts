/** Automatic numbers of an output: what can be wrong with them, and the rule the plan follows. */
import type { KintoneFields } from '../table/kintone-json';
import { fieldsOfApp } from './app-fields';
import { localDay } from './calendar';
import { missingTokens, unknownTokens } from './number-template';
import { KEY_FIELD_TYPES, whyNotWritable } from './output-fields';
import { fieldNamed } from './output-mapping';
import type { AutoNumberSetting, OutputAppSettings, RowNumberSetting } from './output-settings';
import type { ProblemList } from './problem-list';
import type { AutoNumberRule, InferContext, RowNumberRule, RunContext } from './types';

const PATH = 'autoNumber';

/**
 * Adds `autoNumberMapped {field}`, `autoNumberTypeUnsuitable {field, type}`, `autoNumberNotUnique {field}`
 * (warning: two runs at a time could give one number twice), `autoNumberTokenUnknown {token}`,
 * `autoNumberPeriodMissing {tokens}` (numbers of two periods could not be told apart),
 * `autoNumberCycleNumber`, `autoNumberAffixIgnored` (info), `autoNumberGroupNotMapped {field}`,
 * `autoNumberGroupBlank`, `autoNumberGroupRepeats {field}` (warning), those of `whyNotWritable`, and for the apps
 * that share the sequence those of `fieldsOfApp`, `autoNumberSharedGroup` (a group is a thing of one app) and
 * `autoNumberShared` (info: kintone prohibits a number twice only within one app).
 */
export function checkAutoNumber(
  setting: AutoNumberSetting,
  chosen: OutputAppSettings,
  fields: KintoneFields,
  context: InferContext,
  list: ProblemList,
): void {
  const field = setting.field;
  const property = fieldNamed(field, fields, `${PATH}.field`, list);
  if (!property) return;
  const reason = whyNotWritable(property, fields);
  if (reason) {
    list.error(reason.code, reason.params, `${PATH}.field`);
    return;
  }
  const isNumber = property.type === 'NUMBER';
  if (!isNumber && property.type !== 'SINGLE_LINE_TEXT') {
    list.error('autoNumberTypeUnsuitable', { field, type: property.type }, `${PATH}.field`);
    return;
  }
  if (chosen.mapping.some(({ to }) => to === field)) {
    list.error('autoNumberMapped', { field }, `${PATH}.field`);
  }
  if (property.unique !== true) list.warning('autoNumberNotUnique', { field }, `${PATH}.field`);
  if (isNumber) checkBareNumber(setting, list);
  else checkTemplate(setting, list);
  checkGroup(setting, chosen, fields, list);
  checkShared(setting, property.type, context, list);
}

function checkShared(
  { sharedWith, groupField }: AutoNumberSetting,
  type: string,
  context: InferContext,
  list: ProblemList,
): void {
  if (sharedWith.length === 0) return;
  if (groupField !== '') list.error('autoNumberSharedGroup', {}, `${PATH}.groupField`);
  list.info('autoNumberShared', {}, `${PATH}.sharedWith`);
  sharedWith.forEach((entry, index) => {
    const path = `${PATH}.sharedWith.${index}`;
    const fields = fieldsOfApp(entry.app, context, list, `${path}.app`);
    const property = fields ? fieldNamed(entry.field, fields, `${path}.field`, list) : null;
    if (property && property.type !== type) {
      list.error('autoNumberTypeUnsuitable', { field: entry.field, type: property.type }, `${path}.field`);
    }
  });
}

function checkBareNumber(setting: AutoNumberSetting, list: ProblemList): void {
  if (setting.cycle !== 'none') list.error('autoNumberCycleNumber', {}, `${PATH}.cycle`);
  if (setting.prefix !== '' || setting.suffix !== '') {
    list.info('autoNumberAffixIgnored', {}, `${PATH}.prefix`);
  }
}

function checkTemplate(setting: AutoNumberSetting, list: ProblemList): void {
  for (const part of ['prefix', 'suffix'] as const) {
    for (const token of unknownTokens(setting[part])) {
      list.error('autoNumberTokenUnknown', { token }, `${PATH}.${part}`);
    }
  }
  const template = setting.prefix + setting.suffix;
  const tokens = missingTokens(template, setting.cycle);
  if (tokens.length > 0) {
    list.error('autoNumberPeriodMissing', { tokens: tokens.map((token) => `{${token}}`) }, `${PATH}.cycle`);
  }
  if (template.includes('{group}') && setting.groupField === '') {
    list.error('autoNumberGroupBlank', {}, `${PATH}.groupField`);
  }
}

function checkGroup(
  setting: AutoNumberSetting,
  chosen: OutputAppSettings,
  fields: KintoneFields,
  list: ProblemList,
): void {
  const { field, groupField } = setting;
  if (groupField === '') return;
  const path = `${PATH}.groupField`;
  const group = fieldNamed(groupField, fields, path, list);
  if (!group) return;
  if (!KEY_FIELD_TYPES.includes(group.type)) {
    list.error('autoNumberTypeUnsuitable', { field: groupField, type: group.type }, path);
  } else if (!chosen.mapping.some(({ to }) => to === groupField)) {
    list.error('autoNumberGroupNotMapped', { field: groupField }, path);
  } else if (fields[field]?.unique === true && !(setting.prefix + setting.suffix).includes('{group}')) {
    list.warning('autoNumberGroupRepeats', { field }, path);
  }
}

/** The rule for this run; the period is that of its first moment, in the time zone of the person. */
export function autoNumberRule(
  setting: AutoNumberSetting,
  context: Pick<RunContext, 'nowMs' | 'timeZone'>,
): AutoNumberRule {
  const sharedWith = setting.sharedWith.flatMap(({ app, field }) => (app ? [{ app, field }] : []));
  return { ...setting, sharedWith, today: localDay(context.nowMs, context.timeZone) };
}

/**
 * What is wrong with the numbers of a table's rows, at `path`: `autoNumberMapped {field}` (the result feeds the inner
 * field), `autoNumberTypeUnsuitable {field, type}`, `autoNumberTokenUnknown {token}`, `autoNumberAffixIgnored` (info),
 * those of `fieldNamed` and `whyNotWritable`.
 */
export function checkRowNumber(
  setting: RowNumberSetting,
  inner: KintoneFields,
  fed: readonly string[],
  path: string,
  list: ProblemList,
): void {
  const { field } = setting;
  const property = fieldNamed(field, inner, `${path}.field`, list);
  if (!property) return;
  const reason = whyNotWritable(property, inner);
  if (reason) {
    list.error(reason.code, reason.params, `${path}.field`);
  } else if (property.type !== 'NUMBER' && property.type !== 'SINGLE_LINE_TEXT') {
    list.error('autoNumberTypeUnsuitable', { field, type: property.type }, `${path}.field`);
  } else if (fed.includes(field)) {
    list.error('autoNumberMapped', { field }, `${path}.field`);
  }
  for (const part of ['prefix', 'suffix'] as const) {
    const unknown = [
      ...unknownTokens(setting[part]),
      ...ROW_TOKENS_LACKING.filter((token) => setting[part].includes(`{${token}}`)),
    ];
    for (const token of unknown) list.error('autoNumberTokenUnknown', { token }, `${path}.${part}`);
  }
  if (property.type === 'NUMBER' && setting.prefix + setting.suffix !== '') {
    list.info('autoNumberAffixIgnored', {}, `${path}.prefix`);
  }
}

/** Rows have neither a group nor a fiscal year of their own. */
const ROW_TOKENS_LACKING = ['group', 'fy'] as const;

/** The rule for the rows of one table in this run. */
export function rowNumberRule(
  table: string,
  setting: RowNumberSetting,
  context: Pick<RunContext, 'nowMs' | 'timeZone'>,
): RowNumberRule {
  const whole = { cycle: 'none', fiscalStartMonth: 1, groupField: '', sharedWith: [] } as const;
  return { table, rule: { ...setting, ...whole, today: localDay(context.nowMs, context.timeZone) } };
}
