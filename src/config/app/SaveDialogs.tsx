/** The questions that saving or leaving may raise. */
import { formatCount, formatMoment } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { compareSettings } from '../document/compare';
import styles from './app.module.css';
import { ChangesView } from './ChangesView';
import { useDocument } from './document';
import { useEnvironment, useTexts } from './environment';
import type { Saving, SavingState } from './saving';

interface SaveDialogsProps {
  readonly saving: Saving;
  readonly onShowProblems: () => void;
}

export function SaveDialogs({ saving, onShowProblems }: SaveDialogsProps) {
  const { state } = saving;
  if (state.kind === 'askDisable') {
    return <DisableDialog state={state} saving={saving} onShowProblems={onShowProblems} />;
  }
  if (state.kind === 'askConflict') return <ConflictDialog state={state} saving={saving} />;
  if (state.kind === 'askReload') return <ReloadDialog saving={saving} />;
  if (state.kind === 'askLeave') return <LeaveDialog saving={saving} />;
  return null;
}

function LeaveDialog({ saving }: { readonly saving: Saving }) {
  const t = useTexts();
  const { language } = useEnvironment();
  const { saved, settings } = useDocument();
  const changes = compareSettings(saved, settings);
  return (
    <Dialog
      alert
      title={t.leave.title}
      onClose={saving.dismiss}
      footer={
        <>
          <Button onClick={saving.dismiss}>{t.leave.stay}</Button>
          <Button kind="danger" onClick={saving.leaveNow}>
            {t.leave.leave}
          </Button>
        </>
      }
    >
      <p>{t.leave.body(formatCount(changes.count, language))}</p>
      <ChangesView changes={changes} />
    </Dialog>
  );
}

function ReloadDialog({ saving }: { readonly saving: Saving }) {
  const t = useTexts();
  return (
    <Dialog
      alert
      title={t.conflict.unknownTitle}
      onClose={saving.dismiss}
      footer={
        <>
          <Button onClick={saving.dismiss}>{t.common.cancel}</Button>
          <Button onClick={saving.exportAndReload}>{t.conflict.exportAndReload}</Button>
          <Button kind="danger" onClick={() => void saving.overwrite()}>
            {t.conflict.overwrite}
          </Button>
        </>
      }
    >
      <p>{t.conflict.unknownBody}</p>
      <p className={styles['muted']}>{t.conflict.exportHint}</p>
    </Dialog>
  );
}

interface StateProps<K extends SavingState['kind']> {
  readonly state: Extract<SavingState, { kind: K }>;
  readonly saving: Saving;
}

function DisableDialog({ state, saving, onShowProblems }: StateProps<'askDisable'> & SaveDialogsProps) {
  const t = useTexts();
  const back = () => {
    saving.dismiss();
    onShowProblems();
  };
  return (
    <Dialog
      alert
      title={t.disable.title}
      onClose={saving.dismiss}
      footer={
        <>
          <Button onClick={back}>{t.disable.showProblems}</Button>
          <Button kind="primary" onClick={() => void saving.disableAndSave()}>
            {t.disable.disableAndSave}
          </Button>
        </>
      }
    >
      <p>{t.disable.body}</p>
      <ul className={styles['bullets']}>
        {state.units.map((unit) => (
          <li key={unit.id}>{unit.name}</li>
        ))}
      </ul>
    </Dialog>
  );
}

function ConflictDialog({ state, saving }: StateProps<'askConflict'>) {
  const t = useTexts();
  const { language, timeZone } = useEnvironment();
  const { settings } = useDocument();
  const { params } = state.failure;
  const when = formatMoment(Number(params['savedAtMs'] ?? 0), language, timeZone);
  return (
    <Dialog
      alert
      title={t.conflict.title}
      onClose={saving.dismiss}
      footer={
        <>
          <Button onClick={saving.dismiss}>{t.common.cancel}</Button>
          <Button onClick={() => void saving.takeTheirs()}>{t.conflict.takeTheirs}</Button>
          <Button kind="danger" onClick={() => void saving.overwrite()}>
            {t.conflict.overwrite}
          </Button>
        </>
      }
    >
      <p>{t.conflict.body(String(params['savedBy'] ?? ''), when)}</p>
      {state.theirs === null ? null : (
        <>
          <p>
            <strong>{t.conflict.differs}</strong>
          </p>
          <ChangesView changes={compareSettings(state.theirs, settings)} />
        </>
      )}
      <p className={styles['muted']}>{t.conflict.takeTheirsHint}</p>
    </Dialog>
  );
}
