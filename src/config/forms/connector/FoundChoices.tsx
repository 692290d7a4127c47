/** What an answer offers for settings of the form; a choice is entered at once. */
import type { InputHttpSettings } from '../../../commands';
import type { Choice } from '../../../run/connector';
import { formatCount } from '../../../ui/i18n';
import { type Option, SelectField } from '../../../ui/parts/Field';
import { useEnvironment, useTexts } from '../../app/environment';
import type { FormProps } from '../contract';

/** Choices by the setting that they are for. */
export type Found = Readonly<Partial<Record<'path' | 'csvDelimiter' | 'csvHeader', readonly Choice[]>>>;

export function FoundChoices({
  settings,
  change,
  found,
}: FormProps<InputHttpSettings> & { readonly found: Found }) {
  const { connector: t, inputHttp } = useTexts().commands;
  const { language } = useEnvironment();
  const count = (choice: Choice) => formatCount(choice.count ?? 0, language);
  const { path = [], csvDelimiter = [], csvHeader = [] } = found;
  const paths = path.map((choice) => ({
    value: choice.value,
    label: t.rows(choice.value === '' ? t.wholeAnswer : choice.label, count(choice)),
  }));
  const delimiters = csvDelimiter.map((choice) => {
    const value = choice.value as InputHttpSettings['csvDelimiter'];
    return { value, label: t.cells(inputHttp.delimiters[value], count(choice), choice.label) };
  });
  return (
    <>
      {paths.length === 0 ? null : (
        <SelectField
          label={t.found}
          hint={t.foundHint}
          value={settings.path}
          options={withCurrent(paths, settings.path, t.current(settings.path || t.wholeAnswer))}
          onChange={(next) => change({ ...settings, path: next })}
        />
      )}
      {delimiters.length === 0 ? null : (
        <SelectField
          label={t.delimiter}
          hint={t.delimiterHint}
          value={settings.csvDelimiter}
          options={withCurrent(
            delimiters,
            settings.csvDelimiter,
            t.current(inputHttp.delimiters[settings.csvDelimiter]),
          )}
          onChange={(next) => change({ ...settings, csvDelimiter: next })}
        />
      )}
      {csvHeader.length === 0 ? null : (
        <SelectField
          label={t.header}
          hint={t.headerHint(csvHeader[0]?.label ?? '')}
          value={settings.csvHeader ? 'true' : 'false'}
          options={(['true', 'false'] as const).map((value) => ({ value, label: t.headers[value] }))}
          onChange={(next) => change({ ...settings, csvHeader: next === 'true' })}
        />
      )}
    </>
  );
}

/** A list must show what is set, also when it was not found. */
function withCurrent<T extends string>(
  options: readonly Option<T>[],
  value: T,
  label: string,
): readonly Option<T>[] {
  return options.some((option) => option.value === value) ? options : [{ value, label }, ...options];
}
