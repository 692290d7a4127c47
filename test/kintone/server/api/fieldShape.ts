/** What a field of the form looks like when it is stored: the sent properties over the defaults of its type. */
import type { FieldProperties, FieldProperty, FieldType } from '../../store/types';
import { canBeUnique } from '../../store/uniqueIndex';
import { invalid } from '../errors';
import { objectAt, optionalArray, optionalObject, optionalString, requiredString } from '../params';
import { members, readLookup, readOptions, readReferenceTable } from './shapes';

const addableTypes = new Set<string>([
  'SINGLE_LINE_TEXT',
  'MULTI_LINE_TEXT',
  'RICH_TEXT',
  'NUMBER',
  'CALC',
  'CHECK_BOX',
  'RADIO_BUTTON',
  'MULTI_SELECT',
  'DROP_DOWN',
  'DATE',
  'TIME',
  'DATETIME',
  'LINK',
  'FILE',
  'USER_SELECT',
  'ORGANIZATION_SELECT',
  'GROUP_SELECT',
  'REFERENCE_TABLE',
  'SUBTABLE',
  'GROUP',
]);

/** Types that the form API can add. */
export function isAddable(type: unknown): type is FieldType {
  return typeof type === 'string' && addableTypes.has(type);
}

/** Properties that kintone answers with even if the caller did not send them. */
function defaultsFor(type: FieldType): Partial<FieldProperty> {
  const common = { noLabel: false, required: false };
  switch (type) {
    case 'SINGLE_LINE_TEXT':
      return {
        ...common,
        defaultValue: '',
        unique: false,
        minLength: '',
        maxLength: '',
        expression: '',
        hideExpression: false,
      };
    case 'MULTI_LINE_TEXT':
    case 'RICH_TEXT':
      return { ...common, defaultValue: '' };
    case 'NUMBER':
      return {
        ...common,
        defaultValue: '',
        unique: false,
        minValue: '',
        maxValue: '',
        digit: false,
        displayScale: '',
        unit: '',
        unitPosition: 'BEFORE',
      };
    case 'CALC':
      return {
        ...common,
        expression: '',
        hideExpression: false,
        format: 'NUMBER',
        displayScale: '',
        unit: '',
        unitPosition: 'BEFORE',
      };
    case 'LINK':
      return { ...common, defaultValue: '', unique: false, minLength: '', maxLength: '', protocol: 'WEB' };
    case 'CHECK_BOX':
      return { ...common, defaultValue: [], options: {}, align: 'HORIZONTAL' };
    case 'MULTI_SELECT':
      return { ...common, defaultValue: [], options: {} };
    case 'RADIO_BUTTON':
      return { ...common, required: true, defaultValue: '', options: {}, align: 'HORIZONTAL' };
    case 'DROP_DOWN':
      return { ...common, defaultValue: '', options: {} };
    case 'DATE':
    case 'DATETIME':
      return { ...common, defaultValue: '', unique: false, defaultNowValue: true };
    case 'TIME':
      return { ...common, defaultValue: '', defaultNowValue: true };
    case 'FILE':
      return { ...common, thumbnailSize: '150' };
    case 'USER_SELECT':
    case 'ORGANIZATION_SELECT':
    case 'GROUP_SELECT':
      return { ...common, defaultValue: [], entities: [] };
    case 'GROUP':
      return { noLabel: false, openGroup: false };
    default:
      return { noLabel: false };
  }
}

const textProperties = [
  'label',
  'minLength',
  'maxLength',
  'minValue',
  'maxValue',
  'displayScale',
  'unit',
  'unitPosition',
  'expression',
  'format',
  'align',
  'protocol',
  'thumbnailSize',
] as const;

const flagProperties = [
  'noLabel',
  'required',
  'unique',
  'digit',
  'hideExpression',
  'defaultNowValue',
  'openGroup',
] as const;

function readEntity(list: readonly unknown[], at: number, key: string): { code: string; type: string } {
  const entity = objectAt(list, at, key);
  return {
    code: requiredString(entity, 'code', `${key}[${at}].code`),
    type: optionalString(entity, 'type', `${key}[${at}].type`) ?? 'USER',
  };
}

/** Lists of texts (choices) or of people stay lists, anything else becomes a text. */
function readDefault(sent: Readonly<Record<string, unknown>>, key: string): FieldProperty['defaultValue'] {
  const value = sent['defaultValue'];
  if (!Array.isArray(value)) return optionalString(sent, 'defaultValue', `${key}.defaultValue`);
  return value.map((item: unknown, at: number) => {
    return typeof item === 'string' ? item : readEntity(value, at, `${key}.defaultValue`);
  }) as NonNullable<FieldProperty['defaultValue']>;
}

/** A radio button always has a choice made; without one of its own it starts with the first option. */
function firstChoice(field: FieldProperty): string {
  const options = Object.values(field.options ?? {});
  return options.sort((a, b) => Number(a.index) - Number(b.index))[0]?.label ?? '';
}

function readColumns(sent: Readonly<Record<string, unknown>>, key: string): FieldProperties {
  const columns: FieldProperties = {};
  for (const [code, column] of members(
    optionalObject(sent, 'fields', `${key}.fields`) ?? {},
    `${key}.fields`,
  )) {
    const type = column['type'];
    if (!isAddable(type)) throw invalid({ key: `${key}.fields[${code}].type`, message: 'required' });
    const field = completeField(code, column, type, `${key}.fields[${code}]`);
    // Duplicates cannot be prohibited inside a table.
    if (field.unique !== undefined) field.unique = false;
    columns[code] = field;
  }
  return columns;
}

/**
 * A field as it is stored, columns of tables included. `key` names it in errors; properties that no field has
 * are ignored.
 */
export function completeField(
  code: string,
  sent: Readonly<Record<string, unknown>>,
  type: FieldType,
  key: string,
): FieldProperty {
  const field: FieldProperty = { ...defaultsFor(type), type, code, label: code };
  for (const name of textProperties) {
    const text = optionalString(sent, name, `${key}.${name}`);
    if (text !== undefined) Object.assign(field, { [name]: text });
  }
  for (const name of flagProperties) {
    if (sent[name] !== undefined) field[name] = sent[name] === true || sent[name] === 'true';
  }
  const entities = optionalArray(sent, 'entities', `${key}.entities`);
  if (entities !== undefined)
    field.entities = entities.map((_, at) => readEntity(entities, at, `${key}.entities`));
  const preset = readDefault(sent, key);
  if (preset !== undefined) field.defaultValue = preset;
  const options = optionalObject(sent, 'options', `${key}.options`);
  if (options !== undefined) field.options = readOptions(options, `${key}.options`);
  const lookup = optionalObject(sent, 'lookup', `${key}.lookup`);
  if (lookup !== undefined) field.lookup = readLookup(lookup, `${key}.lookup`);
  const related = optionalObject(sent, 'referenceTable', `${key}.referenceTable`);
  if (related !== undefined) field.referenceTable = readReferenceTable(related, `${key}.referenceTable`);
  // The flag is dropped silently where duplicates cannot be prohibited.
  if (field.unique !== undefined && !canBeUnique(field)) field.unique = false;
  if (type === 'RADIO_BUTTON' && field.defaultValue === '') field.defaultValue = firstChoice(field);
  if (type === 'SUBTABLE') field.fields = readColumns(sent, key);
  return field;
}
