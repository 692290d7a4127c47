import type { ListChanges, SettingsChanges } from '../document/compare';
import styles from './app.module.css';
import { useTexts } from './environment';

/** What differs between two documents, by name. */
export function ChangesView({ changes }: { readonly changes: SettingsChanges }) {
  const t = useTexts();
  if (changes.count === 0) return <p className={styles['muted']}>{t.changes.none}</p>;
  return (
    <div className={styles['changeList']}>
      <Rows title={t.changes.units} list={changes.units} />
      <Rows title={t.changes.flows} list={changes.flows} />
      {changes.logApp ? <div>{t.changes.logApp}</div> : null}
      {changes.holidays ? <div>{t.unit.parts.holidays}</div> : null}
      {changes.order ? <div>{t.changes.order}</div> : null}
    </div>
  );
}

function Rows({ title, list }: { readonly title: string; readonly list: ListChanges }) {
  const t = useTexts();
  return (
    <>
      {(['added', 'changed', 'removed'] as const).map((kind) =>
        list[kind].length === 0 ? null : (
          <div key={kind} className={styles['changeRow']}>
            <strong>
              {title} {t.changes[kind]}
            </strong>
            <span>
              {kind === 'changed'
                ? t.common.list(
                    list.changed.map(({ name, parts }) =>
                      t.unit.parts.of(name, t.unit.sections.join(parts.map((part) => t.unit.parts[part]))),
                    ),
                  )
                : t.common.list(list[kind].map((item) => item.name))}
            </span>
          </div>
        ),
      )}
    </>
  );
}
