/** All problems in one list; each leads to its field. */
import type { Place, Problem } from '../../definition/errors';
import type { Settings } from '../../definition/types';
import { formatCount, type Language } from '../../ui/i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { FieldProblem } from '../../ui/parts/Feedback';
import { commandName } from '../flows/names';
import type { ConfigTexts } from '../texts';
import styles from './app.module.css';
import { useChecks, useDescribe } from './checks';
import { useSettings } from './document';
import { useEnvironment, useTexts } from './environment';
import { useNavigation } from './navigation';

const ORDER = { error: 0, warning: 1, info: 2 } as const;

export function ProblemsPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const { problems } = useChecks();
  const sorted = [...problems].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  return (
    <section className={styles['problemList']} aria-label={t.problems.title}>
      <div className={styles['problemItem']}>
        <strong className={styles['problemText']}>{t.problems.title}</strong>
        <IconButton icon="close" label={t.common.close} onClick={onClose} />
      </div>
      {sorted.length === 0 ? <div className={styles['problemItem']}>{t.problems.none}</div> : null}
      <ul>
        {sorted.map((found, index) => (
          <ProblemRow key={keyOf(found, index)} found={found} />
        ))}
      </ul>
    </section>
  );
}

function keyOf({ code, place }: Problem, index: number): string {
  return [code, place.unitId, place.flowId, place.commandId, place.field, index].join(' ');
}

function ProblemRow({ found }: { readonly found: Problem }) {
  const t = useTexts();
  const { language } = useEnvironment();
  const settings = useSettings();
  const describe = useDescribe();
  const { goToPlace } = useNavigation();
  const text = describe(found);
  return (
    <li className={styles['problemItem']}>
      <div className={styles['problemText']}>
        <FieldProblem tone={found.severity}>
          <strong>{t.problems[found.severity]}</strong> {text.what} {text.todo}
        </FieldProblem>
        <div className={styles['problemWhere']}>{whereOf(found.place, settings, t, language)}</div>
      </div>
      <Button size="small" onClick={() => goToPlace(found.place)}>
        {t.problems.goTo}
      </Button>
    </li>
  );
}

function whereOf(place: Place, settings: Settings, t: ConfigTexts, language: Language): string {
  const unit = settings.units.find((one) => one.id === place.unitId);
  const flow = settings.flows.find((one) => one.id === place.flowId);
  const index = flow?.commands.findIndex((one) => one.id === place.commandId) ?? -1;
  const command = flow?.commands[index];
  const parts = [
    unit === undefined ? '' : t.problems.unit(unit.name),
    flow === undefined ? '' : t.problems.flow(flow.name),
    command === undefined
      ? ''
      : t.problems.command(formatCount(index + 1, language), commandName(t, command.type)),
  ].filter((part) => part !== '');
  return parts.length === 0 ? t.problems.whole : parts.join(' › ');
}
