import type { CommandStatus, FlowStatus, OutputStatus, RunStatus } from '../../run/status';
import { useEnvironment } from './environment';
import { changedRows, changesPhrase, formatDuration, sumCounts } from './format';
import { Icon, type IconName } from './Icon';

const FLOW_ICONS: Readonly<Record<FlowStatus['state'], IconName>> = {
  Queuing: 'circle',
  Running: 'play',
  Success: 'check',
  Failure: 'cross',
  Cancel: 'minus',
};

const COMMAND_ICONS: Readonly<Record<CommandStatus['state'], IconName>> = {
  waiting: 'circle',
  running: 'play',
  done: 'check',
  failed: 'cross',
};

/** One line per flow; the flow at work and the one that failed also show their commands. */
export function Stepper({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  return (
    <ol className="stepper" aria-label={texts.running.flows}>
      {status.flows.map((flow) => (
        <FlowStep
          key={flow.key}
          flow={flow}
          isWriting={status.reason === 'writing'}
          isChecking={status.reason === 'checking'}
        />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly flow: FlowStatus;
  readonly isWriting: boolean;
  /** Nothing is written yet, so the figures are those of the plan. */
  readonly isChecking: boolean;
}

function FlowStep({ flow, isWriting, isChecking }: StepProps) {
  const { states, texts } = useEnvironment();
  const isEarlier = flow.isDoneEarlier === true;
  const isOpen = flow.state === 'Running' || flow.state === 'Failure';
  return (
    <li className="step" data-state={flow.state} aria-current={flow.state === 'Running' ? 'step' : undefined}>
      <div className="step-line" data-state={flow.state}>
        <Icon name={FLOW_ICONS[flow.state]} />
        <span className="step-name">{flow.name}</span>
        <span className="step-state">{isEarlier ? texts.again.doneEarlier : states.flow[flow.state]}</span>
        {!isEarlier && <FlowFigures flow={flow} isChecking={isChecking} />}
      </div>
      {isOpen && (
        <ul className="commands">
          {flow.commands.map((command) => (
            <CommandLine key={command.commandId} command={command} />
          ))}
          {isWriting && flow.outputs.map((output) => <OutputLine key={output.commandId} output={output} />)}
        </ul>
      )}
    </li>
  );
}

function FlowFigures({ flow, isChecking }: { readonly flow: FlowStatus; readonly isChecking: boolean }) {
  const { texts, language } = useEnvironment();
  if (flow.state === 'Queuing') return null;
  const counts =
    flow.outputs.length === 0 && flow.logged !== undefined
      ? flow.logged.counts
      : sumCounts(flow.outputs.map((output) => (isChecking ? output.planned : output.written)));
  const duration =
    flow.startedAtMs !== null && flow.endedAtMs !== null
      ? formatDuration(flow.endedAtMs - flow.startedAtMs, texts, language)
      : '';
  const isQuiet = changedRows(counts) === 0 && (isChecking || flow.state !== 'Success');
  if (isQuiet && duration === '') return null;
  return (
    <span className="step-figures">
      {isQuiet ? '' : changesPhrase(counts, texts)}
      {duration !== '' && <span className="muted"> {duration}</span>}
    </span>
  );
}

function CommandLine({ command }: { readonly command: CommandStatus }) {
  const { texts, states, lookups } = useEnvironment();
  const name = lookups.commandName(command.type);
  const isSource = command.rowsIn === 0;
  return (
    <li className="command" data-state={command.state}>
      <Icon name={COMMAND_ICONS[command.state]} />
      <span className="command-name">
        {name}
        {command.note !== '' && <span className="muted"> {command.note}</span>}
      </span>
      <span className="command-figures">
        {command.state === 'waiting'
          ? states.command.waiting
          : isSource
            ? texts.checking.read(command.rowsOut)
            : texts.running.inOut(command.rowsIn, command.rowsOut)}
      </span>
      <span className="hidden-text">{states.command[command.state]}</span>
    </li>
  );
}

function OutputLine({ output }: { readonly output: OutputStatus }) {
  const { texts, names } = useEnvironment();
  const written = changedRows(output.written);
  const planned = changedRows(output.planned);
  if (planned === 0) return null;
  return (
    <li className="command" data-state={written >= planned ? 'done' : 'running'}>
      <Icon name="out" />
      <span className="command-name">{names.appName(output.app)}</span>
      <span className="command-figures">{texts.running.written(written, planned)}</span>
    </li>
  );
}
