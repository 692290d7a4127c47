/** One line per command for the outline. */

import type {
  CheckSettings,
  ConstantSettings,
  DistinctSettings,
  EditSettings,
  ExpandTableSettings,
  FilterSettings,
  GroupSettings,
  InputAppSettings,
  InputHttpSettings,
  InputRecordSettings,
  JoinSettings,
  LimitSettings,
  LookupSettings,
  NestTableSettings,
  OutputAppSettings,
  OutputStatusSettings,
  OutputValueSettings,
  PivotSettings,
  RankSettings,
  SelectSettings,
  SetTypeSettings,
  SortSettings,
  StartUnitSettings,
  UnionSettings,
  UnpivotSettings,
  WindowSettings,
} from '../../commands';
import { commandSpec, decodeCommandSettings } from '../../commands';
import type { AppRef, Command } from '../../definition/types';
import { formatCount, type Language } from '../../ui/i18n';
import type { ConfigTexts } from '../texts';

interface Words {
  readonly t: ConfigTexts;
  readonly nameOfApp: (app: AppRef) => string;
  readonly count: (n: number) => string;
}

type Summary<S> = (settings: S, words: Words) => string;

const inputApp: Summary<InputAppSettings> = ({ app, fields, condition }, { t, nameOfApp, count }) =>
  app === null
    ? t.commands.summary.notSet
    : [
        nameOfApp(app),
        fields.length === 0 ? t.commands.summary.allFields : t.commands.summary.fields(count(fields.length)),
        condition === null ? '' : t.commands.summary.conditions(count(condition.conditions.length)),
      ]
        .filter((part) => part !== '')
        .join(' / ');

const inputRecord: Summary<InputRecordSettings> = ({ table }, { t }) =>
  table === null ? t.commands.summary.record : t.commands.summary.table(table);

const inputHttp: Summary<InputHttpSettings> = ({ url, method }, { t }) =>
  url === '' ? t.commands.summary.notSet : `${method} ${url}`;

const filter: Summary<FilterSettings> = ({ mode, condition, formula }, { t, count }) =>
  mode === 'formula'
    ? t.commands.summary.formula(formula)
    : t.commands.summary.conditions(count(condition?.conditions.length ?? 0));

const sort: Summary<SortSettings> = ({ keys }, { t }) =>
  t.common.list(
    keys.map(
      (key) => `${key.column} ${key.descending ? t.commands.sort.descending : t.commands.sort.ascending}`,
    ),
  );

const join: Summary<JoinSettings> = ({ method, keys }, { t }) =>
  `${t.commands.join.methods[method]} ${t.common.list(keys.map((key) => `${key.left} = ${key.right}`))}`;

const union: Summary<UnionSettings> = ({ columns }, { t }) => t.commands.union.modes[columns];

const group: Summary<GroupSettings> = ({ by, aggregates }, { t }) =>
  t.commands.summary.group(
    by.length === 0 ? t.commands.summary.whole : t.common.list(by),
    aggregates.length === 0
      ? t.commands.summary.noAggregates
      : t.common.list(aggregates.map((one) => `${one.column} ${t.commands.group.methods[one.method]}`)),
  );

const pivot: Summary<PivotSettings> = ({ column, values }, { t, count }) =>
  column === ''
    ? t.commands.summary.notSet
    : `${column}: ${t.commands.summary.columns(count(values.length))}`;

const unpivot: Summary<UnpivotSettings> = ({ columns, nameAs, valueAs }, { t, count }) =>
  columns.length === 0
    ? t.commands.summary.notSet
    : `${t.commands.summary.columns(count(columns.length))}: ${nameAs}, ${valueAs}`;

const window: Summary<WindowSettings> = ({ steps }, { t }) =>
  steps.length === 0 ? t.commands.summary.notSet : t.common.list(steps.map((step) => step.as));

const rank: Summary<RankSettings> = ({ by, as }, { t }) =>
  `${as}: ${t.common.list(by.map((key) => key.column))}`;

const edit: Summary<EditSettings> = ({ steps }, { t }) => t.common.list(steps.map((step) => step.target));

const select: Summary<SelectSettings> = ({ columns }, { t, count }) =>
  t.commands.summary.columns(count(columns.length));

const expandTable: Summary<ExpandTableSettings> = ({ table }, { t }) =>
  table === '' ? t.commands.summary.notSet : table;

const outputApp: Summary<OutputAppSettings> = ({ app, mode }, { t, nameOfApp }) =>
  app === null
    ? t.commands.summary.notSet
    : t.commands.summary.output(nameOfApp(app), t.commands.outputApp.modes[mode]);

const distinct: Summary<DistinctSettings> = ({ columns }, { t }) =>
  columns.length === 0 ? t.commands.summary.allColumns : t.common.list(columns);

const limit: Summary<LimitSettings> = ({ count, take, groupBy }, { t, count: shown }) =>
  t.commands.summary.limit(
    t.commands.limit[take === 'first' ? 'takeFirst' : 'takeLast'],
    count.kind === 'literal' ? shown(count.value) : `%${count.name}%`,
    t.common.list(groupBy),
  );

const lookup: Summary<LookupSettings> = ({ keys, columns }, { t }) =>
  t.commands.summary.lookup(
    t.common.list(keys.map((key) => `${key.left} = ${key.right}`)),
    t.common.list(columns.map((column) => column.to)),
  );

const nestTable: Summary<NestTableSettings> = ({ by, columns, as }, { t }) =>
  `${as}: ${t.commands.summary.group(
    by.length === 0 ? t.commands.summary.whole : t.common.list(by),
    t.common.list(columns),
  )}`;

const constant: Summary<ConstantSettings> = ({ columns }, { t }) =>
  t.common.list(
    columns.map(({ name, value }) => (value.kind === 'literal' ? `${name} = ${value.value}` : name)),
  );

const setType: Summary<SetTypeSettings> = ({ columns }, { t }) =>
  t.common.list(columns.map(({ column, type }) => `${column}: ${t.kintoneTypes[type]}`));

const outputStatus: Summary<OutputStatusSettings> = ({ app, action }, { t, nameOfApp }) =>
  app === null ? t.commands.summary.notSet : t.commands.summary.status(nameOfApp(app), action.value);

const outputValue: Summary<OutputValueSettings> = ({ columns }, { t, count }) =>
  columns.length === 0 ? t.commands.summary.allFields : t.commands.summary.fields(count(columns.length));

const startUnit: Summary<StartUnitSettings> = ({ unitId, when, wait }, { t }) =>
  unitId === ''
    ? t.commands.summary.notSet
    : t.common.list([t.commands.startUnit[when], ...(wait ? [t.commands.startUnit.waits] : [])]);

const check: Summary<CheckSettings> = ({ rules, onError }, { t }) =>
  `${t.common.list([...new Set(rules.map((rule) => t.commands.check.kinds[rule.kind]))])}: ${t.commands.check.onErrorWays[onError]}`;

const SUMMARIES: Readonly<Record<string, Summary<never>>> = {
  inputApp,
  inputRecord,
  inputHttp,
  filter,
  sort,
  distinct,
  limit,
  check,
  join,
  lookup,
  union,
  group,
  pivot,
  unpivot,
  rank,
  window,
  edit,
  constant,
  setType,
  select,
  expandTable,
  nestTable,
  outputApp,
  outputStatus,
  outputValue,
  startUnit,
};

/** Blank for commands without a summary or with settings that cannot be read. */
export function summaryOf(
  command: Command,
  t: ConfigTexts,
  nameOfApp: (app: AppRef) => string,
  language: Language,
): string {
  const decoded = decodeCommandSettings(command);
  const summary = Object.hasOwn(SUMMARIES, command.type) ? SUMMARIES[command.type] : undefined;
  if (!decoded.ok || summary === undefined || commandSpec(command.type) === undefined) return '';
  // The registry decoded the settings of this very type.
  return summary(decoded.value.settings as never, {
    t,
    nameOfApp,
    count: (n) => formatCount(n, language),
  });
}
