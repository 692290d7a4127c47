import type { ColumnSpec } from '../../table/types';
import { formatCount } from '../../ui/i18n';
import { useEnvironment, useTexts } from '../app/environment';
import styles from '../parts/lists.module.css';
import flows from './flows.module.css';

/** The columns that come out of a command; null while they are not known. */
export function ColumnsView({ columns }: { readonly columns: readonly ColumnSpec[] | null }) {
  const t = useTexts();
  const { outline } = t.commands;
  const { language } = useEnvironment();
  const count = columns === null ? '' : ` (${formatCount(columns.length, language)})`;
  return (
    <details className={flows['details']}>
      <summary>
        {outline.columns}
        {count}
      </summary>
      {columns === null ? (
        <p className={styles['muted']}>{outline.columnsUnknown}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={flows['columnList']} aria-label={outline.columns} tabIndex={0}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{outline.columnName}</th>
                <th scope="col">{outline.columnLabel}</th>
                <th scope="col">{outline.columnType}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <tr key={column.name}>
                  <td>{column.name}</td>
                  <td>{column.label}</td>
                  <td>{t.fieldTypes[column.type]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
