/** Shows what would change before anything does. */
import type { HttpColumn, InputHttpSettings } from '../../../commands';
import type { RequestSettings } from '../../../run/connector';
import { Button } from '../../../ui/parts/Button';
import { Dialog } from '../../../ui/parts/Dialog';
import { useTexts } from '../../app/environment';
import styles from '../forms.module.css';
import { columnText } from '../parts';
import { columnChanges, requestChanges } from './proposals';

interface ProposalDialogProps {
  readonly settings: InputHttpSettings;
  readonly columns: readonly HttpColumn[];
  readonly request: RequestSettings | null;
  readonly onClose: () => void;
  readonly onReplace: () => void;
  readonly onAddMissing: () => void;
}

export function ProposalDialog(props: ProposalDialogProps) {
  const { settings, columns, request, onClose, onReplace, onAddMissing } = props;
  const { commands, common } = useTexts();
  const { connector: t } = commands;
  const changes = columnChanges(settings.columns, columns);
  const isAsked = changes.some(({ state }) => state === 'changed' || state === 'removed');
  return (
    <Dialog
      alert
      wide
      title={t.dialog}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          {isAsked ? <Button onClick={onAddMissing}>{t.addMissing}</Button> : null}
          <Button kind="primary" onClick={onReplace}>
            {isAsked ? t.replace : t.apply}
          </Button>
        </>
      }
    >
      <p>{t.dialogHint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lists scroll, also by the keyboard */}
      <section aria-label={t.columnList} tabIndex={0}>
        {request === null ? null : <RequestChanges settings={settings} request={request} />}
        <ColumnChanges changes={changes} />
      </section>
    </Dialog>
  );
}

function RequestChanges({
  settings,
  request,
}: {
  readonly settings: InputHttpSettings;
  readonly request: RequestSettings;
}) {
  const { connector: t, inputHttp } = useTexts().commands;
  const keys = requestChanges(settings, request);
  if (keys.length === 0) return null;
  const textOf = (of: RequestSettings, key: keyof RequestSettings): string => {
    switch (key) {
      case 'headers':
        return of.headers.map(({ name, value }) => `${name}: ${value}`).join(', ');
      case 'csvHeader':
        return t.headers[of.csvHeader ? 'true' : 'false'];
      case 'csvDelimiter':
        return inputHttp.delimiters[of.csvDelimiter];
      case 'format':
        return inputHttp.formats[of.format];
      case 'bodyType':
        return inputHttp.bodyTypes[of.bodyType];
      default:
        return of[key];
    }
  };
  return (
    <table className={`${styles['mapping']} ${styles['proposal']}`}>
      <caption className={styles['title']}>{t.request}</caption>
      <thead>
        <tr>
          <th scope="col">{t.setting}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key}>
            <th scope="row" className={styles['rowHead']}>
              {inputHttp[key]}
            </th>
            <td>{textOf(settings, key) || t.blank}</td>
            <td>{textOf(request, key) || t.blank}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ColumnChanges({ changes }: { readonly changes: ReturnType<typeof columnChanges> }) {
  const { commands, fieldTypes } = useTexts();
  const { connector: t } = commands;
  const textOf = (column: HttpColumn | null): string =>
    column === null
      ? '–'
      : t.column(columnText({ name: column.as, label: column.label }), fieldTypes[column.type]);
  return (
    <table className={`${styles['mapping']} ${styles['proposal']}`}>
      <caption className={styles['title']}>{t.columnList}</caption>
      <thead>
        <tr>
          <th scope="col">{t.from}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
          <th scope="col">{t.state}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ state, was, will }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a source may be read twice
          <tr key={index}>
            <th scope="row" className={styles['rowHead']}>
              {(will ?? was)?.from || t.wholeAnswer}
            </th>
            <td>{textOf(was)}</td>
            <td>{textOf(will)}</td>
            <td>{t.states[state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
