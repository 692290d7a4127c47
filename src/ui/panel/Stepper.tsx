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
        <FlowStep key={flow.key} flow={flow} isWriting={status.reason === 'writing'} />
      ))}
    </ol>
  );
}

function FlowStep({ flow, isWriting }: { readonly flow: FlowStatus; readonly isWriting: boolean }) {
  const { states } = useEnvironment();
  const isOpen = flow.state === 'Running' || flow.state === 'Failure';
  return (
    <li className="step" data-state={flow.state} aria-current={flow.state === 'Running' ? 'step' : undefined}>
      <div className="step-line">
        <Icon name={FLOW_ICONS[flow.state]} />
        <span className="step-name">{flow.name}</span>
        <span className="step-state">{states.flow[flow.state]}</span>
        <FlowFigures flow={flow} />
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

function FlowFigures({ flow }: { readonly flow: FlowStatus }) {
  const { texts, language } = useEnvironment();
  if (flow.state === 'Queuing') return null;
  const written = sumCounts(flow.outputs.map((output) => output.written));
  const duration =
    flow.startedAtMs !== null && flow.endedAtMs !== null
      ? formatDuration(flow.endedAtMs - flow.startedAtMs, texts, language)
      : '';
  const isQuiet = changedRows(written) === 0 && flow.state !== 'Success';
  return (
    <span className="step-figures">
      {isQuiet ? '' : changesPhrase(written, texts)}
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
