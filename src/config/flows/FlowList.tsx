/** All flows in one table. */
import { useState } from 'react';
import { newFlow } from '../../definition/create';
import type { Flow } from '../../definition/types';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState, VisuallyHidden } from '../../ui/parts/Feedback';
import { Icon } from '../../ui/parts/Icon';
import { Menu } from '../../ui/parts/Menu';
import app from '../app/app.module.css';
import { useChecks } from '../app/checks';
import { useSettings, useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';
import { UndoNotice } from '../app/UndoNotice';
import { copyFlow, freeName } from '../document/copies';
import { problemsOfFlow } from '../document/validate';
import styles from '../parts/lists.module.css';
import { ProblemCount } from '../parts/ProblemCount';
import { matches, SearchBox } from '../parts/SearchBox';
import { commandName } from './names';

export function FlowList() {
  const t = useTexts();
  const { newId } = useEnvironment();
  const { flows } = useSettings();
  const store = useStore();
  const { go } = useNavigation();
  const [search, setSearch] = useState('');
  const shown = flows.filter((flow) => matches(`${flow.name} ${flow.note}`, search));
  const add = () => {
    const taken = flows.map((flow) => flow.name);
    const flow = newFlow(newId, freeName(t.flows.newName, taken));
    store.edit({ kind: 'addFlow', flow, afterId: null, linkTo: null });
    go({ flowId: flow.id, commandId: null });
  };
  const addButton = (
    <Button kind="primary" icon="plus" onClick={add}>
      {t.flows.add}
    </Button>
  );
  return (
    <section aria-label={t.flows.title}>
      <div className={styles['bar']}>
        <div className={styles['barText']}>
          <h2 className={styles['heading']}>{t.flows.title}</h2>
          <p className={styles['muted']}>{t.flows.lead}</p>
        </div>
        {flows.length > 0 ? (
          <>
            <SearchBox label={t.flows.searchLabel} value={search} onChange={setSearch} />
            {addButton}
          </>
        ) : null}
      </div>
      <UndoNotice kind="removeFlow" />
      {flows.length === 0 ? (
        <EmptyState title={t.flows.emptyTitle} actions={addButton}>
          {t.flows.emptyBody}
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState title={t.flows.noMatch(search)} />
      ) : (
        <FlowTable flows={shown} />
      )}
    </section>
  );
}

function FlowTable({ flows }: { readonly flows: readonly Flow[] }) {
  const t = useTexts();
  const store = useStore();
  const { units } = useSettings();
  const [asking, setAsking] = useState<Flow | null>(null);
  const usersOf = (flow: Flow) => units.filter((unit) => unit.flowIds.includes(flow.id));
  const remove = (flow: Flow) => store.edit({ kind: 'removeFlow', flowId: flow.id });
  return (
    <div className={styles['tableWrap']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t.flows.colName}</th>
            <th scope="col">{t.flows.colCommands}</th>
            <th scope="col">{t.flows.colUsedBy}</th>
            <th scope="col">{t.flows.colProblems}</th>
            <th scope="col">
              <VisuallyHidden>{t.flows.colActions}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <FlowRow
              key={flow.id}
              flow={flow}
              usedBy={usersOf(flow).map((unit) => unit.name)}
              onRemove={() => (usersOf(flow).length > 0 ? setAsking(flow) : remove(flow))}
            />
          ))}
        </tbody>
      </table>
      {asking === null ? null : (
        <RemoveDialog
          flow={asking}
          usedBy={usersOf(asking).map((unit) => unit.name)}
          onClose={() => setAsking(null)}
          onRemove={() => {
            remove(asking);
            setAsking(null);
          }}
        />
      )}
    </div>
  );
}

interface FlowRowProps {
  readonly flow: Flow;
  readonly usedBy: readonly string[];
  readonly onRemove: () => void;
}

function FlowRow({ flow, usedBy, onRemove }: FlowRowProps) {
  const t = useTexts();
  const { language, newId } = useEnvironment();
  const { flows } = useSettings();
  const store = useStore();
  const { go } = useNavigation();
  const { problems } = useChecks();
  const open = () => go({ flowId: flow.id, commandId: null });
  const duplicate = () => {
    const names = flows.map((one) => one.name);
    store.edit({ kind: 'addFlow', flow: copyFlow(flow, newId, names), afterId: flow.id, linkTo: null });
  };
  return (
    <tr>
      <td className={styles['nameCell']}>
        <button type="button" className={styles['nameLink']} onClick={open}>
          {flow.name}
        </button>
        <div className={styles['muted']}>
          {flow.note !== ''
            ? flow.note
            : flow.commands.map((command) => commandName(t, command.type)).join(' → ')}
        </div>
      </td>
      <td>{formatCount(flow.commands.length, language)}</td>
      <td>{usedBy.length === 0 ? t.flows.unused : t.common.list(usedBy)}</td>
      <td>
        <ProblemCount problems={problemsOfFlow(problems, flow.id)} />
      </td>
      <td>
        <div className={styles['actions']}>
          <Menu
            look="icon"
            label={t.common.of(t.common.more, flow.name)}
            entries={[
              { key: 'open', label: t.common.open, onAction: open },
              { key: 'duplicate', label: t.common.duplicate, onAction: duplicate },
              { key: 'remove', label: t.common.remove, danger: true, onAction: onRemove },
            ]}
          >
            <Icon name="more" />
          </Menu>
        </div>
      </td>
    </tr>
  );
}

interface RemoveDialogProps extends FlowRowProps {
  readonly onClose: () => void;
}

function RemoveDialog({ flow, usedBy, onClose, onRemove }: RemoveDialogProps) {
  const t = useTexts();
  return (
    <Dialog
      alert
      title={t.flows.removeTitle(flow.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="danger" onClick={onRemove}>
            {t.flows.removeAndUnlink}
          </Button>
        </>
      }
    >
      <p>{t.flows.removeUsed}</p>
      <ul className={app['bullets']}>
        {usedBy.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </Dialog>
  );
}
