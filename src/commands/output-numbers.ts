/** Automatic numbers of an output: what can be wrong with them, and the rule the plan follows. */
import type { KintoneFields } from '../table/kintone-json';
import { localDay } from './calendar';
import { missingTokens, unknownTokens } from './number-template';
import { KEY_FIELD_TYPES, whyNotWritable } from './output-fields';
import { fieldNamed } from './output-mapping';
import type { AutoNumberSetting, OutputAppSettings } from './output-settings';
import type { ProblemList } from './problem-list';
import type { AutoNumberRule, RunContext } from './types';

const PATH = 'autoNumber';

/**
 * Adds `autoNumberMapped {field}`, `autoNumberTypeUnsuitable {field, type}`, `autoNumberNotUnique {field}`
 * (warning: two runs at a time could give one number twice), `autoNumberTokenUnknown {token}`,
 * `autoNumberPeriodMissing {tokens}` (numbers of two periods could not be told apart),
 * `autoNumberCycleNumber`, `autoNumberAffixIgnored` (info), `autoNumberGroupNotMapped {field}`,
 * `autoNumberGroupBlank`, `autoNumberGroupRepeats {field}` (warning), and those of `whyNotWritable`.
 */
export function checkAutoNumber(
  setting: AutoNumberSetting,
  chosen: OutputAppSettings,
  fields: KintoneFields,
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
  return { ...setting, today: localDay(context.nowMs, context.timeZone) };
}
